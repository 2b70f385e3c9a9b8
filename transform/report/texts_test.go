package report

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/transform/document"
)

// Whole texts by many hands, written for this test: the text, a line of three hyphens, and its claims as a person reads
// them, a line each. Behind a question mark stands a claim that the reader leaves out; one that it reads loses the mark.
func TestTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/texts/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no texts", err)
	}
	r := newReader(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, want, ok := strings.Cut(string(data), "\n---\n")
			if !ok {
				t.Fatal("no claims below the text")
			}
			docs, err := new(document.Reader).Read(context.Background(), []byte(text), file)
			if err != nil || len(docs) != 1 {
				t.Fatal(len(docs), err)
			}
			claims, _ := r.Read(docs[0], Hints{})
			var read, missed []string
			for line := range strings.SplitSeq(strings.TrimSpace(want), "\n") {
				if claim, ok := strings.CutPrefix(line, "? "); ok {
					missed = append(missed, claim)
				} else {
					read = append(read, line)
				}
			}
			got := short(claims)
			if diff := cmp.Diff(read, got); diff != "" {
				t.Error(diff)
			}
			for _, claim := range missed {
				if slices.Contains(got, claim) {
					t.Errorf("%s is read now: drop its question mark", claim)
				}
			}
		})
	}
}

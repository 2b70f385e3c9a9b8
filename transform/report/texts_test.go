package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Whole texts by many hands, written for this test: the text, a line of three hyphens, and its claims as a person reads
// them, a line each.
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
			claims, _ := r.Read(Paragraphs(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })...), Hints{})
			if diff := cmp.Diff(strings.Split(strings.TrimSpace(want), "\n"), short(claims)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

package meeting_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/transform/document"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// TestSamples reads the papers of testdata, made by an office program in the forms that akimats use. Beside each
// stands its truth, written by hand: the judgement (sort, level, region, district, first and last day), then a line a
// meeting (level, region, district, place, planned on, from, to, held on, status, participants, raised, resolved,
// time).
func TestSamples(t *testing.T) {
	truths, err := filepath.Glob("testdata/*.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if len(truths) < 16 {
		t.Fatalf("%d samples", len(truths))
	}
	r := newReader(t)
	for _, truth := range truths {
		name := strings.TrimSuffix(filepath.Base(truth), ".tsv")
		t.Run(name, func(t *testing.T) {
			want, err := os.ReadFile(truth)
			if err != nil {
				t.Fatal(err)
			}
			files, _ := filepath.Glob("testdata/" + name + ".[dhpx]*")
			if len(files) != 1 {
				t.Fatalf("%q", files)
			}
			data, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			documents, err := (&document.Reader{}).Read(t.Context(), data, filepath.Base(files[0]))
			if err != nil {
				t.Fatal(err)
			}
			got := r.Read(plan.Publication{Files: []plan.File{{Name: filepath.Base(files[0]), Documents: documents}}})
			var trimmed []string
			for line := range strings.Lines(string(want)) {
				trimmed = append(trimmed, strings.TrimRight(line, "\t\n"))
			}
			all := lines(got)
			for i := range all {
				all[i] = strings.TrimRight(all[i], "\t")
			}
			if diff := cmp.Diff(trimmed, all); diff != "" {
				t.Errorf("(-want +got):\n%s\n%v %v %v", diff, got.Paper.Why, got.Findings, got.Rejects)
			}
		})
	}
}

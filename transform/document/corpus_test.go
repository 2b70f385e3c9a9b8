package document

import (
	"context"
	"path"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/internal/papers"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// The workbooks of the corpus: every problem that a person reads in a plan is a cell of its own.
func TestWorkbooksOfTheCorpus(t *testing.T) {
	all, err := papers.Read(papers.Dev)
	if err != nil {
		t.Fatal(err)
	}
	read := map[table.Format]int{}
	for _, p := range all {
		docs, err := new(Reader).Read(context.Background(), p.File, p.Name)
		if ext := path.Ext(p.Name); err != nil && (ext == ".xls" || ext == ".xlsx") {
			t.Error(err)
		}
		if err != nil || docs[0].Format != table.XLSX && docs[0].Format != table.XLS {
			continue // other formats have tests of their own
		}
		read[docs[0].Format]++
		cells := map[string]bool{}
		for _, d := range docs {
			for _, part := range d.Parts {
				for _, row := range part.Grid.Rows {
					for _, c := range row.Cells {
						cells[fold.Key(c.Text)] = true
					}
				}
			}
		}
		for _, item := range p.Truth.Items {
			if item.Issue != nil && !cells[fold.Key(strings.TrimSpace(*item.Issue))] {
				t.Errorf("%s has no cell %q", p.Name, *item.Issue)
			}
		}
	}
	if read[table.XLSX] < 3 || read[table.XLS] < 2 {
		t.Errorf("too few workbooks to speak of: %v", read)
	}
}

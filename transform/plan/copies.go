package plan

import (
	"slices"

	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// A plan is often published twice in one place: as a file of an office program and as its PDF, or in Russian and in
// Kazakh. Two documents are the same plan when they have as many items, and of these, in order,
//
//   - nine in ten have the same issue, or
//   - the languages differ and nine in ten have the same number, dates and cost, of which not all may be empty.
//
// Of two the better is kept: Russian before another language, text before recognised text, then the format.

// repeated is a document that repeats another.
type repeated struct{ copy, of *reading }

// once leaves out documents that repeat another. The order of those kept is that of the publication.
func once(all []*reading) (kept []*reading, dropped []repeated) {
	gone := map[*reading]bool{}
	for i, a := range all {
		for _, b := range all[i+1:] {
			if gone[a] || gone[b] || !same(a, b) {
				continue
			}
			better, worse := a, b
			if rank(b) < rank(a) {
				better, worse = b, a
			}
			gone[worse] = true
			dropped = append(dropped, repeated{copy: worse, of: better})
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(d *reading) bool { return gone[d] }), dropped
}

func same(a, b *reading) bool {
	n := len(a.items)
	if n == 0 || n != len(b.items) {
		return false
	}
	issues, facts, told := 0, 0, 0
	for i := range a.items {
		x, y := &a.items[i], &b.items[i]
		if alike(x.Issue, y.Issue) {
			issues++
		}
		if x.No == y.No && x.DeadlineFrom == y.DeadlineFrom && x.DeadlineTo == y.DeadlineTo && x.Cost == y.Cost {
			facts++
			if x.DeadlineTo != 0 || x.Cost.Stated {
				told++
			}
		}
	}
	most := n - n/10
	return issues >= most || langOf(a.items) != langOf(b.items) && facts >= most && told > 0
}

// alike says whether two texts are the same but for spaces, signs and letter case.
func alike(a, b string) bool { return fold.RussianKey(a) == fold.RussianKey(b) }

// rank orders copies: the lowest is kept.
func rank(d *reading) int {
	n := slices.Index([]table.Format{table.DOCX, table.XLSX, table.HTML, table.XLS, table.Text, table.PDF}, d.doc.Format)
	if n < 0 {
		n = 9
	}
	if d.doc.Recognised {
		n += 10
	}
	if langOf(d.items) != lang.Russian {
		n += 100
	}
	return n
}

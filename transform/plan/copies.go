package plan

import (
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/money"
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
	said := make([]saying, len(all)) // a zip may hold a thousand documents, each of which is compared with all
	for i, d := range all {
		said[i] = sayingOf(d)
	}
	gone := map[*reading]bool{}
	for i, a := range all {
		for j, b := range all[i+1:] {
			if gone[a] || gone[b] || !same(said[i], said[i+1+j]) {
				continue
			}
			better, worse := a, b
			if said[i+1+j].rank < said[i].rank {
				better, worse = b, a
			}
			gone[worse] = true
			dropped = append(dropped, repeated{copy: worse, of: better})
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(d *reading) bool { return gone[d] }), dropped
}

// saying is what a document is compared by.
type saying struct {
	lang   string
	rank   int
	issues []string // without spaces, signs and letter case
	facts  []fact
}

type fact struct {
	no       string
	from, to qulaq.Day
	cost     money.Cost
}

func sayingOf(d *reading) saying {
	s := saying{lang: langOf(d.items)}
	s.rank = rank(d, s.lang)
	for i := range d.items {
		it := &d.items[i]
		s.issues = append(s.issues, fold.RussianKey(it.Issue))
		s.facts = append(s.facts, fact{it.No, it.DeadlineFrom, it.DeadlineTo, it.Cost})
	}
	return s
}

func same(a, b saying) bool {
	n := len(a.issues)
	if n == 0 || n != len(b.issues) {
		return false
	}
	return mostly(a.issues, b.issues) || a.lang != b.lang && mostly(a.facts, b.facts) && tellTheSame(a.facts, b.facts)
}

// tellTheSame says whether some deadline or cost is the same in both.
func tellTheSame(a, b []fact) bool {
	for i, f := range a {
		if f == b[i] && (f.to != 0 || f.cost.Stated) {
			return true
		}
	}
	return false
}

// mostly says whether nine in ten are the same, in order.
func mostly[T comparable](a, b []T) bool {
	others := len(a) / 10
	for i := range a {
		if a[i] != b[i] {
			if others--; others < 0 {
				return false
			}
		}
	}
	return true
}

// rank orders copies: the lowest is kept.
func rank(d *reading, language string) int {
	n := slices.Index([]table.Format{table.DOCX, table.XLSX, table.HTML, table.XLS, table.Text, table.PDF}, d.doc.Format)
	if n < 0 {
		n = 9
	}
	if d.doc.Recognised {
		n += 10
	}
	if language != lang.Russian {
		n += 100
	}
	return n
}

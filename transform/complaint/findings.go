package complaint

import (
	"cmp"
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// findings gathers oddities: one entry for all rows that show the same.
type findings struct {
	all  map[findingKey]*qulaq.Finding
	lost int64 // findings beyond maxFindings, only counted
}

type findingKey struct {
	kind           qulaq.FindingKind
	subject, table string
}

// maxFindings bounds how many different oddities of a file are told apart.
const maxFindings = 2000

func (f *findings) add(kind qulaq.FindingKind, subject, detail string, line int64, table string) {
	f.put(qulaq.Finding{Kind: kind, Subject: subject, Detail: detail, Count: 1, Line: line, Table: table})
}

func (f *findings) put(n qulaq.Finding) {
	key := findingKey{n.Kind, n.Subject, n.Table}
	if have := f.all[key]; have != nil {
		have.Count += n.Count
		if n.Line < have.Line {
			have.Line, have.Detail = n.Line, n.Detail
		}
		return
	}
	if len(f.all) >= maxFindings {
		f.lost += n.Count
		return
	}
	if f.all == nil {
		f.all = map[findingKey]*qulaq.Finding{}
	}
	f.all[key] = &n
}

func (f *findings) merge(o *findings) {
	for _, n := range o.sorted() {
		f.put(n)
	}
	f.lost += o.lost
}

// sorted returns the findings by line, then kind, then subject.
func (f *findings) sorted() []qulaq.Finding {
	out := make([]qulaq.Finding, 0, len(f.all))
	for _, n := range f.all {
		out = append(out, *n)
	}
	slices.SortFunc(out, func(a, b qulaq.Finding) int {
		return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject, b.Subject))
	})
	return out
}

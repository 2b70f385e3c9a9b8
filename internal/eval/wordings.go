package main

import (
	"fmt"
	"io"

	"github.com/qulaq-kz/qulaq/internal/labelled"
)

// wordings measures how the words of action plans are understood apart from whole papers: what sort of paper a title
// is of; of titles of plans, whose and of which time; and what a column is called.
func wordings(part labelled.Part, wrong io.Writer) ([]figure, error) {
	titles, err := labelled.PlanTitles(part)
	if err != nil {
		return nil, err
	}
	headings, err := labelled.PlanHeadings(part)
	if err != nil {
		return nil, err
	}
	r, err := planReader()
	if err != nil {
		return nil, err
	}
	plans, kinds, akimats, periods := 0, 0, 0, 0
	for _, t := range titles {
		j := r.Judge(t.Title, nil)
		tally(&kinds, string(j.Kind) == t.Kind, wrong, "kind", t.Title, j.Kind, t.Kind)
		if t.Kind != "plan" {
			continue
		}
		plans++
		tally(&akimats, j.Region == t.Region && j.District == t.District, wrong, "akimat", t.Title, j.Region+" "+j.District, t.Region+" "+t.District)
		tally(&periods, j.PeriodFrom == t.From && j.PeriodTo == t.To, wrong, "period", t.Title, j.PeriodFrom, t.From)
	}
	roles := 0
	for _, h := range headings {
		got := r.Heading(h.Heading)
		tally(&roles, got == h.Role, wrong, "heading", h.Heading, got, h.Role)
	}
	return []figure{
		share("plan_titles_kind", kinds, len(titles)),
		share("plan_titles_akimat", akimats, plans),
		share("plan_titles_period", periods, plans),
		share("plan_headings", roles, len(headings)),
	}, nil
}

// tally counts what is right and prints what is not.
func tally(n *int, right bool, wrong io.Writer, what, text string, got, want any) {
	if right {
		*n++
		return
	}
	fmt.Fprintf(wrong, "%s\t%s\n\t%v, the truth is %v\n", what, text, got, want)
}

package meeting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// papersOf gives every paper its id and its role.
func papersOf(forms []Form) []Publication {
	forms = slices.Clone(forms)
	slices.SortFunc(forms, func(a, b Form) int {
		return cmp.Or(a.SeenAt.Compare(b.SeenAt), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Lang, b.Lang), slices.Compare(a.Page[:], b.Page[:]))
	})
	papers := make([]Publication, len(forms))
	last := map[string]int{} // entry → its latest form
	seen := map[string]int{}
	for i, x := range forms {
		id := x.ID + "/" + x.Lang
		seen[id]++
		papers[i] = Publication{Form: x, ID: id, Role: Current}
		if n := seen[id]; n > 1 {
			papers[i].ID = fmt.Sprintf("%s/%d", id, n)
			papers[last[id]].Role = Replaced
		}
		if x.Result.Paper.Meetings == 0 {
			papers[i].Role = Unread
		}
		last[id] = i
	}
	groups := map[string][]*Publication{}
	for i := range papers {
		if p := &papers[i]; p.Role == Current {
			groups[p.group()] = append(groups[p.group()], p)
		}
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b *Publication) int { return cmp.Compare(a.day(), b.day()) })
		translate(g)
		replace(g)
	}
	slices.SortFunc(papers, func(a, b Publication) int { return cmp.Compare(a.ID, b.ID) })
	return papers
}

// group names the papers that may replace one another.
func (p *Publication) group() string {
	j := p.Form.Result.Paper.Judgement
	return fmt.Sprint(j.Sort, j.Kind, j.Level, j.Region, j.District, j.PeriodFrom, j.PeriodTo)
}

// day is the day on which the paper was there, for order alone.
func (p *Publication) day() qulaq.Day {
	at := p.Form.Stamp
	if at.IsZero() || strings.Count(p.ID, "/") > 1 { // when something was changed the site does not say
		at = p.Form.SeenAt
	}
	return qulaq.DayOf(at.In(qulaq.Almaty()))
}

// translate leaves one language of a group: that with the most rows, Russian before others.
func translate(group []*Publication) {
	rows := map[string]int{}
	for _, p := range group {
		rows[p.Form.Result.Paper.Lang] += len(p.Form.Result.Rows)
	}
	best := ""
	for lang := range rows {
		if c := cmp.Or(cmp.Compare(rows[lang], rows[best]), cmp.Compare(lang, best)); best == "" || c > 0 { // ru is behind kk and en
			best = lang
		}
	}
	for _, p := range group {
		if p.Form.Result.Paper.Lang != best {
			p.Role = Translation
		}
	}
}

// replace marks the papers of a group that a later one replaces.
func replace(group []*Publication) {
	for i, earlier := range group {
		for _, later := range group[i+1:] {
			if earlier.Role == Current && later.Role == Current && overlap(earlier, later) {
				earlier.Role = Replaced
			}
		}
	}
}

// overlap says whether half of the places of the shorter of two papers are in both.
func overlap(a, b *Publication) bool {
	have := map[string]bool{}
	for i := range a.Form.Result.Rows {
		have[a.Form.Result.Rows[i].spot()] = true
	}
	both := map[string]bool{}
	all := map[string]bool{}
	for i := range b.Form.Result.Rows {
		spot := b.Form.Result.Rows[i].spot()
		all[spot] = true
		if have[spot] {
			both[spot] = true
		}
	}
	return 2*len(both) >= min(len(have), len(all))
}

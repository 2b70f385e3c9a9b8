package publication

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

// diary judges an obligation every night and writes the changes down, as a monitor does.
func diary(o Obligation, from, to qulaq.Day, founds func(qulaq.Day) []Found, look func(Place, qulaq.Day) Look) (lines []string, nights []Night, last Verdict) {
	var seen []Look
	for d := from; d <= to; d++ {
		seen = append(seen, looks(o, d, d, look)...)
		v := Judge(o, founds(d), seen, last, d)
		if e, ok := Change(last, v); ok {
			lines = append(lines, strings.TrimSpace(e.On.String()+" "+string(e.Event)+" "+string(e.To)+" "+e.PublicationID))
		}
		nights = append(nights, Night{d, v.State, Look{At: v.CheckedAt}.Day()})
		last = v
	}
	return lines, nights, last
}

func TestReplacedWithdrawnAndPutBack(t *testing.T) {
	o := astana(t)
	one, two := plan(o, "1", day(t, "2023-01-20")), plan(o, "2", day(t, "2023-02-01"))
	founds := func(d qulaq.Day) []Found {
		a, b := one, two
		a.LastSeenOn, b.LastSeenOn = d, d
		a.Current = d < b.FirstSeenOn // replaced by the other
		if away := day(t, "2023-02-10"); d >= away && d < day(t, "2023-02-15") {
			a.GoneOn, b.GoneOn, a.LastSeenOn, b.LastSeenOn = away, away, away-1, away-1
		}
		return []Found{a, b}
	}
	lines, _, last := diary(o, day(t, "2023-01-20"), day(t, "2023-02-28"), founds, well)
	if d := cmp.Diff([]string{
		"2023-01-20 opened not_found",
		"2023-01-21 changed published 1",
		"2023-02-02 replaced published 2",
		"2023-02-11 changed withdrawn 2", // the second look without it
		"2023-02-15 changed published 2",
	}, lines); d != "" {
		t.Error(d)
	}
	if last.Since != day(t, "2023-02-15") || last.PublishedOn != day(t, "2023-01-20") || last.Reason.Key != "in_time" {
		t.Errorf("at the end: %+v", last)
	}
}

func TestSiteDownForAMonth(t *testing.T) {
	o := astana(t)
	late := plan(o, "1", day(t, "2023-01-25"))
	late.FirstSeenOn = day(t, "2023-02-25") // published in time, while nobody could see it
	down := func(p Place, d qulaq.Day) Look {
		if d >= day(t, "2023-01-24") && d < late.FirstSeenOn {
			return bad(p, d)
		}
		return well(p, d)
	}
	lines, nights, _ := diary(o, day(t, "2022-12-30"), day(t, "2023-03-10"), func(qulaq.Day) []Found { return []Found{late} }, down)
	if d := cmp.Diff([]string{
		"2022-12-30 opened pending",
		"2023-01-01 changed not_found",
		"2023-01-24 changed unverifiable",
		"2023-02-25 changed published 1",
	}, lines); d != "" {
		t.Error(d)
	}
	for _, n := range nights {
		if n.State == Overdue || n.State == Late {
			t.Errorf("%s on %s", n.State, n.On)
		}
	}
}

func TestSettled(t *testing.T) {
	letters := map[rune]State{'p': Published, 'o': Overdue, 'u': Unverifiable, 'n': NotFound}
	for _, c := range []struct {
		nights string // a letter a night; a bar begins no new one; after = it rests on the same looks
		n      int
		want   string
	}{
		{"", 3, ""},
		{"o", 1, ">overdue"},
		{"o", 0, ">overdue"},
		{"oo", 3, ""},
		{"ooo", 3, ">overdue"},
		{"oooo", 3, ""},
		{"nnnooo", 3, "not_found>overdue"},
		{"nnnoouo", 3, ""},
		{"nnnoouoo", 3, ""},
		{"nnnoouooo", 3, "not_found>overdue"},
		{"ooouuooo", 3, ""}, // it flickered and is what it was
		{"oouuuooo", 3, "unverifiable>overdue"},
		{"nnnn|on|on|o", 3, "not_found>overdue"},
		{"ooo|n", 3, ""},
		{"o=o=o", 3, ""}, // one look, judged three times
		{"o=o=o=oo", 3, ""},
		{"o=o=o=oo=oo", 3, ">overdue"},
		{"o=o=o=oo=oo=o", 3, ""},
		{"u=u=u", 3, ">unverifiable"},
		{"p=p=p", 3, ">published"},
		{"oo=uo=oo", 3, ""},
	} {
		var nights []Night
		on, looked, same := qulaq.Day(0), qulaq.Day(0), false
		for _, r := range c.nights {
			if r == '=' { // the looks of the night before
				same = true
				continue
			}
			if r == '|' {
				on--
				continue
			}
			if !same {
				looked = on + 1
			}
			same = false
			nights = append(nights, Night{on, letters[r], looked})
			on++
		}
		from, to, ok := Settled(nights, c.n)
		got := ""
		if ok {
			got = string(from) + ">" + string(to)
		}
		if got != c.want {
			t.Errorf("%s by %d: %q, want %q", c.nights, c.n, got, c.want)
		}
	}
}

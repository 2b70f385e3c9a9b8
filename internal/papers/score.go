package papers

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Counts is what became of values: of cells, or of one verdict over several papers.
type Counts struct {
	Right   int
	Wrong   int // a value where the truth has another, or null
	Missing int // null where the truth has a value
}

// Add adds the counts of o.
func (c *Counts) Add(o Counts) {
	c.Right += o.Right
	c.Wrong += o.Wrong
	c.Missing += o.Missing
}

// Total is how many values were counted.
func (c Counts) Total() int { return c.Right + c.Wrong + c.Missing }

// Score is Right / (Right + Missing + 2·Wrong): a wrong value costs twice what a missing one costs, because
// somebody will believe it. It is 0 when nothing was counted, so that an empty measurement does not shine.
func (c Counts) Score() float64 {
	if c.Total() == 0 {
		return 0
	}
	return float64(c.Right) / float64(c.Right+c.Missing+2*c.Wrong)
}

// Difference is a value that is not as in the truth; nil is null.
type Difference struct {
	Item      string // number and beginning of the issue in the truth, else in the produced plan; empty for a verdict
	Field     string
	Got, Want *string
}

// String is one line for a person.
func (d Difference) String() string {
	show := func(s *string) string {
		if s == nil {
			return "null"
		}
		return strconv.Quote(*s)
	}
	return fmt.Sprintf("%s | %s: %s, the truth is %s", d.Item, d.Field, show(d.Got), show(d.Want))
}

// Result says how well papers were read. The zero value is that of no paper.
type Result struct {
	Fields map[string]Counts // by name of the field as the truth files spell it
	// The verdicts count 1 a paper: whether it is a plan; and, of plans, region and district of the akimat
	// together, and the period. A paper that does not say, read as not saying, is not counted.
	Plan, Akimat, Period Counts
	Differences          []Difference
}

// Cells is the sum over all fields.
func (r Result) Cells() Counts {
	var sum Counts
	for _, c := range r.Fields {
		sum.Add(c)
	}
	return sum
}

// Add adds the counts and differences of another paper.
func (r *Result) Add(o Result) {
	if r.Fields == nil {
		r.Fields = map[string]Counts{}
	}
	for name, c := range o.Fields {
		sum := r.Fields[name]
		sum.Add(c)
		r.Fields[name] = sum
	}
	r.Plan.Add(o.Plan)
	r.Akimat.Add(o.Akimat)
	r.Period.Add(o.Period)
	r.Differences = append(r.Differences, o.Differences...)
}

// field is a cell of an item that is compared. StatusText is not: what counts of it is the status.
type field struct {
	name string
	text bool // compared after comparable; other values letter by letter
	of   func(Item) *string
}

var fields = []field{
	{"item_no", true, func(i Item) *string { return i.ItemNo }},
	{"issue", true, func(i Item) *string { return i.Issue }},
	{"measure", true, func(i Item) *string { return i.Measure }},
	{"responsible", true, func(i Item) *string { return i.Responsible }},
	{"completion_form", true, func(i Item) *string { return i.CompletionForm }},
	{"deadline_from", false, func(i Item) *string { return i.DeadlineFrom }},
	{"deadline_to", false, func(i Item) *string { return i.DeadlineTo }},
	{"cost_kzt", false, costOf},
	{"funding_source", true, func(i Item) *string { return i.FundingSource }},
	{"status", false, func(i Item) *string { return i.Status }},
	{"district_code", false, func(i Item) *string { return i.DistrictCode }},
}

func costOf(i Item) *string {
	if i.CostKZT == nil {
		return nil
	}
	s := strconv.FormatInt(*i.CostKZT, 10)
	return &s
}

// Compare measures what was read of one paper against its truth. Items are paired by likeness and order (see
// align); all values of an item without a counterpart are wrong when it was invented and missing when it was
// lost. A value that is null on both sides is not counted. What is read as no plan counts as read without
// items.
func Compare(got, want Truth) Result {
	r := Result{Fields: map[string]Counts{}}
	r.Plan = r.verdict("is_plan", yes(got.IsPlan), yes(want.IsPlan))
	if want.IsPlan {
		r.Akimat = r.verdict("akimat", joined(got.RegionCode, got.DistrictCode), joined(want.RegionCode, want.DistrictCode))
		r.Period = r.verdict("period", joined(got.PeriodFrom, got.PeriodTo), joined(want.PeriodFrom, want.PeriodTo))
	}
	items := got.Items
	if !got.IsPlan {
		items = nil
	}
	for _, p := range align(items, want.Items) {
		var g, w Item
		if p.got >= 0 {
			g = items[p.got]
		}
		if p.want >= 0 {
			w = want.Items[p.want]
		}
		name := nameOf(w)
		if p.want < 0 {
			name = "(invented) " + nameOf(g)
		}
		for _, f := range fields {
			r.cell(name, f, f.of(g), f.of(w))
		}
	}
	return r
}

// cell counts one value of an item.
func (r *Result) cell(item string, f field, got, want *string) {
	same := func(a, b string) bool { return a == b }
	if f.text {
		same = func(a, b string) bool { return comparable(a) == comparable(b) }
	}
	c := countOf(got, want, same)
	if c.Total() == 0 {
		return
	}
	sum := r.Fields[f.name]
	sum.Add(c)
	r.Fields[f.name] = sum
	if c.Right == 0 {
		r.Differences = append(r.Differences, Difference{item, f.name, got, want})
	}
}

// verdict counts what was said of the paper as a whole: [2]*string are two values that belong together. They
// are wrong when one is wrong, and missing when one is missing and none wrong.
func (r *Result) verdict(name string, got, want [2]*string) Counts {
	var sum Counts
	for k := range got {
		c := countOf(got[k], want[k], func(a, b string) bool { return a == b })
		sum.Add(c)
		if c.Right == 0 && c.Total() > 0 {
			r.Differences = append(r.Differences, Difference{"", name, got[k], want[k]})
		}
	}
	switch {
	case sum.Wrong > 0:
		return Counts{Wrong: 1}
	case sum.Missing > 0:
		return Counts{Missing: 1}
	case sum.Right > 0:
		return Counts{Right: 1}
	}
	return Counts{}
}

func countOf(got, want *string, same func(a, b string) bool) Counts {
	switch {
	case got == nil && want == nil:
		return Counts{}
	case got == nil:
		return Counts{Missing: 1}
	case want != nil && same(*got, *want):
		return Counts{Right: 1}
	}
	return Counts{Wrong: 1}
}

func joined(a, b *string) [2]*string { return [2]*string{a, b} }

func yes(b bool) [2]*string {
	s := strconv.FormatBool(b)
	return [2]*string{&s, nil}
}

// nameOf is an item as the differences name it.
func nameOf(i Item) string {
	const most = 40
	var parts []string
	for _, s := range []*string{i.ItemNo, i.Issue} {
		if s != nil {
			parts = append(parts, *s)
		}
	}
	if name := []rune(strings.Join(parts, " ")); len(name) > most {
		return string(name[:most]) + "…"
	}
	return strings.Join(parts, " ")
}

// comparable is the form in which texts are compared: quotation marks and dashes are of one kind, letters
// small, ё is е, spaces (line breaks, no-break spaces) are single ones and none stand beside a dash or inside a
// bracket, invisible characters are gone, and so is the punctuation at the end.
func comparable(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case strings.ContainsRune("«»“”„‟\"'‘’‹›`", r):
			b.WriteByte('"')
		case unicode.Is(unicode.Pd, r) || r == '−':
			b.WriteByte('-')
		case r == 'ё':
			b.WriteRune('е')
		case unicode.Is(unicode.Cf, r): // soft hyphens, zero width spaces
		default:
			b.WriteRune(r)
		}
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	text = strings.NewReplacer(" - ", "-", "- ", "-", " -", "-", "( ", "(", " )", ")").Replace(text)
	return strings.TrimRight(text, " .,;:!?")
}

package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/papers"
)

// A paper's text has a head of "key: value" lines (why, half, ext, kind, region, district, period), a line
// "---" and a body. Lines of the body:
//
//	L: R: C: H:       a paragraph: left, right, centred, a heading
//	cols: no issue …  the meaning of the columns of the rows below: no, issue, measure, form, due, resp,
//	                  cost, fund, fundcost (source and sum in one), status, dist, x (not part of the truth)
//	widths: 1 5 5 …   their widths, as shares
//	! a | b           a row of the header
//	# text => CODE    a section row across the table; its district holds for the rows below
//	~ a | b           a row that is no item: numbering, totals
//	- a | b           a row that was deleted with tracked changes: no item
//	+ a | b           a row that was inserted with tracked changes: an item
//	a | b             an item; " @@ CODE" at its end is the district that its text names
//	$ CODE            the district of what follows, as a heading says it
//	@ name => CODE    a new part: the sheet of a workbook, the member of an archive; with its district
//
// A cell "^" is merged with the one above, "<" with the one at its left. Behind " => " stands the truth of a
// deadline (from..to), a sum, a status or a district; "-" is null. Inside a text: ¶ a new paragraph, ↵ a
// line break, → a tab, ¬ a soft hyphen, ☑ a symbol of a font of symbols, and ⟦…⟧ of the sorts of markup.
type paper struct {
	half, ext string
	truth     papers.Truth
	parts     []part
}

// part is a sheet, a member of an archive or, mostly, the whole paper.
type part struct {
	name   string
	blocks []block
}

// block is a paragraph or, when rows are there, a table.
type block struct {
	align  byte // L, R, C, H
	text   string
	widths []int
	rows   []row
}

// row is a row of a table; kind is the first character of its line, or 0 for an item.
type row struct {
	kind  byte
	cells []string // with notation, without the truth behind =>
}

func parse(text string) (*paper, error) {
	head, body, found := strings.Cut(text, "\n---\n")
	if !found {
		return nil, errors.New("no line --- after the head")
	}
	p := &paper{}
	p.truth.IsPlan = true
	p.truth.Items = []papers.Item{}
	for _, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch key {
		case "why":
			p.truth.Why = value
		case "half":
			p.half = value
		case "ext":
			p.ext = value
		case "kind":
			p.truth.Kind, p.truth.IsPlan = value, false
		case "region":
			p.truth.RegionCode = orNull(value)
		case "district":
			p.truth.DistrictCode = orNull(value)
		case "period":
			from, to, _ := strings.Cut(value, " ")
			p.truth.PeriodFrom, p.truth.PeriodTo = orNull(from), orNull(to)
		default:
			return nil, fmt.Errorf("head: unknown key %q", key)
		}
	}
	b := bodyParser{p: p, district: p.truth.DistrictCode}
	for i, line := range strings.Split(body, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := b.line(line); err != nil {
			return nil, fmt.Errorf("line %d of the body: %w", i+1, err)
		}
	}
	if p.truth.IsPlan && len(p.truth.Items) == 0 {
		return nil, errors.New("a plan without items")
	}
	return p, nil
}

// bodyParser carries from line to line what holds for the rows below.
type bodyParser struct {
	p        *paper
	cols     []string
	widths   []int
	above    []string // the cells of the row above, with their truth, for ^
	district *string
}

func (b *bodyParser) line(line string) error {
	if len(b.p.parts) == 0 && line[0] != '@' {
		b.p.parts = []part{{}}
	}
	if len(line) > 1 && line[1] == ':' && strings.ContainsRune("LRCH", rune(line[0])) {
		b.add(block{align: line[0], text: strings.TrimSpace(line[2:])})
		return nil
	}
	if rest, ok := strings.CutPrefix(line, "cols:"); ok {
		b.cols, b.widths = strings.Fields(rest), nil
		return nil
	}
	if rest, ok := strings.CutPrefix(line, "widths:"); ok {
		for _, f := range strings.Fields(rest) {
			n, err := strconv.Atoi(f)
			if err != nil {
				return err
			}
			b.widths = append(b.widths, n)
		}
		return nil
	}
	switch line[0] {
	case '@':
		name, code, _ := strings.Cut(strings.TrimSpace(line[1:]), " => ")
		b.p.parts = append(b.p.parts, part{name: name})
		b.district = orNull(code)
		return nil
	case '$':
		b.district = orNull(line[1:])
		return nil
	case '#':
		text, code, has := strings.Cut(strings.TrimSpace(line[1:]), " => ")
		if has {
			b.district = orNull(code)
		}
		cells := []string{text}
		for len(cells) < len(b.cols) {
			cells = append(cells, "<")
		}
		return b.row('#', cells)
	case '!', '~', '-', '+':
		return b.row(line[0], split(line[1:]))
	}
	return b.row(0, split(line))
}

func split(line string) []string {
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

func (b *bodyParser) add(x block) {
	last := &b.p.parts[len(b.p.parts)-1]
	last.blocks = append(last.blocks, x)
}

func (b *bodyParser) row(kind byte, cells []string) error {
	var said *string
	if last := len(cells) - 1; last >= 0 {
		text, code, has := strings.Cut(cells[last], " @@ ")
		if has {
			cells[last], said = text, orNull(code)
		}
	}
	if len(cells) != len(b.cols) {
		return fmt.Errorf("%d cells for %d columns", len(cells), len(b.cols))
	}
	last := &b.p.parts[len(b.p.parts)-1]
	if n := len(last.blocks); n == 0 || last.blocks[n-1].rows == nil || len(last.blocks[n-1].rows[0].cells) != len(b.cols) {
		b.add(block{widths: b.widths})
	}
	t := &last.blocks[len(last.blocks)-1]
	r := row{kind: kind}
	whole := make([]string, len(cells))
	for i, c := range cells {
		text, _, _ := strings.Cut(c, " => ")
		r.cells = append(r.cells, strings.TrimSuffix(text, " =>"))
		whole[i] = c
		if c == "^" && i < len(b.above) {
			whole[i] = b.above[i]
		}
	}
	t.rows = append(t.rows, r)
	b.above = whole
	if kind != 0 && kind != '+' {
		return nil
	}
	item, err := b.item(whole)
	if err != nil {
		return err
	}
	if said != nil {
		item.DistrictCode = said
	}
	if b.p.truth.IsPlan {
		b.p.truth.Items = append(b.p.truth.Items, item)
	}
	return nil
}

// item makes the truth of a row.
func (b *bodyParser) item(cells []string) (papers.Item, error) {
	it := papers.Item{DistrictCode: b.district}
	for i, cell := range cells {
		text, value, has := strings.Cut(cell, " => ")
		shown := nullable(text)
		needs := shown != nil && (b.cols[i] == "due" || b.cols[i] == "cost" || b.cols[i] == "fundcost" || b.cols[i] == "status" || b.cols[i] == "dist")
		if needs && !has && b.p.truth.IsPlan {
			return it, fmt.Errorf("%q of column %s says no truth", text, b.cols[i])
		}
		if value == "-" {
			value = ""
		}
		switch b.cols[i] {
		case "no":
			if shown != nil {
				it.ItemNo = orNull(strings.TrimSuffix(*shown, "."))
			}
		case "issue":
			it.Issue = shown
		case "measure":
			it.Measure = shown
		case "resp":
			it.Responsible = shown
		case "form":
			it.CompletionForm = shown
		case "fund":
			it.FundingSource = shown
		case "due":
			from, to, _ := strings.Cut(value, "..")
			it.DeadlineFrom, it.DeadlineTo = orNull(from), orNull(to)
		case "cost", "fundcost":
			if b.cols[i] == "fundcost" {
				it.FundingSource = shown
			}
			if value != "" {
				n, err := strconv.ParseInt(value, 10, 64)
				if err != nil {
					return it, err
				}
				it.CostKZT = &n
			}
		case "status":
			it.StatusText, it.Status = shown, orNull(value)
		case "dist":
			it.DistrictCode = orNull(value)
		case "x":
		default:
			return it, fmt.Errorf("unknown column %q", b.cols[i])
		}
	}
	return it, nil
}

// mark is a piece of markup: ⟦ its sort, then its text ⟧. The sorts:
//
//   - deleted       +  inserted     <  moved from here   >  moved to here
//     ?  hidden        ^  a footnote   @  a hyperlink       =  the result of a field
//   - bold          _  a content control                 №  an automatic number, with its printed form
//     #  a nested table: cells parted by &, rows by \\
var mark = regexp.MustCompile(`⟦(.)([^⟧]*)⟧`)

var (
	breaks  = strings.NewReplacer("¶", " ", "↵", " ", "→", " ", "¬", "", "☑", "", "\u00a0", " ", "\u2011", "-")
	numeric = regexp.MustCompile(`^(n:|t:|i:|d:|f:[^=]*=|r:|s:)`)
)

// plain is the text that a person would type off.
func plain(s string) string {
	s = mark.ReplaceAllStringFunc(s, func(m string) string {
		g := mark.FindStringSubmatch(m)
		switch g[1] {
		case "-", "<", "?", "^":
			return ""
		case "#":
			return strings.NewReplacer(" & ", " ", ` \\ `, " ").Replace(g[2])
		}
		return g[2]
	})
	return strings.Join(strings.Fields(breaks.Replace(numeric.ReplaceAllString(s, ""))), " ")
}

// nullable is the plain text, or nil for what says nothing.
func nullable(s string) *string {
	t := plain(s)
	switch t {
	case "", "-", "–", "—", absent:
		return nil
	}
	return &t
}

func orNull(s string) *string {
	s = strings.TrimSpace(s)
	if s == "" || s == "-" {
		return nil
	}
	return &s
}

// absent is a place where the row has no cell at all (w:gridBefore, w:gridAfter).
const absent = "⊣"

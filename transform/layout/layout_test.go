package layout

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/transform/table"
)

const (
	letterWidth = 5.0
	spaceWidth  = 2.5
	lineHeight  = 10.0
)

// sheetOf is a page that tests write on.
type sheetOf struct{ Page }

func newPage() *sheetOf { return &sheetOf{Page{Width: 600, Height: 800}} }

func lying() *sheetOf { return &sheetOf{Page{Width: 800, Height: 600}} }

// write puts the words of text on a line that begins at x and has its top at y.
func (p *sheetOf) write(x, y float64, text string) *sheetOf {
	for _, w := range strings.Fields(text) {
		end := x + letterWidth*float64(len([]rune(w)))
		p.Words = append(p.Words, Word{X0: x, Y0: y, X1: end, Y1: y + lineHeight, Text: w, Apart: true})
		x = end + spaceWidth
	}
	return p
}

// down moves all words.
func (p *sheetOf) down(by float64) *sheetOf {
	for i := range p.Words {
		p.Words[i].Y0, p.Words[i].Y1 = p.Words[i].Y0+by, p.Words[i].Y1+by
	}
	return p
}

// mark puts a small raised text behind the last word.
func (p *sheetOf) mark(text string) *sheetOf {
	w := p.Words[len(p.Words)-1]
	p.Words = append(p.Words, Word{X0: w.X1, Y0: w.Y0, X1: w.X1 + 3, Y1: w.Y0 + 0.6*lineHeight, Text: text})
	return p
}

// table draws all borders of a table with rows of 40 points, and writes into cells from their left upper
// corner; a line break begins a new line, twelve points below.
func (p *sheetOf) table(y float64, xs []float64, rows ...[]string) *sheetOf {
	for i, row := range append(rows, nil) {
		p.rule(xs[0], y, xs[len(xs)-1], y)
		for j, text := range row {
			for k, l := range strings.Split(text, "\n") {
				p.write(xs[j]+3, y+2+12*float64(k), l)
			}
		}
		if i < len(rows) {
			for _, x := range xs {
				p.rule(x, y, x, y+40)
			}
		}
		y += 40
	}
	return p
}

func (p *sheetOf) rule(x0, y0, x1, y1 float64) *sheetOf {
	p.Rules = append(p.Rules, Rule{x0, y0, x1, y1})
	return p
}

// pieces draws a level rule in pieces that meet at some places; uprights draws upright ones side by side.
func (p *sheetOf) pieces(y float64, xs ...float64) *sheetOf {
	for i := 1; i < len(xs); i++ {
		p.rule(xs[i-1], y, xs[i], y)
	}
	return p
}

func (p *sheetOf) uprights(y0, y1 float64, xs ...float64) *sheetOf {
	for _, x := range xs {
		p.rule(x, y0, x, y1)
	}
	return p
}

func (p *sheetOf) fill(x0, y0, x1, y1 float64) *sheetOf {
	p.Fills = append(p.Fills, Box{x0, y0, x1, y1})
	return p
}

// letters writes letter by letter, so far apart, as programs do that place every letter for itself.
func (p *sheetOf) letters(x, y, apart float64, text string) *sheetOf {
	for _, r := range text {
		if r != ' ' {
			p.Words = append(p.Words, Word{X0: x, Y0: y, X1: x + letterWidth, Y1: y + lineHeight, Text: string(r)})
		}
		x += letterWidth + apart
	}
	return p
}

// show prints parts: a paragraph as its text, a row as its cells between bars; < and ^ are places of cells
// that were merged from the left and from above.
func show(t *testing.T, pages ...*sheetOf) string {
	t.Helper()
	var list []Page
	for _, p := range pages {
		list = append(list, p.Page)
	}
	parts, err := Parts(list, 0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range parts {
		if p.Grid == nil {
			fmt.Fprintf(&b, "%d: %s\n", p.Page, p.Text)
			continue
		}
		for i, r := range p.Grid.Rows {
			fmt.Fprintf(&b, "%d.%d", r.Page, r.Line)
			for j, c := range r.Cells {
				switch {
				case c.Left < j:
					b.WriteString("|<")
				case c.Top < i:
					b.WriteString("|^")
				default:
					b.WriteString("|" + c.Text)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func TestParts(t *testing.T) {
	three := []float64{50, 80, 250, 400}
	head := []string{"№", "Issue", "Measure"}
	tests := []struct {
		name  string
		pages []*sheetOf
		want  string
	}{
		{"nothing", []*sheetOf{newPage()}, ""},
		{
			"paragraphs",
			[]*sheetOf{newPage().
				write(60, 100, "First line of one").write(50, 112, "and its second line").
				write(50, 160, "Another one")},
			"1: First line of one and its second line\n1: Another one\n",
		},
		{
			"letters that stand apart",
			[]*sheetOf{newPage().letters(60, 100, 2.6, "Roads are bad here").letters(60, 150, 0, "and here").write(200, 150, "x")},
			"1: Roads are bad here\n1: and here\n1: x\n",
		},
		{
			"marks of notes, and exponents",
			[]*sheetOf{newPage().write(60, 100, "Ремонт дороги").mark("1").write(50, 112, "площадь 120 м").mark("2").
				write(60, 160, "аяқ су").mark("*").write(50, 172, "длиной 5 км").mark("1")},
			"1: Ремонт дороги площадь 120 м2\n1: аяқ су длиной 5 км\n",
		},
		{
			"blocks beside one another",
			[]*sheetOf{newPage().
				write(50, 100, "Agreed").write(350, 100, "Approved").
				write(50, 112, "Secretary").write(350, 112, "Akim")},
			"1: Agreed Secretary\n1: Approved Akim\n",
		},
		{
			"ruled table between paragraphs",
			[]*sheetOf{newPage().
				write(50, 80, "Title").
				table(100, three, head, []string{"1", "No water\nin summer", "Dig a well"}).
				write(50, 300, "Note")},
			"1: Title\n1.1|№|Issue|Measure\n1.2|1|No water in summer|Dig a well\n1: Note\n",
		},
		{
			"a heading without borders above the table",
			[]*sheetOf{newPage().
				write(50, 60, "A title that runs over the whole width of what is below it and more").
				write(260, 104, "What is").write(53, 110, "№").write(83, 110, "Issue").write(410, 110, "Who").
				write(260, 116, "done").
				table(130, []float64{50, 80, 250, 400, 500}, []string{"1", "No water", "Dig a well", "Akim"}, []string{"2", "No road", "Build it", "Akim"})},
			"1: A title that runs over the whole width of what is below it and more\n1.1|№|Issue|What is done|Who\n1.2|1|No water|Dig a well|Akim\n1.3|2|No road|Build it|Akim\n",
		},
		{
			"text above a table that names no columns",
			[]*sheetOf{newPage().
				write(50, 116, "A line of running text that runs close above").
				table(130, []float64{50, 80, 250, 400, 500}, []string{"1", "No water", "Dig a well", "Akim"}, []string{"2", "No road", "Build it", "Akim"})},
			"1: A line of running text that runs close above\n1.1|1|No water|Dig a well|Akim\n1.2|2|No road|Build it|Akim\n",
		},
		{
			"borders of columns alone",
			[]*sheetOf{newPage().
				rule(50, 100, 50, 200).rule(80, 100, 80, 200).rule(250, 100, 250, 200).rule(400, 100, 400, 200).
				write(53, 104, "№").write(83, 104, "Issue").write(253, 104, "Measure").
				write(53, 130, "1").write(83, 130, "No water in a").write(253, 130, "Dig a well").write(83, 142, "summer").
				write(53, 168, "2").write(83, 168, "No road").write(253, 168, "Build it")},
			"1.1|№|Issue|Measure\n1.2|1|No water in a summer|Dig a well\n1.3|2|No road|Build it\n",
		},
		{
			"frame around a page",
			[]*sheetOf{newPage().
				rule(20, 20, 580, 20).rule(20, 780, 580, 780).rule(20, 20, 20, 780).rule(580, 20, 580, 780).
				write(50, 80, "Text")},
			"1: Text\n",
		},
		{
			"merged cells",
			[]*sheetOf{newPage().
				rule(50, 100, 400, 100).rule(250, 120, 400, 120).rule(50, 140, 400, 140).rule(50, 160, 400, 160).
				rule(50, 100, 50, 160).rule(250, 100, 250, 140).rule(320, 120, 320, 140).rule(400, 100, 400, 160).
				write(55, 112, "Issue").write(255, 105, "Money").write(255, 125, "source").write(325, 125, "sum").
				write(200, 145, "Some district")},
			"1.1|Issue|Money|<\n1.2|^|source|sum\n1.3|Some district|<|<\n",
		},
		{
			"sides left open",
			[]*sheetOf{newPage().
				rule(50, 100, 400, 100).rule(50, 140, 400, 140).rule(50, 180, 400, 180).
				rule(80, 100, 80, 180).rule(250, 100, 250, 180).
				write(55, 105, "1").write(85, 105, "a").write(255, 105, "b").
				write(55, 145, "2").write(85, 145, "c").write(255, 145, "d")},
			"1.1|1|a|b\n1.2|2|c|d\n",
		},
		{
			"double borders and short pieces",
			[]*sheetOf{newPage().
				rule(50, 100, 150, 100).rule(150, 100, 250, 100).rule(50, 101.5, 250, 101.5).rule(50, 140, 250, 140).
				rule(50, 100, 50, 140).rule(51.5, 100, 51.5, 140).rule(150, 100, 150, 120).rule(150, 120, 150, 140).rule(250, 100, 250, 140).
				write(55, 110, "a").write(155, 110, "b")},
			"1.1|a|b\n",
		},
		{"text over a page's end", []*sheetOf{
			newPage().table(500, three, head, []string{"1", "First", "One"}, []string{"2", "Second begins", "Two"}).write(300, 770, "1"),
			newPage().table(40, three, head, []string{"", "and ends", ""}, []string{"3", "Third", "Three"}).write(300, 770, "2"),
		}, "1.1|№|Issue|Measure\n1.2|1|First|One\n1.3|2|Second begins and ends|Two\n2.4|3|Third|Three\n"},
		{"merged down over a page's end", []*sheetOf{
			newPage().table(500, three, head, []string{"1", "First", "One"}, []string{"2", "Second begins", "Two"}),
			newPage().table(40, three, []string{"3", "and ends", "Three"}),
		}, "1.1|№|Issue|Measure\n1.2|1|First|One\n1.3|2|Second begins and ends|Two\n2.4|3|^|Three\n"},
		{"another table on the next page", []*sheetOf{
			newPage().table(500, three, head),
			newPage().table(40, []float64{50, 200, 400}, []string{"a", "b"}),
		}, "1.1|№|Issue|Measure\n2.1|a|b\n"},
		{"running header", []*sheetOf{
			newPage().write(50, 20, "Plan page 1").write(50, 100, "One"),
			newPage().write(50, 20, "Plan page 2").write(50, 100, "Two"),
			newPage().write(50, 20, "Plan page 3").write(50, 100, "Three").write(290, 770, "- 3 -"),
		}, "1: One\n2: Two\n3: Three\n"},
		{"a line below the text, well above the lower margin of a page that lies on its side", []*sheetOf{
			lying().table(300, three, head, []string{"1", "First", "One"}, []string{"2", "Second", "Two"}).write(50, 530, "Page 1 of 2"),
			lying().table(40, three, head, []string{"", "goes on", ""}, []string{"3", "Third", "Three"}).write(50, 530, "Page 2 of 2"),
		}, "1.1|№|Issue|Measure\n1.2|1|First|One\n1.3|2|Second goes on|Two\n2.4|3|Third|Three\n"},
		{
			"no borders, aligned at the top",
			[]*sheetOf{newPage().
				write(50, 100, "№").write(90, 100, "Issue").write(250, 100, "Measure").write(400, 100, "Who").
				write(50, 112, "1").write(90, 112, "Roads are").write(250, 112, "Mend 3 km").write(400, 112, "District").
				write(90, 124, "bad here").write(250, 124, "of them").
				write(50, 136, "2").write(90, 136, "No gas").write(250, 136, "Build a pipe").write(400, 136, "Region").
				write(50, 148, "3").write(90, 148, "No school").write(250, 148, "Build it").write(400, 148, "Region")},
			"1.1|№|Issue|Measure|Who\n1.2|1|Roads are bad here|Mend 3 km of them|District\n1.3|2|No gas|Build a pipe|Region\n1.4|3|No school|Build it|Region\n",
		},
		{
			"no borders, in the middle, rows apart",
			[]*sheetOf{newPage().
				write(50, 100, "№").write(90, 100, "Issue").write(250, 100, "Measure").
				write(50, 126, "1").write(90, 120, "Roads are").write(90, 132, "bad here").write(250, 126, "Mend them").
				write(130, 152, "Far district of all the other ones").
				write(50, 178, "2").write(90, 172, "No gas in").write(90, 184, "the village").write(250, 178, "Lay a pipe").
				write(50, 204, "3").write(90, 204, "Dogs").write(250, 204, "Catch them")},
			"1.1|№|Issue|Measure\n1.2|1|Roads are bad here|Mend them\n1.3|Far district of all the other ones|<|<\n1.4|2|No gas in the village|Lay a pipe\n1.5|3|Dogs|Catch them\n",
		},
		{
			"level rules drawn cell by cell",
			[]*sheetOf{newPage().
				pieces(98, 50, 80, 250, 400).pieces(111, 50, 80, 250, 400).pieces(135, 50, 80, 250, 400).rule(50, 148, 400, 148).pieces(161, 50, 80, 250, 400).
				write(53, 100, "№").write(83, 100, "Issue").write(253, 100, "Measure").
				write(53, 112, "1").write(83, 112, "Roads are").write(253, 112, "Mend them").write(83, 123, "bad").
				write(53, 136, "A district").
				write(53, 149, "2").write(83, 149, "Gas").write(253, 149, "Pipe")},
			"1.1|№|Issue|Measure\n1.2|1|Roads are bad|Mend them\n1.3|A district|<|<\n1.4|2|Gas|Pipe\n",
		},
		{
			"coloured cells",
			[]*sheetOf{newPage().
				fill(50, 100, 79, 119).fill(81, 100, 249, 119).fill(251, 100, 400, 119).
				fill(50, 121, 79, 149).fill(81, 121, 249, 149).fill(251, 121, 400, 149).
				fill(50, 151, 400, 169).
				write(53, 104, "№").write(83, 104, "Issue").write(253, 104, "Measure").
				write(53, 124, "1").write(83, 124, "Roads are").write(253, 124, "Mend them").write(83, 136, "bad").
				write(150, 154, "District")},
			"1.1|№|Issue|Measure\n1.2|1|Roads are bad|Mend them\n1.3|District|<|<\n",
		},
		{
			"borders of columns and heading, numbers tell the rows",
			[]*sheetOf{newPage().
				rule(50, 100, 400, 100).rule(50, 120, 400, 120).rule(50, 200, 400, 200).
				rule(50, 100, 50, 200).rule(80, 100, 80, 200).rule(250, 100, 250, 200).rule(400, 100, 400, 200).
				write(53, 104, "№").write(83, 104, "Issue").write(253, 104, "Measure").
				write(53, 124, "1").write(83, 124, "Roads are").write(253, 124, "Mend them").write(83, 136, "bad").
				write(53, 160, "2").write(83, 160, "Gas").write(253, 160, "Pipe")},
			"1.1|№|Issue|Measure\n1.2|1|Roads are bad|Mend them\n1.3|2|Gas|Pipe\n",
		},
		{
			"borders of columns in pieces tell the rows",
			[]*sheetOf{newPage().
				rule(50, 100, 400, 100).rule(50, 120, 400, 120).rule(50, 200, 400, 200).
				uprights(100, 120, 50, 80, 250, 400).uprights(120, 155, 50, 80, 250, 400).uprights(155, 200, 50, 80, 250, 400).
				write(53, 104, "Issue").write(83, 104, "Measure").write(253, 104, "Who").
				write(53, 124, "Road").write(83, 124, "Mend the").write(253, 124, "Akim").write(83, 140, "bad ones").
				write(53, 158, "Gas").write(83, 158, "Pipe").write(253, 158, "Akimat")},
			"1.1|Issue|Measure|Who\n1.2|Road|Mend the bad ones|Akim\n1.3|Gas|Pipe|Akimat\n",
		},
		{"columns that found no room follow on the next page", []*sheetOf{
			newPage().
				rule(50, 100, 250, 100).rule(50, 120, 250, 120).rule(50, 160, 250, 160).rule(50, 180, 250, 180).uprights(100, 180, 50, 80, 250).
				write(53, 104, "№").write(83, 104, "Issue").write(53, 124, "1").write(83, 124, "Roads").write(53, 164, "2").write(83, 164, "Gas"),
			newPage().
				rule(50, 60, 350, 60).rule(50, 80, 350, 80).rule(50, 120, 350, 120).rule(50, 140, 350, 140).uprights(60, 140, 50, 200, 350).
				write(53, 64, "Measure").write(203, 64, "Who").write(53, 84, "Mend them").write(203, 84, "Akim").write(53, 124, "Pipe").write(203, 124, "Akimat"),
		}, "1.1|№|Issue|Measure|Who\n1.2|1|Roads|Mend them|Akim\n1.3|2|Gas|Pipe|Akimat\n"},
		{"no borders, over a page's end", []*sheetOf{
			newPage().
				write(50, 700, "№").write(90, 700, "Issue").write(250, 700, "Measure").write(400, 700, "Who").
				write(50, 718, "1").write(90, 718, "Roads are").write(250, 718, "Mend them").write(400, 718, "District").write(90, 729, "bad").
				write(50, 747, "2").write(90, 747, "No gas in").write(250, 747, "Pipe").write(400, 747, "Region"),
			newPage().write(90, 80, "any village").write(50, 98, "3").write(90, 98, "Dogs").write(250, 98, "Catch").write(400, 98, "District").
				write(50, 140, "A paragraph of running text that goes on over all of the columns"),
		}, "1.1|№|Issue|Measure|Who\n1.2|1|Roads are bad|Mend them|District\n1.3|2|No gas in any village|Pipe|Region\n2.4|3|Dogs|Catch|District\n2: A paragraph of running text that goes on over all of the columns\n"},
		{
			"level rules, cells merged down between them",
			[]*sheetOf{newPage().
				rule(50, 98, 500, 98).rule(50, 111, 500, 111).rule(50, 124, 240, 124).rule(390, 124, 500, 124).rule(50, 148, 500, 148).
				write(50, 100, "No").write(90, 100, "Issue").write(250, 100, "Measure").write(400, 100, "Who").
				write(50, 112, "1").write(90, 112, "Roads").write(250, 112, "Mend all").write(400, 112, "Akim").
				write(50, 126, "2").write(90, 126, "Bridges").write(250, 126, "of them").write(400, 126, "Akimat").
				write(50, 138, "").write(90, 138, "too")},
			"1.1|No|Issue|Measure|Who\n1.2|1|Roads|Mend all of them|Akim\n1.3|2|Bridges too|^|Akimat\n",
		},
		{
			"no border below the heading, nor where it is repeated",
			[]*sheetOf{
				newPage().
					rule(50, 700, 400, 700).rule(50, 760, 400, 760).uprights(700, 760, 50, 80, 250, 400).
					write(53, 702, "№").write(83, 702, "Issue").write(253, 702, "Measure").
					write(53, 716, "1").write(83, 716, "Roads").write(253, 716, "Mend them").
					write(53, 734, "2").write(83, 734, "Gas in").write(253, 734, "Pipe").write(83, 746, "every"),
				newPage().
					rule(50, 60, 400, 60).rule(50, 90, 400, 90).uprights(60, 90, 50, 80, 250, 400).
					write(53, 62, "№").write(83, 62, "Issue").write(253, 62, "Measure").write(83, 76, "village"),
			},
			"1.1|№|Issue|Measure\n1.2|1|Roads|Mend them\n1.3|2|Gas in every village|Pipe\n",
		},
		{
			"a note and a remark between the pages of a table",
			[]*sheetOf{
				newPage().table(660, three, head, []string{"1", "Roads", "Mend them"}).write(50, 750, "1 Of the district"),
				newPage().write(400, 40, "Продолжение таблицы").table(60, three, []string{"2", "Gas", "Pipe"}),
			},
			"1.1|№|Issue|Measure\n1.2|1|Roads|Mend them\n2.3|2|Gas|Pipe\n1: 1 Of the district\n2: Продолжение таблицы\n",
		},
		{
			"text between two tables that are alike",
			[]*sheetOf{
				newPage().table(660, three, head, []string{"1", "Roads", "Mend them"}).write(50, 750, "The other district"),
				newPage().table(60, three, head, []string{"1", "Gas", "Pipe"}),
			},
			"1.1|№|Issue|Measure\n1.2|1|Roads|Mend them\n1: The other district\n2.1|№|Issue|Measure\n2.2|1|Gas|Pipe\n",
		},
		{
			"a repeated heading without its mark of a note",
			[]*sheetOf{
				newPage().table(660, three, []string{"№", "Some issue1", "Measure"}, []string{"1", "Roads", "Mend"}),
				newPage().table(60, three, []string{"№", "Some issue", "Measure"}, []string{"", "of gravel", "them"}),
			},
			"1.1|№|Some issue1|Measure\n1.2|1|Roads of gravel|Mend them\n",
		},
		{
			"a cell that the page's end leaves open goes on below it",
			[]*sheetOf{
				newPage().
					rule(50, 700, 400, 700).rule(50, 720, 400, 720).rule(50, 740, 250, 740).uprights(700, 740, 50, 80, 250, 400).
					write(53, 702, "№").write(83, 702, "Issue").write(253, 702, "Fund").write(53, 722, "1").write(83, 722, "Roads").write(253, 722, "Budget"),
				newPage().
					rule(50, 60, 400, 60).rule(50, 80, 400, 80).rule(50, 100, 400, 100).uprights(60, 100, 50, 80, 250, 400).
					write(53, 62, "2").write(83, 62, "Gas").write(53, 82, "3").write(83, 82, "Water"),
			},
			"1.1|№|Issue|Fund\n1.2|1|Roads|Budget\n2.3|2|Gas|^\n2.4|3|Water|\n",
		},
		{
			"a title below a block of approval",
			[]*sheetOf{newPage().
				write(450, 100, "Approved by").write(455, 112, "Akim Name").
				write(60, 124, "A plan of measures on what people asked for at their meetings with the akim of the district of late")},
			"1: Approved by Akim Name\n1: A plan of measures on what people asked for at their meetings with the akim of the district of late\n",
		},
		{
			"no borders, columns as close as a hair",
			[]*sheetOf{close()},
			"1.1|№|Measure|Who|Term\n1.2|1|Mend all the roads there|Akimat of the region|May\n1.3|2|Lay pipes to the coast|Works and roads|June\n" +
				"1.4|3|Dig|Akim of the district|2024\n1.5|4|Catch all at once|Works|2025\n1.6|5|Fix|Akim of the town|May\n",
		},
		{
			"no borders, the heading is wider than all below it",
			[]*sheetOf{newPage().
				write(322, 100, "Sum, mln").write(362, 100, "State of").
				write(50, 106, "No").write(90, 106, "Issue").write(250, 106, "Measure").
				write(334, 112, "tenge").write(378, 112, "it").
				write(50, 130, "1").write(90, 130, "Roads").write(250, 130, "Mend all").write(350, 130, "7").write(375, 130, "Done").
				write(50, 148, "2").write(90, 148, "Gas").write(250, 148, "Lay a big pipe").write(350, 148, "8").write(375, 148, "Open").
				write(50, 166, "3").write(90, 166, "Dogs").write(250, 166, "Catch").write(350, 166, "9").write(375, 166, "Done")},
			"1.1|No|Issue|Measure|Sum, mln tenge|State of it\n1.2|1|Roads|Mend all|7|Done\n1.3|2|Gas|Lay a big pipe|8|Open\n1.4|3|Dogs|Catch|9|Done\n",
		},
		{
			"centred columns with hardly a gap, and a heading over two of them",
			[]*sheetOf{centred()},
			"1.1|№|Issue|Measure|Money from|(mln) sum\n1.2|1|Roads are bad in all the villages|Mend them|OB|7\n1.3|2|Gas|Lay pipes to all of the villages|MB|8\n" +
				"1.4|3|Water|Dig|OB|9\n1.5|4|Dogs|Catch|MB|10\n1.6|5|Light|Lamps|OB|11\n1.7|6|School|Build|MB|12\n",
		},
		{
			"rows as close as lines, cells at their tops",
			[]*sheetOf{newPage().packed(atTop)},
			packedRows,
		},
		{
			"rows as close as lines, cells in their middles",
			[]*sheetOf{newPage().packed(inMiddle)},
			packedRows,
		},
		{
			"rows as close as lines, with rules below the heading and the first row alone",
			[]*sheetOf{newPage().packed(inMiddle).rule(50, 111, 370, 111).rule(50, 147, 370, 147).rule(50, 99.5, 370, 99.5)},
			packedRows,
		},
		{
			"rows as close as lines, with a narrow heading across",
			[]*sheetOf{newPage().packed(atTop, "", "", "", "", "the East")},
			strings.NewReplacer("1.5|4", "1.5|the East|<|<|<\n1.6|4", "1.6|5", "1.7|5").Replace(packedRows),
		},
		{
			"no borders, rows no farther apart than lines, cells at the bottom and numbers at the right",
			[]*sheetOf{newPage().packed(atBottom)},
			packedRows,
		},
		{
			"rows as close as lines, without numbers",
			[]*sheetOf{newPage().unnumbered(atTop)},
			unnumberedRows,
		},
		{
			"no borders, rows without numbers no farther apart than lines, cells at the bottom",
			[]*sheetOf{newPage().unnumbered(atBottom)},
			unnumberedRows,
		},
		{
			"headings across that begin over the numbers, close above rows that free space parts",
			[]*sheetOf{newPage().
				row(100, "№", "Issue", "Measure", "Term").write(50, 112, "District of Isatay").row(124, "1", "Roads", "Mend", "May").
				row(140, "2", "Gas", "Pipes", "June").write(50, 152, "г. Inder is far").row(164, "3", "Water", "Dig", "July")},
			"1.1|№|Issue|Measure|Term\n1.2|District of Isatay|<|<|<\n1.3|1|Roads|Mend|May\n1.4|2|Gas|Pipes|June\n" +
				"1.5|г. Inder is far|<|<|<\n1.6|3|Water|Dig|July\n",
		},
		{
			"columns as close as words, under a heading across",
			[]*sheetOf{newPage().hairy(100)},
			"1.1|Issue|Measure|Term\n1.2|District of Isatay|<|<\n1.3|Gas|Pipes|June\n1.4|Water|Dig|July\n1.5|Dogs|Catch|May\n1.6|Light|Lamps|June\n" +
				"1.7|School|Build|July\n1.8|Club|Close|May\n1.9|Bridge|Mend|June\n1.10|Roads everywhere poor|Mend all|May\n1.11|Drinking water scarce|Dig|July\n" +
				"1.12|Kindergartens absent|Drain them|May\n1.13|Shops|Open|July\n",
		},
		{
			"rows without numbers, and headings in the first column",
			[]*sheetOf{newPage().unnumbered(inMiddle, "", "Isatay", "", "Inder")},
			strings.NewReplacer("1.2|", "1.2|Isatay||\n1.3|", "1.3|", "1.4|", "1.4|", "1.5|Inder||\n1.6|", "1.5|", "1.7|", "1.6|", "1.8|").Replace(unnumberedRows),
		},
		{
			"rows that only those of the page before tell, below a heading at its foot",
			[]*sheetOf{
				newPage().unnumbered(atBottom).down(500).write(180, 732, "Isatay"),
				newPage().write(50, 100, "Issue").write(200, 100, "Measure").write(320, 100, "Term").
					write(50, 112, "Shops are").write(50, 124, "closed").write(200, 124, "Open").write(320, 124, "July").
					write(200, 136, "Mend it").write(50, 148, "Bridge").write(200, 148, "all").write(320, 148, "May"),
			},
			unnumberedRows + "1.7|Isatay|<|<\n2.8|Shops are closed|Open|July\n2.9|Bridge|Mend it all|May\n",
		},
		{
			"rows as close as lines, without numbers, cells in their middles",
			[]*sheetOf{newPage().unnumbered(inMiddle)},
			unnumberedRows,
		},
		{
			"level rules alone, and a row that the end of the page cuts off",
			[]*sheetOf{
				newPage().levels(600, "№ Issue Measure Term", "1 Roads Mend May").levels(680, "2 Gas Pipes July", "3 Water Wells").
					write(53, 762, "4").write(153, 762, "Bad").write(253, 762, "Catch all").write(353, 762, "June").write(300, 788, "1"),
				newPage().levels(40, "№ Issue Measure Term").write(153, 82, "dogs").write(253, 82, "of them").levels(90, "5 Light Lamps May", "6 School Build May").write(300, 788, "2"),
			},
			"1.1|№|Issue|Measure|Term\n1.2|1|Roads|Mend|May\n1.3|2|Gas|Pipes|July\n1.4|3|Water|Wells|\n" +
				"1.5|4|Bad dogs|Catch all of them|June\n2.6|5|Light|Lamps|May\n2.7|6|School|Build|May\n",
		},
		{
			"level rules alone, and the rest of a row at the top of a page",
			[]*sheetOf{
				newPage().levels(600, "№ Issue Measure Term", "1 Roads Mend May").levels(680, "2 Gas Pipes July", "3 Water Wells").
					write(53, 762, "4").write(153, 762, "Bad").write(253, 762, "Catch").write(353, 762, "June").write(300, 788, "1"),
				newPage().write(153, 40, "dogs").levels(55, "5 Light Lamps May", "6 School Build May", "7 Club Close June").write(300, 788, "2"),
			},
			"1.1|№|Issue|Measure|Term\n1.2|1|Roads|Mend|May\n1.3|2|Gas|Pipes|July\n1.4|3|Water|Wells|\n" +
				"1.5|4|Bad dogs|Catch|June\n2.6|5|Light|Lamps|May\n2.7|6|School|Build|May\n2.8|7|Club|Close|June\n",
		},
		{
			"a word that the end of the page parts",
			[]*sheetOf{
				newPage().table(700, []float64{50, 80, 130, 250}, []string{"1", "Отдел", "Roads"}, []string{"2", "департаме", "Gas"}),
				newPage().table(40, []float64{50, 80, 130, 250}, []string{"", "нт дел", ""}),
			},
			"1.1|1|Отдел|Roads\n1.2|2|департамент дел|Gas\n",
		},
		{
			"two titles side by side, hardly apart",
			[]*sheetOf{newPage().
				write(40, 100, "A plan of measures in the first of the two languages which").write(332, 100, "The same plan of measures").
				write(40, 112, "is as wide as its half of the page").write(332, 112, "in another language, on what people said").
				write(40, 124, "and has three lines").write(332, 124, "to the akim").
				write(60, 180, "A sentence over the whole of the page that is no title of any plan")},
			"1: A plan of measures in the first of the two languages which is as wide as its half of the page and has three lines\n" +
				"1: The same plan of measures in another language, on what people said to the akim\n" +
				"1: A sentence over the whole of the page that is no title of any plan\n",
		},
		{
			"squares without text",
			[]*sheetOf{newPage().
				rule(50, 100, 90, 100).rule(50, 110, 90, 110).rule(50, 120, 90, 120).uprights(100, 120, 50, 60, 70, 90).write(50, 300, "Text")},
			"1: Text\n",
		},
		{
			"level rules alone",
			[]*sheetOf{newPage().
				rule(50, 98, 500, 98).rule(50, 111, 500, 111).rule(50, 135, 500, 135).rule(50, 148, 500, 148).
				write(50, 100, "No").write(90, 100, "Issue").write(250, 100, "Measure").
				write(50, 112, "a").write(90, 112, "Roads are").write(250, 112, "Mend them").
				write(90, 124, "bad").write(250, 124, "all").
				write(50, 136, "b").write(90, 136, "Gas").write(250, 136, "Pipe")},
			"1.1|No|Issue|Measure\n1.2|a|Roads are bad|Mend them all\n1.3|b|Gas|Pipe\n",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, show(t, test.pages...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// centred is a page without rules whose columns are centred; the widest texts of two neighbours nearly touch.
func centred() *sheetOf {
	p := newPage()
	middle := func(x, y float64, text string) {
		width := -spaceWidth
		for _, w := range strings.Fields(text) {
			width += letterWidth*float64(len([]rune(w))) + spaceWidth
		}
		p.write(x-width/2, y, text)
	}
	middle(475, 90, "Money (mln)")
	for i, row := range [][]string{
		{"№", "Issue", "Measure", "from", "sum"},
		{"1", "Roads are bad in all the villages", "Mend them", "OB", "7"},
		{"2", "Gas", "Lay pipes to all of the villages", "MB", "8"},
		{"3", "Water", "Dig", "OB", "9"},
		{"4", "Dogs", "Catch", "MB", "10"},
		{"5", "Light", "Lamps", "OB", "11"},
		{"6", "School", "Build", "MB", "12"},
	} {
		y := 101 + 18*float64(i)
		for j, x := range []float64{40, 160, 333, 455, 500} {
			middle(x, y, row[j])
		}
	}
	return p
}

// close is a table without rules two of whose columns leave no more than a hair free where a line is full.
func close() *sheetOf {
	p, y := newPage(), 100.0
	for _, row := range [][]string{
		{"№", "Measure", "Who", "Term"},
		{"1", "Mend all the\nroads there", "Akimat of\nthe region", "May"},
		{"2", "Lay pipes to\nthe coast", "Works and\nroads", "June"},
		{"3", "Dig", "Akim of the\ndistrict", "2024"},
		{"4", "Catch all at\nonce", "Works", "2025"},
		{"5", "Fix", "Akim of\nthe town", "May"},
	} {
		most := 1
		for j, text := range row {
			ls := strings.Split(text, "\n")
			most = max(most, len(ls))
			for k, l := range ls {
				p.write([]float64{20, 50, 106.8, 200}[j], y+12*float64(k), l)
			}
		}
		y += 12*float64(most) + 6
	}
	return p
}

// packed writes a table without rules whose rows are no farther apart than the lines of a cell; cells begin at the tops of
// their rows, have their middles in the middles of them, or end at their bottoms with numbers close to the next column.
// Lines across the table stand above its rows.
func (p *sheetOf) packed(stand stand, across ...string) *sheetOf {
	const pitch = 12.0
	y := 100.0
	for i, row := range [][]string{
		{"№", "Issue", "Measure", "Term"},
		{"1", "Roads are\nbad in\nwinter", "Mend", "May"},
		{"2", "Gas", "Lay pipes\nto all", "June"},
		{"3", "Water", "Dig", "July\nof 2023"},
		{"4", "Dogs bite", "Catch them\nall and\nkeep", "by turns"},
		{"5", "Light", "Lamps", "August"},
	} {
		if i < len(across) && across[i] != "" {
			p.write(186, y, across[i])
			y += pitch
		}
		most := 0
		for _, text := range row {
			most = max(most, strings.Count(text, "\n"))
		}
		for j, x := range []float64{50, 80, 200, 320} {
			top := y + pitch/2*float64(stand)*float64(most-strings.Count(row[j], "\n"))
			if stand == atBottom && j == 0 && i > 0 {
				x = 78 - letterWidth
			}
			for k, l := range strings.Split(row[j], "\n") {
				p.write(x, top+pitch*float64(k), l)
			}
		}
		y += pitch * float64(most+1)
	}
	return p
}

// row writes words into the columns of a table without rules whose first column is as narrow as a number.
func (p *sheetOf) row(y float64, cells ...string) *sheetOf {
	for i, text := range cells {
		p.write([]float64{50, 80, 200, 320}[i], y, text)
	}
	return p
}

// hairy writes a table without rules or numbers two of whose columns are two points apart, with a heading in the middle.
func (p *sheetOf) hairy(y float64) *sheetOf {
	for i, row := range [][]string{
		{"Issue", "Measure", "Term"},
		{"", "", ""},
		{"Gas", "Pipes", "June"},
		{"Water", "Dig", "July"},
		{"Dogs", "Catch", "May"},
		{"Light", "Lamps", "June"},
		{"School", "Build", "July"},
		{"Club", "Close", "May"},
		{"Bridge", "Mend", "June"},
		{"Roads everywhere poor", "Mend all", "May"},
		{"Drinking water scarce", "Dig", "July"},
		{"Kindergartens absent", "Drain them", "May"},
		{"Shops", "Open", "July"},
	} {
		for j, text := range row {
			p.write([]float64{50, 152, 300}[j], y+18*float64(i), text)
		}
	}
	return p.write(142, y+18, "District of Isatay")
}

// unnumbered writes such a table without numbers. Headings in the first column stand above its rows.
func (p *sheetOf) unnumbered(stand stand, headings ...string) *sheetOf {
	const pitch = 12.0
	y := 100.0
	for i, row := range [][]string{
		{"Issue", "Measure", "Term"},
		{"Roads are\nbad in\nwinter", "Mend", "May"},
		{"Gas", "Lay pipes\nto all", "June"},
		{"Water", "Dig", "July\nof 2023"},
		{"Dogs", "Catch", "June"},
		{"Light goes\nout", "Lamps", "August"},
	} {
		if i < len(headings) && headings[i] != "" {
			p.write(50, y, headings[i])
			y += pitch
		}
		most := 0
		for _, text := range row {
			most = max(most, strings.Count(text, "\n")+1)
		}
		for j, text := range row {
			ls := strings.Split(text, "\n")
			top := y + pitch/2*float64(stand)*float64(most-len(ls))
			for k, l := range ls {
				p.write([]float64{50, 200, 320}[j], top+pitch*float64(k), l)
			}
		}
		y += pitch * float64(most)
	}
	return p
}

const unnumberedRows = "1.1|Issue|Measure|Term\n1.2|Roads are bad in winter|Mend|May\n1.3|Gas|Lay pipes to all|June\n" +
	"1.4|Water|Dig|July of 2023\n1.5|Dogs|Catch|June\n1.6|Light goes out|Lamps|August\n"

const packedRows = "1.1|№|Issue|Measure|Term\n1.2|1|Roads are bad in winter|Mend|May\n1.3|2|Gas|Lay pipes to all|June\n" +
	"1.4|3|Water|Dig|July of 2023\n1.5|4|Dogs bite|Catch them all and keep|by turns\n1.6|5|Light|Lamps|August\n"

// levels writes rows of words, one a column, with level rules in pieces above and below each.
func (p *sheetOf) levels(y float64, rows ...string) *sheetOf {
	for i := range len(rows) + 1 {
		p.pieces(y+40*float64(i), 50, 150, 250, 350, 450)
	}
	for i, row := range rows {
		for j, text := range strings.Fields(row) {
			p.write(53+100*float64(j), y+40*float64(i)+15, text)
		}
	}
	return p
}

func TestPageWrittenSideways(t *testing.T) {
	want := newPage().table(100, []float64{50, 80, 250}, []string{"1", "Roads"}, []string{"2", "Gas"})
	for turn := 1; turn <= 3; turn++ {
		p := &sheetOf{Page{Width: want.Width, Height: want.Height}}
		if turn != 2 {
			p.Width, p.Height = p.Height, p.Width
		}
		back := 4 - turn // a page that is turned on by the rest of a whole turn
		for _, w := range want.Words {
			w.X0, w.Y0, w.X1, w.Y1 = turned(w.X0, w.Y0, w.X1, w.Y1, back, want.Width, want.Height)
			w.Turn = turn
			p.Words = append(p.Words, w)
		}
		for _, r := range want.Rules {
			r.X0, r.Y0, r.X1, r.Y1 = turned(r.X0, r.Y0, r.X1, r.Y1, back, want.Width, want.Height)
			p.Rules = append(p.Rules, r)
		}
		if diff := cmp.Diff(show(t, want), show(t, p)); diff != "" {
			t.Errorf("turned by %d: %s", turn, diff)
		}
	}
}

func TestTextTurnedInItsCell(t *testing.T) {
	p := newPage().table(100, []float64{50, 80, 250}, []string{"", "Roads are bad"}, []string{"", "Gas"})
	// "Term ends" is read upwards: two words, the first one below.
	p.Words = append(p.Words,
		Word{X0: 55, X1: 65, Y0: 118, Y1: 138, Turn: 3, Text: "Term", Apart: true},
		Word{X0: 55, X1: 65, Y0: 102, Y1: 115, Turn: 3, Text: "ends", Apart: true})
	if diff := cmp.Diff("1.1|Term ends|Roads are bad\n1.2||Gas\n", show(t, p)); diff != "" {
		t.Error(diff)
	}
}

func TestTooManyCells(t *testing.T) {
	p := newPage().table(100, []float64{50, 80, 250}, []string{"1", "a"}, []string{"2", "b"})
	if _, err := Parts([]Page{p.Page}, 3); !errors.Is(err, table.ErrTooLarge) {
		t.Errorf("the error is %v", err)
	}
}

func TestEmpty(t *testing.T) {
	p := newPage().table(100, []float64{50, 80, 250}, []string{"", "a"}, []string{"2", ""})
	want := []Box{{50, 100, 80, 140}, {80, 140, 250, 180}}
	if diff := cmp.Diff(want, Empty(p.Page)); diff != "" {
		t.Error(diff)
	}
}

// TestNoWordIsLost: whatever lies on pages, every word is in the result, once.
func TestNoWordIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pages []Page
		want := map[string]int{}
		n := 0
		for range rapid.IntRange(1, 3).Draw(t, "pages") {
			p := Page{Width: 600, Height: 800}
			for range rapid.IntRange(0, 40).Draw(t, "words") {
				// Letters alone, so that no number is taken for a page's and no hyphen for a broken word; in the
				// middle of the page, away from running headers.
				n++
				text := "W" + strings.Repeat("x", n%7) + string(rune('A'+n%26)) + string(rune('A'+n/26%26)) + string(rune('A'+n/676))
				x, y := float64(rapid.IntRange(0, 110).Draw(t, "x"))*5, 80+float64(rapid.IntRange(0, 60).Draw(t, "y"))*10
				p.Words = append(p.Words, Word{X0: x, X1: x + 30, Y0: y, Y1: y + 9, Text: text, Apart: true})
				want[text] = 1
			}
			for range rapid.IntRange(0, 12).Draw(t, "rules") {
				at, from, to := float64(rapid.IntRange(0, 60).Draw(t, "at"))*10, float64(rapid.IntRange(0, 30).Draw(t, "from"))*10, float64(rapid.IntRange(31, 80).Draw(t, "to"))*10
				if rapid.Bool().Draw(t, "level") {
					p.Rules = append(p.Rules, Rule{from, at, to, at})
				} else {
					p.Rules = append(p.Rules, Rule{at, from, at, to})
				}
			}
			pages = append(pages, p)
		}
		parts, err := Parts(pages, 0)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int{}
		count := func(text string) {
			for _, w := range strings.Fields(text) {
				got[w]++
			}
		}
		for _, p := range parts {
			count(p.Text)
			if p.Grid == nil {
				continue
			}
			for i, r := range p.Grid.Rows {
				if len(r.Cells) != p.Grid.Width {
					t.Fatalf("a row of %d cells in a grid of %d", len(r.Cells), p.Grid.Width)
				}
				for j, c := range r.Cells {
					if c.Top == i && c.Left == j {
						count(c.Text)
					} else if first := p.Grid.Rows[c.Top].Cells[c.Left]; first != c {
						t.Fatalf("a merged cell is %v at one place and %v at another", first, c)
					}
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzParts(f *testing.F) {
	f.Add([]byte("a table of some words that lie here and there \x00\x01\x02\x03 on a page"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var pages []Page
		for len(b) >= 6 && len(b) < 4000 {
			if len(pages) == 0 || b[0] > 250 {
				pages = append(pages, Page{Width: 600, Height: 800})
			}
			p := &pages[len(pages)-1]
			x, y, w, h := float64(b[1])*3, float64(b[2])*4, float64(b[3]), float64(b[4])
			if b[0]%2 == 0 {
				p.Rules = append(p.Rules, Rule{x, y, x + 3*w, y}, Rule{x, y, x, y + 3*h})
			} else {
				p.Words = append(p.Words, Word{X0: x, Y0: y, X1: x + w, Y1: y + h, Turn: int(b[0]>>1) & 3, Text: string(rune('0' + b[5]%80))})
			}
			b = b[6:]
		}
		if _, err := Parts(pages, 0); err != nil && !errors.Is(err, table.ErrTooLarge) {
			t.Error(err)
		}
		for _, p := range pages {
			Empty(p)
		}
	})
}

// TestHostilePages: pages that no person could read are read or refused in time.
func TestHostilePages(t *testing.T) {
	many := func(n int, at func(i int) (x, y, w, h float64)) Page {
		p := Page{Width: 600, Height: 800}
		for i := range n {
			x, y, w, h := at(i)
			p.Words = append(p.Words, Word{X0: x, Y0: y, X1: x + w, Y1: y + h, Text: "a", Apart: true})
		}
		return p
	}
	drawing := Page{Width: 600, Height: 800}
	for i := range 100_000 {
		at := float64(i) * 0.01
		drawing.Rules = append(drawing.Rules, Rule{0, at, 900, at}, Rule{at, 0, at, 900})
	}
	for name, p := range map[string]Page{
		"too many words": many(maxWords+1, func(int) (x, y, w, h float64) { return 1, 1, 1, 1 }),
		"one place":      many(maxWords, func(int) (x, y, w, h float64) { return 1, 1, 1, 1 }),
		"one line":       many(maxWords, func(i int) (x, y, w, h float64) { return float64(i) * 5, 1, 1, 1 }),
		"one column":     many(maxWords, func(i int) (x, y, w, h float64) { return 1, float64(i) * 5, 1, 1 }),
		"a net":          many(maxWords, func(i int) (x, y, w, h float64) { return float64(i%20) * 30, float64(i/20) * 2, 1, 1 }),
		"a drawing":      drawing,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Parts([]Page{p}, 0)
			if large := len(p.Words) > maxWords; errors.Is(err, table.ErrTooLarge) != large {
				t.Errorf("the error is %v", err)
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("it took %v", d)
			}
		})
	}
}

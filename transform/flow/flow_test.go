package flow_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/table"
	"pgregory.net/rapid"
)

// play calls a builder as a script says, so that a test shows what happens in which order: t and T begin and
// end a table, r and R a row, c and C a cell, a and A an aside; h, b and f begin a section; p ends a
// paragraph, / breaks a line; cCR covers C columns and R rows, cs and cm start and continue a merged cell,
// cw widens the last cell, cg leaves out a column before; #n is a label. All else is text.
func play(b *flow.Builder, script string) {
	cells := map[string]flow.Cell{
		"c": {}, "c21": {Columns: 2}, "c12": {Rows: 2}, "c22": {Columns: 2, Rows: 2}, "c31": {Columns: 3}, "c13": {Rows: 3},
		"c10": {Rows: -1}, "c91": {Columns: 900}, "c19": {Rows: 60000}, "cs": {Merge: flow.Starts},
		"cm": {Merge: flow.Continues}, "cs2": {Merge: flow.Starts, Columns: 2}, "cm2": {Merge: flow.Continues, Columns: 2},
		"cg": {Skip: 1}, "cx": {Skip: 1 << 30, Columns: -7, Rows: 1 << 30},
	}
	for _, word := range strings.Split(script, " ") {
		switch word {
		case "t":
			b.Table()
		case "T":
			b.EndTable()
		case "r":
			b.Row()
		case "R":
			b.EndRow()
		case "C":
			b.EndCell()
		case "a":
			b.Aside()
		case "A":
			b.EndAside()
		case "h":
			b.Section(flow.Head)
		case "b":
			b.Section(flow.Body)
		case "f":
			b.Section(flow.Foot)
		case "p":
			b.EndParagraph()
		case "/":
			b.Break()
		case "cw":
			b.Widen(1)
		default:
			if c, ok := cells[word]; ok {
				b.Cell(c)
			} else if label, ok := strings.CutPrefix(word, "#"); ok {
				b.Label(label)
			} else {
				b.Text([]byte(strings.ReplaceAll(word, "_", " ")))
			}
		}
	}
}

func lines(l ...string) string { return strings.Join(l, "\n") + "\n" }

func rows(n int, text string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d| %s |\n", i+1, text)
	}
	return b.String()
}

func TestDocuments(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"paragraphs", "План_ _работ p p за / 2022 / / год", lines("План работ", "за 2022", "год")},
		{"table", "t r c а c б r c в p г c д / е T", lines("1| а | б |", "2| в/г | д/е |")},
		{"columns", "t r c21 а c б r c в c г c д T", lines("1| а | < | б |", "2| в | г | д |")},
		{"rows", "t r c13 а c б r c в r c г T", lines("1| а | б |", "2| ^ | в |", "3| ^ | г |")},
		{"rows and columns", "t r c22 а c б r c в r c г c д c е T", lines("1| а | < | б |", `2| ^ | \ | в |`, "3| г | д | е |")},
		{"rows in the middle", "t r c а c12 б c в r c г c д T", lines("1| а | б | в |", "2| г | ^ | д |")},
		{"cell that would run into another", "t r c а c12 б r c31 в T", lines("1| а | б |", "2| в | ^ |")},
		{"more rows than there are", "t r c19 а c б r c в T", lines("1| а | б |", "2| ^ | в |")},
		{"all rows that are left", "t r c10 а c б r c в f r c г c д T", lines("1| а | б |", "2| ^ | в |", "3| г | д |")},
		{"rows end with their section", "t h r c13 а c б b r c в c г T", lines("1| а | б |", "2| в | г |")},
		{"columns where nothing begins", "t r c91 раздел r c а c б T", lines("1| раздел | < |", "2| а | б |")},
		{"short rows", "t r c а c б r c в r T", lines("1| а | б |", "2| в |  |", "3|  |  |")},
		{"sections in another order", "t f r c всего b r c а h r c № T", lines("3| № |", "2| а |", "1| всего |")},
		{"merged row by row", "t r cs а c б r cm - c в r cm c г r cs д c е T", lines("1| а | б |", "2| ^ | в |", "3| ^ | г |", "4| д | е |")},
		{"merged row by row, wide", "t r c а cs2 б r c в cm2 r c г c д c е T", lines("1| а | б | < |", `2| в | ^ | \ |`, "3| г | д | е |")},
		{"nothing to continue", "t r cm а r cm б T", lines("1| а |", "2| ^ |")},
		{"nothing to continue below a single cell", "t r c а r cm б T", lines("1| а |", "2| б |")},
		{"column left out", "t r c а c б r cg в T", lines("1| а | б |", "2|  | в |")},
		{"widened", "t r c а C cw c б r c в c г c д T", lines("1| а | < | б |", "2| в | г | д |")},
		{"nothing to widen", "cw t cw r cw c а cw T", lines("1| а |")},
		{"no text in it", "а t r c c r c T б", lines("а", "б")},
		{"text between cells", "t заг p оло r вок c а T", lines("заг", "оловок", "1| а |")},
		{"number of an item", "t r c #1. #2. c #3. б T", lines("1| 1. | б |")},
		{"small table in a cell", "t r c а c б t r c в c г / д r c e T ё c t r c21 ж r c c з T T", lines("1| а | б/в г д/e/ё | ж/з |")},
		{"wide table in a cell", "t r c а c б t r c в c г c д c е T r c ё c ж T", lines("1| а | б |", "2| ё | ж |", "--", "1| в | г | д | е |")},
		{"long table in a cell", "t r c а c" + " t" + strings.Repeat(" r c б", 61) + " T T", "1| а |  |\n--\n" + rows(61, "б")},
		{"wide table in a table in a cell", "t r c а c t r c б c t r c в c г c д c е T T T", lines("1| а | б |", "--", "1| в | г | д | е |")},
		{"layout", "t r c Заголовок r c t r c в c г T конец T", lines("Заголовок", "1| в | г |", "конец")},
		{"layout of layout", "t r c c t r c t r c в c г T T T", lines("1| в | г |")},
		{"layout in a cell", "t r c а c t r c t r c в c г T T T", lines("1| а | в г |")},
		{"one cell without a table", "t r c а T", lines("1| а |")},
		{"table in a table outside its cells", "t r c а R t r c б T T", lines("1| а |", "--", "1| б |")},
		{"cell without a row", "t c а c б T", lines("1| а | б |")},
		{"ends without a beginning", "T R C A а f", lines("а")},
		{"row and cell without a table", "r c а c б", lines("аб")},
		{"nothing closed", "t r c а t r c б", lines("а", "1| б |")},
		{"aside", "до_ a УТВЕРЖДАЮ p аким t r c а T A после p конец", lines("до после", "УТВЕРЖДАЮ", "аким", "1| а |", "конец")},
		{"aside in a cell", "t r c до_ a рамка A после c б T", lines("1| до после/рамка | б |")},
		{"aside closed by what is around it", "t r c до a t r c рамка T A c б T", lines("1| до/рамка | б |")},
		{"row of an outer table in an aside", "t r c а a r c б A в T", lines("1| ав/б |")},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := flow.New(table.Limits{})
			play(b, c.script)
			parts, err := b.Parts()
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, flowtest.Show(parts)); d != "" {
				t.Errorf("-want +got\n%s", d)
			}
			if err := flowtest.Check(parts); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{" a\t\n b\r\n", "a b"},
		{"10\u00a0000\u202f000\u2003тенге", "10 000 000 тенге"},
		{"стро\u00adи\u200bтель\ufeffство", "строительство"},
		{"№\u2011 1", "№- 1"},
		{"и\u0306 е\u0308", "й ё"},
		{"\uf0b7 а\uf0a7б", "а б"},
		{"a\x00b\x7fc\xffd", "a b c\ufffdd"},
		{"қазақ «тілі» 👍", "қазақ «тілі» 👍"},
	} {
		b := flow.New(table.Limits{})
		b.Text([]byte(c.text))
		parts, err := b.Parts()
		if err != nil || len(parts) != 1 || parts[0].Text != c.want {
			t.Errorf("%q gives %+v, %v; want %q", c.text, parts, err, c.want)
		}
	}
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, script, want string
		limits             table.Limits
	}{
		{"places", strings.Repeat("t r c а c б c в r r r r T ", 2), "places in tables", table.Limits{Cells: 25}},
		{"places that cells claim", "t r c а c19 б c19 в" + strings.Repeat(" r", 20), "places in tables", table.Limits{Cells: 40}},
		{"elements", strings.Repeat("а p ", 20), "more than 10 paragraphs", table.Limits{Cells: 10}},
		{"rows without cells", "t" + strings.Repeat(" r", 20), "more than 10 paragraphs", table.Limits{Cells: 10}},
		{"columns", "t r c91 а c91 б c91 в T", "more than 1024 columns", table.Limits{}},
		{"columns left out", "t r cx а T", "more than 1024 columns", table.Limits{}},
		{"depth", strings.Repeat("t r c ", 300) + "а", "deeper than 200", table.Limits{}},
		{"depth of asides", strings.Repeat("a ", 300) + "а", "deeper than 200", table.Limits{}},
		{"text", strings.Repeat("слово", 10), "bytes of text", table.Limits{DocumentBytes: 50}},
		{"text of tables in cells", strings.Repeat("t r c а c ", 20) + "слово", "bytes of text", table.Limits{DocumentBytes: 150}},
	} {
		b := flow.New(c.limits)
		play(b, c.script)
		if _, err := b.Parts(); !errors.Is(err, table.ErrTooLarge) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

var words = []string{
	"t", "T", "r", "R", "c", "C", "c21", "c12", "c22", "c31", "c10", "c91", "c19", "cs", "cm", "cs2", "cm2", "cg", "cw", "cx",
	"a", "A", "h", "b", "f", "p", "/", "#1.", "а", "б_", "_в\u00ad",
}

// Whatever order the calls come in, the parts are sound or an error says why there are none, and no letter
// is lost unless a merged cell covers it.
func TestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		script := rapid.SliceOfN(rapid.SampledFrom(words), 0, 80).Draw(t, "script")
		b := flow.New(table.Limits{Cells: 3000, Depth: 5})
		play(b, strings.Join(script, " "))
		parts, err := b.Parts()
		if err != nil {
			if !errors.Is(err, table.ErrTooLarge) {
				t.Fatal(err)
			}
			return
		}
		if err := flowtest.Check(parts); err != nil {
			t.Fatal(err)
		}
		joined := strings.Join(script, " ")
		if shown := flowtest.Show(parts); !strings.Contains(joined, "cm") && strings.Count(shown, "а") < strings.Count(joined, "а") {
			t.Fatalf("a letter is lost:\n%s", shown)
		}
	})
}

package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// show prints a document: a paragraph as its text, a row as its cells between bars.
func show(d *table.Document) string {
	var b strings.Builder
	for _, p := range d.Parts {
		if p.Grid == nil {
			b.WriteString(p.Text + "\n")
			continue
		}
		for i, r := range p.Grid.Rows {
			for j, c := range r.Cells {
				switch {
				case c.Left < j:
					c.Text = "<"
				case c.Top < i:
					c.Text = "^"
				}
				b.WriteString("|" + c.Text)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func mustRead(t *testing.T, data []byte) *table.Document {
	t.Helper()
	d, err := Read(t.Context(), data, "test.pdf", table.Limits{}, Tools{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const plan = `Солтүстік Қазақстан облысы әкімінің халықпен кездесулерінде көтерілген мәселелерді шешу жөніндегі іс-шаралар жоспары
|Р/с №|Көтерілген мәселе|Іс-шара|Қаржыландыру|<
|^|^|^|көзі|мың теңге
|1|2|3|4|5
|Айыртау ауданы|<|<|<|<
|1|Ауылда ауыз су тапшы, құдықтар құрғап қалған|Ұңғыма бұрғылау және су құбырын жүргізу|ОБ|12 500,5
|2|^|Су тасымалдайтын көлік сатып алу|АБ|8 000
|3|Дорога до станции разбита: щебень, ямы|Провести средний ремонт 4,2 км|РБ|—
Примечание: ОБ – областной бюджет.
`

// TestPrograms reads one plan as a browser and as an office program wrote it, the latter encrypted against
// copying alone.
func TestPrograms(t *testing.T) {
	for _, name := range []string{"chromium.pdf", "nocopy.pdf"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		d := mustRead(t, data)
		_, got, _ := strings.Cut(show(d), "Үлгіұлы\n")
		if diff := cmp.Diff(plan, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if d.Format != table.PDF || d.Pages != 1 || d.Unread != 0 || d.Recognised {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestOperators(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"words", "BT /F 10 Tf 50 700 Td (One word) Tj 0 -12 Td (and more) Tj ET", "One word and more\n"},
		{"pieces", "BT /F 10 Tf 50 700 Td [(On) 20 (e) -300 (two)] TJ ET", "One two\n"},
		{"a space that is drawn over", "BT /F 10 Tf 50 700 Td [(aku\040) 250 (sher one)] TJ ET", "akusher one\n"},
		{"a space that is drawn over, between letters that are set apart", "BT /F 10 Tf 50 700 Td [(aku) 60 (\040) 250 (der one)] TJ ET", "akuder one\n"},
		{"a space before letters that are pulled back", "BT /F 10 Tf 50 700 Td [(one\040) 60 (two)] TJ ET", "one two\n"},
		{"quotes", "BT /F 10 Tf 12 TL 50 700 Td (a) ' 0 0 (b) \" T* (c) Tj ET", "a b c\n"},
		{"matrix and spaces", "BT /F 1 Tf 10 0 0 10 50 700 Tm 2 Tw (a b) Tj 1 0 0 1 300 300 Tm ET", "a b\n"},
		{"saved state", "q 2 0 0 2 0 0 cm BT /F 5 Tf 25 350 Td (a) Tj ET Q BT /F 10 Tf 60 700 Td (b) Tj ET", "a b\n"},
		{"escapes", `BT /F 10 Tf 50 700 Td (a\(b\)\\ \101\
c) Tj <64 65 6> Tj ET`, "a(b)\\ Acde`\n"},
		{"picture in the stream", "BI /W 2 /H 2 ID \x00) \xffEI< EI BT /F 10 Tf 50 700 Td (a) Tj ET", "a\n"},
		{"bold by drawing twice", "BT /F 10 Tf 50 700 Td (bold) Tj 0.3 0 Td (bold) Tj ET", "bold\n"},
		{"askew, as a stamp", "BT /F 10 Tf 7 7 -7 7 100 100 Tm (COPY) Tj 1 0 0 1 50 700 Tm (a) Tj ET", "a\n"},
		{"drawn borders", grid("%g %g m %g %g l S") + cells, "|a|b\n|c|d\n"},
		{"white borders", "1 G " + grid("%g %g m %g %g l S") + cells, "a\nb\nc\nd\n"},
		{"no stroke", grid("%g %g m %g %g l n") + cells, "a\nb\nc\nd\n"},
		{"thin areas", "50 600 200 1 re f 50 650 200 1 re f 50 699 200 1 re f 50 600 1 100 re f 150 600 1 100 re f 249 600 1 100 re f* " + cells, "|a|b\n|c|d\n"},
		{"thick areas", "50 597 200 6 re f 50 647 200 6 re f 50 697 200 6 re f 47 600 6 100 re f 147 600 6 100 re f 247 600 6 100 re f " + cells, "|a|b\n|c|d\n"},
		{"dotted borders", dotted() + cells, "|a|b\n|c|d\n"},
		{"coloured cells", "0.8 g 51 601 98 48 re 151 601 98 48 re f 51 651 98 48 re 151 651 98 48 re f 0 g" + cells, "|a|b\n|c|d\n"},
		{"white cells", "1 g 51 601 98 48 re 151 601 98 48 re f 51 651 98 48 re 151 651 98 48 re f 0 g" + cells, "a\nb\nc\nd\n"},
		{"one letter drawn twice", "BT /F 10 Tf 50 700 Td (x) Tj 0.3 0 Td (x) Tj ET", "x\n"},
		{"the same letter twice", "BT /F 10 Tf 50 700 Td (xx) Tj ET", "xx\n"},
		{"drawn boxes", "50 600 100 50 re 150 600 100 50 re S 50 650 100 50 re 150 650 100 50 re B " + cells, "|a|b\n|c|d\n"},
		{"nonsense", "] >> ) Q Q /F Tf 1 0 0 re TJ (x) Tj BT /None 3 Tf (x) Tj [ (", "x\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPaper(test.content, "")
			if diff := cmp.Diff(test.want, show(mustRead(t, p.bytes()))); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.want, show(mustRead(t, p.packed()))); diff != "" {
				t.Errorf("packed: %s", diff)
			}
		})
	}
}

const cells = " BT /F 10 Tf 60 670 Td (a) Tj 100 0 Td (b) Tj -100 -50 Td (c) Tj 100 0 Td (d) Tj ET"

// grid draws the six lines of two rows and two columns.
func grid(line string) string {
	var b strings.Builder
	for _, l := range [][4]float64{
		{50, 600, 250, 600},
		{50, 650, 250, 650},
		{50, 700, 250, 700},
		{50, 600, 50, 700},
		{150, 600, 150, 700},
		{250, 600, 250, 700},
	} {
		fmt.Fprintf(&b, line+" ", l[0], l[1], l[2], l[3])
	}
	return b.String()
}

// dotted draws the lines of grid as small squares.
func dotted() string {
	var b strings.Builder
	for at := 0; at <= 200; at += 2 {
		fmt.Fprintf(&b, "%d 600 1 1 re %d 650 1 1 re %d 699 1 1 re f ", 50+at, 50+at, 50+at)
		if at <= 100 {
			fmt.Fprintf(&b, "50 %d 1 1 re 150 %d 1 1 re 249 %d 1 1 re f ", 600+at, 600+at, 600+at)
		}
	}
	return b.String()
}

// TestLegacyFonts: a font whose letters are named after those of a western code page shows Russian and Kazakh ones.
func TestLegacyFonts(t *testing.T) {
	for _, c := range []struct{ name, shown, want string }{
		{"Russian", "\xcf\xeb\xe0\xed \xec\xe5\xf0\xee\xef\xf0\xe8\xff\xf2\xe8\xe9 2023", "План мероприятий 2023"},
		{"Kazakh", "\x9d\xa2\xf0\xfb\xeb\xfb\xf1 \xe6\xbc\xed\xe5 \xe6\xee\xeb\xe4\xe0\xf0", "құрылыс және жолдар"},
		{"French", "le plan des activit\xe9s a \xe9t\xe9 adopt\xe9", "le plan des activités a été adopté"},
	} {
		text := strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)").Replace(c.shown)
		p := newPaper("BT /F 10 Tf 50 700 Td ("+text+") Tj ET", "")
		if got := show(mustRead(t, p.bytes())); got != c.want+"\n" {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestNonsense: a page whose letters are named wrongly is unread, not read wrongly.
func TestNonsense(t *testing.T) {
	for name, shown := range map[string]string{"signs": strings.Repeat("!#$% &*+ ", 30), "capitals": strings.Repeat("QZX WVK ", 30)} {
		d := mustRead(t, newPaper("BT /F 3 Tf 10 700 Td ("+shown+") Tj ET", "").bytes())
		if d.Unread != 1 || len(d.Parts) != 0 {
			t.Errorf("%s: %d unread, %v", name, d.Unread, show(d))
		}
	}
}

func TestObjectsThatEndTooEarly(t *testing.T) {
	for _, s := range []string{"(", "(\\", "(\\1", "<", "<4", "[", "[(\\", "<<", "<</A", "<</A(\\", "/", "/#4", "%", "1 0 ", "-", "1 0 R"} {
		l := lexer{data: []byte(s), refs: true}
		for range 3 {
			if _, err := l.next(); l.pos > len(s) {
				t.Errorf("%q was read to byte %d (%v)", s, l.pos, err)
			}
		}
	}
}

func TestForms(t *testing.T) {
	p := newPaper("q 1 0 0 1 50 0 cm /X Do Q /X Do", "")
	p.add(streamOf("/Type/XObject/Subtype/Form/Matrix[1 0 0 1 0 100]/Resources<</Font<</H 3 0 R>>/XObject<</X 6 0 R>>>>",
		[]byte("q q BT /H 10 Tf 50 600 Td (form) Tj ET /X Do"))) // it shows itself, and forgets to restore
	if got := show(mustRead(t, p.bytes())); !strings.HasPrefix(got, "form") {
		t.Errorf("%q", got)
	}
}

func TestTurnedPages(t *testing.T) {
	for _, test := range []struct{ rotate, content string }{
		{"0", "1 0 0 1 50 700 Tm"},
		{"90", "0 1 -1 0 300 50 Tm"},
		{"180", "-1 0 0 -1 500 300 Tm"},
		{"-90", "0 -1 1 0 300 500 Tm"},
		{"0", "0 1 -1 0 300 50 Tm"}, // written sideways, and nobody says so
	} {
		p := newPaper("BT /F 10 Tf "+test.content+" (First line) Tj 0 -12 Td (and second) Tj ET", "/Rotate "+test.rotate)
		if got := show(mustRead(t, p.bytes())); got != "First line and second\n" {
			t.Errorf("turned by %s: %q", test.rotate, got)
		}
	}
}

func TestFonts(t *testing.T) {
	cmap := func(body string) string { return streamOf("", []byte("/CIDInit /ProcSet findresource begin "+body)) }
	tests := []struct{ name, text, font, more, want string }{
		{"names of glyphs", "<808182>", `<</Type/Font/Subtype/Type1/Encoding<</Differences[128/afii10017/uni049B/a.sc]>>>>`, "", "Ақa"},
		{"Macintosh", "<80>", `<</Type/Font/Subtype/Type1/Encoding/MacRomanEncoding>>`, "", "Ä"},
		{
			"two bytes", "<00010002000300040005>", `<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[<</DW 500/W[1 2 500 3[500 500]]>>]>>`,
			cmap("2 beginbfrange <0001><0002><0410> <0003><0004>[<049B><00660069>] endbfrange 1 beginbfchar <0005><D83DDE00> endbfchar"), "АБқfi😀",
		},
		{
			"one or two bytes", "<41 8142>", `<</Type/Font/Subtype/Type0/Encoding 7 0 R/ToUnicode 8 0 R/DescendantFonts[<</DW 500>>]>>`,
			cmap("2 begincodespacerange <00><80> <8100><81FF> endcodespacerange 1 begincidrange <41><41> 7 endcidrange 1 begincidchar <8142> 8 endcidchar"), "xy",
		},
		{"Type 3", "<41>", `<</Type/Font/Subtype/Type3/FontMatrix[0.01 0 0 0.01 0 0]/FirstChar 65/Widths[50]/Encoding<</Differences[65/A]>>>>`, "", "A"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPaper("BT /G 10 Tf 50 700 Td "+test.text+" Tj ET", "")
			p.add(test.font)
			if test.more != "" {
				p.add(test.more)
			}
			p.add(cmap("2 beginbfchar <41> <0078> <8142> <0079> endbfchar"))
			if got := show(mustRead(t, p.bytes())); got != test.want+"\n" {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestLettersWithoutNames(t *testing.T) {
	p := newPaper("BT /G 10 Tf 50 700 Td <0001000200030004> Tj ET", "")
	p.add(`<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 500>>]>>`)
	if d := mustRead(t, p.bytes()); d.Unread != 1 {
		t.Errorf("%d pages are unread, want 1: %s", d.Unread, show(d))
	}
}

func TestFilters(t *testing.T) {
	content := "BT /F 10 Tf 50 700 Td (filtered) Tj ET"
	lzw := []byte{0x80} // of eight bits, highest first: clear, codes of nine bits, end
	{
		bits, n := uint64(0x80)>>7, 0
		lzw = nil
		put := func(code int) {
			bits, n = bits<<9|uint64(code), n+9
			for n >= 8 {
				lzw = append(lzw, byte(bits>>(n-8)))
				n -= 8
			}
		}
		put(256)
		for _, c := range []byte(content) {
			put(int(c))
		}
		put(257)
		put(0)
	}
	for name, s := range map[string]string{
		"flate":           streamOf("/Filter/FlateDecode", deflate([]byte(content))),
		"cut flate":       streamOf("/Filter/FlateDecode", deflate([]byte(content))[:len(content)]),
		"hex":             streamOf("/Filter/ASCIIHexDecode", hexed([]byte(content))),
		"hex, then flate": streamOf("/Filter[/AHx/Fl]/DecodeParms[null null]", hexed(deflate([]byte(content)))),
		"lzw":             streamOf("/Filter/LZWDecode", lzw),
		"run length":      streamOf("/Filter/RunLengthDecode", append([]byte{byte(len(content) - 1)}, content+"\xff \x80"...)),
		"85":              streamOf("/Filter/ASCII85Decode", []byte(`6<#'\7PQ#@1a#b0+>GQ(+?(u.+B2ko-qIocCi:FtDfTZ).9(%)78s~>`)),
		"wrong length":    strings.Replace(streamOf("", []byte(content)), "/Length 3", "/Length 9", 1),
	} {
		t.Run(name, func(t *testing.T) {
			p := newPaper("", "")
			p.objects[4] = s
			if got := show(mustRead(t, p.bytes())); got != "filtered\n" && !(name == "85" && got == "Hello World\n") {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestDamage(t *testing.T) {
	good := string(newPaper("BT /F 10 Tf 50 700 Td (whole) Tj ET", "").bytes())
	packed := string(newPaper("BT /F 10 Tf 50 700 Td (whole) Tj ET", "").packed())
	for name, data := range map[string]string{
		"junk before":       "junk\r\n" + good,
		"junk behind":       good + strings.Repeat("\n<!-- x -->", 50),
		"moved objects":     strings.Replace(good, "%PDF-1.7\n", "%PDF-1.7\n%moved\n", 1),
		"one moved object":  strings.Replace(good, "4 0 obj", "\n4 0 obj%", 1),
		"no table":          good[:strings.Index(good, "xref")],
		"no trailer's end":  good[:strings.Index(good, "startxref")],
		"packed, no table":  packed[:strings.Index(packed, "startxref")],
		"line ends changed": strings.ReplaceAll(good, "\n", "\r\n"),
	} {
		t.Run(name, func(t *testing.T) {
			if got := show(mustRead(t, []byte(data))); got != "whole\n" {
				t.Errorf("%q", got)
			}
		})
	}
}

// A page whose letters are curves is no page without text.
func TestCurves(t *testing.T) {
	const letter = "1 1 m 2 3 4 3 5 1 c 5 2 6 3 7 3 v f "
	for letters, unread := range map[int]int{100: 0, 1500: 1} {
		d := mustRead(t, newPaper(strings.Repeat(letter, letters), "").bytes())
		if d.Unread != unread {
			t.Errorf("%d letters: %d unread", letters, d.Unread)
		}
	}
	words := "BT /F 10 Tf 50 700 Td (a page of words below an emblem) Tj ET "
	if d := mustRead(t, newPaper(words+strings.Repeat(letter, 1500), "").bytes()); d.Unread != 0 || len(d.Parts) != 1 {
		t.Errorf("an emblem: %d unread, %q", d.Unread, show(d))
	}
}

// A cover that asks for another program is not all that the file says.
func TestElsewhere(t *testing.T) {
	for keys, want := range map[string]string{
		"": "", "/NeedsRendering false": "",
		"/Collection<</View/D>>": "a portfolio: the files in it are not read",
		"/NeedsRendering true":   "a form that its program draws (XFA): it is not read",
	} {
		p := newPaper("BT /F 10 Tf 50 700 Td (Please wait) Tj ET", "")
		p.objects[0] = "<</Type/Catalog/Pages 2 0 R" + keys + ">>"
		d, got := mustRead(t, p.bytes()), ""
		for _, f := range d.Findings {
			got += f.Detail
		}
		if got != want || d.Unread != len(d.Findings) {
			t.Errorf("%s: %d unread, %q", keys, d.Unread, got)
		}
	}
}

// Of a file that was cut what is left is read, and what is lost is told.
func TestFileThatWasCut(t *testing.T) {
	p := newPaper("BT /F 10 Tf 50 700 Td (first) Tj ET", "")
	second := p.add(streamOf("", []byte("BT /F 10 Tf 50 700 Td (second) Tj ET"+strings.Repeat(" n", 100))))
	p.objects[1] = "<</Type/Pages/Count 2/Kids[4 0 R 9 0 R]/MediaBox[0 0 600 800]>>"
	p.add("null")
	p.add("null")
	p.add(fmt.Sprintf("<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>", second+4))
	p.add(p.objects[second-1])
	whole := string(p.bytes())
	page, content := strings.Index(whole, "\n9 0 obj"), strings.Index(whole, "\n10 0 obj")
	for name, c := range map[string]struct {
		data, want string
		lost       int
	}{
		"whole":                {whole, "first\nsecond\n", 0},
		"a wrong place":        {strings.Replace(whole, "\n10 0 obj", "\n%\n10 0 obj", 1), "first\nsecond\n", 0},
		"within the content":   {whole[:content+100], "first\nsecond\n", 1},
		"before the content":   {whole[:content], "first\n", 1},
		"before the last page": {whole[:page], "first\n", 1},
	} {
		d := mustRead(t, []byte(c.data))
		if show(d) != c.want || d.Unread != c.lost || len(d.Findings) != c.lost {
			t.Errorf("%s: %q, %d unread, %v", name, show(d), d.Unread, d.Findings)
		}
	}
}

func TestTrouble(t *testing.T) {
	locked, err := os.ReadFile(filepath.Join("testdata", "locked.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	loop := newPaper("", "")
	loop.objects[1] = "<</Type/Pages/Kids[2 0 R 2 0 R]>>"
	many := newPaper("", "")
	many.objects[1] = "<</Type/Pages/Kids[" + strings.Repeat("<</Type/Page>>", 1001) + "]>>"
	bomb := newPaper("", "")
	bomb.objects[4] = streamOf("/Filter[/Fl/Fl]", deflate(deflate(make([]byte, 64<<20))))
	forms := newPaper(strings.Repeat("/X Do ", 20), "")
	forms.add(streamOf("/Subtype/Form/Resources<</XObject<</X 6 0 R>>>>", []byte(strings.Repeat("/X Do ", 1000))))
	inItself := newPaper("", "")
	inItself.objects[4] = "<</Length 5 0 R>>stream\nx\nendstream"
	unknown := newPaper("", "")
	unknown.trailer = "/Encrypt<</Filter/Other>>"
	tests := []struct {
		name string
		data []byte
		want error // nil when it is read
	}{
		{"empty", nil, table.ErrDamaged},
		{"no PDF", []byte("<html>"), table.ErrDamaged},
		{"header alone", []byte("%PDF-1.4\n"), table.ErrDamaged},
		{"locked", locked, table.ErrEncrypted},
		{"locked in an unknown way", unknown.bytes(), table.ErrEncrypted},
		{"pages in a ring", loop.bytes(), table.ErrDamaged},
		{"many pages", many.bytes(), table.ErrTooLarge},
		{"bomb", bomb.bytes(), table.ErrTooLarge},
		{"forms in forms", forms.bytes(), table.ErrTooLarge},
		{"length of its own", inItself.bytes(), nil},
		{"deep", newPaper(strings.Repeat("[", 1_000_000), "").bytes(), nil},
		{"deep object", []byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("<</A[", 500_000)), table.ErrDamaged},
		{"tables in a ring", []byte("%PDF-1.4\nxref\n0 1\n0 0 f\ntrailer<</Prev 9/XRefStm 9>>\nstartxref\n9\n%%EOF"), table.ErrDamaged},
		{"endless table", []byte("%PDF-1.4\nxref\n0 2000000000\ntrailer<<>>\nstartxref\n9\n%%EOF"), table.ErrDamaged},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			start := time.Now()
			_, err := Read(t.Context(), test.data, "test.pdf", table.Limits{DocumentBytes: 16 << 20}, Tools{})
			if !errors.Is(err, test.want) || test.want != nil && qulaq.KindOf(err) != qulaq.Contract {
				t.Errorf("the error is %v (%v), want %v", err, qulaq.KindOf(err), test.want)
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("it took %v", d)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, newPaper("", "").bytes(), "test.pdf", table.Limits{}, Tools{}); err != context.Canceled {
		t.Errorf("the error is %v, want the context's own", err)
	}
}

func TestTitle(t *testing.T) {
	for want, title := range map[string]string{
		"План":   "<FEFF041F043B0430043D>",
		"Plan é": "(Plan \xe9)",
		"Жол":    "(\xef\xbb\xbfЖол)",
	} {
		p := newPaper("", "")
		p.trailer = "/Info<</Title " + title + ">>"
		if got := mustRead(t, p.bytes()).Title; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"nocopy.pdf", "locked.pdf"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	p := newPaper("q 1 0 0 1 50 0 cm /X Do Q /X Do"+cells+grid("%g %g m %g %g l S"), "")
	p.add(streamOf("/Subtype/Form", []byte("BT /F 10 Tf (a) ' ET")))
	f.Add(p.bytes())
	f.Add(p.packed())
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(t.Context(), data, "fuzz.pdf", table.Limits{DocumentBytes: 8 << 20, Cells: 10_000}, Tools{})
		switch {
		case err == nil && d == nil:
			t.Error("neither a document nor an error")
		case err != nil && qulaq.KindOf(err) != qulaq.Contract:
			t.Errorf("an error of kind %v: %v", qulaq.KindOf(err), err)
		case err != nil && strings.Contains(err.Error(), "panic"):
			t.Error(err)
		}
	})
}

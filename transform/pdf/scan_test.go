package pdf

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/layout"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// drawing makes a gray picture of rows of text: a blank is paper, anything else ink.
func drawing(rows ...string) *picture {
	p := &picture{width: len(rows[0]), height: len(rows)}
	for _, r := range rows {
		for _, c := range r {
			if c == ' ' {
				p.gray = append(p.gray, 255)
			} else {
				p.gray = append(p.gray, 0)
			}
		}
	}
	return p
}

// frame is a picture of a table: two columns and two rows of 200 × 100 dots, drawn two dots thick.
func frame() *picture {
	p := &picture{width: 500, height: 300, gray: make([]byte, 500*300)}
	for i := range p.gray {
		p.gray[i] = 255
	}
	p.fill(20, 20, 422, 22)
	p.fill(20, 120, 422, 122)
	p.fill(20, 220, 422, 222)
	p.fill(20, 20, 22, 222)
	p.fill(220, 20, 222, 222)
	p.fill(420, 20, 422, 222)
	return p
}

func (p *picture) fill(x0, y0, x1, y1 int) {
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			p.gray[y*p.width+x] = 0
		}
	}
}

func TestRulesOfPicture(t *testing.T) {
	p := frame()
	p.fill(60, 60, 100, 64) // a dash, too short for a rule
	want := []stretch{
		{20, 20, 422, 22},
		{20, 120, 422, 122},
		{20, 220, 422, 222},
		{20, 20, 22, 222},
		{220, 20, 222, 222},
		{420, 20, 422, 222},
	}
	got := p.rules(dark)
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for _, w := range want {
		found := false
		for _, g := range got {
			found = found || g == w
		}
		if !found {
			t.Errorf("%v is not among %v", w, got)
		}
	}
	p.erase(got)
	if n := p.ink(0, 0, p.width, p.height); n != 40*4 {
		t.Errorf("%d dots are left, want those of the dash", n)
	}
}

func TestAskewRule(t *testing.T) {
	p := &picture{width: 1000, height: 100, gray: make([]byte, 100_000)}
	for i := range p.gray {
		p.gray[i] = 255
	}
	for x := 10; x < 990; x++ {
		y := 40 + x/100
		p.fill(x, y, x+1, y+2)
	}
	got := p.rules(dark)
	if len(got) != 1 || got[0].x0 != 10 || got[0].x1 != 990 {
		t.Errorf("%v", got)
	}
}

func TestDespeckle(t *testing.T) {
	p := drawing(
		"xx        ",
		"xx   xxx  ",
		"     xxx  ",
		"        x ")
	p.despeckle()
	want := drawing(
		"          ",
		"     xxx  ",
		"     xxx  ",
		"        x ")
	if diff := cmp.Diff(want.gray, p.gray); diff != "" {
		t.Error(diff)
	}
}

// TestClean keeps ink, the pale strokes that begin at it, and what is next to them.
func TestClean(t *testing.T) {
	p := &picture{width: 14, height: 1, gray: []byte{240, 200, 240, 240, 0, 200, 210, 230, 240, 240, 200, 240, 100, 255}}
	p.clean()
	want := []byte{255, 255, 255, 240, 0, 200, 210, 230, 255, 255, 255, 240, 100, 255}
	if diff := cmp.Diff(want, p.gray); diff != "" {
		t.Error(diff)
	}
}

// TestPassed finds digits and dashes that recognition has passed over, the digits of one number together.
func TestPassed(t *testing.T) {
	p := frame()
	p.gray = bytes.Repeat([]byte{255}, len(p.gray))
	p.fill(100, 50, 108, 70)   // a digit
	p.fill(112, 50, 120, 70)   // and its neighbour
	p.fill(200, 60, 220, 63)   // a dash
	p.fill(300, 50, 310, 70)   // a letter of a word that was read
	p.fill(400, 50, 403, 53)   // dirt
	p.fill(20, 200, 300, 202)  // a rule
	p.fill(400, 100, 404, 290) // what is higher than letters are
	word := layout.Word{X0: 290 * dot, Y0: 50 * dot, X1: 320 * dot, Y1: 70 * dot}
	got := p.passed([]layout.Word{word})
	if len(got) != 2 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []layout.Box{{X0: 96, Y0: 46, X1: 124, Y1: 74}, {X0: 196, Y0: 56, X1: 224, Y1: 67}} {
		b := layout.Box{X0: got[i].X0 / dot, Y0: got[i].Y0 / dot, X1: got[i].X1 / dot, Y1: got[i].Y1 / dot}
		for _, d := range []float64{b.X0 - want.X0, b.Y0 - want.Y0, b.X1 - want.X1, b.Y1 - want.Y1} {
			if math.Abs(d) > 0.01 {
				t.Errorf("place %d is %+v, want %+v", i, b, want)
			}
		}
	}
}

// TestCount puts right numbers that were read wrong between others.
func TestCount(t *testing.T) {
	for _, c := range []struct{ name, read, want string }{
		{"nothing wrong", "1 2 3 4", "1 2 3 4"},
		{"a wrong digit", "1 2 9 4 5", "1 2 3 4 5"},
		{"a letter", "5 6 й 8 9", "5 6 7 8 9"},
		{"two", "1. 2. И В. 5. 6.", "1. 2. 3. 4. 5. 6."},
		{"numbers that begin anew", "1 2 3 1 2", "1 2 3 1 2"},
		{"neighbours that nobody confirms", "7 9 9 4", "7 9 9 4"},
		{"a word", "1 2 Отдел 4 5", "1 2 Отдел 4 5"},
		{"another number at the end", "1 2 41", "1 2 41"},
		{"a letter at the end", "1 2 Е", "1 2 3"},
		{"a dash at the end", "1 2 –", "1 2 –"},
	} {
		var cells []piece
		var words [][]layout.Word
		for i, s := range strings.Fields(c.read) {
			cells = append(cells, piece{down: float64(20 * i)}, piece{right: 100, down: float64(20 * i)})
			words = append(words, []layout.Word{{Text: s}}, []layout.Word{{Text: "8"}})
		}
		count(append(cells, piece{right: -50}), append(words, []layout.Word{{Text: "3"}})) // a digit beside the table
		var got []string
		for i := 0; i < len(words); i += 2 {
			got = append(got, words[i][0].Text)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// TestAsHighAsLines gives low words the height of their lines, unless the lines are none.
func TestAsHighAsLines(t *testing.T) {
	words := []layout.Word{{Y0: 10, Y1: 20}, {Y0: 13, Y1: 18}, {Y0: 13, Y1: 22}, {Y0: 100, Y1: 110}, {Y0: 200, Y1: 210}}
	asHighAsLines(words, []string{"1", "1", "1", "2", "2"})
	want := []layout.Word{{Y0: 10, Y1: 22}, {Y0: 10, Y1: 22}, {Y0: 10, Y1: 22}, {Y0: 100, Y1: 110}, {Y0: 200, Y1: 210}}
	if diff := cmp.Diff(want, words); diff != "" {
		t.Error(diff)
	}
}

func TestSingle(t *testing.T) {
	for in, want := range map[string]string{"“Санитарная обрезка": "Санитарная обрезка", "минут”": "минут", "“да” нет": "“да” нет", "”": "”", "нет": "нет"} {
		var words []layout.Word
		for _, s := range strings.Fields(in) {
			words = append(words, layout.Word{Text: s})
		}
		single(words)
		var got []string
		for _, w := range words {
			got = append(got, w.Text)
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestCut(t *testing.T) {
	p := frame()
	p.fill(120, 60, 130, 80)
	p.fill(320, 160, 330, 180)
	box := func(x, y float64) layout.Box {
		return layout.Box{X0: x * dot, Y0: y * dot, X1: (x + 200) * dot, Y1: (y + 100) * dot}
	}
	p.erase(p.rules(dark))
	pieces := p.cut([]layout.Box{box(21, 21), box(221, 21), box(221, 121)})
	if len(pieces) != 2 {
		t.Fatalf("%d pieces, %+v", len(pieces), pieces)
	}
	for i, want := range []struct{ x, y, ink int }{{120, 60, 200}, {320, 160, 200}} {
		c := pieces[i]
		if n := c.ink(0, 0, c.width, c.height); n != want.ink {
			t.Errorf("piece %d has %d dots of ink, want %d", i, n, want.ink)
		}
		at := bytes.IndexByte(c.gray, 0) // moved by the piece, its ink comes back to where it was
		x, y := float64(at%c.width)+c.right/dot, float64(at/c.width)+c.down/dot
		if math.Abs(x-float64(want.x)) > 0.01 || math.Abs(y-float64(want.y)) > 0.01 {
			t.Errorf("piece %d comes back to %.1f, %.1f", i, x, y)
		}
	}
	if n := p.ink(0, 0, p.width, p.height); n != 0 {
		t.Errorf("%d dots of ink are left", n)
	}
}

func TestDash(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height int
		want          bool
	}{{"a dash", 20, 2, true}, {"a full stop", 3, 3, false}, {"a digit", 10, 20, false}, {"a rule", 200, 2, false}, {"nothing", 0, 0, false}} {
		p := drawing(strings.Repeat(" ", 300), strings.Repeat(" ", 300))
		p.gray, p.height = bytes.Repeat([]byte{255}, 300*60), 60
		p.fill(30, 30, 30+c.width, 30+c.height)
		w, ok := piece{picture: p, right: 72, down: 36}.dash()
		if ok != c.want || ok && (w.Text != "–" || math.Abs(w.X0-(72+30*dot)) > 0.01 || math.Abs(w.Y0-(36+30*dot)) > 0.01) {
			t.Errorf("%s: %v %+v", c.name, ok, w)
		}
	}
}

// TestLevel: a page that lies askew is turned straight, and gray paper becomes white.
func TestLevel(t *testing.T) {
	for _, degrees := range []float64{-2.5, -0.4, 0, 0.7, 3} {
		p := &picture{width: 1000, height: 800, gray: bytes.Repeat([]byte{225}, 1000*800)}
		for y := 100; y < 700; y += 60 {
			p.fill(60, y, 950, y+3)
		}
		for x := 60; x <= 950; x += 89 {
			p.fill(x, 100, x+3, 643)
		}
		p.turn(degrees)
		p.level()
		if left := p.skew(); math.Abs(left) > 0.1 {
			t.Errorf("turned by %v°, %v° are left", degrees, left)
		}
		if g := p.gray[430*1000+540]; g != 255 {
			t.Errorf("turned by %v°, the paper is %d", degrees, g)
		}
	}
}

func TestFaintRules(t *testing.T) {
	p := frame()
	for i, g := range p.gray {
		if g == 0 {
			p.gray[i] = 190
		}
	}
	if _, boxes := p.frame(); len(boxes) != 4 {
		t.Errorf("%d cells, want 4", len(boxes))
	}
}

func TestRomans(t *testing.T) {
	got := romans([]layout.Word{{Text: "Ш"}, {Text: "квартал"}, {Text: "П"}, {Text: "полугодие"}, {Text: "П"}, {Text: "П"}})
	want := []string{"III", "квартал", "II", "полугодие", "П", "П"}
	for i, w := range got {
		if w.Text != want[i] {
			t.Errorf("word %d is %q, want %q", i, w.Text, want[i])
		}
	}
}

func TestParsePGM(t *testing.T) {
	p := drawing("x x", " x ")
	got, err := parsePGM(p.pgm())
	if err != nil || got.width != 3 || got.height != 2 || string(got.gray) != string(p.gray) {
		t.Errorf("%v, %v", got, err)
	}
	for _, s := range []string{"", "P5", "P6 1 1 255 x", "P5 2 2 255 xxx", "P5 -1 1 255 x", "P5 1 1 65535 xx", "P5 99999999 99999999 255 x"} {
		if _, err := parsePGM([]byte(s)); err == nil {
			t.Errorf("%q is a picture", s)
		}
	}
}

const tsvHead = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

func tsvWord(x, y, w, h int, confidence, text string) string {
	return fmt.Sprintf("5\t1\t1\t1\t1\t1\t%d\t%d\t%d\t%d\t%s\t%s\n", x, y, w, h, confidence, text)
}

func TestParseTSV(t *testing.T) {
	got, err := parseTSV([]byte(tsvHead+"1\t1\t0\t0\t0\t0\t0\t0\t9\t9\t-1\t\n"+
		tsvWord(100, 200, 50, 25, "96.5", "Жол")+tsvWord(0, 0, 9, 9, "5", "dirt")+tsvWord(0, 0, 9, 9, "40", ".")+
		strings.Replace(tsvWord(100, 200, 50, 25, "96.5", "Су"), "5\t1", "5\t2", 1)), 2)
	want := [][]layout.Word{{{X0: 36, Y0: 72, X1: 54, Y1: 81, Text: "Жол", Apart: true}}, {{X0: 36, Y0: 72, X1: 54, Y1: 81, Text: "Су", Apart: true}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for _, s := range []string{"", "no table", tsvHead + tsvWord(0, 0, 1, 1, "much", "a"), tsvHead + strings.Replace(tsvWord(0, 0, 1, 1, "90", "a"), "\t0\t", "\tnull\t", 2), tsvHead + strings.Replace(tsvWord(0, 0, 1, 1, "90", "a"), "5\t1", "5\t3", 1)} {
		if _, err := parseTSV([]byte(s), 2); err == nil {
			t.Errorf("%q is a table of words", s)
		}
	}
}

// program writes a script that stands for an outside program.
func program(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// scan is a PDF of one page that is a picture, with or without a text under it.
func scan(t *testing.T, under string) []byte {
	t.Helper()
	p := newPaper("q 600 0 0 800 0 0 cm /X Do Q "+under, "")
	p.add(streamOf("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/DCTDecode", []byte("x")))
	return p.bytes()
}

func TestScan(t *testing.T) {
	img := frame()
	img.fill(100, 160, 110, 180) // a digit that the first look misses
	pgm := filepath.Join(t.TempDir(), "page.pgm")
	if err := os.WriteFile(pgm, img.pgm(), 0o600); err != nil {
		t.Fatal(err)
	}
	tools := Tools{
		PdfToPpm: program(t, `test -s page.pdf && cp "`+pgm+`" out.pgm`),
		Tesseract: program(t, `
head='`+strings.TrimSuffix(tsvHead, "\n")+`'
case "$*" in
*"--psm 11"*) printf '%s\n`+
			strings.ReplaceAll(tsvWord(40, 60, 60, 20, "90", "No")+tsvWord(240, 60, 60, 20, "90", "|Issue")+tsvWord(240, 160, 60, 20, "90", "Roads"), "\n", `\n`)+`' "$head" ;;
*) printf '%s\n`+strings.ReplaceAll(tsvWord(97, 57, 10, 20, "90", "1"), "\n", `\n`)+`' "$head" ;;
esac`),
	}
	read := func(data []byte, tools Tools) *table.Document {
		d, err := Read(t.Context(), data, "scan.pdf", table.Limits{}, tools)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	under := "BT 3 Tr /F 10 Tf 50 700 Td (text from another program) Tj ET"

	d := read(scan(t, ""), tools)
	if want := "|No|Issue\n|1|Roads\n"; show(d) != want || d.Unread != 0 || !d.Recognised {
		t.Errorf("%+v: %s", d, show(d))
	}
	if d := read(scan(t, ""), Tools{}); d.Unread != 1 || d.Recognised || len(d.Parts) != 0 {
		t.Errorf("without tools: %+v", d)
	}
	if d := read(scan(t, under), Tools{}); d.Unread != 0 || !d.Recognised || show(d) != "text from another program\n" {
		t.Errorf("text under the picture: %+v: %s", d, show(d))
	}
	if d := read(scan(t, under), tools); !strings.Contains(show(d), "Roads") {
		t.Errorf("text under the picture, with tools: %s", show(d))
	}
	broken := tools
	broken.Tesseract = program(t, "echo no such language >&2; exit 1")
	d = read(scan(t, ""), broken)
	if d.Unread != 1 || len(d.Findings) != 1 || d.Findings[0].Kind != qulaq.NothingToRead || !strings.Contains(d.Findings[0].Detail, "no such language") {
		t.Errorf("a program that fails: %+v", d)
	}
	few := tools
	few.Pages = -1
	if d = read(scan(t, ""), few); d.Unread != 0 {
		t.Errorf("a number of pages that is none: %+v", d)
	}
}

func TestFindLooksOnPath(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if got := Find(); got != (Tools{}) {
		t.Errorf("%+v in an empty folder", got)
	}
	path := filepath.Join(folder, "tesseract")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	if got := Find(); got.Tesseract != path || got.PdfToPpm != "" {
		t.Errorf("%+v", got)
	}
}

func FuzzAnswers(f *testing.F) {
	f.Add([]byte("P5\n2 2\n255\n    "))
	f.Add([]byte(tsvHead + tsvWord(1, 2, 3, 4, "90", "a")))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := parsePGM(data); err == nil {
			p.level()
			p.frame()
			p.cut([]layout.Box{{X1: 50, Y1: 50}})
		}
		found, err := parseTSV(data, 3)
		for _, words := range found {
			for _, w := range words {
				if err == nil && w.Text == "" {
					t.Error("a word without text")
				}
			}
		}
	})
}

func TestMend(t *testing.T) {
	for text, want := range map[string]string{
		"дома Мо 5,7 и":      "дома № 5,7 и",
		"Ме говорит Ме":      "Ме говорит Ме",
		"ОБ8 750,0 тыс.":     "ОБ 8 750,0 тыс.",
		"МБ и ОБ":            "МБ и ОБ",
		"интернета 3С/4С":    "интернета 3G/4G",
		"маршрута № 14 No 3": "маршрута № 14 № 3",
	} {
		var words []layout.Word
		for _, w := range strings.Fields(text) {
			words = append(words, layout.Word{Text: w})
		}
		mend(words)
		var got []string
		for _, w := range words {
			got = append(got, w.Text)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

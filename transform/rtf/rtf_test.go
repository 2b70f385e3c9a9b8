package rtf

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/table"
)

var update = flag.Bool("update", false, "rewrite golden files")

func lines(l ...string) string { return strings.Join(append(l, ""), "\n") }

// trow begins a row whose cells end at so many hundreds of twips. A sign before a number says how a cell is merged: "<"
// with the one to its left, "[" is the first of such cells, "^" with the one above, "v" is the first of those.
func trow(ends ...string) string {
	text := `\trowd\trleft0`
	for _, e := range ends {
		text += map[byte]string{'<': `\clmrg`, '[': `\clmgf`, '^': `\clvmrg`, 'v': `\clvmgf`}[e[0]] + `\cellx` + strings.TrimLeft(e, "<[^v") + "00"
	}
	return text + `\pard\intbl `
}

func TestRead(t *testing.T) {
	pair := `а\cell б\cell\row `
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", `План\par\par на 2022{\b  год}\par`, lines("План", "на 2022 год")},
		{"a code page", `\'cf\'eb\'e0\'ed`, lines("План")},
		{"of a font", `{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset2 Symbol;}{\f3\cpg866 C;}}\ansicpg1252\f0\'e9{\f1 \'e9}\f2\'b7\f3\'8f`, lines("éй П")},
		{"numbers of characters", `\uc1\u1178?\u1179\'3f{\uc2\u1110 ??}\uc0\u1241 x\u-10179\u-8704 .`, lines("Ққіәx😀.")},
		{"a number without what stands in for it", `\u1178\par x`, lines("Қ", "x")},
		{"half a pair", `\uc0\u-10179 a\u-8704 b`, lines("a�b")},
		{"signs", `а\tab б\emdash\'96\~в\_г\-д\line е\{\}\\\bullet`, lines("а б—– в-гд е{}\\•")},
		{"left out", `{\stylesheet{\s0 Normal;}}{\header x}{\*\unknown x{\b y}}{\footnote x}а{\v x}{\deleted x}{\*\bkmkstart b}{\field{\*\fldinst{ PAGE }}{\fldrslt{7}}}`, lines("а7")},
		{"title", `{\info{\title План {\b а}}{\author x}}а`, lines("а")},
		{"bytes that are no text", `а{\pict\bin5 {{}}}}б`, lines("аб")},
		{"table", trow("10", "20") + pair + trow("10", "20") + `1\par 2\line 3\cell\cell\row\pard конец\par`, lines("1| а | б |", "2| 1/2/3 |  |", "конец")},
		{"two tables", trow("10", "20") + pair + `\pard\par ` + trow("10", "20") + pair, lines("1| а | б |", "--", "1| а | б |")},
		{"a wide cell", trow("20") + `заголовок\cell\row` + trow("10", "20") + pair, lines("1| заголовок | < |", "2| а | б |")},
		{"ends that nearly agree", `\trowd\cellx1000\cellx2000\pard\intbl ` + pair + `\trowd\trleft-20\cellx1030\cellx1990\pard\intbl ` + pair, lines("1| а | б |", "2| а | б |")},
		{"cells merged in a row", trow("[10", "<20", "30") + `а\cell\cell б\cell\row` + trow("10", "20", "30") + `1\cell 2\cell 3\cell\row`, lines("1| а | < | б |", "2| 1 | 2 | 3 |")},
		{"cells merged below one another", trow("v10", "20") + pair + trow("^10", "20") + `\cell в\cell\row`, lines("1| а | б |", "2| ^ | в |")},
		{"a row that begins later", trow("10", "20") + pair + `\trowd\trleft1000\cellx2000\pard\intbl в\cell\row`, lines("1| а | б |", "2|  | в |")},
		{"rows without ends", `\trowd\pard\intbl а\cell б\cell\row\intbl в\cell г\cell\row`, lines("1| а | б |", "2| в | г |")},
		{"a row that was not ended", trow("10", "20") + `а\cell б\cell\pard\par в`, lines("1| а | б |", "в")},
		{"a cell that was not ended", trow("10", "20") + `а\cell б\row`, lines("1| а | б |")},
		{"table in a cell", trow("10", "20") + `1\cell а\par\pard\intbl\itap2 б\nestcell в\nestcell{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par x}\pard\intbl\itap1\cell\row`, lines("1| 1 | а/б в |")},
		{"table in a table in a cell", trow("10", "20") + `1\cell а\par\pard\itap3 б\nestcell{\*\nesttableprops\trowd\cellx100\nestrow}\pard\itap2 в\nestcell{\*\nesttableprops\trowd\cellx100\nestrow}\pard\intbl\cell\row`, lines("1| 1 | а/б/в |")},
		{"number of a list in a cell", trow("10", "20") + `{\listtext\pard 1.\tab}\cell Дорога\cell\row{\listtext 2.\tab}текст\cell\cell\row`, lines("1| 1. | Дорога |", "2| текст |  |")},
		{"text box", `до {\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv x}}{\shptxt \pard УТВЕРЖДАЮ\par Аким\par}}{\shprslt x}}после\par конец`, lines("до после", "УТВЕРЖДАЮ", "Аким", "конец")},
		{"behind the end", `а}б{`, lines("а")},
		{"nothing", ``, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			// Cyrillic letters of the test stand for their bytes.
			text := []byte(`{\rtf1\ansi\ansicpg1251 `)
			for _, r := range c.body + "}" {
				switch {
				case r < 0x80:
					text = append(text, byte(r))
				case r >= 'А' && r <= 'я':
					text = append(text, byte(r-'А'+0xc0))
				default:
					t.Fatalf("%q", r)
				}
			}
			d, err := Read(text, "план.rtf", table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, flowtest.Show(d.Parts)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			if err := flowtest.Check(d.Parts); err != nil {
				t.Error(err)
			}
			if want := map[bool]string{true: "План а"}[c.name == "title"]; d.Format != Format || d.Name != "план.rtf" || d.Unread != 0 || d.Title != want {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestUnread(t *testing.T) {
	for text, want := range map[string]int{
		`{\pict\picwgoal11000\pichgoal16000 00}`: 1,
		`{\*\shppict{\pict\picwgoal11000\pichgoal16000 00}}{\nonshppict{\pict\picwgoal11000\pichgoal16000 00}}`: 1,
		`{\pict\picwgoal1000\pichgoal1000 00}`:                                                                                         0,
		`{\object{\*\objdata 00}{\result{\pict\picwgoal11000\pichgoal16000 00}}}`:                                                      1,
		`{\pict\picwgoal2147483647\pichgoal2147483647}{\pict\picwgoal-9000\pichgoal-9000}{\header{\pict\picwgoal11000\pichgoal16000}}`: 1,
	} {
		d, err := Read([]byte(`{\rtf1 `+text+`}`), "x", table.Limits{})
		if err != nil || d.Unread != want {
			t.Errorf("%s: %+v, %v", text, d, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"no RTF":        {"PK", table.ErrFormat},
		"cut":           {`{\rtf1 a\cell`, table.ErrDamaged},
		"cut in a word": {`{\rtf1 a\`, table.ErrDamaged},
		"deep":          {`{\rtf1 ` + strings.Repeat("{", 1000), table.ErrTooLarge},
		"many cells":    {`{\rtf1 ` + strings.Repeat(`\cell`, 600) + "}", table.ErrTooLarge},
		"many ends":     {`{\rtf1 ` + strings.Repeat(`\cellx1`, 900) + strings.Repeat(`x\cell\row `, 5) + `}`, table.ErrTooLarge},
		"many columns":  {`{\rtf1 ` + strings.Repeat(`x\cell `, 400) + `\row}`, table.ErrTooLarge},
		"many bytes":    {`{\rtf1 ` + strings.Repeat(`x`, 1<<20) + `}`, table.ErrTooLarge},
	} {
		_, err := Read([]byte(c.text), "a.rtf", table.Limits{Cells: 1000, Columns: 300, DocumentBytes: 1 << 20})
		if !errors.Is(err, c.want) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "a.rtf") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file that an office program wrote.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.rtf")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(data, path, table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if err := flowtest.Check(d.Parts); err != nil {
			t.Error(err)
		}
		if marks := strings.Contains(path, "marks"); marks != (d.Unread == 1) || marks && d.Title != "План действий" {
			t.Errorf("%s: %d unread, title %q", path, d.Unread, d.Title)
		}
		want := strings.TrimSuffix(path, ".rtf") + ".golden"
		if *update {
			if err := os.WriteFile(want, []byte(flowtest.Show(d.Parts)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, err := os.ReadFile(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(text), flowtest.Show(d.Parts)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", path, diff)
		}
	}
}

// Whatever grid of cells is written, the same is read.
func TestLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 6).Draw(t, "width"), rapid.IntRange(1, 6).Draw(t, "height")
		text := `{\rtf1\ansi`
		var want [][]string
		for range height {
			text += `\trowd`
			for c := range width {
				text += `\cellx` + string(rune('1'+c)) + "000"
			}
			text += `\pard\intbl`
			var row []string
			for range width {
				word := rapid.StringMatching(`[a-z]{1,5}( [a-z]{1,5})?`).Draw(t, "word")
				row = append(row, word)
				text += " " + word + `\cell`
			}
			want = append(want, row)
			text += `\row`
		}
		d, err := Read([]byte(text+"}"), "x", table.Limits{})
		if err != nil || len(d.Parts) != 1 {
			t.Fatal(d, err)
		}
		var got [][]string
		for _, r := range d.Parts[0].Grid.Rows {
			var row []string
			for _, c := range r.Cells {
				row = append(row, c.Text)
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 a;}}` + trow("v10", "<20") + `\'e9\u1178?\cell\itap2 a\nestcell{\*\nesttableprops\trowd\cellx1\nestrow}\row}`))
	f.Add([]byte(`{\rtf1{\shp{\*\shpinst{\shptxt a\cell\row}}}{\pict\bin9999 }`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Read(data, "x", table.Limits{Cells: 10_000, Columns: 100})
		if err != nil {
			if qulaq.KindOf(err) != qulaq.Contract {
				t.Errorf("%v", err)
			}
			return
		}
		if err := flowtest.Check(d.Parts); err != nil {
			t.Error(err)
		}
	})
}

package grid

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"pgregory.net/rapid"
)

// shown prints a grid: a row a line with its number, cells between bars, a merged cell with its first place.
func shown(g *table.Grid) string {
	if g == nil {
		return ""
	}
	var b strings.Builder
	for r, row := range g.Rows {
		b.WriteByte(byte('0' + row.Line))
		for c, cell := range row.Cells {
			b.WriteString("|" + cell.Text)
			if cell.Top != r || cell.Left != c {
				b.WriteString("^" + string(rune('0'+cell.Top)) + string(rune('0'+cell.Left)))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestGrid(t *testing.T) {
	for _, c := range []struct {
		name string
		fill func(s *Sheet)
		want string
		hint string // the detail of the finding
	}{
		{"empty", func(s *Sheet) { s.Put(0, 0, ""); s.Merge(0, 0, 5, 5) }, "", ""},
		{"margins go", func(s *Sheet) { s.Put(2, 3, "a"); s.Put(2, 5, "b"); s.Put(4, 3, "c") }, "3|a|b\n5|c|\n", ""},
		{"any order, the later wins", func(s *Sheet) { s.Put(1, 0, "b"); s.Put(0, 1, "x"); s.Put(0, 0, "a"); s.Put(1, 0, "c") }, "1|a|x\n2|c|\n", ""},
		{"title across", func(s *Sheet) { s.Merge(0, 0, 0, 16383); s.Put(0, 0, "T"); s.Put(1, 0, "a"); s.Put(1, 1, "b") }, "1|T|T^00\n2|a|b\n", ""},
		{"merged down", func(s *Sheet) {
			s.Merge(0, 0, 1, 0)
			s.Put(0, 0, "1")
			s.Put(0, 1, "a")
			s.Put(1, 1, "b")
		}, "1|1|a\n2|1^00|b\n", ""},
		{"a row of lower parts is none", func(s *Sheet) {
			s.Merge(0, 0, 1, 0)
			s.Merge(0, 1, 1, 1)
			s.Put(0, 0, "1")
			s.Put(0, 1, "a")
			s.Put(2, 0, "2")
		}, "1|1|a\n3|2|\n", ""},
		{"text below a merged cell is not seen", func(s *Sheet) {
			s.Merge(0, 0, 1, 1)
			s.Put(0, 0, "a")
			s.Put(1, 1, "ghost")
			s.Put(2, 1, "b")
			s.Put(2, 0, "c")
		}, "1|a|a^00\n3|c|b\n", ""},
		{"nor is it below an empty one", func(s *Sheet) { s.Merge(0, 0, 1, 1); s.Put(1, 1, "ghost") }, "", ""},
		{"all of it ghosts but one", func(s *Sheet) { s.Merge(0, 0, 1, 1); s.Put(1, 1, "ghost"); s.Put(3, 1, "b") }, "4|b\n", ""},
		{"an empty merged cell is as many empty ones", func(s *Sheet) {
			s.Merge(0, 1, 1, 1)
			s.Put(0, 0, "a")
			s.Put(1, 0, "b")
			s.Put(2, 1, "c")
		}, "1|a|\n2|b|\n3||c\n", ""},
		{"overlapping areas: the first", func(s *Sheet) {
			s.Merge(0, 0, 0, 1)
			s.Merge(0, 1, 0, 2)
			s.Put(0, 0, "a")
			s.Put(0, 2, "c")
			s.Put(1, 1, "x")
		}, "1|a|a^00|c\n2||x|\n", ""},
		{"area upside down", func(s *Sheet) { s.Merge(3, 0, 1, 0); s.Put(1, 0, "a") }, "2|a\n", ""},
		{"hidden row and column", func(s *Sheet) {
			s.HideRows(1, 1)
			s.HideColumns(1, 1)
			s.Put(0, 0, "a")
			s.Put(0, 1, "gone")
			s.Put(1, 0, "gone")
			s.Put(1, 2, "gone")
			s.Put(2, 2, "b")
		}, "1|a|\n3||b\n", "hidden rows: 1, hidden columns: 1; left out"},
		{"hidden and empty is no finding", func(s *Sheet) { s.HideRows(5, 1<<20); s.HideColumns(9, 16383); s.Put(0, 0, "a") }, "1|a\n", ""},
		{"the first row of a merged cell is hidden", func(s *Sheet) {
			s.HideRows(0, 0)
			s.Merge(0, 0, 2, 0)
			s.Put(0, 0, "1")
			s.Put(1, 1, "a")
			s.Put(2, 1, "b")
		}, "2|1|a\n3|1^00|b\n", "hidden rows: 1, hidden columns: 0; left out"},
		{"all of a merged cell is hidden", func(s *Sheet) { s.HideRows(0, 1); s.Merge(0, 0, 1, 0); s.Put(0, 0, "1"); s.Put(2, 0, "a") }, "3|a\n", "hidden rows: 1, hidden columns: 0; left out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &Sheet{Name: "Лист"}
			c.fill(s)
			g, findings, err := s.Grid(100)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, shown(g)); d != "" {
				t.Error(d)
			}
			detail := ""
			for _, f := range findings {
				if f.Kind != qulaq.NothingToRead || f.Table != "Лист" || f.Count < 1 {
					t.Errorf("finding %+v", f)
				}
				detail += f.Detail
			}
			if detail != c.hint {
				t.Errorf("finding %q, want %q", detail, c.hint)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	for name, fill := range map[string]func(s *Sheet){
		"cells far apart": func(s *Sheet) {
			for i := range 11 {
				s.Put(i, i, "x")
			}
		},
		"many areas": func(s *Sheet) {
			for range 101 {
				s.Merge(0, 0, 1, 1)
			}
		},
		"areas upon areas": func(s *Sheet) {
			for i := range 9 {
				s.Put(i, i, "x")
			}
			for range 50 {
				s.Merge(0, 0, 1<<20, 1<<14)
			}
		},
	} {
		s := &Sheet{}
		fill(s)
		if _, _, err := s.Grid(100); !errors.Is(err, table.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := &Sheet{}
	s.Merge(0, 0, 1<<20-1, 1<<14-1) // all of a sheet
	s.Put(0, 0, "x")
	if g, _, err := s.Grid(1); err != nil || shown(g) != "1|x\n" {
		t.Errorf("%q, %v", shown(g), err)
	}
}

// A grid is what a simple painter of the whole sheet would show.
func TestLaw(t *testing.T) {
	const size = 7
	rapid.Check(t, func(t *rapid.T) {
		index := rapid.IntRange(0, size-1)
		s := &Sheet{}
		var text [size][size]string
		for range rapid.IntRange(0, 25).Draw(t, "cells") {
			r, c := index.Draw(t, "row"), index.Draw(t, "column")
			text[r][c] = rapid.StringMatching("[a-c]?").Draw(t, "text")
			if text[r][c] == "" {
				text[r][c] = "d"
			}
			s.Put(r, c, text[r][c])
		}
		var hiddenRow, hiddenColumn [size]bool
		for i := range size {
			if hiddenRow[i] = rapid.IntRange(0, 5).Draw(t, "hidden row") == 0; hiddenRow[i] {
				s.HideRows(i, i)
			}
			if hiddenColumn[i] = rapid.IntRange(0, 5).Draw(t, "hidden column") == 0; hiddenColumn[i] {
				s.HideColumns(i, i)
			}
		}
		var owner [size][size]place
		for r := range size {
			for c := range size {
				owner[r][c] = place{r, c}
			}
		}
		painted := text
		var taken [size][size]bool
		for range rapid.IntRange(0, 4).Draw(t, "areas") {
			top, left := index.Draw(t, "top"), index.Draw(t, "left")
			bottom, right := min(size-1, top+index.Draw(t, "height")), min(size-1, left+index.Draw(t, "width"))
			free := true
			seen := place{-1, -1}
			for r := top; r <= bottom; r++ {
				for c := left; c <= right; c++ {
					free = free && !taken[r][c]
					if seen.row < 0 && !hiddenRow[r] && !hiddenColumn[c] {
						seen = place{r, c}
					}
				}
			}
			if !free {
				continue
			}
			s.Merge(top, left, bottom, right)
			for r := top; r <= bottom; r++ {
				for c := left; c <= right; c++ {
					taken[r][c] = true
					painted[r][c], owner[r][c] = text[top][left], seen
				}
			}
		}
		var rows, columns [size]bool
		for r := range size {
			for c := range size {
				if painted[r][c] != "" && !hiddenRow[r] && !hiddenColumn[c] {
					rows[r] = rows[r] || owner[r][c].row == r
					columns[c] = columns[c] || owner[r][c].column == c
				}
			}
		}
		var want []string
		for r := range size {
			line := string(rune('1' + r))
			for c := range size {
				if columns[c] {
					line += "|" + painted[r][c]
				}
			}
			if rows[r] {
				want = append(want, line)
			}
		}
		g, _, err := s.Grid(size * size)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		if g != nil {
			for r, row := range g.Rows {
				line := string(rune('0' + row.Line))
				for c, cell := range row.Cells {
					line += "|" + cell.Text
					first := g.Rows[cell.Top].Cells[cell.Left]
					if cell.Top > r || cell.Left > c || first != cell {
						t.Fatalf("%+v at %d, %d begins at %+v", cell, r, c, first)
					}
				}
				if len(row.Cells) != g.Width {
					t.Fatalf("%d cells in a grid of %d", len(row.Cells), g.Width)
				}
				got = append(got, line)
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatal(d)
		}
	})
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"plain text":                  "plain text",
		"  a \u00a0 b\t ":             "a b",
		"a\r\nb":                      "a\nb",
		" a \n \n b \n":               "a\nb",
		"\n\n":                        "",
		"строи\u00adтельство":         "строительство",
		"\ufeffa\u200b\x00":           "a",
		"a\xffb":                      "a\ufffdb",
		"«Жас ұрпақ» – 2024":          "«Жас ұрпақ» – 2024",
		"tail ":                       "tail",
		"a\u2028b":                    "a\nb",
		strings.Repeat("я ", 3) + "я": "я я я я",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.String().Draw(t, "raw")
		once := Text(raw)
		if Text(once) != once || !utf8.ValidString(once) || strings.TrimSpace(once) != once {
			t.Fatalf("%q became %q, then %q", raw, once, Text(once))
		}
	})
}

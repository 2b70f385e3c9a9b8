package xls

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// rec writes a record whose body is values one behind another.
func rec(kind uint16, values ...any) []byte {
	var body []byte
	for _, v := range values {
		switch v := v.(type) {
		case string:
			body = append(body, v...)
		case []byte:
			body = append(body, v...)
		case byte:
			body = append(body, v)
		case int: // most numbers have two bytes
			body = le.AppendUint16(body, uint16(v))
		case uint32:
			body = le.AppendUint32(body, v)
		case float64:
			body = le.AppendUint64(body, math.Float64bits(v))
		default:
			panic(fmt.Sprintf("%T", v))
		}
	}
	out := le.AppendUint16(nil, kind)
	out = le.AppendUint16(out, uint16(len(body)))
	return append(out, body...)
}

// wide is a BIFF8 string of two bytes a character, behind its length of two bytes.
func wide(s string) []byte {
	units := utf16.Encode([]rune(s))
	out := le.AppendUint16(nil, uint16(len(units)))
	out = append(out, 1)
	return append(out, utf16LE(s)...)
}

func utf16LE(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = le.AppendUint16(out, u)
	}
	return out
}

// sheetOf is a sheet to be written: its records between beginning and end.
type sheetOf struct {
	name    string
	state   byte // 1 hidden, 2 very hidden
	kind    byte // 0 a sheet of cells
	records []byte
}

// bookOf writes a stream of BIFF8, or of BIFF5 when its records say so.
func bookOf(version int, globals []byte, sheets ...sheetOf) []byte {
	name := func(s string) []byte {
		if version == biff5 {
			return append([]byte{byte(len(s))}, s...)
		}
		units := utf16LE(s)
		return append([]byte{byte(len(units) / 2), 1}, units...)
	}
	start := func(places []uint32) []byte {
		out := append(rec(recBOF, version, 5), globals...)
		for i, s := range sheets {
			out = append(out, rec(recBoundSheet, places[i], s.state, s.kind, name(s.name))...)
		}
		return append(out, rec(recEOF)...)
	}
	places := make([]uint32, len(sheets))
	size := len(start(places))
	var rest []byte
	for i, s := range sheets {
		places[i] = uint32(size + len(rest))
		rest = append(rest, rec(recBOF, version, 0x10)...)
		rest = append(rest, s.records...)
		rest = append(rest, rec(recEOF)...)
	}
	return append(start(places), rest...)
}

func join(parts ...[]byte) []byte {
	var out []byte
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// gridText prints the grids of a document: the sheet, then a row a line with its number, cells between bars.
func gridText(d *table.Document) string {
	var b strings.Builder
	for _, p := range d.Parts {
		if p.Grid == nil {
			b.WriteString(p.Text + "\n")
			continue
		}
		fmt.Fprintf(&b, "[%s]\n", p.Grid.Name)
		for _, r := range p.Grid.Rows {
			fmt.Fprintf(&b, "%d", r.Line)
			for _, c := range r.Cells {
				fmt.Fprintf(&b, "|%s", c.Text)
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// checkGrids fails when a grid breaks the promises of package table.
func checkGrids(t testing.TB, d *table.Document, most int) {
	t.Helper()
	for _, p := range d.Parts {
		if p.Grid == nil {
			continue
		}
		if most -= len(p.Grid.Rows) * p.Grid.Width; most < 0 {
			t.Fatal("more cells than allowed")
		}
		for r, row := range p.Grid.Rows {
			if len(row.Cells) != p.Grid.Width || r > 0 && row.Line <= p.Grid.Rows[r-1].Line {
				t.Fatalf("row %d, line %d, has %d cells of %d", r, row.Line, len(row.Cells), p.Grid.Width)
			}
			for c, cell := range row.Cells {
				if cell.Top > r || cell.Left > c || p.Grid.Rows[cell.Top].Cells[cell.Left] != cell {
					t.Fatalf("%+v at %d, %d", cell, r, c)
				}
			}
		}
	}
}

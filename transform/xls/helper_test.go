package xls

import (
	"fmt"
	"maps"
	"math"
	"slices"
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

// oleOf writes a compound file with these streams in its root, each in sectors of its own.
func oleOf(streams map[string][]byte) []byte { return oleWith(9, streams) }

// oleWith is oleOf with sectors of 2^shift bytes.
func oleWith(shift int, streams map[string][]byte) []byte {
	sector := 1 << shift
	const end = 0xFFFFFFFE
	var body []byte
	var fat []uint32
	add := func(data []byte) uint32 { // and padding; no stream is a short one, as the limit is 0
		first := uint32(len(fat))
		n := max(1, (len(data)+sector-1)/sector)
		for i := range n {
			next := first + uint32(i) + 1
			if i == n-1 {
				next = end
			}
			fat = append(fat, next)
		}
		body = append(body, data...)
		body = append(body, make([]byte, n*sector-len(data))...)
		return first
	}
	line := func(name string, kind byte, left, right, child, first uint32, size int) []byte {
		b := make([]byte, entrySize)
		units := utf16LE(name)
		copy(b, units)
		le.PutUint16(b[64:], uint16(len(units)+2))
		b[66] = kind
		le.PutUint32(b[68:], left)
		le.PutUint32(b[72:], right)
		le.PutUint32(b[76:], child)
		le.PutUint32(b[116:], first)
		le.PutUint64(b[120:], uint64(size))
		return b
	}
	const none = 0xFFFFFFFF
	directory := line("Root Entry", rootKind, none, none, 1, end, 0)
	i := uint32(1)
	for _, name := range slices.Sorted(maps.Keys(streams)) {
		data := streams[name]
		next := i + 1
		if int(i) == len(streams) {
			next = none
		}
		directory = append(directory, line(name, streamKind, none, next, none, add(data), len(data))...)
		i++
	}
	dirAt := add(directory)
	fatSectors := 1
	for fatSectors*sector/4 < len(fat)+fatSectors {
		fatSectors++
	}
	header := make([]byte, sector)
	copy(header, oleMagic)
	le.PutUint16(header[26:], 3)
	le.PutUint16(header[30:], uint16(shift))
	le.PutUint32(header[44:], uint32(fatSectors))
	le.PutUint32(header[48:], dirAt)
	le.PutUint32(header[60:], end)
	le.PutUint32(header[68:], end)
	for i := range 109 {
		place := uint32(none)
		if i < fatSectors {
			place = uint32(len(fat) + i)
		}
		le.PutUint32(header[76+4*i:], place)
	}
	table := make([]byte, fatSectors*sector)
	for i := range len(table) / 4 {
		le.PutUint32(table[4*i:], none)
	}
	for i, n := range fat {
		le.PutUint32(table[4*i:], n)
	}
	return join(header, body, table)
}

// gridText prints the grids of a document: the sheet, then a row a line with its number, cells between bars.
func gridText(d *table.Document) string {
	var b strings.Builder
	for _, p := range d.Parts {
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

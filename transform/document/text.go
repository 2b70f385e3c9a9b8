package document

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/xlsx/grid"
)

// readText reads plain text: every line that is not blank is a paragraph, but for tables whose columns are parted by
// semicolons or tabs.
func readText(data []byte, object string, l table.Limits) (*table.Document, error) {
	text, err := decode(data, false)
	if err != nil {
		said := refusals[unknown]
		return nil, fail(object, fmt.Errorf("%w: %w", err, said.reason), said.hint)
	}
	d := &table.Document{Format: table.Text}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	places := 0
	for text != "" {
		if g, rest := separated(text, l.Cells-places); g != nil {
			if places += len(g.Rows) * g.Width; places > l.Cells {
				return nil, fail(object, fmt.Errorf("more than %d cells in its tables: %w", l.Cells, table.ErrTooLarge), "")
			}
			d.Parts, text = append(d.Parts, table.Part{Grid: g}), rest
			continue
		}
		line, rest, _ := strings.Cut(text, "\n")
		if line = grid.Text(line); line != "" {
			if places++; places > l.Cells {
				return nil, fail(object, fmt.Errorf("more than %d lines: %w", l.Cells, table.ErrTooLarge), "")
			}
			d.Parts = append(d.Parts, table.Part{Text: line})
		}
		text = rest
	}
	return d, nil
}

// mostLines is how many lines a record has at most, in quotation marks.
const mostLines = 50

// separators are what parts columns in plain text, and how many columns and rows make a table at least: lists have
// semicolons too.
var separators = []struct {
	sign          string
	fields, lines int
}{{"\t", 3, 2}, {";", 4, 3}}

// separated returns the table that a text begins with, up to the row that takes it beyond so many places, and what is
// behind it; nil when it begins with none: its rows have the same number of fields.
func separated(text string, places int) (g *table.Grid, rest string) {
	for _, sep := range separators {
		first, _, _ := strings.Cut(text, "\n")
		first = strings.TrimLeft(first, "\t") // which only indent
		if strings.Count(first, sep.sign) < sep.fields-1 {
			continue
		}
		g, rest = &table.Grid{}, text
		for rest != "" && (len(g.Rows) < sep.lines || len(g.Rows)*g.Width <= places) {
			if line, behind, found := strings.Cut(rest, "\n"); found && grid.Text(line) == "" { // a blank line parts no rows
				rest = behind
				continue
			}
			fields, behind := record(rest, sep.sign)
			if len(g.Rows) == 0 {
				g.Width = len(fields)
			}
			if len(fields) != g.Width {
				break
			}
			row := table.Row{Line: len(g.Rows) + 1, Cells: make([]table.Cell, g.Width)}
			for i, f := range fields {
				row.Cells[i] = table.Cell{Text: grid.Text(f), Top: len(g.Rows), Left: i}
			}
			g.Rows, rest = append(g.Rows, row), behind
		}
		if g.Width >= sep.fields && len(g.Rows) >= sep.lines {
			return g, rest
		}
	}
	return nil, text
}

// record reads the fields of a line. One that begins with a quotation mark ends with one, and may hold separators and
// line breaks; a mark that is not closed is a letter like others.
func record(text, sep string) (fields []string, rest string) {
	for {
		if field, behind, ok := quoted(text, sep); ok {
			fields, text = append(fields, field), behind
		} else {
			end := strings.IndexAny(text, sep+"\n")
			if end < 0 {
				return append(fields, text), ""
			}
			fields, text = append(fields, text[:end]), text[end:]
		}
		switch {
		case text == "":
			return fields, ""
		case text[0] == '\n':
			return fields, text[1:]
		}
		text = text[len(sep):]
	}
}

// quoted reads a field in quotation marks, of which two within it are one.
func quoted(text, sep string) (field, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	lines := 0
	for i := 1; i < len(text) && lines < mostLines; i++ {
		switch {
		case text[i] == '\n':
			lines++
		case text[i] != '"':
		case strings.HasPrefix(text[i+1:], `"`):
			i++
		case i+1 == len(text) || text[i+1] == '\n' || strings.HasPrefix(text[i+1:], sep):
			return strings.ReplaceAll(text[1:i], `""`, `"`), text[i+1:], true
		default:
			return "", "", false
		}
	}
	return "", "", false
}

var errNoText = errors.New("bytes that are no text")

// decode returns text in UTF-8, in UTF-16 with its mark, or else in windows-1251. Bytes with control characters
// that no text has are an error. cut says that text may end inside a character.
func decode(data []byte, cut bool) (string, error) {
	text := string(data)
	switch {
	case strings.HasPrefix(text, "\xff\xfe"):
		text = fromUTF16(text[2:], 0)
	case strings.HasPrefix(text, "\xfe\xff"):
		text = fromUTF16(text[2:], 1)
	default:
		text = strings.TrimPrefix(text, "\ufeff")
		whole := text
		for n := 0; cut && n < utf8.UTFMax-1 && !utf8.ValidString(whole) && whole != ""; n++ {
			whole = whole[:len(whole)-1]
		}
		if utf8.ValidString(whole) {
			text = whole
			break
		}
		decoded, err := charmap.Windows1251.NewDecoder().String(text)
		if err != nil {
			return "", errNoText
		}
		text = decoded
	}
	// 1A ends a text of DOS.
	if strings.ContainsFunc(strings.TrimSuffix(text, "\x1a"), func(r rune) bool {
		return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) || r == '\x7f'
	}) {
		return "", errNoText
	}
	return text, nil
}

// fromUTF16 decodes; low is which of two bytes is the lower one. An odd byte at the end is left out.
func fromUTF16(bytes string, low int) string {
	units := make([]uint16, len(bytes)/2)
	for i := range units {
		units[i] = uint16(bytes[2*i+low]) | uint16(bytes[2*i+1-low])<<8
	}
	return string(utf16.Decode(units))
}

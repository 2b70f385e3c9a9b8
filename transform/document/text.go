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

// readText reads plain text: every line that is not blank is a paragraph.
func readText(data []byte, object string, l table.Limits) (*table.Document, error) {
	text, err := decode(data, false)
	if err != nil {
		said := refusals[unknown]
		return nil, fail(object, fmt.Errorf("%w: %w", err, said.reason), said.hint)
	}
	d := &table.Document{Format: table.Text}
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		if line = grid.Text(line); line == "" {
			continue
		}
		if len(d.Parts) == l.Cells {
			return nil, fail(object, fmt.Errorf("more than %d lines: %w", l.Cells, table.ErrTooLarge), "")
		}
		d.Parts = append(d.Parts, table.Part{Text: line})
	}
	return d, nil
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

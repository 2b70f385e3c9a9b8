package csv

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Dialect is how a text file writes its rows.
type Dialect struct {
	Separator byte   // '`', ',', ';', '\t' or '|'
	Quoted    bool   // fields may stand in double quotes, with "" for a quote inside and line breaks allowed
	Encoding  string // "utf-8", "windows-1251", "utf-16le" or "utf-16be"
}

// String describes the dialect for people: "separator ;, quoted, windows-1251".
func (d Dialect) String() string {
	name, ok := separatorNames[d.Separator]
	if !ok {
		name = string(rune(d.Separator))
	}
	quoted := "quoted"
	if !d.Quoted {
		quoted = "unquoted"
	}
	return fmt.Sprintf("separator %s, %s, %s", name, quoted, d.Encoding)
}

// Separators are tried in this order; the first wins a draw. Backtick stands first because no prose and
// no number holds one.
var separators = []byte{'`', '\t', ';', '|', ','}

var separatorNames = map[byte]string{'`': "backtick", '\t': "tab", ';': "semicolon", '|': "bar", ',': "comma"}

// Separator reads a separator from a configuration: the character itself or its name; "" means find out.
func Separator(s string) (byte, error) {
	if s == "" {
		return 0, nil
	}
	for _, c := range separators {
		if s == string(rune(c)) || s == separatorNames[c] {
			return c, nil
		}
	}
	return 0, fmt.Errorf("%q is no separator: use backtick, tab, semicolon, bar or comma", s)
}

// encodings maps the names a configuration may use to decoders; UTF-8 needs none.
var encodings = map[string]encoding.Encoding{
	"utf-8":        nil,
	"windows-1251": charmap.Windows1251,
	"utf-16le":     unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"utf-16be":     unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
}

// Encoding reads the name of an encoding from a configuration; "" means find out.
func Encoding(s string) (string, error) {
	name := strings.ToLower(s)
	switch name {
	case "":
		return "", nil
	case "utf8":
		name = "utf-8"
	case "cp1251":
		name = "windows-1251"
	}
	if _, ok := encodings[name]; !ok {
		return "", fmt.Errorf("%q is no encoding known here: use utf-8, windows-1251, utf-16le or utf-16be", s)
	}
	return name, nil
}

// decoder returns r decoded to UTF-8.
func decoder(r io.Reader, name string) io.Reader {
	if e := encodings[name]; e != nil {
		return e.NewDecoder().Reader(r)
	}
	return r
}

var boms = []struct {
	bytes    []byte
	encoding string
}{
	{[]byte{0xEF, 0xBB, 0xBF}, "utf-8"},
	{[]byte{0xFF, 0xFE}, "utf-16le"},
	{[]byte{0xFE, 0xFF}, "utf-16be"},
}

// findEncoding tells the encoding from a file's beginning. Without a byte order mark the lines with
// bytes beyond ASCII vote: a line that is valid UTF-8 is all but never windows-1251, and the other way
// round, so the majority also decides for a file that mixes both; its other rows become rejects.
func findEncoding(sample []byte) string {
	for _, b := range boms {
		if bytes.HasPrefix(sample, b.bytes) {
			return b.encoding
		}
	}
	var yes, no int
	for len(sample) > 0 {
		line, rest, complete := bytes.Cut(sample, []byte{'\n'})
		sample = rest
		if isASCII(line) {
			continue
		}
		switch {
		case utf8.Valid(line):
			yes++
		case complete || yes+no == 0:
			no++
		}
	}
	if no > yes {
		// A sample that is one cut line may end inside a rune.
		return "windows-1251"
	}
	return "utf-8"
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// findDialect tells separator and quoting from decoded text: the pair under which most records have as
// many fields as the header, and of those the one with the most fields. Given values are kept.
func findDialect(sample []byte, whole bool, separator byte, quoted *bool) Dialect {
	type candidate struct {
		Dialect
		agree  float64
		fields int
	}
	best := candidate{Dialect: Dialect{Separator: ',', Quoted: true}, agree: -1}
	for _, sep := range separators {
		if separator != 0 && sep != separator {
			continue
		}
		for _, q := range quotings(sample, sep, quoted) {
			c := candidate{Dialect: Dialect{Separator: sep, Quoted: q}}
			c.agree, c.fields = score(sample, whole, c.Dialect)
			if c.fields < 2 && best.agree >= 0 {
				continue
			}
			better := best.fields < 2 || c.agree > best.agree+0.1 ||
				(c.agree > best.agree-0.1 && c.fields > best.fields)
			if best.agree < 0 || better {
				best = c
			}
		}
	}
	return best.Dialect
}

// quotings returns the ways of quoting worth a try, the likelier first.
func quotings(sample []byte, sep byte, fixed *bool) []bool {
	switch {
	case fixed != nil:
		return []bool{*fixed}
	case sep != '`' || quotesQuote(sample, sep):
		return []bool{true, false}
	default:
		return []bool{false, true}
	}
}

// quotesQuote tells how the quotes of a file are meant that has them at the edge of fields. A backtick
// file is often written that way to need no quoting, and then «"Қазақтелеком" АҚ» is a name as it stands;
// but one with "Акимат ""Алматы""" is quoted as any other, though no field holds a separator.
func quotesQuote(sample []byte, sep byte) bool {
	var proper, plain int
	for line := range bytes.Lines(sample) {
		for _, field := range bytes.Split(bytes.TrimRight(line, "\r\n"), []byte{sep}) {
			if len(field) < 2 || field[0] != '"' {
				continue
			}
			inner := bytes.ReplaceAll(field[1:len(field)-1], []byte(`""`), nil)
			if field[len(field)-1] == '"' && bytes.IndexByte(inner, '"') < 0 {
				proper++
			} else {
				plain++
			}
		}
	}
	return proper > plain
}

// score splits the first records of a sample: the share that has as many fields as the first, and that
// number.
func score(sample []byte, whole bool, d Dialect) (agree float64, fields int) {
	const enough = 500
	s := splitter{sep: d.Separator, quoted: d.Quoted}
	var total, same int
	for len(sample) > 0 && total < enough {
		s.cells = s.cells[:0]
		end, state := s.record(sample, 0, whole)
		if state != recordWhole {
			break
		}
		if n := len(s.cells); n > 1 || len(bytes.TrimSpace(sample[:end])) > 0 {
			total++
			if total == 1 {
				fields = n
			}
			if n == fields {
				same++
			}
		}
		sample = sample[end:]
	}
	if total == 0 {
		return 0, 0
	}
	return float64(same) / float64(total), fields
}

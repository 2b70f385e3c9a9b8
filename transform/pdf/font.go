package pdf

import (
	_ "embed"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// font turns the bytes of a string into characters and widths.
type font struct {
	codes   []codeRange        // how many bytes a code has; empty: one
	text    map[uint32]string  // by code
	base    *charmap.Charmap   // for codes that text has not; nil when the font does not say
	widths  map[uint32]float64 // by code of a simple font, by CID of a composite one
	cids    []cidRange         // empty: the CID is the code
	missing float64            // width of what widths has not
	scale   float64            // of widths to the size of the font: a thousandth, but for Type 3

	accented, plain int  // letters that were shown: Latin ones with accents, others
	cyrillic        bool // the accented ones stand for Cyrillic ones; see legacy.go
}

type codeRange struct {
	low, high uint32
	bytes     int
}

type cidRange struct{ low, high, cid uint32 }

// glyph is one code of a string: its text ("" when nobody says which character it is) and its width as a
// share of the font's size.
type glyph struct {
	text  string
	width float64
	space bool // the one-byte code 32, which word spacing widens
}

// glyphs cuts a string into codes and calls show for each.
func (f *font) glyphs(s text, show func(glyph)) {
	for len(s) > 0 {
		n := f.length(s)
		code := uint32(0)
		for i := range n {
			code = code<<8 | uint32(s[i])
		}
		s = s[n:]
		cid := code
		for _, r := range f.cids {
			if code >= r.low && code <= r.high {
				cid = r.cid + code - r.low
				break
			}
		}
		w, ok := f.widths[cid]
		if !ok {
			w = f.missing
		}
		t, ok := f.text[code]
		if !ok && f.base != nil && code < 256 {
			t = string(f.base.DecodeByte(byte(code)))
			if f.cyrillic { // a place that the western code page leaves empty may be a letter
				t = cyrillicByte(byte(code))
			}
		} else {
			t = f.legacy(t)
		}
		f.count(t)
		show(glyph{text: t, width: w * f.scale, space: n == 1 && code == ' '})
	}
}

// length says how many bytes the first code of s has.
func (f *font) length(s text) int {
	code, shortest := uint32(0), len(s)
	for i := 0; i < len(s) && i < 4; i++ {
		code = code<<8 | uint32(s[i])
		for _, r := range f.codes {
			if r.bytes == i+1 && code >= r.low && code <= r.high {
				return i + 1
			}
			shortest = min(shortest, r.bytes)
		}
	}
	if len(f.codes) == 0 {
		return 1
	}
	return max(1, shortest)
}

//go:embed glyphs.tsv
var glyphsTSV string

// glyphNames is glyphs.tsv.
var glyphNames = func() map[name]string {
	m := map[name]string{}
	for line := range strings.Lines(glyphsTSV) {
		n, code, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if v, err := strconv.ParseUint(code, 16, 32); ok && err == nil {
			m[name(n)] = string(rune(v))
		}
	}
	return m
}()

// character returns what a glyph's name stands for, "" when it says nothing.
func character(n name) string {
	if s, ok := glyphNames[n]; ok {
		return s
	}
	s, _, _ := strings.Cut(string(n), ".") // "a.sc" is a form of a
	if len(s) == 1 {
		return s
	}
	digits := ""
	switch {
	case strings.HasPrefix(s, "uni") && len(s) >= 7:
		digits = s[3:7]
	case strings.HasPrefix(s, "u") && len(s) >= 5:
		digits = s[1:]
	}
	if v, err := strconv.ParseUint(digits, 16, 21); err == nil && v > ' ' {
		return string(rune(v))
	}
	return glyphNames[name(s)]
}

// font reads a font, once.
func (f *file) font(o object) *font {
	d := f.dict(o)
	ft := &font{text: map[uint32]string{}, widths: map[uint32]float64{}, missing: 500, scale: 0.001}
	if d["Subtype"] == name("Type0") {
		f.composite(ft, d)
	} else {
		f.simple(ft, d)
	}
	if s, ok := f.resolve(d["ToUnicode"]).(*stream); ok {
		if data, err := f.unpack(s); err == nil {
			f.readCMap(data, ft, true)
		}
	}
	return ft
}

func (f *file) simple(ft *font, d dict) {
	first := f.int(d["FirstChar"], 0)
	widths, _ := f.resolve(d["Widths"]).(array)
	for i, w := range widths {
		if code := first + i; code >= 0 && code < 256 {
			ft.widths[uint32(code)] = f.float(w, 0)
		}
	}
	ft.missing = f.float(f.dict(d["FontDescriptor"])["MissingWidth"], 0)
	if len(widths) == 0 {
		ft.missing = 550 // one of the fourteen fonts that every program must know; about their mean
	}
	if m := f.floats(d["FontMatrix"], 6); d["Subtype"] == name("Type3") && m != nil {
		ft.scale = m[0]
	}
	encoding := f.resolve(d["Encoding"])
	if e, ok := encoding.(dict); ok {
		differences, _ := f.resolve(e["Differences"]).(array)
		code := 0
		for _, o := range differences {
			switch o := f.resolve(o).(type) {
			case int:
				code = o
			case name:
				if s := character(o); s != "" && code >= 0 && code < 256 {
					ft.text[uint32(code)] = s
				}
				code++
			}
		}
		encoding = f.resolve(e["BaseEncoding"])
	}
	switch {
	case encoding == name("MacRomanEncoding"):
		ft.base = charmap.Macintosh
	case d["Subtype"] != name("Type3"):
		ft.base = charmap.Windows1252
	}
}

func (f *file) composite(ft *font, d dict) {
	ft.codes = []codeRange{{0, 0xffff, 2}} // Identity-H, and nearly all others
	if s, ok := f.resolve(d["Encoding"]).(*stream); ok {
		if data, err := f.unpack(s); err == nil {
			ft.codes = nil
			f.readCMap(data, ft, false)
		}
	}
	list, _ := f.resolve(d["DescendantFonts"]).(array)
	if len(list) == 0 {
		return
	}
	below := f.dict(list[0])
	ft.missing = f.float(below["DW"], 1000)
	widths, _ := f.resolve(below["W"]).(array)
	for len(widths) >= 2 {
		first := f.int(widths[0], 0)
		if each, ok := f.resolve(widths[1]).(array); ok {
			for i, w := range each {
				ft.widths[uint32(first+i)] = f.float(w, 0)
			}
			widths = widths[2:]
			continue
		}
		if len(widths) < 3 {
			break
		}
		last, w := f.int(widths[1], 0), f.float(widths[2], 0)
		if last-first > 0xffff || f.spend(16*max(0, last-first)) != nil {
			break
		}
		for ; first <= last; first++ {
			ft.widths[uint32(first)] = w
		}
		widths = widths[3:]
	}
}

// readCMap reads a table of codes: to characters (unicode) or to CIDs.
func (f *file) readCMap(data []byte, ft *font, unicode bool) {
	l := lexer{data: data}
	var operands []object
	for f.left > 0 {
		o, err := l.next()
		if err == errSyntax {
			continue
		}
		if err != nil {
			return
		}
		op, ok := o.(operator)
		if !ok {
			if operands = append(operands, o); len(operands) > 3*256 { // more than one block may hold
				operands = operands[:0]
			}
			continue
		}
		switch {
		case op == "endcodespacerange" && !unicode:
			for ; len(operands) >= 2 && len(ft.codes) < 256; operands = operands[2:] {
				low, n := code(operands[0])
				high, _ := code(operands[1])
				ft.codes = append(ft.codes, codeRange{low, high, n})
			}
		case op == "endcidrange" && !unicode:
			for ; len(operands) >= 3 && len(ft.cids) < 4096; operands = operands[3:] {
				low, _ := code(operands[0])
				high, _ := code(operands[1])
				ft.cids = append(ft.cids, cidRange{low, high, uint32(f.int(operands[2], 0))})
			}
		case op == "endcidchar" && !unicode:
			for ; len(operands) >= 2 && len(ft.cids) < 4096; operands = operands[2:] {
				low, _ := code(operands[0])
				ft.cids = append(ft.cids, cidRange{low, low, uint32(f.int(operands[1], 0))})
			}
		case op == "endbfchar" && unicode:
			for ; len(operands) >= 2; operands = operands[2:] {
				low, _ := code(operands[0])
				ft.put(low, operands[1], 0)
			}
		case op == "endbfrange" && unicode:
			for ; len(operands) >= 3; operands = operands[3:] {
				f.textRange(ft, operands[0], operands[1], operands[2])
			}
		}
		operands = operands[:0]
	}
}

// textRange notes the characters of a run of codes, which are a list or count on from the first.
func (f *file) textRange(ft *font, from, to, target object) {
	low, _ := code(from)
	high, _ := code(to)
	if high < low || high-low > 0xffff || f.spend(int(high-low)*16) != nil {
		return
	}
	list, isList := target.(array)
	for i := uint32(0); i <= high-low; i++ {
		if !isList {
			ft.put(low+i, target, i)
		} else if int(i) < len(list) {
			ft.put(low+i, list[i], 0)
		}
	}
}

// code returns the number that a string's bytes are, and how many bytes it has.
func code(o object) (uint32, int) {
	s, _ := o.(text)
	v := uint32(0)
	for i := 0; i < len(s) && i < 4; i++ {
		v = v<<8 | uint32(s[i])
	}
	return v, min(len(s), 4)
}

// put notes the characters of a code: UTF-16, the last unit raised by add.
func (ft *font) put(c uint32, o object, add uint32) {
	switch o := o.(type) {
	case name:
		if s := character(o); s != "" {
			ft.text[c] = s
		}
	case text:
		if len(o) == 1 {
			o = "\x00" + o
		}
		var units []uint16
		for i := 0; i+1 < len(o) && i < 32; i += 2 {
			units = append(units, uint16(o[i])<<8|uint16(o[i+1]))
		}
		if len(units) == 0 {
			return
		}
		units[len(units)-1] += uint16(add)
		s := strings.Map(func(r rune) rune {
			if r == unicode.ReplacementChar || unicode.Is(unicode.Co, r) {
				return -1 // a place for private use says nothing
			}
			return r
		}, string(utf16.Decode(units)))
		ft.text[c] = s
	}
}

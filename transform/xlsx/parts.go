package xlsx

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/unpack"
	"github.com/qulaq-kz/qulaq/transform/xlsx/number"
)

// Bounds of what stands beside the cells. Excel itself stops at 65,490 formats.
const (
	maxItems       = 1 << 16   // sheets, relations, formats: each
	maxStringBytes = 256 << 20 // text of all shared strings, and four bytes a string
)

// walk calls visit for every start of an element of a part. Visit may consume the element.
func walk(z *unpack.ZipFile, part string, visit func(s *scanner) error) (err error) {
	r, err := z.Open(part)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	s := newScanner(r)
	for {
		t, err := s.next()
		if err == nil && t == elementStart {
			err = visit(s)
		}
		if err != nil {
			return err
		}
		if t == documentEnd {
			return nil
		}
	}
}

// relation is a part that another part speaks of.
type relation struct{ id, kind, target string }

// relations reads what a part speaks of. A part without relations has none. The kind is the last word of
// the relation's type, which is the same in both dialects of the standard.
func relations(z *unpack.ZipFile, of string) ([]relation, error) {
	folder, base := path.Split(of)
	part := folder + "_rels/" + base + ".rels"
	if !z.Has(part) {
		return nil, nil
	}
	var all []relation
	err := walk(z, part, func(s *scanner) error {
		if string(s.name) != "Relationship" || string(s.attr("TargetMode")) == "External" {
			return nil
		}
		if len(all) == maxItems {
			return sizeError("too many relations")
		}
		target := strings.ReplaceAll(string(s.attr("Target")), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", folder, target)
		}
		all = append(all, relation{
			id:     string(s.attr("Id")),
			kind:   path.Base(string(s.attr("Type"))),
			target: strings.TrimPrefix(path.Clean(target), "/"),
		})
		return nil
	})
	return all, err
}

// sheetRef is a sheet as the workbook lists it.
type sheetRef struct {
	name     string
	relation string
	hidden   bool
}

// contents reads the list of sheets, and which calendar the workbook counts days in.
func contents(z *unpack.ZipFile, part string) (sheets []sheetRef, from1904 bool, err error) {
	err = walk(z, part, func(s *scanner) error {
		switch string(s.name) {
		case "workbookPr":
			from1904 = isTrue(s.attr("date1904"))
		case "sheet":
			if len(sheets) == maxItems {
				return sizeError("too many sheets")
			}
			ref := sheetRef{name: string(s.attr("name"))}
			state := string(s.attr("state"))
			ref.hidden = state == "hidden" || state == "veryHidden"
			for _, a := range s.attrs { // r:id, whatever the prefix
				if strings.HasSuffix(string(a.name), ":id") {
					ref.relation = string(a.value)
				}
			}
			sheets = append(sheets, ref)
		}
		return nil
	})
	return sheets, from1904, err
}

func isTrue(v []byte) bool { return string(v) == "1" || string(v) == "true" }

// looks reads which look each style of cells has.
func looks(z *unpack.ZipFile, part string) ([]number.Look, error) {
	own := map[int]number.Look{} // formats the workbook spells out
	var all []number.Look
	err := walk(z, part, func(s *scanner) error {
		id := func() int {
			n, err := strconv.Atoi(string(s.attr("numFmtId")))
			if err != nil {
				return 0
			}
			return n
		}
		if len(own) > maxItems || len(all) > maxItems {
			return sizeError("too many formats")
		}
		switch string(s.name) {
		case "numFmt":
			own[id()] = number.LookOf(string(s.attr("formatCode")))
		case "cellStyleXfs", "dxfs": // styles that cells are not numbered by
			return s.skip()
		case "xf":
			l, ok := own[id()]
			if !ok {
				l = number.BuiltIn(id())
			}
			all = append(all, l)
		}
		return nil
	})
	return all, err
}

// sharedStrings are the texts that cells refer to by number.
type sharedStrings struct {
	text []byte
	ends []uint32
}

func (s *sharedStrings) get(i int) ([]byte, bool) {
	if i < 0 || i >= len(s.ends) {
		return nil, false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.text[start:s.ends[i]], true
}

// readStrings reads all shared strings, in memory of at most so many bytes. The size that the zip claims
// only spares growing.
func readStrings(z *unpack.ZipFile, part string, most int) (sharedStrings, error) {
	var all sharedStrings
	all.text = make([]byte, 0, min(z.Claimed(part), uint64(most)))
	var one []byte
	err := walk(z, part, func(s *scanner) error {
		if string(s.name) != "si" {
			return nil
		}
		var err error
		if one, err = richText(s, one[:0], most); err != nil {
			return err
		}
		all.text = appendText(all.text, one)
		all.ends = append(all.ends, uint32(len(all.text)))
		if len(all.text)+4*len(all.ends) > most {
			return sizeError(fmt.Sprintf("shared strings of more than %d bytes", most))
		}
		return nil
	})
	return all, err
}

// richText appends the text of the present element, a <si> or <is>: its <t>, or those of its runs. Text
// that says how others are pronounced (<rPh>) is none.
func richText(s *scanner, dst []byte, most int) ([]byte, error) {
	for level := s.depth(); s.depth() >= level; {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		if t != elementStart {
			continue
		}
		switch string(s.name) {
		case "t":
			dst, err = s.content(dst, most)
		case "rPh":
			err = s.skip()
		}
		if err != nil {
			return dst, err
		}
	}
	return dst, nil
}

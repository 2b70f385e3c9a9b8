package pdf

import (
	"bytes"
	"maps"
	"slices"

	"github.com/qulaq-kz/qulaq/transform/table"
)

const (
	maxSections = 1024      // tables of objects, one a saving of the file
	maxObjects  = 8_388_607 // the greatest number that the format's description promises
	tail        = 4096      // how far from the end "startxref" is looked for
)

// readTables follows the chain of tables from the end of the file. The newest comes first, so the first place
// of an object is the valid one. Where the chain breaks, what was read stays.
func (f *file) readTables() {
	end := f.data[max(0, len(f.data)-tail):]
	i := bytes.LastIndex(end, []byte("startxref"))
	if i < 0 {
		return
	}
	l := lexer{data: end, pos: i + len("startxref")}
	o, _ := l.next()
	first, ok := o.(int)
	if !ok {
		return
	}
	seen := map[int]bool{}
	for queue := []int{first}; len(queue) > 0 && len(seen) < maxSections; queue = queue[1:] {
		offset := queue[0]
		if offset < 0 || offset >= len(f.data) || seen[offset] {
			continue
		}
		seen[offset] = true
		d := f.readTable(offset)
		for k, v := range d {
			if _, have := f.trailer[k]; !have {
				f.trailer[k] = v
			}
		}
		for _, key := range []name{"XRefStm", "Prev"} {
			if next, ok := d[key].(int); ok {
				queue = append(queue, next)
			}
		}
	}
}

// readTable reads one table of objects, old style or packed, and returns its trailer.
func (f *file) readTable(offset int) dict {
	l := &lexer{data: f.data, pos: offset, refs: true}
	l.skipSpace()
	if !bytes.HasPrefix(f.data[l.pos:], []byte("xref")) {
		s, ok := f.objectAt(l.pos, -1).(*stream)
		if !ok || s.dict["Type"] != name("XRef") {
			return nil
		}
		f.readPackedTable(s)
		return s.dict
	}
	l.pos += len("xref")
	for {
		o, err := l.next()
		if err != nil {
			return nil
		}
		if o == operator("trailer") {
			break
		}
		start, ok1 := o.(int)
		o, _ = l.next()
		n, ok2 := o.(int)
		if !ok1 || !ok2 {
			return nil
		}
		for i := range n {
			offset, err := l.next()
			_, _ = l.next() // the generation
			used, err2 := l.next()
			if err != nil || err2 != nil || f.spend(20) != nil {
				return nil
			}
			if at, ok := offset.(int); ok && used == operator("n") {
				f.place(start+i, place{offset: at})
			}
		}
	}
	o, _ := l.next()
	d, _ := o.(dict)
	return d
}

// place notes where an object lies, when it is not known yet.
func (f *file) place(number int, p place) {
	if _, have := f.at[number]; !have && number > 0 && number <= maxObjects {
		f.at[number] = p
	}
}

// readPackedTable reads a table that is a stream of fields of fixed width.
func (f *file) readPackedTable(s *stream) {
	data, err := f.unpack(s)
	if err != nil {
		return
	}
	var width [3]int
	fields, _ := f.resolve(s.dict["W"]).(array)
	total := 0
	for i := range width {
		if i < len(fields) {
			width[i] = f.int(fields[i], 0)
		}
		if width[i] < 0 || width[i] > 8 {
			return
		}
		total += width[i]
	}
	if total == 0 {
		return
	}
	index, ok := f.resolve(s.dict["Index"]).(array)
	if !ok {
		index = array{0, f.int(s.dict["Size"], 0)}
	}
	for ; len(index) >= 2; index = index[2:] {
		start, n := f.int(index[0], 0), f.int(index[1], 0)
		for i := 0; i < n && len(data) >= total; i++ {
			var v [3]int
			row := data
			for j, w := range width {
				for _, b := range row[:w] {
					v[j] = v[j]<<8 | int(b)
				}
				row = row[w:]
			}
			data = data[total:]
			switch {
			case width[0] == 0 || v[0] == 1:
				f.place(start+i, place{offset: v[1]})
			case v[0] == 2:
				f.place(start+i, place{inStream: v[1]})
			}
		}
	}
}

// rebuild makes the table of objects from every "N G obj" in the file, the last of a number being the valid
// one, and from the object streams among them.
func (f *file) rebuild() error {
	old := f.trailer
	f.reset()
	f.rebuilt = true
	var packs []int
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("obj"))
		if i < 0 {
			break
		}
		pos += i + len("obj")
		number, start, ok := header(f.data, pos-len("obj"))
		if !ok || number <= 0 || number > maxObjects {
			continue
		}
		f.at[number] = place{offset: start}
	}
	for pos := 0; ; {
		i := bytes.Index(f.data[pos:], []byte("trailer"))
		if i < 0 {
			break
		}
		pos += i + len("trailer")
		l := lexer{data: f.data, pos: pos, refs: true}
		o, _ := l.next()
		if err := f.spend(l.pos - pos); err != nil {
			return err
		}
		if d, ok := o.(dict); ok {
			for k, v := range d {
				f.trailer[k] = v
			}
		}
	}
	if f.trailer["Encrypt"] == nil && old["Encrypt"] != nil {
		f.trailer["Encrypt"], f.trailer["ID"] = old["Encrypt"], old["ID"]
	}
	numbers := slices.Sorted(maps.Keys(f.at))
	for _, number := range numbers {
		s, ok := f.resolve(ref{number: number}).(*stream)
		if ok && s.dict["Type"] == name("XRef") {
			for _, k := range []name{"Root", "Encrypt", "ID", "Info"} {
				if v, have := s.dict[k]; have && f.trailer[k] == nil {
					f.trailer[k] = v
				}
			}
		}
		if ok && s.dict["Type"] == name("ObjStm") {
			packs = append(packs, number)
		}
	}
	if f.crypt == nil {
		if err := f.unlock(); err != nil {
			return err
		}
	}
	for _, number := range packs {
		for inside := range f.pack(number).offsets {
			f.place(inside, place{inStream: number})
		}
	}
	if f.catalog() == nil {
		for _, number := range slices.Sorted(maps.Keys(f.at)) {
			if d := f.dict(ref{number: number}); d["Type"] == name("Catalog") && f.dict(d["Pages"]) != nil {
				f.trailer["Root"] = ref{number: number}
			}
		}
	}
	if f.left == 0 {
		return table.ErrTooLarge
	}
	return nil
}

// header reads "N G " backwards from where "obj" stands and returns the number and where it begins.
func header(data []byte, pos int) (number, start int, ok bool) {
	part := func() (int, bool) {
		end := pos
		for pos > 0 && end-pos < 10 && data[pos-1] >= '0' && data[pos-1] <= '9' {
			pos--
		}
		n, isInt := wholeNumber(data[pos:end])
		return n, isInt
	}
	space := func() bool {
		end := pos
		for pos > 0 && isSpace(data[pos-1]) {
			pos--
		}
		return pos < end
	}
	space()
	if _, ok = part(); !ok || !space() {
		return 0, 0, false
	}
	number, ok = part()
	return number, pos, ok
}

func wholeNumber(w []byte) (int, bool) {
	o, isInt := number(w)
	n, ok := o.(int)
	return n, isInt && ok
}

package doc

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// levels is how many levels a list has.
const levels = 9

// maxLists is how many lists a document has at most; a list that is more is passed over.
const maxLists = 10_000

// listLevel is what the numbers of one level of a list look like (2.9.150).
type listLevel struct {
	start   int
	decimal bool
	text    []uint16 // the numbers of levels stand in it as the levels' own numbers
}

// list is a design of numbers, and how far they have come (2.9.147).
type list struct {
	levels  [levels]listLevel
	reached [levels]int
	counted [levels]bool
}

// use is a way to use a list: several go on with one another (2.9.131).
type use struct {
	*list
	restarts map[int]int // levels that it starts anew, and with what
}

// lists reads the lists of the document, by the number by which paragraphs name them, from 1. Nothing but numbers
// depends on it: what is damaged has none.
func (f *file) lists() []use {
	heads, err := f.list(listsList)
	if err != nil || len(heads) < 2 {
		return nil
	}
	const head = 28
	byID := map[uint32]*list{}
	at := listsAt + 8*listsList
	rest := f.table[min(len(f.table), int(le.Uint32(f.main[at:]))+len(heads)):] // the levels stand behind the table
	for i := range min(int(le.Uint16(heads)), maxLists) {
		h := cut(heads, 2+head*i, head)
		if len(h) < head {
			break
		}
		l, count := &list{}, levels
		if h[26]&1 != 0 { // a simple one
			count = 1
		}
		for j := range count {
			var ok bool
			if l.levels[j], rest, ok = readLevel(rest); !ok {
				return nil
			}
		}
		byID[le.Uint32(h)] = l
	}
	return f.uses(byID)
}

// readLevel reads a level of a list and returns what follows it.
func readLevel(data []byte) (l listLevel, rest []byte, ok bool) {
	const fixed = 28
	if len(data) < fixed {
		return l, nil, false
	}
	l.start, l.decimal = int(int32(le.Uint32(data))), data[4] == 0
	at := fixed + int(data[24]) + int(data[25])
	if at+2 > len(data) {
		return l, nil, false
	}
	n := int(le.Uint16(data[at:]))
	if at+2+2*n > len(data) {
		return l, nil, false
	}
	for i := range n {
		l.text = append(l.text, le.Uint16(data[at+2+2*i:]))
	}
	return l, data[at+2+2*n:], true
}

// uses reads how lists are used (2.9.198).
func (f *file) uses(byID map[uint32]*list) []use {
	data, err := f.list(listUsesList)
	if err != nil || len(data) < 4 {
		return nil
	}
	const size, level = 16, 8
	n := int(min(le.Uint32(data), maxLists))
	all := make([]use, 0, min(n, len(data)/size))
	more := cut(data, 4+size*n, len(data))
	for i := range n {
		u := cut(data, 4+size*i, size)
		if len(u) < size {
			break
		}
		all = append(all, use{byID[le.Uint32(u)], map[int]int{}})
		if len(more) < 4 {
			continue
		}
		more = more[4:]
		for range u[12] {
			if len(more) < level {
				break
			}
			start, flags := int(int32(le.Uint32(more))), le.Uint32(more[4:])
			more = more[level:]
			if at := int(flags & 15); flags&16 != 0 && at < levels {
				all[i].restarts[at] = start
			}
			if flags&32 != 0 { // a level of its own follows
				l, rest, ok := readLevel(more)
				if more = rest; ok && flags&16 != 0 && int(flags&15) < levels {
					all[i].restarts[int(flags&15)] = l.start
				}
			}
		}
	}
	return all
}

// next counts a paragraph and returns the number that is shown before it, or "" when it is none of decimal digits. A
// deeper level begins anew after each number of a higher one.
func (u use) next(at int) string {
	if u.list == nil || at < 0 || at >= levels {
		return ""
	}
	if start, ok := u.restarts[at]; ok {
		u.reached[at], u.counted[at] = start-1, true
		delete(u.restarts, at)
	}
	for i := range at + 1 {
		if !u.counted[i] {
			u.counted[i], u.reached[i] = true, u.levels[i].start
			if i == at {
				u.reached[i]--
			}
		}
	}
	u.reached[at]++
	clear(u.counted[at+1:])
	return u.show(at)
}

// show returns the number of a level as its text has it.
func (l *list) show(at int) string {
	var b strings.Builder
	numbers := 0
	for _, unit := range l.levels[at].text {
		switch {
		case unit >= levels:
			b.WriteString(string(utf16.Decode([]uint16{unit})))
		case !l.levels[unit].decimal:
			return ""
		default:
			numbers++
			b.WriteString(strconv.Itoa(l.reached[unit]))
		}
	}
	if numbers == 0 {
		return "" // a bullet
	}
	return b.String()
}

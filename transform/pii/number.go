package pii

import (
	"strconv"
	"unsafe"
)

// figures are the digits that begin at a place, with what parts them.
type figures struct {
	digit [mostFigures]byte
	end   [mostFigures]int // where the digit ends in the text
	sep   [mostFigures]gap // what stands before the digit; 0 within a group
	n     int
	first int // digits of the first group
	next  int // where the first group ends in the text
	more  bool
}

const mostFigures = 24

type shapeRoom [3 * mostFigures]byte

// read reads digits in groups that are parted by at most four signs of those that part numbers. What was read before
// need not be cleared.
func (f *figures) read(text []byte, i int) {
	f.n, f.more = 0, false
	for {
		v, n := digitAt(text, i)
		if n == 0 {
			if n = zeroLetter(text, i); n == 0 || f.n == 0 {
				break
			}
		}
		if f.n == mostFigures {
			f.more = true
			break
		}
		i += n
		f.digit[f.n], f.end[f.n] = v, i
		f.n++
		var g gap
		at := i
		for signs := 0; at < len(text) && signs < 4; {
			if isDigit(text[at]) {
				break
			}
			if n := letterAt(text, at); n > 0 {
				if signs == 0 && zeroLetter(text, at) > 0 {
					break
				}
				if invisibleAt(text, at) == 0 {
					f.endFirst(text)
					return
				}
				at += n
				continue
			}
			if _, n := digitAt(text, at); n > 0 {
				break
			}
			s, n := signAt(text, at)
			if (text[at] == '_' || text[at] == '*') && signs == 0 && at+1 < len(text) && isDigit(text[at+1]) {
				s = dashes // 8*701*234*56*78
			}
			if s&(spaces|dashes|dots|parens|slashes) == 0 {
				f.endFirst(text)
				return
			}
			g |= s
			at += n
			signs++
		}
		if f.n < mostFigures {
			f.sep[f.n] = g
		}
		i = at
	}
	f.endFirst(text)
}

// zeroLetter returns the size of a letter O within a number, as scans and careless typing have it: 7О1.
func zeroLetter(text []byte, i int) int {
	n := 0
	switch {
	case i < len(text) && text[i]|0x20 == 'o':
		n = 1
	case i+1 < len(text) && (text[i] == 0xd0 && (text[i+1] == 0x9e || text[i+1] == 0xbe)): // О, о
		n = 2
	default:
		return 0
	}
	if i+n < len(text) && isDigit(text[i+n]) && digitBefore(text, i) > 0 {
		return n
	}
	return 0
}

// endFirst finds the end of the first group, however long it is.
func (f *figures) endFirst(text []byte) {
	f.first = 1
	for f.first < f.n && f.sep[f.first] == 0 {
		f.first++
	}
	f.next = f.end[f.first-1]
	if f.first == f.n && f.more {
		for {
			_, size := digitAt(text, f.next)
			if size == 0 {
				break
			}
			f.next += size
		}
	}
}

// lone tells that the first group is short and the only one, as most are: such a number is no more than a time, a house,
// a flat or a part of a number plate.
func (f *figures) lone() bool { return f.first == f.n && f.n < leastSecret }

// group returns the length of the group that begins with digit k.
func (f *figures) group(k int) int {
	n := 1
	for k+n < f.n && f.sep[k+n] == 0 {
		n++
	}
	return n
}

// shape returns the lengths of the groups of the first k digits, "3-2-2", and whether a group ends there.
func (f *figures) shape(room *shapeRoom, k int) (string, bool) {
	if k > f.n || k < f.n && f.sep[k] == 0 || k == f.n && f.more {
		return "", false
	}
	shape := room[:0]
	for at := 0; at < k; {
		size := f.group(at)
		if at > 0 {
			shape = append(shape, '-')
		}
		shape = strconv.AppendInt(shape, int64(size), 10)
		at += size
	}
	return unsafe.String(unsafe.SliceData(shape), len(shape)), true // the room is the caller's
}

// seps returns all signs between the first k digits.
func (f *figures) seps(k int) (g gap) {
	for i := 1; i < k && i < f.n; i++ {
		g |= f.sep[i]
	}
	return g
}

func (f *figures) value(from, to int) (v int) {
	for _, d := range f.digit[from:to] {
		v = v*10 + int(d)
	}
	return v
}

// number looks at the number that begins at i and returns where to go on.
func (p *pass) number(i int) int {
	f := &p.figures
	f.read(p.text, i)
	if to := p.threefold(i, f); to > 0 {
		return to
	}
	if to := p.nobodys(i, f); to > 0 {
		return to
	}
	to := 0
	if f.n >= leastSecret {
		if to = p.iin(i, f); to == 0 {
			if to = p.card(i, f); to == 0 {
				if to = p.telephone(i, f); to == 0 {
					to = p.document(i, f)
				}
			}
		}
	}
	if to == 0 {
		if to = p.iban(i, f); to == 0 {
			if to = p.plate(i, f); to == 0 {
				to = p.dwelling(i, f)
			}
		}
	}
	return to
}

// leastSecret is how many digits the shortest number has that is somebody's by itself: a telephone in a village.
const leastSecret = 5

// cardFigures is how many digits a bank card has.
const cardFigures = 16

// nobodys returns where a number ends that is surely nobody's: a date, a time, a registration number. It is passed as
// a whole, so that its parts are not taken for something.
func (p *pass) nobodys(i int, f *figures) int {
	if f.lone() {
		if f.n <= 2 {
			return clock(p.text, f.next)
		}
		return 0
	}
	var room shapeRoom
	switch f.first {
	case 1, 2:
		for _, k := range [...]int{8, 7, 6, 5, 4} { // 12.04.2026, 12.04.26, 1.4.26
			shape, ok := f.shape(&room, k)
			if !ok || len(shape) != 5 || shape[0] > '2' || shape[2] > '2' || shape[4] != '4' && shape[4] != '2' {
				continue
			}
			a, b := f.first, f.group(f.first)
			g := f.seps(k)
			if g != dots && g != dashes && g != slashes && g != dots|spaces {
				continue
			}
			if day, month := f.value(0, a), f.value(a, a+b); day < 1 || day > 31 || month < 1 || month > 12 {
				continue
			}
			if g != dots && shape[4] == '2' && p.near(i, phoneWord, 4) != 0 {
				continue
			}
			return f.end[k-1]
		}
		if to := clock(p.text, f.next); to > 0 {
			return to
		}
	case 4:
		if shape, ok := f.shape(&room, 8); ok && shape == "4-2-2" && f.seps(8)&^(dashes|dots|slashes) == 0 &&
			f.value(4, 6) <= 12 && f.value(0, 4) > 1900 && f.value(0, 4) < 2100 {
			return f.end[7]
		}
	}
	// № 7527-25-00-2/318: what is joined by dashes after the sign and is no telephone
	if f.n > 4 && f.digit[0] != 8 && f.n != cardFigures && lastSign(p.text, i, numero) {
		k := 1
		groups := 1
		for k < f.n && f.sep[k]&^(dashes|slashes) == 0 {
			if f.sep[k] != 0 {
				groups++
			}
			k++
		}
		if groups > 2 {
			return f.end[k-1]
		}
	}
	// ЖТ-2026-01586920, ЗТ-2026-01296751/1: letters and groups joined by dashes.
	if f.n < 10 || f.first != 4 || f.group(4) < 6 {
		return 0
	}
	t, g := p.before(i)
	if t.what != aWord || g != dashes || t.to-t.from > len("ЖТЗ") || !isCapital(p.text, t.from) {
		return 0
	}
	year := 4 + f.group(4)
	if f.n > year && f.sep[year] == slashes {
		return f.end[year+f.group(year)-1]
	}
	return f.end[year-1]
}

// clock returns where a time ends whose hours end at i: 14:30, 14:30:05.
func clock(text []byte, i int) (to int) {
	for i+2 < len(text) && text[i] == ':' && isDigit(text[i+1]) && isDigit(text[i+2]) {
		i += 3
		to = i
	}
	return to
}

// money tells that the number that ends at i is followed by a currency or by thousands.
func (p *pass) money(i int) bool {
	t, g := p.after(i)
	if g&others != 0 { // ₸ $ € %
		return t.from-i < 8 && g&^(others|spaces) == 0
	}
	return g&^(spaces|dots) == 0 && p.roles(t)&moneyWord != 0
}

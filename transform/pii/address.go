package pii

import "bytes"

// A dwelling is told by a word («дом 15», «15-үй», «кв. 42», «42 пәтер») or by the street before it («Абая 15-42»).
// The number of a micro-district, numbers in names of streets («9 мая») and counts («12 квартир») stay.

// plan is a number that may be a house or a flat: 15, 15а, 15/2, 15-42.
type plan struct {
	from, to   int
	value      int
	dash       int // where a dash parts two numbers; 0 for none
	second     int // where the number after the dash begins
	slash      bool
	prev, next token
	left       gap // between prev and the number
	right      gap
	prevRole   role
	nextRole   role
	counts     bool // the number counts or measures what follows
}

// onlyCounts tells a number that is of no address: it counts what follows, and that is neither houses nor flats.
func (d *plan) onlyCounts() bool {
	return d.counts && d.left&numero == 0 && d.nextRole&(flatWord|flatAfter|houseWord|houseAfter|housesWord) == 0
}

// dwelling masks the number of a house or a flat that begins at i, and returns where to go on in any case.
func (p *pass) dwelling(i int, f *figures) int {
	if f.first > 4 {
		return f.next
	}
	d := p.plan(i, f)
	if d.left&pluses != 0 || partOfNumber(p.text, d.from, d.to) && !(p.house.to == d.from-1 && (p.plural || p.closed(&d))) { // «кв. 17,18 и 19», «Абая,5,10»
		return f.next
	}
	if d.onlyCounts() {
		return f.next
	}
	if d.nextRole&microWord != 0 && d.right&^(spaces|dashes) == 0 && !(d.slash && d.prevRole&(houseWord|housesWord) != 0) { // «5 мкр»
		return f.next
	}
	switch {
	case p.flatAfter(&d), p.houseAfter(&d), p.flatBefore(&d), p.houseBefore(&d), p.onStreet(&d):
		return d.to
	}
	return f.next
}

func (p *pass) plan(i int, f *figures) plan {
	d := plan{from: i, to: f.next, value: f.value(0, f.first)}
	d.to = houseLetter(p.text, d.to)
	for range 2 {
		at := d.to
		if at >= len(p.text) {
			break
		}
		g, n := signAt(p.text, at)
		if letterAt(p.text, at) > 0 || g&(dashes|slashes) == 0 {
			if g == spaces && d.dash == 0 { // «15 - 42»
				dash, m := signAfter(p.text, at+n)
				if dash&(dashes|slashes) == 0 {
					break
				}
				g, n = dash, n+m
				if at+n < len(p.text) && p.text[at+n] == ' ' {
					n++
				}
			} else {
				break
			}
		}
		from := at + n
		to := from
		for to < len(p.text) && isDigit(p.text[to]) {
			to++
		}
		if to == from {
			if size := letterAt(p.text, from); size > 0 && letterAt(p.text, from+size) == 0 && n == 1 && !p.ordinal(from, from+size) { // 15-А, but not «в 15-м доме»
				d.to = from + size
				continue
			}
			break
		}
		if to-from > 4 {
			break
		}
		if g == dashes {
			d.dash, d.second = at, from
		} else {
			d.slash = true
		}
		d.to = houseLetter(p.text, to)
	}
	d.to = p.looseLetter(d.to)
	d.next, d.right = p.after(d.to)
	d.nextRole = p.roles(d.next)
	d.counts = p.isCount(&d) && !(d.right == dashes && p.ordinal(d.next.from, d.next.to))
	d.prev, d.left = p.before(i)
	if !d.onlyCounts() { // most numbers count something, and need no more
		d.prevRole = p.roles(d.prev)
		if word := p.wordBefore(d.prev); d.prevRole&numberWord != 0 && p.roles(word)&(houseWord|flatWord) != 0 { // «дом номер 63»
			d.prev, d.prevRole, d.left = word, p.roles(word), d.left|numero
		}
	}
	return d
}

// looseLetter returns where a house's letter ends that a space parts from its number: «6 а үй», «12 Б, кв. 3». It must
// not be the beginning of what follows: «дом 6 а там».
func (p *pass) looseLetter(i int) int {
	if i+1 >= len(p.text) || p.text[i] != ' ' {
		return i
	}
	size := letterAt(p.text, i+1)
	end := i + 1 + size
	if size == 0 || letterAt(p.text, end) > 0 {
		return i
	}
	switch string(p.text[i+1 : end]) {
	case "а", "б", "А", "Б", "В", "Г", "Д", "a", "A", "B":
	default:
		return i
	}
	t, g := p.after(end)
	if g == spaces && p.roles(t)&(houseAfter|flatWord) != 0 || g&commas != 0 && g&^(commas|spaces) == 0 && p.roles(t)&flatWord != 0 {
		return end
	}
	return i
}

// ordinal tells that the letter after a number is the ending of an ordinal.
func (p *pass) ordinal(from, to int) bool {
	switch string(p.text[from:to]) {
	case "п": // 12-пәтер in short
		return true
	case "м", "й", "е", "я":
		t, g := after(p.text, to)
		return g == spaces && p.roles(t)&(houseWord|flatWord|unitWord) != 0
	}
	return false
}

func signAfter(text []byte, i int) (gap, int) {
	if i >= len(text) || letterAt(text, i) > 0 {
		return 0, 0
	}
	return signAt(text, i)
}

// houseLetter returns where the letter of a house ends that follows its number: 15а, 15 «А».
func houseLetter(text []byte, i int) int {
	if n := letterAt(text, i); n > 0 && invisibleAt(text, i) == 0 {
		if letterAt(text, i+n) == 0 {
			return i + n
		}
		return i
	}
	at := i
	if at < len(text) && text[at] == ' ' {
		at++
	}
	g, n := signAfter(text, at)
	if g != quotes {
		return i
	}
	at += n
	size := letterAt(text, at)
	if g, n = signAfter(text, at+size); size > 0 && g == quotes {
		return at + size + n
	}
	return i
}

// partOfNumber tells that the digits are a part of a time, a decimal or a longer number.
func partOfNumber(text []byte, from, to int) bool {
	if from >= 2 && (text[from-1] == ':' || text[from-1] == ',' || text[from-1] == '.') && isDigit(text[from-2]) {
		return true
	}
	if to+1 < len(text) && (text[to] == ':' || text[to] == '.') && isDigit(text[to+1]) {
		return true
	}
	g, _ := signAfter(text, to)
	return to < len(text) && (text[to] == '%' || g == others && text[to] == 0xc2)
}

// threefold masks the house and the flat of an address of three numbers, the first of which is a micro-district:
// «Актау, 7-12-34». It returns 0 for any other numbers.
func (p *pass) threefold(i int, f *figures) int {
	if f.first > 2 || f.n == f.first || f.sep[f.first] != dashes {
		return 0
	}
	house := f.first + f.group(f.first)
	if house == f.n || f.sep[house] != dashes {
		return 0
	}
	end := house + f.group(house)
	if end-house > 3 || house-f.first > 3 || end < f.n && f.sep[end]&^(spaces|dots) != 0 {
		return 0
	}
	word, g := p.before(i)
	town, dot := p.before(word.from)
	const mostMonths = 12 // else «г. Риддер, 3-11-26» may be a date
	named := g&commas != 0 && dot&dots != 0 && string(p.text[town.from:town.to]) == "г" && f.value(f.first, house) > mostMonths
	if g&^(spaces|commas|dots|colons) != 0 || !named && !p.ofMicros(word) && p.roles(word)&addressWord == 0 {
		if word, g = p.after(f.end[end-1]); g&^(spaces|commas) != 0 || !p.ofMicros(word) {
			return 0
		}
	}
	p.mask(f.end[f.first-1]+len("-"), f.end[house-1], House)
	p.mask(f.end[house-1]+len("-"), f.end[end-1], Flat)
	return f.end[end-1]
}

// ofMicros tells the town that has micro-districts in place of streets.
func (p *pass) ofMicros(town token) bool {
	var room [keyRoom]byte
	key := p.key(room[:], town)
	return bytes.HasPrefix(key, []byte("актау")) || bytes.HasPrefix(key, []byte("ақтау"))
}

// addressed tells that the words before i speak of an address.
func (p *pass) addressed(i int) bool {
	const words = streetBefore | streetAfter | microWord | addressWord | complexWord
	at := i
	for range 8 {
		t, g := p.before(at)
		if t.what == nothing || g&ends != 0 || p.apart(t, g) {
			return false
		}
		if k := maskKind(p.text, t); k == House || k == Flat || t.what == aNumber && t.to == p.house.to {
			return true
		}
		if r := p.roles(t); r&words != 0 && r&notDwelling == 0 {
			return true
		}
		at = t.from
	}
	return false
}

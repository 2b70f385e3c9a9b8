package pii

import "bytes"

// flatAfter: 42 пәтер, 42-пәтер, 12 кв, 12 квартира.
func (p *pass) flatAfter(d *plan) bool {
	if d.right == dashes && string(p.text[d.next.from:d.next.to]) == "п" && p.addressed(d.from) { // 12-п.
		p.flat(d)
		return true
	}
	if d.right == dashes && p.counting(d.next)&ofOrdinal != 0 { // 45-й квартиры, 12-ші пәтер
		t, g := p.after(d.next.to)
		if g != spaces || p.roles(t)&flatWord == 0 || p.houseAdjective(t) {
			return false
		}
		p.flat(d)
		return true
	}
	if d.right&^(spaces|dashes) != 0 || d.nextRole&(flatWord|flatAfter) == 0 || p.houseAdjective(d.next) {
		return false
	}
	var room [keyRoom]byte
	key := p.key(room[:], d.next)
	if p.squareMetre(d.next, key) {
		return false
	}
	if d.right != dashes && d.nextRole&flatAfter == 0 { // «15 кв 3»: the flat is the number after the word
		if n, g := p.after(d.next.to); n.what == aNumber && n.to-n.from <= 4 && g&^(spaces|dots|numero) == 0 ||
			maskKind(p.text, n) == Flat && g&^(spaces|dots|numero) == 0 {
			return false
		}
	}
	switch {
	case d.right&dashes != 0, d.left&numero != 0:
	case d.nextRole&flatAfter != 0, string(key) == "кв":
		if !p.addressed(d.from) {
			return false
		}
	case !ordinal(key, d.value):
		return false
	}
	if d.dash > 0 && d.nextRole&flatAfter == 0 {
		return false
	}
	p.flat(d)
	return true
}

// houseAfter: 15-үй, №15 үй, 15 дом, 15-го дома. In Kazakh «15 үй» may be a count, so it needs an address.
func (p *pass) houseAfter(d *plan) bool {
	next, right, role := d.next, d.right, d.nextRole
	if d.left == dashes && d.prev.what == aWord { // «Жетысу-2 дом 15»
		return false
	}
	suffixed := false
	if right == dashes && p.counting(next)&ofOrdinal != 0 { // 15-го дома
		suffixed = true
		next, right = p.after(next.to)
		role = p.roles(next)
	}
	if right&^(spaces|dashes) != 0 || role&(houseAfter|houseWord) == 0 {
		return false
	}
	var room [keyRoom]byte
	key := p.key(room[:], next)
	switch {
	case role&houseAfter != 0:
		if !(suffixed || right&dashes != 0 || d.left&numero != 0 || p.addressed(d.from) || p.flatFollows(next)) {
			return false
		}
	case role&houseWord != 0 && bytes.HasPrefix(key, []byte("дом")):
		if !(suffixed || right&dashes != 0 || d.left&numero != 0 || ordinal(key, d.value) || p.addressed(d.from) && string(key) != "дома") {
			return false
		}
		t, g := p.after(next.to)
		if t.what == aWord && g == spaces && p.notDwellingAfter(t) {
			return false
		}
		if right == spaces && string(key) == "дом" && g&^(spaces|numero) == 0 && (t.what == aNumber && t.to-t.from <= 4 || maskKind(p.text, t) == House) {
			return false // «мкр 5 дом 12»
		}
	default:
		return false
	}
	p.mask(d.from, d.to, House)
	p.house = aNumber.at(d.from, d.to)
	p.plural = false
	return true
}

// flatFollows tells that the word is followed by a flat: «15 үй, 42 пәтер».
func (p *pass) flatFollows(t token) bool {
	n, g := p.after(t.to)
	if g&^(spaces|commas|dots) != 0 {
		return false
	}
	if n.what == aWord {
		return p.roles(n)&flatWord != 0 && !p.houseAdjective(n)
	}
	if n.what != aNumber || n.to-n.from > 4 {
		return maskKind(p.text, n) == Flat
	}
	word, g := p.after(n.to)
	if g == dashes && p.counting(word)&ofOrdinal != 0 {
		word, g = p.after(word.to)
	}
	return g&^(spaces|dashes|dots) == 0 && p.roles(word)&(flatWord|flatAfter) != 0 && !p.houseAdjective(word)
}

// flatBefore: кв. 42, квартира № 42, пәтер 42.
func (p *pass) flatBefore(d *plan) bool {
	var room [keyRoom]byte
	if d.prevRole&flatWord == 0 || d.left&^(spaces|dots|colons|numero|dashes|slashes|quotes) != 0 || p.houseAdjective(d.prev) {
		return false
	}
	if d.left&numero == 0 && (d.counts || p.rooms(d) || p.warm(d.from)) || p.text[d.from] == '0' { // «уч. кв. 012»
		return false
	}
	if d.prevRole&flatAfter != 0 { // «42 пәтер. 15 …» begins something else
		if n, g := p.before(d.prev.from); g&^(spaces|dashes) == 0 && (n.what == aNumber || maskKind(p.text, n) == Flat) {
			return false
		}
	}
	p.flat(d)
	p.plural = severalFlats[string(p.key(room[:], d.prev))]
	return true
}

var severalFlats = exactly("квартиры квартирах квартирам квартирами пәтерлер пәтерлерде кв")

func (p *pass) flat(d *plan) {
	p.mask(d.from, d.to, Flat)
	p.house = aNumber.at(d.from, d.to)
	p.plural = false
}

// houseBefore: дом 15/2, д. 15, үйі 15, корпус 2 after a house; and the flat or the next house after one.
func (p *pass) houseBefore(d *plan) bool {
	if p.house.to > 0 && d.prev.to == p.house.to || p.joined(d) {
		return p.continued(d)
	}
	if d.left&^(spaces|dots|colons|numero|dashes|slashes|quotes) != 0 || d.left&dashes != 0 && d.left&^dashes != 0 && d.prevRole&houseAfter == 0 {
		return false
	}
	if d.prev.what != aWord {
		return false
	}
	if d.prevRole&officeWord != 0 && !d.counts && p.inHostel(d) {
		p.flat(d)
		return true
	}
	if d.prevRole&officeWord != 0 && (p.house.to > 0 && d.prev.from-p.house.to < 8 || p.houseBeforeWord(d.prev)) {
		p.flat(d)
		return true
	}
	if d.prevRole&(plotWord|buildingWord) != 0 && !d.counts && p.complexBefore(d.prev) || d.prevRole&plotWord != 0 && p.plot(d) {
		p.houseNumber(d)
		return true
	}
	if d.prevRole&buildingWord != 0 {
		if p.house.to > 0 && d.prev.from-p.house.to < 8 || p.houseBeforeWord(d.prev) {
			p.houseNumber(d)
			return true
		}
		return false
	}
	if d.prevRole&houseAfter != 0 { // «үй 15», «біздің үй — 44»
		if !p.closed(d) || d.left == spaces && !p.addressed(d.prev.from) && !p.flatBeside(d.to) {
			return false
		}
		p.plural = false
		p.houseNumber(d)
		return true
	}
	if d.prevRole&(houseWord|housesWord) == 0 {
		return false
	}
	kind, g := p.before(d.prev.from)
	if g&^(spaces|dashes) == 0 && (kind.to == p.house.to && p.house.to > 0 || maskKind(p.text, kind) == House) {
		if p.near(kind.from, flatWord|houseWord, 1)&flatWord == 0 { // but «кв 17 д 3»
			return false // «в 45 доме 3 подъезд»
		}
	}
	if kind.what == aWord && g&^spaces == 0 && p.roles(kind)&notDwelling != 0 {
		return false
	}
	var room [keyRoom]byte
	key := string(p.key(room[:], d.prev))
	switch {
	case d.left&numero == 0 && (d.counts || p.rooms(d)):
		return false
	case key == "д" || key == "дд" || key == "d":
		if d.left&(dots|numero) == 0 && !p.addressed(d.prev.from) && !p.flatBeside(d.to) && !(g&commas != 0 && d.right&commas != 0) {
			return false
		}
	case d.prevRole&housesWord != 0 && key != "домах" && key != "домам":
		if d.left&numero == 0 && !p.addressed(d.prev.from) && !p.closed(d) && !p.streetFollows(d.to) &&
			!(key == "дома" && kind.what == aWord && p.roles(kind)&besideWord != 0) {
			return false
		}
	}
	p.plural = d.prevRole&housesWord != 0
	p.houseNumber(d)
	return true
}

// inHostel tells a room that somebody lives in: «общежитие № 3, комната 214», «комната 214 общежития».
func (p *pass) inHostel(d *plan) bool {
	var room [keyRoom]byte
	if !rooms.end(p.key(room[:], d.prev), 0) {
		return false
	}
	return d.right == spaces && d.nextRole&hostelWord != 0 || p.near(d.prev.from, hostelWord, 2)&hostelWord != 0
}

var rooms = endings("ком комн комната комнате комнату комнаты комнатой бөлме бөлмеде бөлмесі бөлмесінде")

// houseNumber masks a house and remembers it for what follows.
func (p *pass) houseNumber(d *plan) {
	p.mask(d.from, d.to, House)
	p.house = aNumber.at(d.from, d.to)
}

// complexBefore tells that the name of a housing complex or of summer houses stands before: «ЖК «Европолис», корпус 3».
func (p *pass) complexBefore(t token) bool {
	for range 4 {
		var g gap
		if t, g = p.before(t.from); t.what == nothing || g&(ends|breaks|colons) != 0 {
			return false
		}
		if r := p.roles(t); r&complexWord != 0 {
			return true
		} else if r&(stopWord|notDwelling) != 0 && !isCapital(p.text, t.from) {
			return false
		}
	}
	return false
}

// plot tells a plot at an address: «ул. Садовая, участок 45», not «избирательный участок № 45».
func (p *pass) plot(d *plan) bool {
	kind, g := p.before(d.prev.from)
	if g&commas == 0 && (kind.what != aWord || !isCapital(p.text, kind.from)) || p.roles(kind)&notDwelling != 0 {
		return false
	}
	return p.closed(d) && p.addressed(d.prev.from)
}

func (p *pass) houseBeforeWord(t token) bool {
	prev, g := p.before(t.from)
	return g&^(spaces|commas|dots) == 0 && maskKind(p.text, prev) == House
}

// closed tells that nothing follows the number that it could count.
func (p *pass) closed(d *plan) bool {
	if d.next.what == nothing || d.right&(commas|dots|parens|breaks|ends) != 0 {
		return true
	}
	if d.nextRole&(flatWord|flatAfter|houseAfter|buildingWord) != 0 || d.right == spaces && (d.nextRole&adminWord != 0 ||
		p.village(d.next) && p.text[min(d.next.to, len(p.text)-1)] == '.') {
		return true
	}
	var room [keyRoom]byte
	switch string(p.key(room[:], d.next)) {
	case "и", "или", "және":
		return true
	case "п": // «120, 16 п.», a flat in short
		return d.next.to < len(p.text) && p.text[d.next.to] == '.'
	}
	return false
}

func (p *pass) streetFollows(i int) bool {
	t, g := p.after(i)
	if g&^spaces != 0 {
		return false
	}
	var room [keyRoom]byte
	if key := string(p.key(room[:], t)); key == "по" || key == "на" {
		t, _ = p.after(t.to)
	}
	return p.roles(t)&(streetBefore|microWord) != 0
}

// joined tells that «и» stands between the last house of several and this number.
func (p *pass) joined(d *plan) bool {
	if !p.plural || d.prev.what != aWord || d.left != spaces {
		return false
	}
	var room [keyRoom]byte
	if key := string(p.key(room[:], d.prev)); key != "и" && key != "және" && key != "или" {
		return false
	}
	t, g := p.before(d.prev.from)
	return t.to == p.house.to && g&^(spaces|commas) == 0
}

// continued masks the number after a house: the next house of several, or the flat.
func (p *pass) continued(d *plan) bool {
	if d.left&^(spaces|commas|dashes|numero) != 0 || d.left == spaces && !p.plural && !p.closed(d) || d.counts {
		return false
	}
	if !p.closed(d) && !p.plural {
		return false
	}
	if p.plural && p.near(p.house.from, flatWord|houseWord|housesWord, 2)&flatWord != 0 {
		p.flat(d)
		p.plural = true
	} else if p.plural {
		p.houseNumber(d)
	} else {
		p.flat(d)
	}
	return true
}

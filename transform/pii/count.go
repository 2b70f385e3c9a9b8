package pii

import "bytes"

// What tells the number of a house from a count: «15 доме» from «15 домов», «кв. 42» from «42 кв. м».

// counted tells that the number that ends at i counts or measures: a unit follows, or a word in the genitive plural.
func (p *pass) counted(i int) bool {
	t, g := p.after(i)
	d := plan{to: i, next: t, right: g, nextRole: p.roles(t)}
	return p.isCount(&d)
}

func (p *pass) isCount(d *plan) bool {
	i, t, g := d.to, d.next, d.right
	if t.what != aWord || g&^(spaces|dashes|dots) != 0 {
		return g&others != 0 && t.from-i < 6 && g&^(others|spaces) == 0
	}
	if g&dots != 0 {
		return false
	}
	if d.nextRole&unitWord != 0 {
		return !p.entrance(t)
	}
	c := p.counting(t)
	if i >= 4 && isDigit(p.text[i-4]) && p.text[i-4] <= '2' && c&ofYear != 0 {
		return true
	}
	return c&ofMany != 0 && !isCapital(p.text, t.from)
}

// counting is what a word may be after a number that counts.
type counting uint8

const (
	ofYear     counting = 1 << iota // «г.», «ж.» after a year
	ofMany                          // a noun in the genitive plural
	ofEntrance                      // «подъезд», «этаж», «комната»
	ofOrdinal                       // the ending of an ordinal: «15-го»
)

func countingOf(key []byte) (c counting) {
	switch string(key) {
	case "г", "гг", "ж":
		c = ofYear
	case "подъезд", "этаж", "комната", "комн":
		c = ofEntrance
	}
	if ordinalSuffix[string(key)] {
		c |= ofOrdinal
	}
	if genitives.end(key, 4) && !possessive[string(key)] {
		c |= ofMany
	}
	return c
}

// counting returns that of a token.
func (p *pass) counting(t token) counting {
	if t.what == aWord && t.to-t.from >= longestWord { // of which nothing is known
		var room [keyRoom]byte
		return countingOf(p.key(room[:], t))
	}
	return p.ask(t).counts
}

// entrance tells «дом 3 подъезд 2»: the next number belongs to the entrance, so the one before does not count it.
func (p *pass) entrance(t token) bool {
	if p.counting(t)&ofEntrance == 0 {
		return false
	}
	n, g := p.after(t.to)
	return n.what == aNumber && g&^(spaces|numero) == 0
}

// few tells that the number may count a noun in the genitive singular or, in Kazakh, any noun: «ул. Гагарина 3
// светофора», «көшесінде 12 шам».
func (p *pass) few(d *plan) bool {
	if d.left != spaces || d.right != spaces || d.next.what != aWord || isCapital(p.text, d.next.from) ||
		d.nextRole&(flatWord|houseWord|houseAfter|buildingWord|stopWord) != 0 || d.dash > 0 || d.slash || p.entrance(d.next) {
		return false
	}
	var room [keyRoom]byte
	if d.prevRole&streetAfter != 0 {
		return locatives.end(p.key(room[:], d.prev), 4)
	}
	ones, tens := d.value%10, d.value/10%10
	return ones >= 2 && ones <= 4 && tens != 1 && singularGenitives.end(p.key(room[:], d.next), 4)
}

var (
	locatives         = endings("де да нда нде")
	singularGenitives = endings("а я")
)

var (
	genitives = endings("ов ев ей ых их")
	// the endings of ordinals are written with a dash after the number
	ordinalSuffix = exactly("я е ая ую ои го м й му ый ом ой ого ому ым ші шы інші ыншы")
	possessive    = exactly("моей своей нашей вашей всей этой чей моих своих наших ваших этих которых которой всех сих")
)

// ordinal tells that a Russian noun in this form cannot be counted by n: «15 доме», «12 квартира» is a number of an
// address, «2 квартиры», «21 дом» and «12 квартир» may be counts.
func ordinal(key []byte, n int) bool {
	one, few := n%10 == 1 && n%100 != 11, n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14)
	switch string(key) {
	case "дом", "квартира", "квартиру", "доме", "домом", "дому", "квартире", "квартирои":
		return !one
	case "дома", "квартиры":
		return !few && !one
	}
	return false
}

// squareMetre tells «кв. м» from «кв.» of a flat.
func (p *pass) squareMetre(t token, key []byte) bool {
	if string(key) != "кв" {
		return false
	}
	if string(p.text[t.from:t.to]) == "кВ" { // kilovolts
		return true
	}
	m, g := p.after(t.to)
	return m.what == aWord && g&^(spaces|dots) == 0 && p.roles(m)&unitWord != 0
}

// houseAdjective tells «квартирный», «пәтерлі», «этажный».
func (p *pass) houseAdjective(t token) bool {
	var room [keyRoom]byte
	key := p.key(room[:], t)
	return bytes.HasPrefix(key, []byte("квартирн")) || bytes.HasPrefix(key, []byte("пәтерлі")) || bytes.HasPrefix(key, []byte("патерли"))
}

func (p *pass) notDwellingAfter(t token) bool {
	var room [keyRoom]byte
	switch string(p.key(room[:], t)) {
	case "от", "культуры", "престарелых", "ребенка", "отдыха", "быта", "творчества", "офицеров", "печати":
		return true
	}
	return false
}

// rooms tells «квартира 2-х комнатная».
func (p *pass) rooms(d *plan) bool {
	t, g := p.after(d.to)
	if t.what != aWord || g&^(spaces|dashes) != 0 {
		return false
	}
	if t.to-t.from <= len("ух") {
		t, _ = p.after(t.to)
	}
	return p.roles(t)&unitWord != 0 && !p.entrance(t)
}

// warm tells that the words before i speak of a temperature.
func (p *pass) warm(i int) bool {
	for range 4 {
		t, g := p.before(i)
		if t.what == nothing || p.apart(t, g) {
			return false
		}
		var room [keyRoom]byte
		if key := p.key(room[:], t); bytes.HasPrefix(key, []byte("температур")) || bytes.HasPrefix(key, []byte("площад")) {
			return true
		}
		i = t.from
	}
	return false
}

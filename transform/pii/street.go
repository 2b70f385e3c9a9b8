package pii

// onStreet: a number after the name of a street or of a micro-district.
func (p *pass) onStreet(d *plan) bool {
	signs := spaces | commas | numero | dots | quotes
	if d.dash > 0 && d.prevRole&addressWord != 0 {
		signs |= colons
	}
	if p.joinedToStreet(d) {
		p.mask(d.from, d.dash, House)
		p.mask(d.second, d.to, Flat)
		p.house = aNumber.at(d.from, d.to)
		p.plural = false
		return true
	}
	placed := d.dash > 0 && p.microFollows(d) // «27-34, 6 мкр»
	if d.left&^signs != 0 || d.left == 0 && d.prev.to-d.prev.from < len("Мира") && !placed || d.value > 1900 && d.value < 2100 {
		return false
	}
	if d.left&numero == 0 && d.counts || p.few(d) {
		return false
	}
	if p.houseFollows(d) {
		return false
	}
	sure, weak := p.streetBefore(d)
	if d.left == 0 && !sure && !placed {
		return false
	}
	weak = weak && d.left&numero == 0 && d.prevRole&accountWord == 0
	if !sure && weak {
		sure = d.dash > 0 || d.slash || p.closed(d) || p.unfinished(d) || p.atHouse(d)
	}
	if !sure && d.dash > 0 { // «адрес: 27-34»
		sure = placed || d.prevRole&addressWord != 0
	}
	if !sure && weak && d.right == spaces && d.next.what == aNumber && d.next.to-d.next.from <= 3 && p.near(d.from, addressWord, 2) != 0 {
		sure = !p.counted(d.next.to) // «адрес Интернациональная 27 34»
	}
	if !sure && d.left&^(spaces|commas) == 0 && (isCapital(p.text, d.prev.from) || p.part(d.prev).surname || d.prev.what == aNumber && d.prev.to-d.prev.from <= 2) {
		sure = p.flatBeside(d.to) // «Райымбека, 212а, кв. 8»
	}
	if !sure {
		return false
	}
	if d.dash > 0 && d.nextRole&flatWord == 0 {
		p.mask(d.from, d.dash, House)
		p.mask(d.second, d.to, Flat)
		p.house = aNumber.at(d.from, d.to)
		p.plural = false
		return true
	}
	p.plural = false
	p.houseNumber(d)
	return true
}

// joinedToStreet tells house and flat that dashes join to the name of a street: «Абая-15-20». After that of a
// micro-district the first number may be its own: «Самал-2-15».
func (p *pass) joinedToStreet(d *plan) bool {
	if d.left != dashes || d.dash == 0 || d.counts || d.value > 1900 && d.value < 2100 || d.prev.what != aWord || !isCapital(p.text, d.prev.from) || d.prevRole&(unitPlace|microWord) != 0 {
		return false
	}
	return d.prevRole&streetName != 0 || p.roles(p.wordBefore(d.prev))&streetBefore != 0
}

// streetBefore looks for a street before the number. It is sure when a word for streets is there; weak when only the
// name is: then the number must look like that of a house.
func (p *pass) streetBefore(d *plan) (sure, weak bool) {
	t, r := d.prev, d.prevRole
	if r&(unitWord|institutionWord|accountWord|plotWord|officeWord|buildingWord)&^streetBefore != 0 && !isCapital(p.text, t.from) && r&(streetBefore|streetAfter|microWord) == 0 && !p.shortStreet(d) {
		return false, false // «ул. Абая, подъезд 3»
	}
	if p.shortStreet(d) {
		return true, true
	}
	if d.left&dots != 0 && r&(streetAfter|microWord) == 0 {
		return false, false
	}
	switch {
	case t.what == aWord && r&streetAfter != 0:
		return true, true
	case r&microWord != 0:
		return p.namedBefore(t), false
	case r&(streetBefore|houseWord|flatWord) != 0:
		return false, false // «ул. 15», the number is the street's name
	}
	lower := 0
	for step := range 6 {
		switch r := p.roles(t); {
		case t.what == nothing || t.what == aMask:
			return false, weak
		case t.what == aNumber: // «40 лет Победы», «Самал-2», «мкр 5»
			if t.to-t.from > 3 {
				return false, weak
			}
		case step > 0 && r&complexWord != 0: // «ЖК Нурлы Тау, 5В», but «ЖК Нурлы Тау 2»
			return d.left&commas != 0 && p.closed(d) || d.slash || d.dash > 0, false
		case step > 0 && r&(streetBefore|microWord) != 0 && !(r&microWord != 0 && step > 3):
			return lower == 0 || lower <= 2 && (p.closed(d) || d.dash > 0 || d.slash), true
		case r&stopWord != 0 && !isCapital(p.text, t.from):
			return false, weak
		case step > 0 && r&streetAfter != 0:
			return false, weak
		case r&streetName != 0:
			weak = weak || step < 2
		case isCapital(p.text, t.from) && step == 1 && (d.prevRole&streetPart != 0 || d.dash > 0 && p.hyphened(d.prev)): // «Тауке хан 27», «Авангард-3, 52-17»
			weak = true
		case isCapital(p.text, t.from):
			weak = weak || step == 0 && (p.near(t.from, addressWord, 8) != 0 || p.roles(p.wordBefore(t))&streetPart != 0 || p.genitive(t) && (d.dash > 0 || d.slash || p.roles(p.wordBefore(t))&byWord != 0))
		case r&(streetPart|titleWord|honouredWord) != 0:
		case t.to-t.from <= 4 && isDigit(p.text[t.from]):
		default:
			lower++
			if lower > 2 {
				return false, weak
			}
		}
		var g gap
		at := t
		t, g = p.before(at.from)
		if g&^(spaces|dots|dashes|quotes|commas) != 0 || g&commas != 0 && p.roles(t)&(streetBefore|microWord) == 0 && t.what != aNumber {
			return false, weak
		}
		if g&dots != 0 && t.to-t.from > 8 && p.roles(t)&(streetBefore|microWord|titleWord) == 0 {
			return false, weak
		}
	}
	return false, weak
}

// hyphened tells a number that a hyphen joins to the word before it.
func (p *pass) hyphened(number token) bool {
	_, g := p.before(number.from)
	return number.what == aNumber && g == dashes
}

// atHouse tells words that a house has around it, before the street or after the number: «возле Лермонтова 51 яма»,
// «Лермонтова 51 двор не убран».
func (p *pass) atHouse(d *plan) bool {
	var room [keyRoom]byte
	return d.value > 4 && (atHouses[string(p.key(room[:], p.wordBefore(d.prev)))] || d.right == spaces && ofHouses[string(p.key(room[:], d.next))])
}

var (
	atHouses = exactly("возле около напротив у двор двора дворе жители жильцы жильцов жителей")
	ofHouses = exactly("двор дворе двора крыша крыше подвал подвале фасад")
)

// houseFollows tells that the house is the next number, so that this one is of the name: «Самал 2, дом 12».
func (p *pass) houseFollows(d *plan) bool {
	if d.nextRole&houseWord == 0 || d.prevRole&(microWord|streetBefore|streetAfter) != 0 || d.dash > 0 || d.slash || d.right&^(spaces|commas|dots) != 0 {
		return false
	}
	t, g := p.after(d.next.to)
	return g&^(spaces|dots|numero) == 0 && (t.what == aNumber && t.to-t.from <= 4 || maskKind(p.text, t) == House)
}

// microFollows tells that the micro-district is named after house and flat: «27-34, 6 мкр».
func (p *pass) microFollows(d *plan) bool {
	if d.right&^(spaces|commas) != 0 || d.prev.what == aWord && d.left == spaces { // «в 5-6, 7 мкр» are three of them
		return false
	}
	if d.nextRole&microWord != 0 { // «14-88, мкр Боровской»
		return true
	}
	if d.next.what != aNumber || d.next.to-d.next.from > 2 {
		return false
	}
	t, g := p.after(d.next.to)
	return g&^(spaces|dashes) == 0 && p.roles(t)&microWord != 0
}

// shortStreet tells «Тимирязев к., 81», the Kazakh word for streets in one letter, and «Самал ш.а. 12».
func (p *pass) shortStreet(d *plan) bool {
	word := string(p.text[d.prev.from:d.prev.to])
	t, g := p.before(d.prev.from)
	if word == "а" && g == dots && d.left&dots != 0 && string(p.text[t.from:t.to]) == "ш" {
		t, g = p.before(t.from)
	} else if d.left&dots == 0 || word != "к" {
		return false
	}
	return g == spaces && t.what == aWord && isCapital(p.text, t.from)
}

// flatBeside tells that a flat with its number follows: «, кв. 8».
func (p *pass) flatBeside(i int) bool {
	word, g := p.after(i)
	if g&^(spaces|commas|dots) != 0 || p.roles(word)&flatWord == 0 || string(p.text[word.from:word.to]) == "кВ" {
		return false
	}
	n, g := p.after(word.to)
	return g&^(spaces|dots|numero|dashes|slashes|colons) == 0 && (n.what == aNumber && n.to-n.from <= 4 && !p.counted(n.to) || maskKind(p.text, n) == Flat)
}

// unfinished tells that what follows a number cannot be what it counts: «Абая 10 до Сатпаева», «Ленина, 45 открытый
// люк».
func (p *pass) unfinished(d *plan) bool {
	if d.right != spaces || d.next.what != aWord || isCapital(p.text, d.next.from) {
		return false
	}
	var room [keyRoom]byte
	key := p.key(room[:], d.next)
	return particles[string(key)] || d.left&commas != 0 && uncounted.end(key, 4) || verbs.end(key, 4) && !noVerbs[string(key)]
}

var (
	particles = exactly("до в во на не нет по у без к от с за из под около возле жоқ бар где что там где снова опять уже еще очень")
	verbs     = endings("ет ит ут ют ят ится ется утся ятся")
	noVerbs   = exactly("газет анкет конфет котлет ракет монет минут ребят телят орбит кают карет лет дет бюджет кабинет буклет билет планшет комитет утят козлят поросят ягнят")
	uncounted = endings("ый ий ая ое ла ло ли ся ит ют ут")
)

// namedBefore tells that the word for a micro-district has its name before it: «Самал мкр 15», «5 мкр 12».
func (p *pass) namedBefore(t token) bool {
	name, g := p.before(t.from)
	if g&^(spaces|dashes|quotes) != 0 {
		return false
	}
	return name.what == aNumber || name.what == aWord && isCapital(p.text, name.from) && p.roles(name)&stopWord == 0
}

// genitive tells a surname in the genitive, as streets are called.
func (p *pass) genitive(t token) bool {
	var room [keyRoom]byte
	return streetGenitives.end(p.key(room[:], t), 4)
}

var streetGenitives = endings("ова ева ина енко ского цкого ой ого улы ұлы")

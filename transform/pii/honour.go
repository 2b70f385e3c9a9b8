package pii

import "bytes"

// honoured tells that the words from start to end are a place's or an institution's: «улица А. Молдагуловой»,
// «школа имени …», «Бауыржан Момышұлы көшесі».
func (p *pass) honoured(start, end int) bool {
	return p.honouredBy(start, end, streetBefore|microWord|honouredWord|titleWord|institutionWord)
}

func (p *pass) honouredBy(start, end int, words role) bool {
	if t, g := p.after(end); t.what == aWord && g&^(spaces|quotes) == 0 {
		if g == spaces && (p.isRegion(t) || p.isStreetOfTwo(start, end, t)) {
			return true
		}
		if r := p.roles(t); r&placeAfter != 0 && !(isCapital(p.text, t.from) && r&streetBefore != 0) && !p.someplace(start, t) {
			return true
		}
	}
	if p.territory(end) {
		return true
	}
	at := start
	for step := range 4 {
		t, g := p.before(at)
		if t.what != aWord || g&^(spaces|dots|quotes|dashes|numero) != 0 {
			return false
		}
		r := p.roles(t) & (words | introWord | adminWord)
		if r&(adminWord|institutionWord) != 0 && p.near(t.from, postWord, 2) != 0 && p.bearer(start, end) {
			return false // «аким района Марат Ахметов», «аким сельского округа …»
		}
		if step == 0 && g == spaces && p.akimat(t) && p.near(t.from, postWord, 2) == 0 && !p.bearer(start, end) {
			return true // «акимат Сырыма Датова»
		}
		short := t.to-t.from <= len("просп")
		switch {
		case step == 0 && g&dots != 0 && p.village(t):
			return true
		case r&honouredWord != 0:
			return p.roles(p.wordBefore(t))&byWord == 0 && !p.onBehalf(t)
		case g&dots != 0 && !short:
			return false
		case step < 3 && r&(streetBefore|institutionWord|microWord) != 0 && r&introWord == 0:
			return !(g&dots != 0 && !short)
		case r&titleWord != 0:
		default:
			return false
		}
		at = t.from
	}
	return false
}

// akimat tells the word for an administration, which is that of a district: the name after it is the district's.
func (p *pass) akimat(t token) bool {
	var room [keyRoom]byte
	return akimats[string(p.key(room[:], t))]
}

var akimats = exactly("акимат акимата акимату акиматом акимате акиматы маслихат маслихата маслихату маслихатом маслихате")

// onBehalf tells «от имени»: the name is that of a person.
func (p *pass) onBehalf(name token) bool {
	word := p.wordBefore(name)
	return string(p.text[word.from:word.to]) == "от"
}

// territory tells the abbreviation of a place after a name: «Разинский с.о.», «Мартбек Мамыраев а.о.», «Абай а.».
func (p *pass) territory(end int) bool {
	t, g := p.after(end)
	if g != spaces || t.to-t.from != len("с") {
		return false
	}
	switch string(p.text[t.from:t.to]) {
	case "а", "қ":
		if t.to < len(p.text) && p.text[t.to] == '.' { // «Үмбетәлі Кәрібаев а.», a village; «Сәтбаев қ.», a town
			return true
		}
	case "с", "п", "к":
	default:
		return false
	}
	t, g = p.after(t.to)
	if g&(dots|slashes) == 0 || t.to-t.from != len("о") {
		return false
	}
	letter := string(p.text[t.from:t.to])
	return letter == "о" || letter == "а" || letter == "ә"
}

// village tells the abbreviations with a point that stand before the name of a village or a station: «с.Жұмат Шанин».
func (p *pass) village(t token) bool {
	if before, g := p.before(t.from); g == dots && string(p.text[before.from:before.to]) == "м" { // «м.а.», acting
		return false
	}
	switch string(p.text[t.from:t.to]) {
	case "о", "О": // «с.о.», a rural district
		before, g := p.before(t.from)
		return g == dots && string(p.text[before.from:before.to]) == "с"
	case "с", "а", "п", "ст", "уч", "пос", "зим", "рзд":
		return true
	}
	return false
}

// isRegion tells the word that makes the adjective before it a place: «район Алтай Восточно-Казахстанской области».
func (p *pass) isRegion(t token) bool {
	var room [keyRoom]byte
	key := p.key(room[:], t)
	return bytes.HasPrefix(key, []byte("област")) || bytes.HasPrefix(key, []byte("облыс"))
}

// isStreetOfTwo tells a street whose name is a first name and another word, next: «Жібек жолы көшесінің».
func (p *pass) isStreetOfTwo(start, end int, next token) bool {
	t, g := p.after(next.to)
	if g != spaces || t.what != aWord || isCapital(p.text, next.from) || wordEnd(p.text, start) != end {
		return false
	}
	var room [keyRoom]byte
	key := p.key(room[:], t)
	return bytes.HasPrefix(key, []byte("көшесі")) || bytes.HasPrefix(key, []byte("даңғылы"))
}

// someplace tells that a place is only mentioned after a person: «фельдшер Назым Ерланқызы ауылда жалғыз». What is
// named after somebody has the ending of possession: «Мағжан Жұмабаев ауылында».
func (p *pass) someplace(start int, place token) bool {
	var room [keyRoom]byte
	key := p.key(room[:], place)
	return atPlaces[string(key)] || barePlaces[string(key)] && p.near(start, postWord|introWord, 1) != 0
}

var (
	atPlaces   = exactly("ауылданмын ауылданмыз ауылданбыз ауданданмын ауданданмыз мектептенмін ауылдағы ауылда ауылға ауылдан ауданда ауданға мектепте мектепке мектептен")
	barePlaces = exactly("көше көшеде көшеге көшеден көшені ауыл ауылды аудан мектеп мектепті") // also said of «Абай көше»
)

// bearer tells a name that is not in the genitive, as that of a school or a district would be: «Марат Ахметов», not
// «Марата Ахметова».
func (p *pass) bearer(start, end int) bool {
	for at := start; ; {
		t, _ := p.after(at)
		if t.what != aWord || t.to > end {
			return false
		}
		x := p.part(t)
		if x.role&nominative != 0 || x.sure || (x.surname || x.plain() && x.capital && letters(p.text[t.from:t.to]) > 2) && bearing(p.text[t.from:t.to]) {
			return true
		}
		at = t.to
	}
}

// bearing tells that a surname ends in a consonant.
func bearing(word []byte) bool {
	for _, vowel := range [...]string{"а", "А", "я", "Я", "о", "О", "й", "Й", "у", "У", "e", "a"} {
		if bytes.HasSuffix(word, []byte(vowel)) {
			return false
		}
	}
	return true
}

// famous tells a name that streets and districts bear, with or without a word: «Абая Кунанбаева».
func (p *pass) famous(start, end int) bool {
	var room [keyRoom]byte
	return p.words.whole[string(p.key(room[:], aWord.at(start, end)))]&famousName != 0
}

// numbered tells that a house number follows: then the words before it are a street.
func (p *pass) numbered(end int) bool {
	t, g := p.after(end)
	if g&^(spaces|commas) != 0 || t.what != aNumber || t.to-t.from > 3 {
		return g&^(spaces|commas) == 0 && maskKind(p.text, t) == House
	}
	next, g := p.after(t.to)
	return !p.counted(t.to) && (next.what == nothing || g&(commas|dots|dashes|slashes|ends|breaks) != 0 ||
		p.roles(next)&(flatWord|houseWord|houseAfter|buildingWord) != 0)
}

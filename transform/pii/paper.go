package pii

// document masks the number of a person's document that begins at i: five to ten digits, perhaps after letters of a
// series, where the word for the document stands before. Without the word nine digits may as well be a KATO code.
func (p *pass) document(i int, f *figures) int {
	const context = documentWord | documentNo | phoneWord | accountWord | iinWord | binWord | houseWord | flatWord | unitWord
	k := f.first
	var room shapeRoom
	for _, grouped := range [...]int{10, 9, 8, 7} {
		switch shape, _ := f.shape(&room, grouped); shape {
		case "2-2-6", "4-6", "3-3-3", "2-6", "2-7":
			k = grouped
		}
	}
	if k < 5 || k > 10 || k == f.n && f.more || p.money(f.end[k-1]) {
		return 0
	}
	from := i
	if t, g := p.before(i); t.what == aWord && g&^(spaces|numero) == 0 && isSeries(p.text[t.from:t.to]) && !p.country(t) {
		from = t.from
	}
	if p.near(from, documentNo, 5) != 0 {
		return 0
	}
	licence := from < i && k == 6 && p.near(from, licenceWord|accountWord, 4)&licenceWord != 0 // «права № AB 123456»
	if !licence && p.near(p.cardOf(from), context, 7)&documentWord == 0 && !p.documentAfter(f, k, from < i) && !p.identityCard(i, f, k) {
		return 0
	}
	p.mask(from, f.end[k-1], Document)
	return f.end[k-1]
}

// cardOf returns where the «л.» of «уд. л.» begins that stands before i: it is no litre. Else it returns i.
func (p *pass) cardOf(i int) int {
	t, g := p.before(i)
	if t.what != aWord || g&dots == 0 || string(p.text[t.from:t.to]) != "л" {
		return i
	}
	return t.from
}

// identityCard tells «УЛ № 045627183» and «ID карта 045627183», where the words are also for a street and a bank card: only nine digits that begin with 0
// are those of an identity card.
func (p *pass) identityCard(i int, f *figures, k int) bool {
	if k != 9 || f.digit[0] != 0 {
		return false
	}
	var room [keyRoom]byte
	t, g := p.before(i)
	if g&^(spaces|numero|colons|dots) != 0 {
		return false
	}
	switch string(p.key(room[:], t)) {
	case "ул":
		return true
	case "карта", "карты", "карте", "карту", "карточка":
		return string(p.key(room[:], p.wordBefore(t))) == "id"
	}
	return false
}

// documentAfter tells that the word for the document follows the number, as in «045627183 нөмірлі жеке куәлік». The
// number must have the form of one: nine digits, or eight after a letter.
func (p *pass) documentAfter(f *figures, k int, series bool) bool {
	if k != 9 && !(series && k >= 6 && k <= 8) {
		return false
	}
	at := f.end[k-1]
	for range 3 {
		t, g := p.after(at)
		if t.what != aWord || g&^(spaces|dashes|parens) != 0 {
			return false
		}
		r := p.roles(t)
		if r&documentWord != 0 {
			return r&documentNo == 0
		}
		if r&(moneyWord|accountWord|stopWord) != 0 {
			return false
		}
		at = t.to
	}
	return false
}

// country tells «удостоверение личности РК № …».
func (p *pass) country(t token) bool {
	var room [keyRoom]byte
	switch string(p.key(room[:], t)) {
	case "ул", "рк", "қр", "рф", "от", "в", "с", "о", "и", "у", "к":
		return true
	}
	return false
}

// isSeries tells one or two capital letters that a document's number may begin with: N, AA, ВМ.
func isSeries(word []byte) bool {
	letters := 0
	for i := 0; i < len(word); letters++ {
		n := letterAt(word, i)
		if n == 0 || !isCapital(word, i) {
			return false
		}
		i += n
	}
	return letters <= 2
}

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
	if !licence && p.near(from, context, 7)&documentWord == 0 && !p.documentAfter(f, k, from < i) && !p.identityCard(i, f, k) {
		return 0
	}
	p.mask(from, f.end[k-1], Document)
	return f.end[k-1]
}

// identityCard tells «УЛ № 045627183», where the word is also that for a street: only nine digits that begin with 0
// are those of an identity card.
func (p *pass) identityCard(i int, f *figures, k int) bool {
	if k != 9 || f.digit[0] != 0 {
		return false
	}
	var room [keyRoom]byte
	t, g := p.before(i)
	return g&^(spaces|numero|colons|dots) == 0 && string(p.key(room[:], t)) == "ул"
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

// plate masks the number plate whose digits begin at i: 123 ABC 02, 123 AB 02, and the old A 123 BCM, A 123 BC 55.
// Letters may be Cyrillic ones that look Latin. Small letters need a word for cars near, for «101 кв 12» is a flat, and
// so do plates of motorcycles and trailers: 12 AB 02, 12 ABC 02, 1234 AB 02.
func (p *pass) plate(i int, f *figures) int {
	digits := f.first
	if digits < 2 || digits > 4 || longWordAfter(p.text, f.next) {
		return 0
	}
	letters, to, upper := plateLetters(p.text, f.next)
	if letters < 2 || letters > 3 {
		return 0
	}
	named := p.near(i, plateWord, 4) != 0
	if digits != 3 && !(named && upper) {
		return 0
	}
	numbered := p.near(i, numberWord, 2) != 0
	named = named || upper && numbered
	word, _ := p.after(f.next)
	switch r := p.roles(word); {
	case r&(unitWord|flatWord) != 0 && !(named && upper), r&stopWord != 0 && !named:
		return 0
	case !upper && !named && !numbered && !(letters == 3 && to == f.next+3):
		return 0
	}
	region, g := p.after(to)
	if from, ok := p.plateSeries(i, named); ok && digits == 3 {
		size := region.to - region.from
		switch {
		case region.what != aNumber || g&^spaces != 0:
			if letters == 2 && !named {
				return 0
			}
		case size == 2 || size == 3 && letters == 2:
			to = region.to
		case letters == 2 && !named:
			return 0
		}
		p.mask(from, to, Plate)
		return to
	}
	if region.what == aNumber && g&^(spaces|dashes|slashes) == 0 && region.to-region.from == 2 {
		v := (p.text[region.from]-'0')*10 + p.text[region.from+1] - '0'
		if v >= 1 && v <= 20 && letterAt(p.text, region.to) == 0 {
			if from, ok := country(p.text, i); ok { // «KZ 777 ABC 02»
				i = from
			}
			p.mask(i, region.to, Plate)
			return region.to
		}
	}
	if named && (letters == 3 && digits == 3 || letters == 2 && digits == 4 && upper && !isYear(f.value(0, 4))) { // «госномер 4567 AB»
		p.mask(i, to, Plate)
		return to
	}
	return 0
}

func isYear(n int) bool { return n >= 1900 && n < 2100 }

// plateSeries finds the letter before the digits of an old or a Russian plate.
func (p *pass) plateSeries(i int, named bool) (from int, ok bool) {
	t, g := p.before(i)
	if t.what != aWord || g&^(spaces|dashes) != 0 || t.to-t.from > 2 || letterAt(p.text, t.from) != t.to-t.from {
		return 0, false
	}
	c, n := ibanSign(p.text, t.from)
	if n == 0 || c < 'A' || !isCapital(p.text, t.from) && !(named && g == 0) {
		return 0, false
	}
	return t.from, true
}

// longWordAfter tells at a glance that after i and one sign at most a word of more letters begins than a plate has.
func longWordAfter(text []byte, i int) bool {
	if i+1 < len(text) && (text[i] == ' ' || text[i] == '-') {
		i++
	}
	return cyrillic(text[i:min(i+8, len(text))]) == 8
}

// plateLetters counts the letters of a plate after i, which one space or dash may part from the digits.
func plateLetters(text []byte, i int) (n, to int, upper bool) {
	if i < len(text) && letterAt(text, i) == 0 {
		if g, size := signAt(text, i); g&(spaces|dashes) != 0 {
			i += size
		}
	}
	upper = true
	for n < 4 {
		c, size := ibanSign(text, i)
		if size == 0 && isCapital(text, i) { // a Cyrillic letter that looks like no Latin one
			size = letterAt(text, i)
		} else if size == 0 || c < 'A' {
			break
		}
		upper = upper && isCapital(text, i)
		i += size
		n++
	}
	if letterAt(text, i) > 0 {
		return 0, i, false
	}
	return n, i, upper
}

package pii

// telephone masks the telephone number whose first digits begin at i.
//
// A number in full is told by its notation: +7, 8 or 7 and ten digits of a Kazakh or Russian code. A number without
// the 8 needs the code of a mobile network, brackets, or a word for telephones near; a city number of five to seven
// digits needs the word. Short numbers (109, 1414) and 8-800 are public and stay.
func (p *pass) telephone(i int, f *figures) int {
	if t, g := p.before(i); t.what == aWord && (g == 0 || g == dashes) && p.roles(t)&phoneWord == 0 &&
		t.to-t.from > len("в") && g == dashes {
		return 0 // a number of a paper: ЖТ-8701…
	}
	plus := lastSign(p.text, i, pluses)
	if plus {
		return p.international(i, f)
	}
	from := i
	if lastSign(p.text, i, parens) {
		from = lastByte(p.text, i)
	}
	word := p.near(i, phoneWord|accountWord, 5)
	if word&accountWord != 0 && p.near(i, accountWord, 2) == 0 { // too far to say what this number is
		word = p.near(i, phoneWord, 5)
	}
	if k := p.ringLength(i, f, word); k > 0 {
		to := f.end[k-1]
		if free := f.digit[0] == 8 && f.digit[1] == 8 && f.digit[2] == 0 && f.digit[3] == 0; k == 11 && free {
			return to
		}
		p.mask(from, to, Phone)
		p.phone = to
		return to
	}
	return 0
}

// ringLength returns how many digits of the figures are a telephone number, 0 for none.
func (p *pass) ringLength(i int, f *figures, word role) int {
	var room shapeRoom
	phone, account := word&phoneWord != 0, word&accountWord != 0 && word&phoneWord == 0
	bracket := lastSign(p.text, i, parens)
	if shape, ok := f.shape(&room, 11); ok && (f.digit[0] == 8 || f.digit[0] == 7) {
		code := f.digit[1]
		sum := shape == "2-3-3-3" || p.money(f.end[10])
		known := code == 7 && (f.digit[2] <= 2 || f.digit[2] >= 4 && f.digit[2] <= 8) || code == 9 ||
			f.digit[0] == 8 && code == 8 && f.digit[2] == 0 && f.digit[3] == 0 ||
			(code == 3 || code == 4 || code == 8) && (phone || f.seps(11)&parens != 0)
		if known && !account && !(sum && !phone) || phone {
			return 11
		}
	}
	if shape, ok := f.shape(&room, 10); ok && !account {
		mobile := f.digit[0] == 7 && (f.digit[1] == 0 || f.digit[1] == 7 || f.digit[1] == 4 && f.digit[2] == 7)
		city := f.digit[0] == 7 && (f.digit[1] == 1 || f.digit[1] == 2)
		switch shape {
		case "10":
			if phone || mobile && !p.money(f.end[9]) && p.near(i, accountWord|documentWord|plateWord, 5) == 0 && !lastSign(p.text, i, numero) {
				return 10
			}
		case "3-3-2-2", "3-3-4", "3-7", "4-2-2-2", "4-6", "5-1-2-2", "5-5", "3-3-1-3", "4-3-3", "3-2-2-3", "3-2-3-2", "3-1-3-3":
			if phone || (mobile || city) && (bracket || f.seps(10)&(parens|dashes) != 0 || shape == "3-3-2-2" || shape == "3-3-4" && mobile) &&
				!p.money(f.end[9]) {
				return 10
			}
		default:
			if phone && f.digit[0] == 7 {
				return 10
			}
		}
	}
	if !phone && p.phone > 0 && p.follows(p.phone, i) {
		phone = true
	}
	phone = phone || p.atHome(i)
	if !phone || p.beside(i, binWord|iinWord|flatWord|documentWord) || p.beside(i, houseWord) && p.near(i, phoneWord, 2) == 0 {
		return 0 // «тел. дом. 25-14-36» is no house
	}
	for _, k := range [...]int{7, 6, 5} {
		shape, ok := f.shape(&room, k)
		if !ok || p.money(f.end[k-1]) || p.counted(f.end[k-1]) {
			continue
		}
		switch shape {
		case "3-2-2", "2-2-2", "1-2-2", "3-4", "2-5", "1-2-2-2", "2-2-3", "2-1-2-2":
			return k
		case "7", "6", "5", "3-3":
			if f.digit[0] != 0 && (k > 5 || p.beside(i, phoneWord)) && p.besidePhone(i) {
				return k
			}
		}
	}
	return 0
}

// atHome tells «домашний 262-18-45»: the word for telephones is left out.
func (p *pass) atHome(i int) bool {
	t, g := p.before(i)
	if g&^(spaces|colons|dots|dashes) != 0 {
		return false
	}
	var room [keyRoom]byte
	return homes[string(p.key(room[:], t))]
}

var homes = exactly("домашнии городскои рабочии служебныи дом раб гор үи_тел")

// besidePhone tells whether a word for telephones stands at most three words before i, so that a number without any
// notation of its own is one.
func (p *pass) besidePhone(i int) bool {
	return p.near(i, phoneWord, 3) != 0 || p.phone > 0 && p.follows(p.phone, i)
}

// beside tells whether the word before i has one of the roles.
func (p *pass) beside(i int, want role) bool { return p.near(i, want, 1) != 0 }

// follows tells whether the number at i continues a list: only a comma, «и», «или» or a dash is between.
func (p *pass) follows(end, i int) bool {
	t, g := p.before(i)
	if t.what == aNumber {
		return t.to == end && g&(commas|slashes) != 0 && g&breaks == 0
	}
	if t.what != aWord || t.to-t.from > len("немесе") {
		return false
	}
	var room [keyRoom]byte
	switch string(p.key(room[:], t)) {
	case "и", "или", "либо", "және", "немесе":
		number, _ := p.before(t.from)
		return number.to == end
	}
	return false
}

// international masks a number that begins with a plus sign: +7 and ten digits, or ten to fifteen of another
// country. The sign is masked too.
func (p *pass) international(i int, f *figures) int {
	from := lastByte(p.text, i)
	for _, k := range [...]int{11, 12, 13, 10, 14, 15} {
		if k > f.n || k < f.n && f.sep[k] == 0 || k == f.n && f.more {
			continue
		}
		if f.digit[0] == 7 && k != 11 || k == 11 && f.digit[0] == 8 && f.digit[1] == 0 {
			continue
		}
		if f.digit[0] == 7 && f.digit[1] == 8 && f.digit[2] == 0 && f.digit[3] == 0 {
			return f.end[k-1]
		}
		p.mask(from, f.end[k-1], Phone)
		p.phone = f.end[k-1]
		return f.end[k-1]
	}
	return 0
}

// lastSign tells whether the sign right before i, invisible ones aside, is of the kind.
func lastSign(text []byte, i int, want gap) bool {
	at := lastByte(text, i)
	if at == i {
		return false
	}
	g, _ := signAt(text, at)
	return g&want != 0
}

// lastByte returns where the sign before i begins, looking over one space and what is invisible; i if there is none.
func lastByte(text []byte, i int) int {
	for range 3 {
		at := i
		for size := 3; size > 0; size-- {
			if size > at {
				continue
			}
			if invisibleAt(text, at-size) == size {
				at -= size
				break
			}
			if g, n := signAt(text, at-size); n == size && letterAt(text, at-size) == 0 && (size > 1 || text[at-size] < 0x80) {
				if g == spaces {
					at -= size
					break
				}
				if _, d := digitAt(text, at-size); d > 0 {
					return i
				}
				return at - size
			}
		}
		if at == i {
			return i
		}
		i = at
	}
	return i
}

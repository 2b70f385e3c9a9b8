package pii

// small looks at a word in small letters that ends as patronymics and introductions do.
func (p *pass) small(from, to int) int {
	t := token{wordStart(p.text, to), wordEnd(p.text, to-2), aWord}
	if t.to != to {
		return to
	}
	x := p.part(t)
	if x.role&introWord != 0 {
		return p.smallIntroduced(to)
	}
	if x.surname && !x.sure {
		if end := p.smallInitials(t); end > t.to {
			return end
		}
		return p.smallPair(x)
	}
	if !x.sure && !x.weak {
		return to
	}
	first, g := p.before(t.from)
	if first.what != aWord || g != spaces {
		return to
	}
	name := p.part(first)
	start := first.from
	surname, g := p.before(first.from)
	last := part{}
	if g == spaces {
		last = p.part(surname)
	}
	switch {
	case name.first && (last.surname || x.sure || x.weak):
	case x.sure && last.surname && name.plain():
	case x.sure && isCapital(p.text, first.from) && name.plain() && x.role&stopWord == 0:
	default:
		return to
	}
	if last.surname && last.what == aWord {
		start = surname.from
	}
	end := t.to
	if next, g := p.after(t.to); start == first.from && g == spaces && next.what == aWord {
		if y := p.part(next); y.surname && name.first {
			end = next.to
		}
	}
	if p.honoured(start, end) {
		return end
	}
	p.mask(start, end, Name)
	return end
}

// smallIntroduced masks a name in small letters after «меня зовут».
func (p *pass) smallIntroduced(i int) int {
	end, start := i, -1
	for range 3 {
		t, g := p.after(end)
		if t.what != aWord || isCapital(p.text, t.from) && start < 0 || g&^(spaces|colons|dashes) != 0 || start >= 0 && g != spaces {
			break
		}
		x := p.part(t)
		if !x.first && !x.sure && !(start >= 0 && x.surname) && !(start < 0 && x.surname && p.firstFollows(t)) {
			break
		}
		if start < 0 {
			start = t.from
		}
		end = t.to
	}
	if start >= 0 {
		p.mask(start, end, Name)
	}
	return end
}

func (p *pass) firstFollows(t token) bool {
	next, g := p.after(t.to)
	return g == spaces && p.roles(next)&firstName != 0
}

// smallPair masks the surname of a woman beside a first name: «ахметова динара», «динара ахметова».
func (p *pass) smallPair(surname part) int {
	var room [keyRoom]byte
	if !surname.plain() || surname.first || surname.role&streetName != 0 || !womanEndings.end(p.key(room[:], surname.token), 4) {
		return surname.to
	}
	start, end := surname.from, surname.to
	if t, g := p.after(end); g == spaces && p.givenInSmall(t) {
		end = t.to
	} else if t, g := p.before(start); g == spaces && p.givenInSmall(t) {
		start = t.from
	} else {
		return end
	}
	if !p.honoured(start, end) && !p.famous(start, end) && !p.numbered(end) {
		p.mask(start, end, Name)
	}
	return end
}

var womanEndings = endings("ова ева ову еву овои евои")

// givenInSmall tells a first name that is no word besides.
func (p *pass) givenInSmall(t token) bool {
	x := p.part(t)
	return x.first && x.plain() && x.role&(commonName|streetName|famousName) == 0 && x.to-x.from >= len("анна")
}

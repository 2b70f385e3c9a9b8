package pii

// small looks at a word in small letters that ends as patronymics and introductions do.
func (p *pass) small(from, to int) int {
	t := aWord.at(wordStart(p.text, to), wordEnd(p.text, to-2))
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
	if t, g := p.after(i); g == spaces && p.roles(t)&ownWord != 0 { // «зовут меня жанна»
		end = t.to
	}
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
	street := surname.role&streetName != 0
	if !surname.plain() || surname.first || !womanEndings.end(p.key(room[:], surname.token), 4) {
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
	if street && p.near(start, personWords, 1) == 0 {
		return end
	}
	if !p.honoured(start, end) && !p.famous(start, end) && !p.numbered(end) {
		p.mask(start, end, Name)
	}
	return end
}

// personWords say that a person follows, even in small letters.
const personWords = introMe | introWord | kinWord | postWord

// smallFathers masks a surname in small letters that is made of a first name, where a word before it or a first name
// beside it says that it is somebody's: «сосед сагындыков», «мен бекболатов қанат».
func (p *pass) smallFathers(t token) int {
	start, end := t.from, t.to
	if first, g := p.before(start); g == spaces && p.ask(first).first && !p.sentenceStart(first.from) {
		start = first.from
	} else if first, g := p.after(end); g == spaces && p.ask(first).first && !isCapital(p.text, first.from) {
		end = first.to
	}
	how := p.near(start, personWords, 1)
	alone := end-start == t.to-t.from
	if how == 0 && (alone || p.roles(t)&streetName != 0 || !p.agree(t, start, end)) || alone && how&personWords == introMe {
		return t.to
	}
	prev, g := p.before(start)
	if how == 0 { // «у турсунбаевой сауле» needs no word before it
		g = spaces
	} else if prev.to-prev.from <= len("ув") { // «с ув. сауле турсунбаева»
		g &^= dots
	}
	if g&^(spaces|colons|commas|dashes) != 0 || g&(commas|dashes) != 0 && how&introWord == 0 || p.resident(prev) {
		return t.to
	}
	if second, g := p.after(end); g == spaces { // a patronymic
		if x := p.part(second); x.sure {
			end = second.to
		}
	}
	if end == t.to {
		if to := p.smallInitials(t); to > end {
			return to
		}
	}
	if p.honoured(start, end) || p.famous(start, end) || p.numbered(end) {
		return t.to
	}
	p.mask(start, end, Name)
	return end
}

// agree tells that a surname and the first name beside it, from start to end, are both of a woman or both of a man:
// «дорога оспанова арман» are two streets.
func (p *pass) agree(surname token, start, end int) bool {
	first := aWord.at(start, surname.from-len(" "))
	if start == surname.from {
		first = aWord.at(surname.to+len(" "), end)
	}
	var room [keyRoom]byte
	woman := !p.ask(surname).man
	return woman == womenNames.end(p.key(room[:], first), 2)
}

var womenNames = endings("а я е ь гүл нур нұр ім")

// smallGiven masks the surname beside a first name in small letters, the first of which is t: «иванов иван», «татьяна
// ким», and the patronymic after it.
func (p *pass) smallGiven(t token) int {
	name := p.part(t)
	start, end := t.from, t.to
	if name.role&streetName != 0 && p.near(p.smallSurnameAt(t), personWords, 1) == 0 {
		return end // «абай сатпаев қиылысы»
	}
	if y, g := p.after(end); g == spaces && p.smallSurname(y, &name) {
		end = y.to
	} else if y, g := p.before(start); g == spaces && p.smallSurname(y, &name) {
		start = y.from
		if z, g := p.after(end); g == spaces {
			if x := p.part(z); x.sure || x.weak {
				end = z.to
			}
		}
	} else {
		return end
	}
	if !p.honoured(start, end) && !p.famous(start, end) && !p.numbered(end) {
		p.mask(start, end, Name)
	}
	return end
}

// smallSurnameAt returns where the surname before a first name begins, or else the name.
func (p *pass) smallSurnameAt(name token) int {
	if t, g := p.before(name.from); g == spaces && p.ask(t).surname {
		return t.from
	}
	return name.from
}

// smallSurname tells a surname beside a first name, where a table knows it or it ends as that of a man: «домов» does, too,
// so the name must be that of a man, and not inflected.
func (p *pass) smallSurname(t token, name *part) bool {
	if t.what != aWord || t.to-t.from < len("ким") {
		return false
	}
	x := p.part(t)
	if !x.plain() || x.first || x.role&(streetName|placeName|commonName|famousName|companyWord|joinWord) != 0 {
		return false
	}
	var room [keyRoom]byte
	if x.role&surnameWord != 0 {
		return !notSmall[string(p.key(room[:], t))]
	}
	return x.man && name.role&nominative != 0 && !femaleNames.end(p.key(room[:], name.token), 4)
}

// notSmall are short surnames that in small letters are other words.
var notSmall = exactly("нам сон сун кан кана дон хам ван шин шина тен тена пан пана юна лима мун хуан сагат сағат кузнец орынбасар мельник")

var femaleNames = endings("а я гүл гуль")

var womanEndings = endings("ова ева ову еву овои евои")

// givenInSmall tells a first name that is no word besides.
func (p *pass) givenInSmall(t token) bool {
	x := p.ask(t)
	return x.first && x.role&notGiven&^streetName == 0 && t.to-t.from >= len("анна")
}

// smallInitials masks «иванова и.п.» in a text without capitals.
func (p *pass) smallInitials(t token) int {
	at := skipSpaces(p.text, t.to)
	for range 2 {
		size := letterAt(p.text, at)
		if size == 0 || at+size >= len(p.text) || p.text[at+size] != '.' {
			return t.to
		}
		at = skipSpaces(p.text, at+size+1)
	}
	for p.text[at-1] == ' ' {
		at--
	}
	var room [keyRoom]byte
	if abbreviations[string(p.key(room[:], aWord.at(skipSpaces(p.text, t.to), at-1)))] || p.honoured(t.from, at) {
		return t.to
	}
	p.mask(t.from, at, Name)
	return at
}

// smallInitialsFirst looks at two small letters with points, the first of which is t: «иванов и.и.», «и.и. иванов».
func (p *pass) smallInitialsFirst(t token) int {
	second, _ := p.after(t.to)
	end := second.to + 1
	if after, g := p.after(end); g == 0 && after.what == aWord && letters(p.text[after.from:after.to]) < 2 && end < len(p.text) && letterAt(p.text, end) > 0 {
		return t.to // «и.т.д.»
	}
	var room [keyRoom]byte
	if isCapital(p.text, second.from) || abbreviations[string(p.key(room[:], aWord.at(t.from, second.to)))] {
		return t.to
	}
	start := -1
	if prev, g := p.before(t.from); g == spaces && prev.what == aWord {
		if x := p.part(prev); x.surname && x.plain() && x.role&streetName == 0 && !p.adjective(prev) { // «Аксуская с.а.» is a district
			start = prev.from
		}
	}
	if start < 0 {
		next, g := p.after(end)
		if x := p.part(next); g&^spaces != 0 || !x.surname || !x.plain() {
			return t.to
		}
		start, end = t.from, next.to
	}
	if before, _ := p.before(start); before.what == aNumber || p.honouredBy(start, end, streetBefore|honouredWord|titleWord) {
		return t.to
	}
	p.mask(start, end, Name)
	return end
}

var abbreviations = exactly("к_ә қ_ә а_ә п_ә с_ә а_о ж_б ж_к т_о а_м р_н в_ч л_с р_с с_ш д_с б_у н_п ч_п у_д э_э х_в г_о о_г т_е т_д т_п т_к т_ч т_н н_э и_о с_г м_б к_м п_п р_п с_о ж_д г_р к_х а_о к_в в_т и_т")

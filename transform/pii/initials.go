package pii

import "bytes"

// initials reads one or two capital letters with points that begin at i: «И.И.», «И. И.», «Ә.». It returns how many
// and where they end; the last point may be missing.
func (p *pass) initials(i int) (n, to int) {
	hyphens := 0
	for n < 3 {
		at := i
		if n > 0 {
			for at < len(p.text) && at-i < 4 {
				if g, m := signAfter(p.text, at); g == spaces || n > 0 && g == dashes && m == 1 && at == i {
					at += m
					if g == dashes {
						hyphens++
					}
				} else {
					break
				}
			}
		}
		size := initialAt(p.text, at)
		if size == 0 {
			break
		}
		if at+size < len(p.text) && p.text[at+size] == '.' {
			i = at + size + 1
		} else if n > 0 && (at == i || p.lastInitial(at, at+size)) { // «И.И» and «С. Б», but not «С. И»
			return n + 1, at + size
		} else {
			break
		}
		if n == 0 || hyphens != 1 { // «К.-Ж.» is one first name
			n++
		} else {
			hyphens++
		}
	}
	return n, i
}

// initialAt returns the size of the capital letter that stands alone at i, or of «Дж»; 0 when there is none.
func initialAt(text []byte, i int) int {
	const dzh = "Дж"
	if !isCapital(text, i) {
		return 0
	}
	size := letterAt(text, i)
	if i+len(dzh) <= len(text) && string(text[i:i+len(dzh)]) == dzh {
		size = len(dzh)
	}
	if letterAt(text, i+size) > 0 {
		return 0
	}
	return size
}

// glued tells initials after a word and a point: «Ахметов.А.Б.».
func glued(text []byte, i int) bool {
	if i >= len(text) || text[i] != '.' {
		return false
	}
	size := initialAt(text, i+1)
	return size > 0 && i+1+size < len(text) && text[i+1+size] == '.'
}

// initialsFirst masks «И.И. Иванов» and «Қ. Ахметов»; the first letter stands from i to to.
func (p *pass) initialsFirst(i, to int) int {
	n, end := p.initials(i)
	if n > 2 && placeOfSeal(p.text[i:]) { // «М.П. С.К. Утебаев»
		return i + len("М.П.")
	}
	if n > 2 {
		return end // «Ф.И.О.»
	}
	if n == 0 {
		return 0
	}
	t, g := p.after(end)
	if t.what != aWord || g&^spaces != 0 || !isCapital(p.text, t.from) {
		return 0
	}
	x := p.part(t)
	if letters(p.text[t.from:t.to]) < 2 {
		return 0
	}
	switch {
	case x.surname, x.sure, x.first:
	case !x.plain(), x.role&(placeAfter|streetName) != 0 && n == 1, letters(p.text[t.from:t.to]) < 3:
		return 0
	case n == 1 && placeLetter(p.text[i:to]) && (p.near(i, postWord|introWord, 1) == 0 || shouted(p.text[t.from:t.to])):
		return 0
	}
	if n == 1 && !x.surname && !x.first && !x.sure && endsSentence(p, i) {
		return 0
	}
	if p.honoured(i, t.to) || p.numbered(t.to) && x.role&streetName != 0 {
		return t.to
	}
	start := i
	if prev, g := p.before(i); x.sure && g == spaces && p.surnameBefore(prev) { // «Ахметов Б.Кайратович»
		start = prev.from
	}
	p.mask(start, t.to, Name)
	return t.to
}

// placeOfSeal tells «М.П.» and «М.О.», where papers are sealed.
func placeOfSeal(text []byte) bool {
	return bytes.HasPrefix(text, []byte("М.П.")) || bytes.HasPrefix(text, []byte("М.О."))
}

// placeLetter tells the letters that stand for town, village, street … in a text of capitals: Г. АЛМАТЫ.
func placeLetter(letter []byte) bool {
	switch string(letter) {
	case "Г", "С", "П", "А", "У", "Д", "К", "М", "О", "Р", "В":
		return true
	}
	return false
}

// endsSentence tells that the letter at i ends what stands before it: «подъезд Б. Прошу».
func endsSentence(p *pass, i int) bool {
	t, g := p.before(i)
	return t.what == aWord && g == spaces && p.roles(t)&(unitWord|buildingWord|houseWord|institutionWord) != 0 ||
		t.what == aNumber || t.what == aMask && maskKind(p.text, t) != Name // which was a number
}

// initialsLast masks «Иванов И.И.» and «Ахметов С.»; t is the surname.
func (p *pass) initialsLast(t token) int {
	from := t.to
	if glued(p.text, from) {
		from++
	}
	for from < len(p.text) && from-t.to < 4 {
		g, n := signAfter(p.text, from)
		if g != spaces {
			break
		}
		from += n
	}
	if from == t.to && letterAt(p.text, t.to) > 0 || !isCapital(p.text, from) {
		return 0
	}
	n, to := p.initials(from)
	x := p.part(t)
	if from == t.to+1 && p.text[t.to] == '.' && !x.surname {
		return 0
	}
	if n == 0 {
		n, to = p.bareInitials(from, &x)
	}
	if n == 0 && x.surname && x.role&streetName == 0 && (p.listed(from) || p.besideName(x.token) && letterAt(p.text, from+letterAt(p.text, from)) == 0) {
		n, to = 1, from+letterAt(p.text, from)
	}
	if n == 0 && x.surname && x.role&streetName == 0 {
		n, to = p.looseInitial(from, &x)
	}
	if n == 0 || n > 2 {
		return 0
	}
	if !x.surname && !x.plain() && !(n == 1 && p.besideName(x.token)) || x.role&streetPart != 0 && !x.surname {
		return 0
	}
	if n == 1 && !x.surname && !p.oneInitial(&x, to) {
		return 0
	}
	if n == 2 && !x.surname && !x.first && administration[string(p.text[from:to])] {
		return 0
	}
	if next, g := p.after(to); next.what == aWord && g&^spaces == 0 && isCapital(p.text, next.from) {
		v := p.part(next)
		m, _ := p.initials(next.from)
		own, _ := p.initials(skipSpaces(p.text, next.to))
		if m == 0 && v.surname && own == 0 && (!x.surname || n == 1) { // «Алматы И.И. Иванов»: they are his
			if n == 1 && x.first && x.role&notGiven == 0 { // «Serik B. Akhmetov»
				if !p.honoured(t.from, next.to) {
					p.mask(t.from, next.to, Name)
				}
				return next.to
			}
			return 0
		}
	}
	if p.honouredBy(t.from, to, streetBefore|honouredWord|titleWord) {
		return to
	}
	p.mask(t.from, to, Name)
	return to
}

// joinedInitials masks a surname with the first of two initials written as if it were of the word: «ИвановИ.И.».
func (p *pass) joinedInitials(t token) int {
	at := t.to - letterBefore(p.text, t.to)
	if !isCapital(p.text, at) || at-t.from < len("Ким") || isCapital(p.text, at-letterBefore(p.text, at)) {
		return 0
	}
	surname := aWord.at(t.from, at)
	n, to := p.initials(at)
	if x := p.part(surname); n != 2 || !x.surname || !x.plain() || letterAt(p.text, to) > 0 {
		return 0
	}
	if !p.honouredBy(t.from, to, streetBefore|honouredWord|titleWord) {
		p.mask(t.from, to, Name)
	}
	return to
}

// administration of a town looks like initials: «Кентау Г.А.».
var administration = map[string]bool{"Г.А.": true, "Г. А.": true, "Қ.Ә.": true, "Қ. Ә.": true, "Г.А": true, "Қ.Ә": true}

// oneInitial tells that a word without the ending of a surname bears the single initial after it: «Олжас К.»,
// «мастер Тулеу М.».
func (p *pass) oneInitial(x *part, to int) bool {
	if shouted(p.text[x.from:x.to]) || x.role&(streetName|stopWord) != 0 {
		return false
	}
	if x.role&unitWord != 0 && p.besideName(x.token) { // «[name], Мамыр Б.»
		return true
	}
	return x.like && x.role&commonName == 0 || x.plain() && (p.near(x.from, postWord|introWord, 2) != 0 || p.handed(x.token) || p.besideName(x.token) || p.nameFollows(to))
}

// handed tells the word before a name that says from whom something came, or who took it: «жалоба от Кайып Р.».
func (p *pass) handed(t token) bool {
	word, g := p.before(t.from)
	if g&^(spaces|colons|breaks) != 0 {
		return false
	}
	var room [keyRoom]byte
	return handing[string(p.key(room[:], word))]
}

var handing = exactly("от кому кем сдал сдала принял приняла получил получила выдал выдала передал передала проверил проверила составил составила " +
	"утвердил согласовал подготовил подготовила тапсырды қабылдады алды берді орындады орындаған дайындады дайындаған")

// nameFollows tells that a name that is masked already follows in a list.
func (p *pass) nameFollows(to int) bool {
	next, g := p.after(to)
	return g&(commas|slashes) != 0 && g&^(commas|slashes|spaces|dashes) == 0 && maskKind(p.text, next) == Name
}

// besideName tells that a name that is masked already stands before the word in a list: «[name], Сағат Б.».
func (p *pass) besideName(t token) bool {
	prev, g := p.before(t.from)
	if g == spaces && p.roles(prev)&joinWord != 0 {
		prev, g = p.before(prev.from)
		return g == spaces && maskKind(p.text, prev) == Name
	}
	return g&(commas|slashes) != 0 && g&^(commas|slashes|spaces|dots|dashes) == 0 && maskKind(p.text, prev) == Name
}

// listed tells a capital letter that a comma, a bracket or the end of the line follows: «Хамитова А, Хамитов Б».
func (p *pass) listed(i int) bool {
	size := letterAt(p.text, i)
	if size == 0 || !isCapital(p.text, i) || letterAt(p.text, i+size) > 0 {
		return false
	}
	if i+size == len(p.text) {
		return true
	}
	g, _ := signAt(p.text, i+size)
	return g&(commas|breaks) != 0 || p.text[i+size] == ')'
}

// looseInitial tells an initial without a point where a post says that the surname is somebody's: «председатель ОСИ
// Бекмуратов Т отчёт не показывает».
func (p *pass) looseInitial(i int, surname *part) (n, to int) {
	to = i + letterAt(p.text, i)
	next, g := p.after(to)
	if letterAt(p.text, to) > 0 || string(p.text[i:to]) == "Я" || g != spaces || next.what != aWord || isCapital(p.text, next.from) ||
		p.near(surname.from, postWord, 2) == 0 {
		return 0, i
	}
	return 1, to
}

// lastInitial tells that a capital letter without a point is an initial and does not begin a sentence.
func (p *pass) lastInitial(i, to int) bool {
	if p.listed(i) {
		return true
	}
	if to < len(p.text) && p.text[to] != ' ' {
		return false
	}
	switch string(p.text[i:to]) {
	case "А", "В", "И", "К", "О", "С", "У", "Я", "A", "I":
		return false
	}
	return true
}

// bareInitials reads initials without points after a surname: «Искаков Б Ж», «Искаков БЖ». Two capitals together may
// be an abbreviation, so the surname must not look like an adjective: «Абайский РО».
func (p *pass) bareInitials(i int, x *part) (n, to int) {
	loud := shouted(p.text[x.from:x.to])
	if !x.surname || x.role&streetName != 0 || loud && p.near(x.from, postWord|introWord, 1) == 0 {
		return 0, i
	}
	one := letterAt(p.text, i)
	if one == 0 || !isCapital(p.text, i) {
		return 0, i
	}
	j := skipSpaces(p.text, i+one)
	apart := j > i+one
	if loud && !apart {
		return 0, i
	}
	two := letterAt(p.text, j)
	if two == 0 || !isCapital(p.text, j) || letterAt(p.text, j+two) > 0 || digitBefore(p.text, i) > 0 {
		return 0, i
	}
	to = j + two
	if to < len(p.text) && (p.text[to] == '.' && apart || p.text[to] == '-') {
		return 0, i
	}
	if _, size := digitAt(p.text, to); size > 0 {
		return 0, i
	}
	var room [keyRoom]byte
	if !apart && (p.roles(aWord.at(i, to))&(stopWord|institutionWord|documentWord) != 0 || adjectives.end(p.key(room[:], x.token), 2)) {
		return 0, i
	}
	return 2, to
}

var adjectives = endings("ский цкий ская цкая ского цкого скому скую ской цкой ском ских")

func skipSpaces(text []byte, i int) int {
	if i+1 < len(text) && text[i] == ' ' && text[i+1]&0xfc == 0xd0 {
		return i + 1
	}
	for at, signs := i, 0; at < len(text) && signs < 4; signs++ {
		g, n := signAfter(text, at)
		if g != spaces {
			return at
		}
		at += n
	}
	return i
}

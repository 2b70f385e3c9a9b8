package pii

import "bytes"

// A name is told by its parts: initials, a patronymic, a first name of names.tsv beside a word with the ending of a
// surname; or by the word before it («меня зовут», «гражданин»). A surname alone stays: half of all streets are one.

// part is a word that may be of a name.
type part struct {
	token
	role    role
	first   bool // a first name
	like    bool // a first name, or ends as Kazakh names do
	capital bool
	surname bool // ends as surnames do, or is listed
	man     bool // ends as the surname of a man does that no other case has: Ахметов, Ильин
	sure    bool // a patronymic
	weak    bool // a patronymic, or a word that ends as one
	fathers bool // a surname made of a first name
	counts  counting
}

// judge finds out what a word is: from the word alone, so that it can be remembered (see part).
func (p *pass) judge(t token) part {
	var room [keyRoom]byte
	key := p.key(room[:], t)
	x := part{token: t, role: p.words.roles(key), counts: countingOf(key)}
	if x.role == 0 {
		x.role = p.words.name(key)
	}
	if letters(p.text[t.from:t.to]) < 2 {
		return x
	}
	x.first = x.role&firstName != 0 && x.role&stopWord == 0
	x.sure, x.weak = isPatronymic(key)
	x.sure = x.sure || x.role&patronymicWord != 0
	x.like = x.first || compound(key)
	if double := bytes.IndexByte(key, ' '); double > 0 && !x.like { // «Касым-Жомарт»
		x.like = p.words.whole[string(key[:double])]&firstName != 0
		x.surname = surnameLike(key[:double]) // «Асылханова-Ким»
	}
	x.capital = isCapital(p.text, t.from)
	x.fathers = p.words.fathers(key, x.role)
	x.surname = x.surname || x.role&surnameWord != 0 && !(x.role&stopWord != 0 && shouted(p.text[t.from:t.to])) || surnameLike(key) && x.role&stopWord == 0 && (x.capital || x.role&unitWord == 0)
	if x.capital && x.surname && p.words.whole[string(key)]&unitWord == 0 && !shouted(p.text[t.from:t.to]) {
		x.role &^= unitWord // Мамыров is no month
	}
	x.man = menEndings.end(key, 4) && x.role&(streetName|unitWord) == 0 && !notSurnames[string(key)]
	return x
}

// letters counts the letters of a word, three at most.
func letters(word []byte) (n int) {
	for i := 0; i < len(word) && n < 3; {
		size := letterAt(word, i)
		if size == 0 {
			size = 1
		} else if invisibleAt(word, i) == 0 {
			n++
		}
		i += size
	}
	return n
}

// plain tells a capital word that may be of a name as far as tables know.
func (x *part) plain() bool {
	return x.what == aWord && x.role&notPlain == 0
}

// The roles of a word that is no name by itself; and of a first name that needs its capital letter.
const (
	notPlain = stopWord | postWord | introWord | introMe | streetBefore | microWord | houseWord | unitWord | flatWord |
		institutionWord | addressWord | documentWord | iinWord | phoneWord | numberWord | honouredWord | placeAfter | titleWord
	notGiven = notPlain | commonName | streetName | famousName | placeName
)

// capital looks at the word with a capital letter that begins at i, and returns where to go on.
func (p *pass) capital(i int) int {
	if letterBefore(p.text, i) > 0 || digitBefore(p.text, i) > 0 { // in the middle of a word
		return i + letterAt(p.text, i)
	}
	t := aWord.at(i, wordEnd(p.text, i))
	if t.to == i {
		return i + 1
	}
	if t.to-i >= longestWord && letters(p.text[i:t.to]) >= 2 {
		return t.to
	}
	return p.capitalWord(t, letters(p.text[i:t.to]) < 2)
}

// capitalWord looks at a word that begins with a capital letter; one says that it has no other letter.
func (p *pass) capitalWord(t token, one bool) int {
	i, to := t.from, t.to
	if one || initialAt(p.text, i) == to-i {
		if end := p.initialsFirst(i, to); end > 0 {
			return end
		}
		return to
	}
	if next := skipSpaces(p.text, to); isCapital(p.text, next) {
		if next > to && letterAt(p.text, next+letterAt(p.text, next)) > 0 && !p.initialled(to, next) {
			if end := p.sequence(t); end > 0 {
				return end
			}
		}
		if end := p.initialsLast(t); end > 0 {
			return end
		}
	} else if glued(p.text, to) {
		if end := p.initialsLast(t); end > 0 {
			return end
		}
		if end := p.joinedInitials(t); end > 0 {
			return end
		}
	}
	if end := p.alone(t); end > 0 {
		return end
	}
	if end := p.maidenName(t); end > 0 {
		return end
	}
	return to
}

// maidenName masks a surname, a former one in brackets and a first name: «Шаповалова (Ким) Анна».
func (p *pass) maidenName(t token) int {
	if t.to+1 >= len(p.text) || p.text[t.to+1] != '(' { // nearly all words
		return 0
	}
	former, g := p.after(t.to)
	if g != spaces|parens || former.what != aWord || !p.ask(t).surname {
		return 0
	}
	first, g := p.after(former.to)
	if g != spaces|parens || !p.surnameBefore(t) || !isCapital(p.text, former.from) || !isCapital(p.text, first.from) || !p.ask(first).first {
		return 0
	}
	if next, g := p.after(first.to); g == spaces && isCapital(p.text, next.from) { // formerSurname finds this one
		return 0
	}
	p.mask(t.from, first.to, Name)
	return first.to
}

// initialled tells that the word that begins at next is two capitals, which may be initials without points.
func (p *pass) initialled(to, next int) bool {
	second := next + letterAt(p.text, next)
	end := second + letterAt(p.text, second)
	return end-to <= 8 && isCapital(p.text, second) && letterAt(p.text, end) == 0 && p.roles(aWord.at(next, end))&stopWord == 0
}

// sentenceStart tells that a sentence or a line begins at i.
func (p *pass) sentenceStart(i int) bool {
	for i > 0 && p.text[i-1] == ' ' {
		i--
	}
	if i == 0 {
		return true
	}
	switch p.text[i-1] {
	case '.', '!', '?', '\n', '\r':
		at := i - 1
		for range 3 { // a point after one or two letters is that of an abbreviation
			n := letterBefore(p.text, at)
			if n == 0 {
				return at == i-1
			}
			at -= n
		}
		return true
	}
	return false
}

const longestName = 6 // capital words in a row that are looked at

// sequence looks at the capital words from t on. It returns where to go on, 0 when they are no name.
func (p *pass) sequence(t token) int {
	var parts [longestName]part
	n := 0
	for n < longestName {
		parts[n] = p.part(t)
		n++
		next, g := p.after(t.to)
		if next.what != aWord || g != spaces {
			break
		}
		if !isCapital(p.text, next.from) {
			if how := p.lineage(next); n > 1 && (how == sureChild || how == child && (parts[n-1].like || parts[n-2].like)) { // «Серік Болат ұлы»
				parts[n-1].sure, parts[n-1].to = true, next.to
			}
			break
		}
		t = next
	}
	if a, b := &parts[0], &parts[1]; n > 2 && a.first && a.role&postWord != 0 && (b.like || b.surname) && !b.sure && (parts[2].like || parts[2].surname) {
		return b.from // «Азамат Дүйсен Бағдат» is a citizen
	}
	from, to := p.find(parts[:n])
	if from < 0 {
		if how := p.introduced(parts[:n]); how != 0 {
			return p.run(parts[:n], how)
		}
		return 0
	}
	if p.company(&parts[from]) {
		return parts[n-1].to
	}
	start, end := parts[from].from, parts[to].to
	if next, g := p.after(end); to-from == 1 && g == spaces && next.what == aWord {
		if x := p.part(next); x.sure {
			end = next.to
		}
	}
	if p.honoured(start, end) || p.famous(start, end) || to-from == 1 && !parts[to].sure && !parts[to].weak && (p.numbered(end) && p.near(start, postWord|introWord, 1) == 0 || p.titled(start, end)) {
		return end
	}
	if end == parts[from].to {
		end = p.initialsAfter(end)
	} else if y := &parts[to]; to-from == 1 && y.surname && !y.sure { // «Азамат Мейрамбеков А.Б.» is a citizen
		if n, after := p.initials(skipSpaces(p.text, end)); n == 2 {
			end = after
			if parts[from].role&postWord != 0 {
				start = y.from
			}
		}
	}
	if a, b := &parts[from], &parts[to]; to-from == 1 && a.surname && !a.first && b.first && !b.sure { // «Ахметов Болат К.»
		if n, after := p.initials(skipSpaces(p.text, end)); n == 1 && after > end+len(" К") {
			end = after
		}
	}
	p.mask(p.formerSurname(p.shortSurname(start)), end, Name)
	return end
}

// formerSurname returns where a surname begins that a sign parts from the name at i: «Оспанова (Ким) Лариса
// Викторовна», «Каримов,Руслан Маратович».
func (p *pass) formerSurname(i int) int {
	t, g := p.before(i)
	if g == commas && p.surnameBefore(t) {
		return t.from
	}
	if g != parens|spaces || t.what != aWord || !isCapital(p.text, t.from) {
		return i
	}
	if t, g = p.before(t.from); g == parens|spaces && p.surnameBefore(t) {
		return t.from
	}
	return i
}

func (p *pass) surnameBefore(t token) bool {
	x := p.part(t)
	return x.surname && x.capital && x.role&(streetName|stopWord) == 0
}

// lineage tells the endings of patronymics that stand apart: «қызы», «ұлы», «оглы»; the last is no word besides.
func (p *pass) lineage(t token) lineage {
	var room [keyRoom]byte
	switch string(p.key(room[:], t)) {
	case "ұлы", "улы", "қызы", "кызы", "кизи":
		return child
	case "оглы", "оглу", "углы", "угли", "ұғлы":
		return sureChild
	}
	return noChild
}

type lineage uint8

const (
	noChild lineage = iota
	child
	sureChild
)

// find returns the first and the last part of a name, -1 when there is none.
func (p *pass) find(parts []part) (from, to int) {
	for j := range parts {
		x := &parts[j]
		if !x.sure && !x.weak {
			continue
		}
		if j == 0 { // «Болатұлы Серік»
			if x.sure && len(parts) > 1 && (parts[1].first || p.stranger(&parts[1]) && x.capital && x.role&streetName == 0) {
				if len(parts) > 2 && parts[2].surname {
					return 0, 2
				}
				return 0, 1
			}
			continue
		}
		name := &parts[j-1]
		if x.sure && !name.like && x.surname && j+1 < len(parts) { // «Уплатил Базилевич Б.С.»
			if letters(p.text[parts[j+1].from:parts[j+1].to]) < 2 {
				continue
			}
			if parts[j+1].first && p.verb(name) {
				return j, j + 1
			}
		}
		if !name.first && !((x.sure || x.weak && x.capital) && (name.plain() || name.role&placeName != 0) && name.capital) {
			if x.sure && name.role&(postWord|introWord|introMe|stopWord) != 0 {
				if j >= 2 && name.role&postWord != 0 && parts[j-2].surname && parts[j-2].plain() { // «Петров Аким Семёнович»
					return j - 2, j
				}
				return j, j
			}
			continue
		}
		from, to = j-1, j
		if j >= 2 && p.family(&parts[j-2], name) {
			from--
		}
		if j+1 < len(parts) && from == j-1 && (parts[j+1].surname || parts[j+1].role&streetName != 0 || x.sure && p.stranger(&parts[j+1])) {
			to++
		}
		return from, to
	}
	for j := 0; j+1 < len(parts); j++ {
		a, b := &parts[j], &parts[j+1]
		if j+2 < len(parts) && a.role&surnameWord != 0 && a.plain() && p.syllable(b) && p.syllable(&parts[j+2]) {
			return j, j + 2
		}
		if a.role&surnameWord != 0 && a.plain() && p.syllable(b) && j+2 == len(parts) && !a.first && a.to-a.from <= len("Чжанн") {
			return j, j + 1 // «Чжан Вэй»
		}
		switch {
		case a.role&b.role&streetName != 0: // «Абая Саина» is a crossing
		case a.like && b.surname && a.plain(), a.surname && b.like && a.plain() && b.plain(), a.like && b.like && a.plain() && b.plain(),
			a.role&surnameWord != 0 && a.surname && b.first && a.role&streetName == 0,                           // «Хан Ольга»
			a.role&nominative != 0 && a.first && a.role&commonName == 0 && b.first && b.role&postWord != 0,      // «Бекзат Орынбасар»
			a.role&placeName != 0 && b.man && !b.first && p.sameCase(a, b) && p.near(a.from, adminWord, 1) == 0, // «Арал Бекенов»
			a.first && a.role&(nominative|commonName|streetName) == nominative && p.stranger(b),
			a.first && a.role&(commonName|streetName) == 0 && a.to-a.from >= len("Дияру") && p.stranger(b) && !p.sentenceStart(a.from),
			a.like && !a.first && a.plain() && a.to-a.from >= len("Нұржан") && p.stranger(a) && p.stranger(b) && !p.owner(a.token), // «Тілеубек Жақып»
			b.first && b.role&(commonName|streetName) == 0 && !shouted(p.text[b.from:b.to]) && p.stranger(a) && !p.sentenceStart(a.from),
			j+2 == len(parts) && (a.first || b.first) && p.someone(a) && p.someone(b) && p.acts(b.to):
			if j+2 < len(parts) && (a.first && b.first && parts[j+2].surname || a.surname && b.first && p.mistypedPatronymic(&parts[j+2])) {
				return j, j + 2
			}
			if j+2 < len(parts) && !a.like && b.first && (parts[j+2].surname || parts[j+2].like || p.stranger(&parts[j+2])) {
				return j + 1, j + 2
			}
			return j, j + 1
		}
	}
	return -1, -1
}

// mistypedPatronymic tells the third of three words, the first of which are surname and first name: «Ахметов Болат
// Кайратоеич».
func (p *pass) mistypedPatronymic(x *part) bool {
	return p.stranger(x) && x.to-x.from >= len("Ильинча") && !x.surname
}

// someone tells a word that may be of a name where what follows says that it is somebody's.
func (p *pass) someone(x *part) bool {
	var room [keyRoom]byte
	return (p.stranger(x) || x.first && x.plain() && x.capital) && !noFirstName.end(p.key(room[:], x.token), 2)
}

// acts tells that what only a person does or is called follows: «Лукпан Сабира просит …», «Көбей Ақан деген кісі».
func (p *pass) acts(end int) bool {
	t, g := p.after(end)
	var room [keyRoom]byte
	return g == spaces && actions[string(p.key(room[:], t))]
}

var actions = exactly("просит жалуется обращается обратился обратилась пишет написал написала проживает болеет пожаловался пожаловалась " +
	"деген дейтін есімді атты сұрайды шағымданады шағымданды жүгінді жазды өтінеді тұрады")

// syllable tells a part of a Korean first name that is written apart: «Ким Ен Сук».
func (p *pass) syllable(x *part) bool {
	y := *x
	y.role &^= unitWord // Мин
	return p.stranger(&y) && x.to-x.from <= len("Тхань") && letters(p.text[x.from:x.to]) > 1
}

// stranger tells a capital word that no table knows: after a first name it is a surname without the usual ending.
func (p *pass) stranger(x *part) bool {
	return x.plain() && x.role&(streetName|streetPart|commonName) == 0 && x.capital && !shouted(p.text[x.from:x.to])
}

// family tells that the word before a first name and a patronymic is the surname. One without the ending of a
// surname must not be an abbreviation, and at the beginning of a sentence not look like a verb or an adjective.
func (p *pass) family(x, name *part) bool {
	var room [keyRoom]byte
	key := p.key(room[:], x.token)
	if x.surname && (x.role&postWord == 0 || fatherEndings.end(key, 4)) { // but «Физрук Дмитрий Олегович»
		return true
	}
	if !x.plain() || shouted(p.text[x.from:x.to]) && !shouted(p.text[name.from:name.to]) {
		return false
	}
	if !p.sentenceStart(x.from) {
		return true
	}
	return name.role&nominative != 0 && (compound(key) || x.first || !sentenceEndings.end(key, 2))
}

// verb tells a word at the beginning of a sentence that ends as verbs and adjectives do.
func (p *pass) verb(x *part) bool {
	var room [keyRoom]byte
	return p.sentenceStart(x.from) && sentenceEndings.end(p.key(room[:], x.token), 2)
}

var sentenceEndings = endings("те шу ю ь ем им ым ім ый ий ая яя ие ые ит ет ат ят ся сь ли ла ло я у е и а ы ін ша")

// sameCase tells that two words are both of capitals, or both not.
func (p *pass) sameCase(a, b *part) bool {
	return shouted(p.text[a.from:a.to]) == shouted(p.text[b.from:b.to])
}

// initialsAfter returns where the initials end that follow a name of one word: «Бауыржан Т.». They are not those of
// another name: «Айгүл Б. Серікова».
func (p *pass) initialsAfter(end int) int {
	at := skipSpaces(p.text, end)
	n, to := p.initials(at)
	if n == 0 && at > end && p.listed(at) {
		n, to = 1, at+letterAt(p.text, at)
	}
	if at == end || n == 0 || n > 2 {
		return end
	}
	if next, g := p.after(to); next.what == aWord && g&^spaces == 0 && isCapital(p.text, next.from) {
		return end
	}
	return to
}

// shortSurname returns where a Korean surname of one letter begins before the name at i: «Ю Светлана Геннадьевна».
func (p *pass) shortSurname(i int) int {
	t, g := p.before(i)
	if t.what != aWord || g != spaces {
		return i
	}
	switch string(p.text[t.from:t.to]) {
	case "Ю", "Э":
		return t.from
	}
	return i
}

// shouted tells a word of capitals.
func shouted(word []byte) bool {
	return isCapital(word, letterAt(word, 0))
}

// company tells that a company's name begins with this word: «ТОО Асель Транс», but not «директор ТОО Асель Серикова».
func (p *pass) company(x *part) bool {
	t, g := p.before(x.from)
	return g&^(spaces|quotes) == 0 && p.roles(t)&companyWord != 0 && p.near(t.from, postWord, 1) == 0
}

// titled tells two words between quotation marks, which are a book or a shop and no person: «Анна Каренина».
func (p *pass) titled(start, end int) bool {
	open, g := p.before(start)
	if next, _ := p.after(end); p.called(next) {
		return false
	}
	if g&quotes == 0 || p.roles(open)&(postWord|introWord) != 0 {
		return false
	}
	_, g = after(p.text, end)
	return g&quotes != 0
}

// called tells the word after a name in quotation marks that says that somebody is called so: «"Сайлау Тілеукенов" деген
// кісі».
func (p *pass) called(t token) bool {
	var room [keyRoom]byte
	switch string(p.key(room[:], t)) {
	case "деген", "дейтін", "есімді":
		return true
	}
	return false
}

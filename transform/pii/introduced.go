package pii

import "bytes"

// A name is introduced by the word before it: by «меня зовут», which a name must follow, or by a post or a relation,
// which a name may follow («директор», «сосед»).

// introduced returns the role of the word before that says that a person's name follows, 0 for none.
func (p *pass) introduced(parts []part) role {
	x := &parts[0]
	t, g := p.before(x.from)
	r := p.roles(t)
	if r&joinWord != 0 || g&commas != 0 { // «[name] и Ұлтуар Боранбаева»
		mask := t
		if r&joinWord != 0 {
			mask, _ = p.before(t.from)
		}
		if maskKind(p.text, mask) == Name && len(parts) > 1 && p.foreign(x, &parts[1]) {
			return introWord
		}
	}
	if t.what != aWord {
		return 0
	}
	if r&ownWord != 0 { // «фамилия моя Скляр»
		t, _ = p.before(t.from)
		r = p.roles(t) & introWord
	}
	if r&honouredWord != 0 && p.roles(p.wordBefore(t))&byWord != 0 { // «по имени Бахтияр»
		r = introWord
	}
	if p.nameParts(t) {
		r = introWord
	}
	if g&dots != 0 && t.to-t.from <= len("исп") {
		g &^= dots
	}
	switch {
	case r&introWord != 0 && (g&^(spaces|colons|dashes|commas|breaks|quotes) == 0 || g&^(spaces|parens) == 0 && x.surname):
		if x.like || x.surname || x.plain() && g&(commas|breaks) == 0 {
			return introWord
		}
		return 0
	case r&postWord != 0 && g == spaces && len(parts) > 1 && p.foreign(x, &parts[1]):
		return introWord
	case !x.first && !x.surname && !x.sure || x.role&(stopWord|streetName|postWord|institutionWord|unitWord) != 0 && !x.first && !x.surname:
		return 0
	case r&childWord != 0 && g == spaces && !isCapital(p.text, t.from): // «ұлы Әлихан», but not «Ұлы Жібек жолы»
		if x.first && x.role&(commonName|streetName|famousName|placeName) == 0 {
			return postWord
		}
		return 0
	case r&introMe != 0 && g&commas != 0 && g&^(spaces|commas) == 0:
		return introMe
	case r&introMe != 0 && g == spaces && len(parts) == 1 && x.surname: // «Я Турсынбекова, мать троих детей»
		if _, g := p.after(x.to); g&commas != 0 {
			return introMe
		}
		return 0
	case r&postWord != 0 && x.role&streetName != 0 && len(parts) == 1 && !x.first && p.resident(t): // «житель Сатпаева»
		return 0
	case r&postWord != 0 && g&^(spaces|colons|dots|dashes|commas) == 0 && (g&dots == 0 || t.to-t.from <= len("гр-н")):
		if g&commas != 0 && !(x.first && len(parts) > 1) {
			return 0
		}
		if p.territory(x.to) {
			return 0
		}
		if next, g := p.after(x.to); !x.like && g == spaces && p.adjective(x.token) {
			// «аким Абайского района», «учитель Казахского Языка»
			if y := p.part(next); y.role&adminWord != 0 || y.capital && !y.like && !y.sure && letters(p.text[next.from:next.to]) > 1 {
				return 0
			}
		}
		return postWord
	}
	return 0
}

// nameParts tells the last letter of «Ф.И.О.» and «Т.А.Ә.», after which a name comes.
func (p *pass) nameParts(t token) bool {
	if t.to-t.from != len("О") {
		return false
	}
	middle, g := p.before(t.from)
	first, h := p.before(middle.from)
	if g&dots == 0 || h&dots == 0 || t.to-first.from > len("Ф. И. О") {
		return false
	}
	switch string(p.text[first.from:first.to]) + string(p.text[middle.from:middle.to]) + string(p.text[t.from:t.to]) {
	case "ФИО", "фио", "ТАӘ", "таә", "АТӘ", "ТАЖ":
		return true
	}
	return false
}

// resident tells the words for who lives in a street.
func (p *pass) resident(t token) bool {
	var room [keyRoom]byte
	key := p.key(room[:], t)
	return bytes.HasPrefix(key, []byte("жител")) || bytes.HasPrefix(key, []byte("жил")) || bytes.HasPrefix(key, []byte("тұрғын"))
}

// foreign tells a first name that no table knows by the surname after it, where a post stands before: «тренер Хетаг
// Бигулов». What ends as adjectives and abstract nouns do is an office: «директор Областных Домов».
func (p *pass) foreign(x, next *part) bool {
	var room [keyRoom]byte
	if !p.stranger(x) || !p.stranger(next) {
		return false
	}
	if t, _ := p.before(x.from); p.roles(t)&kinWord != 0 {
		return true
	}
	return next.surname && !noFirstName.end(p.key(room[:], x.token), 2)
}

var noFirstName = endings("ого его ой ей ых их ым им ая яя ое ее ие ые ый ий ия ии ства ство ций ние ния ний нию нта тета тра ров ров нов лов ка ки ку")

func (p *pass) adjective(t token) bool {
	var room [keyRoom]byte
	return adjectives.end(p.key(room[:], t), 2)
}

// given tells a first name that no table knows by the surname before it: «фермер Машуров Дауд».
func (p *pass) given(surname, x *part) bool {
	var room [keyRoom]byte
	return p.stranger(x) && !p.adjective(surname.token) && !noFirstName.end(p.key(room[:], x.token), 2)
}

// wordBefore returns the word before a token, nothing when there is another one or a sign between.
func (p *pass) wordBefore(t token) token {
	if w, g := p.before(t.from); g == spaces {
		return w
	}
	return token{}
}

// run masks as many parts as are of a name, after an introduction.
func (p *pass) run(parts []part, how role) int {
	n := 0
	for n < len(parts) && n < 3 && !(n > 0 && p.owner(parts[n-1].token) && !parts[n].first) && (parts[n].like || parts[n].surname || parts[n].sure || parts[n].weak && n > 0 ||
		parts[n].plain() && (how == introWord || n > 0 && (parts[n-1].first || parts[n-1].role&surnameWord != 0 && p.syllable(&parts[n]))) ||
		n == 1 && how == postWord && parts[0].surname && p.given(&parts[0], &parts[1])) {
		n++
	}
	if n == 0 {
		return 0
	}
	end := parts[n-1].to
	if p.honoured(parts[0].from, end) {
		return end
	}
	if n == 1 {
		end = p.initialsAfter(end)
	}
	p.mask(parts[0].from, end, Name)
	return end
}

// owner tells the Kazakh genitive, after which comes what somebody has: «Президент Токаевтың Жолдауы».
func (p *pass) owner(t token) bool {
	var room [keyRoom]byte
	return ownerEndings.end(p.key(room[:], t), 4)
}

var ownerEndings = endings("тың тің дың дің ның нің")

// holder tells a surname whose post stands some words before: «водитель автобуса Ибраев», «начальник отдела
// архитектуры Шаймерденова». What is named after somebody has his name in the genitive, which is as that of a woman:
// «директор школы Ауэзова».
func (p *pass) holder(prev, surname token) bool {
	x := p.part(surname)
	if prev.what != aWord || x.role&(stopWord|postWord|unitWord|placeName) != 0 {
		return false
	}
	street := x.role&streetName != 0
	var room [keyRoom]byte
	bearers := false // a word that what is named after people may follow
	for step, at := 0, prev; step < mostOfPost; step++ {
		r, loud := p.roles(at), shouted(p.text[at.from:at.to])
		if r&(streetBefore|microWord|honouredWord|titleWord|introWord|joinWord) != 0 || isCapital(p.text, at.from) && !loud ||
			r&stopWord != 0 && r&adminWord == 0 && !loud && at.to-at.from < len("отдел") && r&byWord == 0 {
			return false
		}
		bearers = bearers || r&(institutionWord|placeAfter) != 0
		post, g := p.before(at.from)
		if g != spaces || post.what != aWord {
			return false
		}
		if p.roles(post)&postWord == 0 {
			at = post
			continue
		}
		woman := womanPosts.end(p.key(room[:], post), 4)
		key := p.key(room[:], x.token)
		switch {
		case street && step == 0 && loud, p.roles(prev)&byWord != 0: // «соседи по Байзакова» live in a street
			return false
		case x.man && step == 0, loud && step == 0 && womanEndings.end(key, 4):
			return true
		case shouted(p.text[surname.from:surname.to]), p.adjective(surname), x.first, p.numbered(surname.to):
			return false
		case datives.end(key, 4): // as no place is named
			return true
		}
		return !bearers && (x.man || (!street || woman) && personal.end(key, 4)) && !p.honoured(surname.from, surname.to)
	}
	return false
}

// mostOfPost is how many words may stand between a post and the name of who holds it.
const mostOfPost = 3

var (
	womanPosts = endings("ица ицу ице ицеи ка ку ке кои ая ую ша шу ше сестра сестру сестре")

	datives  = endings("ову еву ину овым евым иным овыми евыми")
	personal = endings("ова ева ина овои евои инои енко швили дзе чук щук юк ян")
)

// alone masks a capital word without another beside it: after an introduction, or a patronymic after a first name in
// small letters. Most capital words begin a sentence and are let go at once.
func (p *pass) alone(t token) int {
	if p.sentenceStart(t.from) {
		return 0
	}
	prev, g := p.before(t.from)
	r := p.roles(prev)
	if g == spaces && p.ask(t).surname && p.holder(prev, t) {
		p.mask(t.from, t.to, Name)
		return t.to
	}
	if r&(introWord|introMe|postWord|firstName|ownWord|honouredWord|childWord) == 0 && !p.nameParts(prev) {
		return 0
	}
	x := p.part(t)
	if how := p.introduced([]part{x}); how != 0 {
		return p.run([]part{x}, how)
	}
	if x.sure && r&firstName != 0 && x.role&streetName == 0 {
		p.mask(prev.from, t.to, Name)
		return t.to
	}
	return 0
}

package pii

import "strings"

// A number plate is told by its form, groups of digits and letters, and most forms also by a word for cars near. The
// letters of plates are Latin; people type Cyrillic ones that look or sound like them.

// plateNeed is what a form needs besides its groups.
type plateNeed uint8

const (
	needsWord   plateNeed = 1 << iota // a word for cars near: «госномер», «машина»
	needsRegion                       // the last group is the number of a region, 01 to 20
	needsTwins                        // letters that look like Latin ones: «приказ 214 ЛС 12» is no plate
	needsDash                         // a dash between the groups of digits: «12-34 АТА», not «12.05 АТП»
	needsKZ                           // the letters KZ
	needsSeries                       // a letter of embassies and foreigners, right after the word for cars
	needsUpper                        // capitals: «номер 1189 не найден» is no plate
	noYear                            // the first group is no year: «авто 2012 ГВ»
)

// plateForms are the forms of plates, a 9 for each digit and an A for each letter.
var plateForms = map[string]plateNeed{
	// Kazakhstan since 2012: people, companies; motorcycles, trailers
	"999 AAA 99":    needsRegion,
	"999 AA 99":     needsRegion | needsTwins,
	"AA 999 AAA 99": needsRegion | needsKZ,
	"99 AA 999 AAA": needsWord | needsUpper, // 02 KZ 123 ABC, and of Kyrgyzstan: 01 KG 123 ABC
	"99 AA 999 AA":  needsWord | needsUpper,
	"999 AAA AA 99": needsWord | needsUpper | needsRegion, // 123 ABC KZ 02
	"999 A A A 99":  needsWord | needsUpper | needsRegion,
	"AAA 999 99":    needsWord | needsUpper | needsRegion,
	"999 AAA":       needsWord,
	"99 AA 99":      needsWord | needsRegion | needsUpper,
	"99 AAA 99":     needsWord | needsRegion | needsUpper,
	"9999 AA 99":    needsWord | needsRegion | needsUpper | noYear,
	"9999 AA":       needsWord | needsUpper | noYear,
	"9999 AAA":      needsWord | needsUpper | noYear,
	// before 2012, and of Russia
	"A 999 AAA":    0,
	"A 999 AA 99":  0,
	"A 999 AA 999": 0,
	"A 999 AA":     needsWord,
	// tractors
	"AAA 999 A": needsWord | needsUpper,
	// embassies, foreign companies and journalists
	"A 999 999": needsWord | needsSeries,
	"A 999999":  needsWord | needsSeries,
	"A 99 9999": needsWord | needsSeries,
	"A 9999 99": needsWord | needsSeries | noYear,
	// the Soviet Union
	"99 99 AAA":  needsWord | needsUpper | needsDash,
	"A 99 99 AA": needsWord | needsUpper | needsDash,
	"A 9999 AA":  needsWord | needsUpper | noYear,
	// Uzbekistan
	"99 A 999 AA": needsWord | needsUpper,
	"99 999 AAA":  needsWord | needsUpper,
}

const (
	mostGroups     = 6
	mostPlateSigns = 6 // of a group: digits, or letters
)

// plateGroups are the groups that begin at a place, as forms write them.
type plateGroups struct {
	form [mostGroups * (mostPlateSigns + 1)]byte
	n    int // groups
	size [mostGroups]int
	from [mostGroups]int
	to   [mostGroups]int
	left [mostGroups]gap // the signs before a group
}

// read reads the groups from i on. It stops at what no plate has.
func (g *plateGroups) read(text []byte, i int) {
	g.n = 0
	size := 0
	for g.n < mostGroups {
		left, at := plateSigns(text, i)
		from, signs, c := at, 0, byte('9')
		for {
			_, n := digitAt(text, at)
			if n == 0 {
				break
			}
			at += n
			signs++
		}
		if signs == 0 {
			c = 'A'
			for signs <= mostPlateSigns {
				n := letterAt(text, at)
				if n == 0 {
					break
				}
				if invisibleAt(text, at) == 0 {
					signs++
				}
				at += n
			}
		}
		if signs == 0 || signs > mostPlateSigns || c == 'A' && signs > 3 {
			return
		}
		if g.n > 0 {
			g.form[size] = ' '
			size++
		}
		for range signs {
			g.form[size] = c
			size++
		}
		g.size[g.n], g.from[g.n], g.to[g.n], g.left[g.n] = size, from, at, left
		g.n++
		i = at
	}
}

// letters tells that all letters are capitals, and that all look like Latin ones, but for those before the digits.
func (g *plateGroups) letters(text []byte) (upper, twins bool) {
	upper, twins = true, true
	for k := 1; k < g.n; k++ {
		up, twin := plateLetters(text[g.from[k]:g.to[k]])
		upper, twins = upper && up, twins && twin
	}
	return upper, twins
}

// plateLetters is letters for one group. Digits are as good as either.
func plateLetters(group []byte) (upper, twins bool) {
	upper, twins = true, true
	for i := 0; i < len(group); {
		size := letterAt(group, i)
		if size == 0 { // a digit
			return true, true
		}
		if invisibleAt(group, i) == 0 {
			twin, _ := ibanSign(group, i)
			upper, twins = upper && isCapital(group, i), twins && twin != 0
		}
		i += size
	}
	return upper, twins
}

// plateSigns reads the signs that may part groups, and returns where the next group begins.
func plateSigns(text []byte, i int) (g gap, to int) {
	for range 3 {
		if i >= len(text) || letterAt(text, i) > 0 || isDigit(text[i]) {
			break
		}
		s, n := signAt(text, i)
		if s&(spaces|dashes|slashes|dots|commas|parens) == 0 && text[i] != '_' && text[i] != '|' {
			break
		}
		g |= s
		i += n
	}
	return g, i
}

// plate masks the number plate whose first digits begin at i, with the letters before them.
func (p *pass) plate(i int, f *figures) int {
	if f.first > mostPlateSigns || f.n < leastSecret && (longWordAfter(p.text, f.end[f.n-1]) || !letterNear(p.text, f.end[f.n-1])) {
		return 0
	}
	if t, _ := p.after(f.next); t.what == aWord && p.roles(t)&unitWord != 0 && !isCapital(p.text, t.from) { // nearly all numbers
		return 0
	}
	var g, lettered plateGroups
	if g.read(p.text, i); g.n < 2 && f.n < leastSecret {
		return 0
	}
	if t, left := p.before(i); t.what == aWord && left&^(spaces|dashes) == 0 && t.to-t.from <= len("АВС") && letters(p.text[t.from:t.to]) <= 3 {
		if lettered.read(p.text, t.from); p.plateOf(&lettered, i) {
			return p.plateEnd(&lettered)
		}
	}
	if p.plateOf(&g, i) {
		return p.plateEnd(&g)
	}
	return 0
}

// plateOf tells that some of the groups are a plate, and leaves only these.
func (p *pass) plateOf(g *plateGroups, i int) bool {
	for ; g.n > 1; g.n-- {
		if g.from[g.n-1] < i { // letters alone
			return false
		}
		if need, known := plateForms[string(g.form[:g.size[g.n-1]])]; known && p.isPlate(g, need) {
			return true
		}
	}
	return false
}

// isPlate tells that the groups of a form have what it needs.
func (p *pass) isPlate(g *plateGroups, need plateNeed) bool {
	from, last := g.from[0], g.n-1
	to := g.to[last]
	if letterAt(p.text, to) > 0 && !isDigit(p.text[to-1]) || need&noYear != 0 && p.year(g) {
		return false
	}
	next, right := p.after(to)
	upper, twins := g.letters(p.text)
	const others = accountWord | documentWord | phoneWord | iinWord | binWord
	after := upper && right == spaces && p.roles(next)&plateWord != 0 && p.roles(next)&numberWord != 0 // «777 ААА нөмірлі көлік»
	named := p.near(from, plateWord|others, 4)&plateWord != 0 || upper && p.near(from, numberWord|others, 2)&numberWord != 0 || after
	switch {
	case need&needsWord != 0 && !named, need&needsTwins != 0 && !twins && !named, need&needsUpper != 0 && !upper:
		return false
	case need&needsRegion != 0 && !isRegionNumber(p.text, g.from[last], to):
		return false
	case need&needsDash != 0 && !p.dashed(g):
		return false
	case need&needsKZ != 0 && !isKZ(p.text[from:g.to[0]]):
		return false
	case need&needsSeries != 0 && !p.series(g):
		return false
	case p.partOfLonger(from):
		return false
	case !named && (p.near(from, accountWord, 2) != 0 || p.notPlate(from)):
		return false
	case right == spaces && p.roles(next)&(unitWord|plateWord) == unitWord && g.n > 2 && need&needsRegion != 0: // «номер 123 ABC 15 марта»
		return false
	case g.left[last]&commas != 0 && !p.regionWord(next) && !p.closedAt(next, right):
		return false
	}
	for k := range g.n {
		if !p.plateGroup(g, k, named) {
			return false
		}
	}
	return true
}

// plateGroup tells that a group of a plate is no word, and that the signs before it may stand in a plate.
func (p *pass) plateGroup(g *plateGroups, k int, named bool) bool {
	last, text := k == g.n-1, p.text[g.from[k]:g.to[k]]
	switch left := g.left[k]; {
	case k == 0:
	case left&(commas|parens) != 0 && !(named && last && k > 1 && isDigit(text[0])), left&dots != 0 && left&spaces != 0,
		left&slashes != 0 && left&spaces != 0:
		return false
	}
	if isDigit(text[0]) || text[0] == 0xef { // of full width
		return true
	}
	upper, twins := plateLetters(text)
	if k == 0 && !twins && !named {
		return false
	}
	r := p.roles(aWord.at(g.from[k], g.to[k]))
	if upper {
		return named || r&(unitWord|flatWord|stopWord) == 0
	}
	if k == 0 { // «госномер а123вс», but not «прицеп с 1234 АВ»
		return named && g.left[1] == 0 && g.size[1]-g.size[0] == len(" 999")
	}
	if r&(unitWord|flatWord|stopWord) != 0 {
		return false
	}
	return named && (twins || !last) || g.left[k] == 0 && letters(text) == 3 && (last || g.left[k+1] == 0)
}

// partOfLonger tells that the digits at i go on a longer number: 03-047-220-1189.
func (p *pass) partOfLonger(i int) bool {
	t, g := p.before(i)
	return t.what == aNumber && g&^(dashes|slashes|dots) == 0
}

// notPlate tells words before a number that is no plate, for all its letters.
func (p *pass) notPlate(i int) bool {
	t, g := p.before(i)
	if t.what != aWord || g&^(spaces|dots|numero) != 0 {
		return false
	}
	var room [keyRoom]byte
	return notPlates[string(p.key(room[:], t))]
}

var notPlates = exactly("реис реиса реисом реисе гост госта снип снипа ту каб кабинет кабинета кабинете класс класса лицеи лицея")

func (p *pass) dashed(g *plateGroups) bool {
	for k := 1; k < g.n; k++ {
		if isDigit(p.text[g.from[k]]) {
			return g.left[k] == dashes
		}
	}
	return false
}

// series tells the letters of embassies, foreign companies and journalists.
func (p *pass) series(g *plateGroups) bool {
	word, _ := p.before(g.from[0])
	c, _ := ibanSign(p.text, g.from[0])
	return strings.IndexByte("DTHMKPF", c) >= 0 && p.roles(word)&(plateWord|numberWord) != 0
}

// year tells four digits of a plate that may be a year: «авто 2012 ГВ», «в 2025».
func (p *pass) year(g *plateGroups) bool {
	for k := range min(g.n, 2) {
		if group := p.text[g.from[k]:g.to[k]]; len(group) == len("2025") && isDigit(group[0]) && (group[0] == '1' && group[1] == '9' || group[0] == '2' && group[1] == '0') {
			return true
		}
	}
	return false
}

// isRegionNumber tells the number of a region: 01 to 20.
func isRegionNumber(text []byte, from, to int) bool {
	tens, size := digitAt(text, from)
	ones, last := digitAt(text, from+size)
	v := tens*10 + ones
	return size > 0 && last > 0 && from+size+last == to && v >= 1 && v <= 20 && !partOfNumber(text, from, to)
}

func isKZ(word []byte) bool {
	k, n := ibanSign(word, 0)
	z, _ := ibanSign(word, n)
	return k == 'K' && z == 'Z'
}

// regionWord tells «02 регион».
func (p *pass) regionWord(t token) bool {
	var room [keyRoom]byte
	switch string(p.key(room[:], t)) {
	case "регион", "региона", "рег", "обл", "область", "области", "облысы":
		return true
	}
	return false
}

// closedAt tells that nothing follows a number that it could count.
func (p *pass) closedAt(next token, right gap) bool {
	return next.what == nothing || right&(commas|ends|breaks|parens) != 0 || right&dots != 0 && right&spaces != 0
}

// plateEnd masks a plate and returns where it ends.
func (p *pass) plateEnd(g *plateGroups) int {
	to := g.to[g.n-1]
	p.mask(g.from[0], to, Plate)
	return to
}

// longWordAfter tells at a glance that after i and one sign at most a word of more letters begins than a plate has.
func longWordAfter(text []byte, i int) bool {
	if i+1 < len(text) && (text[i] == ' ' || text[i] == '-') {
		i++
	}
	return cyrillic(text[i:min(i+8, len(text))]) == 8
}

// letterNear tells that a letter begins at i or after one sign.
func letterNear(text []byte, i int) bool {
	if i < len(text) && text[i] < 0x80 && letterSize[text[i]] == 0 && !isDigit(text[i]) {
		i++
	}
	return i < len(text) && letterSize[text[i]] != 0
}

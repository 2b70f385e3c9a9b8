package dates

import (
	"time"

	"github.com/qulaq-kz/qulaq"
)

// span is one expression of time: a day, a month, a quarter, a year.
type span struct {
	unit     class // day, month, quarter, half, decade, months or year
	n        int   // which one; how many for months; nothing for a year
	month    int   // of a day or decade
	year     int   // 0 while missing, unknownYear where it cannot be known
	explicit bool  // the year is in the text
}

const unknownYear = -1

// Years that are taken for such.
const firstYear, lastYear = 1990, 2099

// mostOf says how many of a unit there are in what it counts in.
var mostOf = map[class]int{day: 31, month: 12, quarter: 4, half: 2, decade: 3, months: 12}

// item is a span, a year that no span has yet, a number that no unit has yet, or a word that relates them.
type item struct {
	class class // spanItem, year, number, dash, comma, until, untilBehind, from, fromBehind, to or end
	span  span
	used  bool // a year that a span has taken
}

const spanItem class = "span"

// reader turns tokens into items.
type reader struct {
	tokens          []token
	context         Context
	items           []item
	open, recurring bool
	unitless        bool // a quarter or half without a number
	failed          bool
}

// tidy drops what says nothing between other tokens: fillers, the dots of abbreviations, the endings of
// numbers, and the dash of 2-тоқсан.
func tidy(tokens []token) []token {
	var out []token
	last := func() class {
		if len(out) == 0 {
			return ""
		}
		return out[len(out)-1].class
	}
	for i, t := range tokens {
		next := token{}
		if i+1 < len(tokens) {
			next = tokens[i+1]
		}
		switch {
		case t.class == filler:
		case t.class == suffix:
			if last() == number {
				out[len(out)-1].ablative = t.ablative
			}
		case t.class == dot && (last() != number || next.class != number):
		case t.class == dash && t.glued && last() == number && (next.glued && unitWord(next.class) || next.class == quarter || next.class == half) && !behindUnit(out):
		case t.class == number && t.n == 1 && t.digits == 1 && next.glued && next.class == number && next.digits == 0 && next.n == 5:
			out = append(out, token{class: number, n: 4}) // 1V: a one typed for the I of IV
			tokens[i+1].class = filler
		default:
			out = append(out, t)
		}
	}
	return out
}

// behindUnit reports whether the last token is the number of a unit before it: Q3.
func behindUnit(out []token) bool {
	n := len(out)
	return n > 1 && out[n-1].glued && (out[n-2].class == quarter || out[n-2].class == half)
}

func unitWord(c class) bool {
	return c == suffix || c == month || c == quarter || c == half || c == decade || c == year || c == recurring
}

// peek returns the token that many places on, or an empty one.
func (r *reader) peek(n int) token {
	if n < len(r.tokens) {
		return r.tokens[n]
	}
	return token{}
}

func (r *reader) add(i item, ablative bool) {
	r.items = append(r.items, i)
	if ablative {
		r.items = append(r.items, item{class: fromBehind})
	}
}

func (r *reader) addSpan(s span, ablative bool) {
	if s.n < 1 || s.n > mostOf[s.unit] || s.unit == decade && s.month == 0 {
		r.failed = true
	}
	r.add(item{class: spanItem, span: s}, ablative)
}

// items reads all tokens.
func (r *reader) readItems() {
	for len(r.tokens) > 0 && !r.failed {
		r.tokens = r.tokens[r.next():]
	}
	if r.unitless && !r.recurring {
		r.failed = true
	}
}

// next reads what begins with the first token and returns how many tokens it took.
func (r *reader) next() int {
	t, second := r.peek(0), r.peek(1)
	switch t.class {
	case number:
		return r.number()
	case month:
		latin := t.text != "" && t.text[0] < 0x80
		if latin && second.class == number && second.digits > 0 && second.digits <= 2 && !unitWord(r.peek(2).class) { // January 15
			if y := r.peek(3); r.peek(2).class == comma && y.class == number && y.digits == 4 {
				return r.date(second.n, t.n, y.n, 4, y.ablative)
			}
			r.addSpan(span{unit: day, n: second.n, month: t.n}, second.ablative)
			return 2
		}
		r.addSpan(span{unit: month, n: t.n}, t.ablative)
	case quarter, half:
		if second.class == number && second.digits <= 1 && second.n <= mostOf[t.class] && !unitWord(r.peek(2).class) { // Q2
			r.addSpan(span{unit: t.class, n: second.n}, second.ablative)
			return 2
		}
		r.unitless = true
	case decade, months:
		r.unitless = true
	case year:
		if t.n == 0 { // «до конца года»; an abbreviation says nothing by itself
			return r.thisYear(0)
		}
	case thisYear:
		return r.thisYear(t.n)
	case recurring:
		r.recurring = true
	case open:
		r.open = true
	case slash:
		r.add(item{class: comma}, false)
		r.failed = second.class == number
	case dash, comma, untilWord, untilBehind, fromWord, fromBehind, to, end:
		r.add(item{class: t.class}, false)
	case dot:
	default:
		r.failed = true
	}
	return 1
}

func (r *reader) thisYear(plus int) int {
	y := span{unit: year, year: unknownYear}
	if r.context.Year != 0 {
		y.year = r.context.Year + plus
	}
	size, ablative := r.yearWords(1)
	r.add(item{class: year, span: y}, ablative || r.peek(0).ablative)
	return size
}

// yearWords skips the words for year from a place on: «г.г.». It returns the next place.
func (r *reader) yearWords(at int) (next int, ablative bool) {
	for r.peek(at).class == year {
		ablative = ablative || r.peek(at).ablative
		at++
	}
	return at, ablative
}

// number reads what begins with a number.
func (r *reader) number() int {
	if size := r.numeric(); size > 0 {
		return size
	}
	t, second := r.peek(0), r.peek(1)
	switch {
	case second.class == month && t.digits <= 2:
		r.addSpan(span{unit: day, n: t.n, month: second.n}, second.ablative)
		return 2
	case second.class == decade && r.peek(2).class == month:
		r.addSpan(span{unit: decade, n: t.n, month: r.peek(2).n}, false)
		return 3
	case t.n == 11 && t.digits == 2 && second.class == half: // II that was typed as ones
		r.addSpan(span{unit: half, n: 2}, second.ablative)
		return 2
	case t.digits <= 2 && (second.class == quarter || second.class == half || second.class == decade || second.class == months):
		r.addSpan(span{unit: second.class, n: t.n}, second.ablative)
		return 2
	case t.digits == 4:
		return r.year(t.n, 1, t.ablative)
	case t.digits == 2 && second.class == year:
		return r.year(2000+t.n, 1, t.ablative)
	case second.class == recurring: // 15 числа, 2 раза
		r.recurring = true
		return 2
	case t.digits <= 2:
		r.add(item{class: number, span: span{n: t.n}}, t.ablative)
		return 1
	}
	r.failed = true
	return 1
}

func (r *reader) year(n, size int, ablative bool) int {
	size, too := r.yearWords(size)
	if n < firstYear || n > lastYear {
		r.failed = true
	}
	r.add(item{class: year, span: span{unit: year, year: n, explicit: true}}, ablative || too)
	return size
}

// numeric reads dates of numbers: 24.09.2026, 20.09.22, 2023-01-15, 15.09, 09.2026. It returns 0 where there
// is none.
func (r *reader) numeric() int {
	a, sep, b := r.peek(0), r.peek(1), r.peek(2)
	if sep.class != dot && sep.class != slash && sep.class != dash || b.class != number || a.digits == 0 {
		return 0
	}
	c := r.peek(4)
	three := r.peek(3).class == sep.class && c.class == number && c.digits > 0
	switch {
	case three && a.digits == 4 && b.digits <= 2 && c.digits <= 2:
		return r.date(c.n, b.n, a.n, 5, c.ablative)
	case three && a.digits <= 2 && b.digits <= 2 && (c.digits == 4 || c.digits == 2 && sep.class == dot):
		y := c.n
		if c.digits == 2 {
			y += 2000
		}
		return r.date(a.n, b.n, y, 5, c.ablative)
	case three && sep.class != dash:
		r.failed = true
		return 5
	case sep.class == dash || b.digits == 0:
		return 0
	case a.digits <= 2 && b.digits == 4 && a.n <= mostOf[month]: // 09.2026
		r.addSpan(span{unit: month, n: a.n}, false)
		return 2 // the year is read next
	case sep.class == dot && a.digits <= 2 && b.digits == 2 && b.n <= mostOf[month]: // 15.09
		r.addSpan(span{unit: day, n: a.n, month: b.n}, b.ablative)
		return 3
	}
	return 0
}

// date adds a whole date of so many tokens.
func (r *reader) date(d, m, y, size int, ablative bool) int {
	size, too := r.yearWords(size)
	if m < 1 || m > mostOf[month] || y < firstYear || y > lastYear {
		r.failed = true
	}
	r.addSpan(span{unit: day, n: d, month: m, year: y, explicit: true}, ablative || too)
	return size
}

// days returns the first and the last day of a span whose year is known, and whether it exists.
func (s span) days() (first, last qulaq.Day, ok bool) {
	y := s.year
	switch s.unit {
	case day:
		d := qulaq.Date(y, time.Month(s.month), s.n)
		return d, d, d.Time().Day() == s.n && d.Time().Year() == y
	case decade:
		d := qulaq.Date(y, time.Month(s.month), 10*s.n-9)
		if s.n == mostOf[decade] {
			return d, qulaq.Date(y, time.Month(s.month+1), 0), true
		}
		return d, d + 9, true
	case year:
		return monthsOf(y, 1, 12)
	case months:
		return monthsOf(y, 1, s.n)
	}
	each := 12 / mostOf[s.unit]
	return monthsOf(y, each*(s.n-1)+1, each)
}

func monthsOf(y, from, n int) (first, last qulaq.Day, ok bool) {
	return qulaq.Date(y, time.Month(from), 1), qulaq.Date(y, time.Month(from+n), 0), true
}

// Package money reads what plans say of costs, in Russian, Kazakh and English. It is pure, and knows tenge
// only.
//
// Where to look:
//
//	words.tsv   multipliers, currencies, sources of money and what else is understood
//	money.go    the questions: UnitOf, ParseCost
//	lex.go      a text as numbers, words and signs
//	number.go   which of the signs in a number part thousands, and which the decimals
//	sum.go      several amounts in one cell
package money

import "strings"

// Unit is how many tenge a number stands for; the zero value is a unit that nobody said.
type Unit int64

// The units of plans.
const (
	Unspecified Unit = 0
	Tenge       Unit = 1
	Thousand    Unit = 1e3  // тыс. тенге, мың теңге
	Million     Unit = 1e6  // млн тенге
	Billion     Unit = 1e9  // млрд тенге
	Trillion    Unit = 1e12 // трлн тенге
)

// Cost is an amount of tenge that may be null; the zero value is null. Zero tenge that are stated mean that no
// money is needed.
type Cost struct {
	Tenge  int64
	Stated bool
}

// UnitOf returns the unit that a heading names: «Объём финансирования, тыс. тенге», «(мың теңге)», "KZT mln".
// A multiplier of something else («тыс. человек») is none; a heading with two different units has none.
func UnitOf(heading string) Unit {
	found := Unspecified
	tokens := lex(heading)
	for i := 0; i < len(tokens); i++ {
		unit, size := unitAt(tokens[i:])
		switch {
		case size == 0:
			continue
		case found != Unspecified && found != unit:
			return Unspecified
		}
		found = unit
		i += size - 1
	}
	return found
}

// unitAt returns the unit at the beginning of tokens and how many of them it takes: «млн тенге», «тенге»,
// «KZT mln», «млн» unless another word follows.
func unitAt(tokens []token) (Unit, int) {
	peek := func(i int) token {
		if i < len(tokens) {
			return tokens[i]
		}
		return token{}
	}
	first := peek(0)
	switch {
	case first.class == multiplier && first.whole: // т.тг
		return first.unit, 1
	case first.class == multiplier && peek(1).class == tenge:
		return first.unit, 2
	case first.class == multiplier && peek(1).text == "of" && peek(2).class == tenge:
		return first.unit, 3
	case first.class == multiplier && peek(1).class != strange:
		return first.unit, 1
	case first.class == tenge && peek(1).class == multiplier && peek(2).class != tenge:
		return peek(1).unit, 2
	case first.class == tenge:
		return Tenge, 1
	}
	return Unspecified, 0
}

// ParseCost reads the cost of a plan's item in whole tenge, fractions rounded half up. The unit is the cell's
// own («20,2 млрд тенге»), else that of the heading; a number without either is not known, except zero.
//
//   - «—», an empty cell, «в пределах выделенных средств» and the name of a source alone are null and known;
//     «не требует финансирования», «қаржыландыруды талап етпейді» are zero tenge, stated.
//   - Thousands are parted by spaces of any width, by apostrophes, or by points or commas that repeat; the
//     decimals by a comma or point. One sign before exactly three digits («1.234») is decided by the unit: of
//     whole tenge it parts thousands, of millions and more it begins the decimals unless they are 000, and of
//     thousands it is not known. Beside an English multiplier a comma parts thousands and a point decimals.
//   - «1 млрд 200 млн тенге» is one amount. A number in words in brackets behind it says the same again. Several amounts are summed when each is plainly a part: named by its source or year, or joined by plus
//     («РБ – 1 200,0; МБ – 300,0 млн»); the unit behind the last is then that of all. With a total beside the
//     parts the total counts, unless the parts are more than it.
//   - A range, a bound («до», «свыше», «астам»), a negative number, a share, a price of one, another currency,
//     an amount beyond 2⁶³ and words nobody listed beside a number without a unit are not known. «Около»
//     is taken for the cost.
//   - A remark in brackets behind the word that no money is needed does not matter: «не требуется (средства компании)».
func ParseCost(text string, unit Unit) (c Cost, known bool) {
	if said, remark, ok := strings.Cut(text, "("); ok && !strings.ContainsAny(remark, "0123456789") {
		if c, known := parseCost(said, unit); known && c.Stated && c.Tenge == 0 {
			return c, true
		}
	}
	return parseCost(text, unit)
}

func parseCost(text string, unit Unit) (c Cost, known bool) {
	tokens := lex(text)
	cell, ok := readCell(tokens)
	if !ok {
		return Cost{}, false
	}
	switch len(cell.amounts) {
	case 0:
		if cell.strange {
			return Cost{}, false
		}
		return Cost{Stated: cell.free}, true
	case 1:
		a := cell.amounts[0]
		if cell.free || cell.strange && a.unit == Unspecified {
			return Cost{}, false
		}
		return stated(a.tenge(a.unitOr(unit)))
	}
	if cell.free || cell.strange {
		return Cost{}, false
	}
	return stated(cell.sum(unit))
}

func stated(tenge int64, ok bool) (Cost, bool) {
	if !ok {
		return Cost{}, false
	}
	return Cost{tenge, true}, true
}

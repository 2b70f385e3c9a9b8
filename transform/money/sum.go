package money

// amount is a number of a cell with what stands around it.
type amount struct {
	number  number
	unit    Unit // of its own
	english bool
	named   bool // by a source or year in its part of the cell, or by a plus
	total   bool
	piece   int
	end     int // the place behind its last token
}

// cell is what a cell says.
type cell struct {
	amounts []amount
	free    bool // no money is needed
	strange bool // a word nobody listed
	parts   bool // «в том числе»: the first amount may be the total of the others
}

func (a amount) unitOr(u Unit) Unit {
	if a.unit != Unspecified {
		return a.unit
	}
	return u
}

func (a amount) tenge(u Unit) (int64, bool) { return a.number.tenge(u, a.english) }

// readCell finds the amounts of a cell. It is not ok for a range, a bound and whatever else makes a number
// something else than the cost.
func readCell(tokens []token) (c cell, ok bool) {
	peek := func(i int) token {
		if i >= 0 && i < len(tokens) {
			return tokens[i]
		}
		return token{}
	}
	piece, named, isTotal, currency := 0, map[int]bool{}, false, false
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		switch t.class {
		case refuse:
			return c, false
		case strange:
			c.strange = true
		case free:
			c.free = true
		case source:
			if n := len(c.amounts); n > 0 && c.amounts[n-1].piece == piece && named[piece] {
				piece++ // «ОБ: 1 000 МБ: 2 000»
			}
			named[piece] = true
		case total:
			isTotal = true
		case parts:
			c.parts = true
			piece++
		case breaks, and:
			piece++
		case plus:
			named[piece], named[piece+1] = true, true
			piece++
		case tenge:
			currency = peek(i+1).class == figure
		case multiplier:
			c.strange = true // a multiplier of nothing
		case dash:
			if peek(i+1).class == figure && (i == 0 || peek(i-1).class == figure && !peek(i-1).number.year() ||
				peek(i-1).class == multiplier || peek(i-1).class == tenge || peek(i-1).class == breaks && peek(i+1).glued) {
				return c, false // a range, or below zero
			}
		case figure:
			next := peek(i + 1).class
			if t.number.year() && (next == yearWord || next == dash && peek(i+2).class == figure) {
				if n := len(c.amounts); n > 0 && c.amounts[n-1].piece == piece && named[piece] {
					piece++ // «2023 год – 1 000 2024 год – 2 000»
				}
				named[piece] = true
				continue
			}
			a := amount{number: t.number, piece: piece, total: isTotal}
			isTotal = false
			a.english = peek(i+1).english || peek(i+2).english
			size := 0
			if a.unit, size = unitAt(tokens[i+1:]); size == 0 && currency {
				a.unit = Tenge
			}
			if currency && size == 1 && peek(i+1).class == multiplier {
				a.unit = peek(i + 1).unit
			}
			currency = false
			first := i
			i += size
			a.end = i + 1
			if n := len(c.amounts); n > 0 && c.amounts[n-1].end == first && c.amounts[n-1].join(a) {
				continue
			}
			if n := len(c.amounts); n > 0 && c.amounts[n-1].piece == piece && !c.amounts[n-1].total {
				return c, false // two numbers with nothing between them
			}
			if a.total {
				piece++
			}
			c.amounts = append(c.amounts, a)
		}
	}
	nameBehind(c.amounts, named)
	for i := range c.amounts {
		c.amounts[i].named = named[c.amounts[i].piece]
	}
	return c, true
}

// nameBehind gives each amount the name that stands in a piece of its own behind it: «1 000 (РБ), 250,5 (МБ)».
func nameBehind(amounts []amount, named map[int]bool) {
	for i, a := range amounts {
		next := a.piece + 2
		if i+1 < len(amounts) {
			next = amounts[i+1].piece
		}
		for piece := a.piece + 1; piece < next; piece++ {
			named[a.piece] = named[a.piece] || named[piece]
		}
	}
}

// join makes one amount of two that stand together, «1 млрд 200 млн тенге», and reports whether they are one.
func (a *amount) join(b amount) bool {
	if a.unit <= b.unit || b.unit == Unspecified || a.number.decimals > 0 || b.number.decimals > 2 {
		return false
	}
	times := uint64(a.unit / b.unit)
	for range b.number.decimals {
		times *= 10
	}
	if a.number.bad || b.number.bad || b.number.digits >= times || a.number.digits >= 1e6 {
		return false
	}
	a.number = number{digits: a.number.digits*times + b.number.digits, decimals: b.number.decimals}
	a.unit, a.end = b.unit, b.end
	return true
}

// sum returns the cost that several amounts make.
func (c cell) sum(heading Unit) (int64, bool) {
	amounts := c.amounts
	var whole *amount
	if first := amounts[0]; first.total || c.parts && !first.named || !first.named && amounts[1].named {
		whole, amounts = &first, amounts[1:]
	}
	unit, ok := c.commonUnit(heading)
	if !ok {
		return 0, false
	}
	var sum int64
	for _, a := range amounts {
		part, ok := a.tenge(a.unitOr(unit))
		if !ok || a.total || !a.named && (whole == nil || !c.parts) || sum > 1<<63-1-part {
			return 0, false
		}
		sum += part
	}
	if whole == nil {
		return sum, true
	}
	all, ok := whole.tenge(whole.unitOr(unit))
	return all, ok && (sum == all || sum < all && (c.parts || whole.total))
}

// commonUnit returns the unit of amounts that have none of their own: that of the first or the last amount, if
// the heading does not say otherwise, else that of the heading.
func (c cell) commonUnit(heading Unit) (Unit, bool) {
	own, lacking := Unspecified, false
	for _, a := range c.amounts {
		lacking = lacking || a.unit == Unspecified && a.number.digits != 0
		if a.unit != Unspecified && own != Unspecified && a.unit != own {
			own = -1
		} else if own == Unspecified {
			own = a.unit
		}
	}
	switch {
	case !lacking || own == Unspecified:
		return heading, true
	case own == -1 || heading != Unspecified && heading != own:
		return 0, false
	}
	return own, true
}

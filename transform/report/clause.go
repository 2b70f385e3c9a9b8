package report

// clause is the part of a sentence that belongs to one figure.
type clause struct {
	from, to int // tokens that are this figure's alone
	lo, hi   int // with those that it shares with its neighbours, where nothing parts them
	group    int // the bracket it stands in, 0 for none
	parent   int // the figure before the bracket, -1 for none
	joined   bool
}

// owns says whether a token stands in the same bracket as the clause.
func (c clause) owns(s *sentence, i int) bool { return s.group[i] == c.group }

// findBrackets numbers the brackets of a sentence. A bracket within another is a part of it.
func (s *sentence) findBrackets() {
	s.group = make([]int, len(s.tokens))
	open, n, current := 0, 0, 0
	for i, t := range s.tokens {
		switch t.key {
		case "(", "[":
			if open++; open == 1 {
				n++
				current = n
			}
		case ")", "]":
			s.group[i] = current
			if open = max(0, open-1); open == 0 {
				current = 0
			}
			continue
		}
		s.group[i] = current
	}
	if open > 0 { // never closed: no bracket
		for i := range s.group {
			if s.group[i] == current {
				s.group[i] = 0
			}
		}
	}
}

// findClauses parts a sentence among its figures.
func (s *sentence) findClauses() []clause {
	list := make([]clause, len(s.figures))
	last := make(map[int]int) // of a bracket, its last figure
	for i, f := range s.figures {
		g := s.group[f.at]
		c := clause{lo: 0, from: 0, to: len(s.tokens), hi: len(s.tokens), group: g, parent: -1}
		if g != 0 {
			c.lo, c.hi = s.bracket(g)
			c.from, c.to = c.lo, c.hi
			if j, ok := last[0]; ok && !s.placeEnds(c.lo) {
				c.parent = j
			}
		}
		if j, ok := last[g]; ok {
			if s.figures[j].denied || s.sameFigure(j, i) {
				c.joined = true
				c.from, c.lo = list[j].from, list[j].lo
			} else {
				left, right := s.cut(j, i)
				list[j].to, list[j].hi = left, right
				c.from, c.lo = right, left
				if left == right {
					c.lo, list[j].hi = right, right
				}
			}
		}
		list[i] = c
		last[g] = i
	}
	for i := len(list) - 1; i > 0; i-- { // joined figures share what is behind them
		if j := s.before(list, i); list[i].joined && j >= 0 {
			list[j].to, list[j].hi = list[i].to, list[i].hi
		}
	}
	return list
}

// commas returns the part of a clause between the commas around its figure: of «решён 871 вопрос, остальные в работе» the first.
func (s *sentence) commas(f figure, c clause) (from, to int) {
	_, end := s.nounBehind(f)
	from, to = f.from, max(f.to, end)
	for from > c.from && s.tokens[from-1].key != "," && s.tokens[from-1].key != ";" {
		from--
	}
	for to < c.to && s.tokens[to].key != "," && s.tokens[to].key != ";" {
		to++
	}
	return from, to
}

// before returns the figure before another in the same bracket, or -1.
func (s *sentence) before(list []clause, i int) int {
	for j := i - 1; j >= 0; j-- {
		if list[j].group == list[i].group {
			return j
		}
	}
	return -1
}

// bracket returns where a bracket begins and ends.
func (s *sentence) bracket(g int) (from, to int) {
	from = -1
	for i, other := range s.group {
		if other == g {
			if from < 0 {
				from = i
			}
			to = i + 1
		}
	}
	return from, to
}

// placeEnds says whether a place or ministry ends before a token: the bracket behind it is the place's.
func (s *sentence) placeEnds(at int) bool {
	for _, a := range s.agents {
		if a.ministry.code != "" && a.end == at {
			return true
		}
	}
	for _, p := range s.places {
		if p.to == at {
			return true
		}
	}
	return false
}

// sameFigure says whether one of two figures is the share that the other is, «1241 или 74 %», «74 %, или 1241», or the whole that
// it is a part of, «212 из 227».
func (s *sentence) sameFigure(i, j int) bool {
	a, b := s.figures[i], s.figures[j]
	if s.wholeOf(i, j) {
		return true
	}
	if (a.unit == Percent) == (b.unit == Percent) || b.unit == KZT {
		return false
	}
	same := false
	for k := a.to; k < b.from; k++ {
		if s.group[k] != s.group[a.at] {
			continue
		}
		same = same || s.wordIs("same", k)
		if !s.wordIs("same", k) && s.tokens[k].key != "," && !s.inNoun(i, k) && !s.wordIs("aux", k) && !s.wordIs("link", k) {
			return false
		}
	}
	return same
}

// inNoun says whether a token belongs to the noun of a figure.
func (s *sentence) inNoun(i, token int) bool {
	_, end := s.nounBehind(s.figures[i])
	return token < end
}

// cut returns what is left's alone and what is right's alone between two figures of one bracket. Where a comma or «и»
// parts them both ends are there; where nothing does, what lies between belongs to both.
func (s *sentence) cut(i, j int) (left, right int) {
	a, b := s.figures[i], s.figures[j]
	_, start := s.nounBehind(a)
	start = max(start, a.to)
	for _, parts := range []func(int) bool{
		func(k int) bool { return s.tokens[k].key == ";" },
		func(k int) bool {
			return s.tokens[k].key == "," || s.tokens[k].key == "." && s.tokens[k].spaced
		},
		func(k int) bool { return s.wordIs("and", k) },
		func(k int) bool { return s.tokens[k].key == "при" }, // «выделено 27 млрд при потребности 61 млрд»
	} {
		for k := b.from - 1; k >= start; k-- {
			if s.group[k] == s.group[a.at] && parts(k) {
				return k, k
			}
		}
	}
	start = min(start, b.from)
	switch { // what counts something else shares no words
	case a.other:
		return start, start
	case b.other:
		return b.from, b.from
	}
	return start, b.from
}

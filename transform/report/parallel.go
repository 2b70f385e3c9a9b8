package report

import (
	"slices"
	"strings"
)

// parallel reads figures that only their order tells apart, by the row before that has as many: «В Павлодарской области
// поднято 812 вопросов, решено 694; в Костанайской – 745 и 583», "the figures were 1,640 and 1,361". alone says that the
// figure stands in such a row; without a row before it nothing says what it is.
func (m *memory) parallel(s *sentence, i int, others []verdict) (v verdict, alone bool) {
	from, to := i, i+1
	for from > 0 && s.paired(from-1, from) {
		from--
	}
	for to < len(s.figures) && s.paired(to-1, to) {
		to++
	}
	n := to - from
	if n < 2 || !s.unnamed(from, to) {
		return verdict{}, false
	}
	row := others[max(0, from-n):from]
	if s.figures[0].unit == Percent && s.wholeOf(from, to-1) {
		return verdict{}, false // «48,7 %, 745 из 1 530» tells by itself which is which
	}
	if from == 0 || len(m.row) == len(s.figures) && s.figures[0].unit == Percent { // «91,1 %: 2 718 и 2 476»
		row = m.row[min(from, len(m.row)):]
	}
	if len(row) != n || slices.ContainsFunc(row, func(v verdict) bool { return !v.ok }) {
		return verdict{}, true
	}
	if n == 2 && wholes[row[0].metric] && !wholes[row[1].metric] && s.partsWhole(from) {
		return row[to-1-i], true // «из 412 вопросов решён 351, в Шетском – 190 из 298»
	}
	return row[i-from], true
}

// wholes are what the figure behind «из» counts.
var wholes = map[Metric]bool{"issues_raised": true, "appeals_received": true, "meetings_planned": true}

// partsWhole says whether a figure is of the next: «190 из 298», "190 of 298".
func (s *sentence) partsWhole(i int) bool {
	k := s.figures[i].to
	return k < len(s.tokens) && (s.tokens[k].key == "из" || s.tokens[k].key == "of")
}

// paired says whether nothing but a conjunction stands between two figures, or «из», or a dash behind the whole: «из 1 268 – 1 119».
func (s *sentence) paired(i, j int) bool {
	from, to := s.figures[i].to, s.figures[j].from
	if to-from < 1 || to-from > 2 || s.figures[i].other || s.figures[j].other || s.figures[i].unit != Count || s.figures[j].unit != Count {
		return false
	}
	if to-from == 1 && s.tokens[from].key == "-" { // «из 1 268 – 1 119»
		return s.figures[i].from > 0 && s.tokens[s.figures[i].from-1].key == "из" && s.clauses[i].group == s.clauses[j].group
	}
	for k := from; k < to; k++ {
		if s.tokens[k].key == "-" && s.falls(k) {
			continue
		}
		if !s.wordIs("and", k) && s.tokens[k].key != "," && s.tokens[k].key != "из" && s.tokens[k].key != "of" {
			return false
		}
	}
	return s.clauses[i].group == s.clauses[j].group
}

// unnamed says whether some figures have neither nouns nor verbs, but a place or time before them that the row before has not.
func (s *sentence) unnamed(from, to int) bool {
	begin := 0
	if from > 0 {
		begin = s.figures[from-1].to
		if _, end := s.nounBehind(s.figures[from-1]); end > begin {
			begin = end
		}
		for begin < s.figures[from].from && s.tokens[begin].kind == word { // what happened to the figure before
			begin++
		}
	}
	end := s.figures[to-1].to
	for k := begin; k < len(s.tokens) && (k < end || s.tokens[k].kind == word); k++ {
		if s.wordIs("n", k) || s.wordIs("v", k) {
			return false
		}
	}
	if from == 1 && s.figures[0].unit == Percent {
		begin = 0
	}
	for k := begin; k < s.figures[from].from; k++ {
		if s.placeCovers(k) || s.agentAt(k) || s.taken[k] {
			return true
		}
	}
	return false
}

// next reads the figures of places that follow one that was told: «далее следуют Карагандинская область (88 450) и Туркестанская
// (81 906)», "Astana followed with 287,600". They go on counting what the last figure did.
func (m *memory) next(s *sentence, i int, others []verdict) verdict {
	f, place := s.figures[i], false
	if noun, _ := s.nounBehind(f); noun != "" || f.unit != Count {
		return verdict{}
	}
	for k := f.from - 1; k >= 0; k-- {
		place = place || s.placeCovers(k)
		switch {
		case s.wordIs("next", k):
			if place || k > 0 && s.placeCovers(k-1) {
				return m.lastOf(i, others)
			}
			return verdict{}
		case s.wordIs("n", k) || s.wordIs("v", k):
			return verdict{}
		}
	}
	return verdict{}
}

// lastOf returns what the last number before a figure counts, in its sentence or the one before.
func (m *memory) lastOf(i int, others []verdict) verdict {
	for _, list := range [][]verdict{others[:i], m.row} {
		for _, v := range slices.Backward(list) {
			if v.ok && !strings.HasPrefix(v.noun, "share-") {
				return v
			}
		}
	}
	return verdict{}
}

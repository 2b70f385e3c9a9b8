package dates

import "strings"

// ParsePeriod finds the period that a title speaks of, with the year in the title: «План мероприятий по
// вопросам, поднятым на встречах за 2 полугодие 2022 года» is 2022-07-01 to 2022-12-31, «2022 жылдың
// 2-жартыжылдығы» too, and "second half of 2022".
//
// Unlike a deadline, a title is mostly words that say nothing here. Of several periods the one that titles
// report on goes first: behind «за» or «итоги»; then one without either; then the day of a single meeting
// («встречи от 15 марта 2023 года», «15 наурызда өткен»); then one behind «на», which is when the plan is to
// be carried out. The dates of decrees and orders are none of these. Two different ones of the same weight are
// not known, nor is a title without any.
func ParsePeriod(title string) (r Range, known bool) {
	var best weight
	for _, s := range segments(lex(title)) {
		found, w := s.period()
		switch {
		case w < best || w == nothing:
		case w > best:
			best, r, known = w, found, true
		case found != r:
			known = false
		}
	}
	if !known {
		return Range{}, false
	}
	return r, true
}

// weight orders what a title says of time.
type weight uint8

const (
	nothing  weight = iota
	planned         // на 2023 год
	met             // встречи 15 марта 2023 года
	named           // 2023 год
	reported        // за 2023 год
)

// segment is a run of understood tokens in a title, with the strange words on both sides.
type segment struct {
	before, after string
	ofMeeting     bool // a meeting was spoken of before, and no document since
	tokens        []token
}

// segments parts the tokens of a title at strange ones, and at «за» and «на», which begin a segment.
func segments(tokens []token) []segment {
	var out []segment
	var s segment
	for _, t := range tokens {
		if t.class != strange && t.text != "за" && t.text != "на" {
			s.tokens = append(s.tokens, t)
			continue
		}
		s.after = t.text
		if len(s.tokens) > 0 {
			out = append(out, s)
		}
		s = segment{before: t.text, ofMeeting: (s.ofMeeting || beginsLike(t.text, ofMeetings)) && !beginsLike(t.text, ofDocuments)}
	}
	if len(s.tokens) > 0 {
		s.after = ""
		out = append(out, s)
	}
	return out
}

// The words that give a segment its weight, by how they begin.
var (
	reportOf    = []string{"итог", "результат"} // before it
	reportedOn  = []string{"корытынды"}         // behind it
	ofMeetings  = []string{"встреч", "кездес"}
	ofDocuments = []string{"указ", "приказ", "постановлен", "распоряжен", "протокол", "утвержд", "согласован", "состояни", "бекит", "буйрык", "хаттама"}
	whichWasOn  = []string{"откен", "откизилген", "болган", "кездес", "халык", "тургын"}
)

func beginsLike(word string, with []string) bool {
	for _, b := range with {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	return false
}

// period returns what a segment says of time and what it weighs.
func (s segment) period() (Range, weight) {
	r := read(s.tokens, Context{})
	if !r.ok || len(r.groups) == 0 {
		return Range{}, nothing
	}
	for _, g := range r.groups {
		if !g.first.explicit || !g.last.explicit {
			return Range{}, nothing
		}
	}
	if g := r.groups[0]; len(r.groups) == 1 && g.relation != between && g.first.unit == day {
		d, _, exists := g.first.days()
		onDay := g.relation == at || g.relation == since && s.tokens[0].text == "от"
		if exists && onDay && s.before != "на" && (s.ofMeeting || beginsLike(s.after, whichWasOn)) {
			return Range{d, d}, met
		}
		return Range{}, nothing
	}
	found, known := r.deadline()
	switch {
	case !known || found.From == 0 || found.To == 0:
		return Range{}, nothing
	case s.before == "за" || beginsLike(s.before, reportOf) || beginsLike(s.after, reportedOn):
		return found, reported
	case s.before == "на":
		return found, planned
	}
	return found, named
}

package dates

import (
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// ParsePeriod finds the period that a title speaks of, with the year in the title: «План мероприятий по
// вопросам, поднятым на встречах за 2 полугодие 2022 года» is 2022-07-01 to 2022-12-31, «2022 жылдың
// 2-жартыжылдығы» too, and "second half of 2022".
//
// Unlike a deadline, a title is mostly words that say nothing here. Of several periods the one that titles
// report on goes first: behind «за» or «итоги»; then one without either; then the day of a single meeting
// («встречи от 15 марта 2023 года», «15 наурызда өткен»); then one behind «на», which is when the plan is to
// be carried out. The dates of decrees and orders are none of these. A half-year or quarter whose year stands
// elsewhere in the title («1 полугодие, встречи 2025 года») is of that year, and one that cannot be read makes a
// bare year unknown too. Two different ones of the same weight are not known, nor is a title without any.
func ParsePeriod(title string) (r Range, known bool) {
	var best weight
	parts := segments(lex(title))
	for _, s := range parts {
		found, w := s.period()
		switch {
		case w < best || w == nothing:
		case w > best, known && r.isWhole() && !found.isWhole(): // a part of a year says more than years
			best, r, known = w, found, true
		case found != r && (r.isYear() || !found.isYear()) && (r.isWhole() || !found.isWhole()):
			known = false
		}
	}
	if known && best >= named && r.isYear() {
		r, known = partOf(r, parts)
	}
	if !known {
		return Range{}, false
	}
	return r, true
}

// PartOf returns the half-year or quarter that a title names without a year, in a year that its surroundings say: «на
// встречах во 2 полугодии» in 2022 is 2022-07-01 to 2022-12-31. A title that names none, or two, is not known.
func PartOf(title string, year int) (r Range, known bool) {
	whole := Range{qulaq.Date(year, 1, 1), qulaq.Date(year, 12, 31)}
	if r, known = partOf(whole, segments(lex(title))); !known || r == whole {
		return Range{}, false
	}
	return r, true
}

// isYear says whether a range is a whole year.
func (r Range) isYear() bool {
	y := r.From.Time().Year()
	return r.From == qulaq.Date(y, 1, 1) && r.To == qulaq.Date(y, 12, 31)
}

// isWhole says whether a range is of whole years.
func (r Range) isWhole() bool {
	from, to := r.From.Time(), r.To.Time()
	return from.YearDay() == 1 && to.Month() == 12 && to.Day() == 31
}

// partOf returns the half-year or quarter of a year that a segment without a year names, the year when none does.
func partOf(year Range, parts []segment) (r Range, known bool) {
	for _, s := range parts {
		if !s.isPart() {
			continue
		}
		found, ok := read(s.tokens, Context{Year: year.From.Time().Year()}).deadline()
		if !ok || found.From == 0 || found.To == 0 || known && found != r {
			return Range{}, false
		}
		r, known = found, true
	}
	if !known {
		return year, true
	}
	return r, true
}

// isPart says whether a segment speaks of half-years or quarters and of no year.
func (s segment) isPart() bool {
	part := false
	for _, t := range s.tokens {
		if t.class == year || t.class == number && t.digits == 4 {
			return false
		}
		part = part || t.class == half || t.class == quarter
	}
	return part
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
	ofMeeting     bool // a meeting was spoken of before, or is right behind «на», and no document since
	tokens        []token
}

// segments parts the tokens of a title at strange ones, at a stroke between spaces, which parts languages, and at «за»
// and «на», which begin a segment.
func segments(tokens []token) []segment {
	var out []segment
	var s segment
	for i, t := range tokens {
		t = monthsBehindNumber(t, s.tokens)
		if t.class == number && i > 0 && tokens[i-1].text == "№" { // of a decree: «№ 826 (1 полугодие 2022 года)»
			t.class = strange
		}
		if t.class != strange && t.text != "за" && t.text != "на" && (t.class != slash || t.glued) {
			s.tokens = append(s.tokens, t)
			continue
		}
		s.after = t.text
		if t.text == "на" && i+1 < len(tokens) && beginsLike(tokens[i+1].text, ofMeetings) {
			s.ofMeeting = true
		}
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

// monthsBehindNumber tells «6 айда», in six months, from the айда that only says that a name is a month's.
func monthsBehindNumber(t token, before []token) token {
	if n := len(before); t.class == filler && strings.HasPrefix(t.text, "аи") && n > 0 && before[n-1].class == number && before[n-1].n%3 == 0 {
		t.class = months
	}
	return t
}

// The words that give a segment its weight, by how they begin.
var (
	reportOf    = []string{"итог", "результат"} // before it
	reportedOn  = []string{"корытынды"}         // behind it
	plannedFor  = []string{"арналган"}          // behind it
	ofMeetings  = []string{"встреч", "встрет", "кездес", "сход", "собран", "диалог", "прием", "жиында", "жиыны"}
	ofPeople    = []string{"населени", "жител", "граждан"} // before the day on which they were met
	ofDocuments = []string{"указ", "приказ", "постановлен", "распоряжен", "протокол", "утвержд", "согласован", "состояни", "бекит", "буйрык", "хаттама", "жарлы", "каулы", "опубликован", "жариялан"}
	whichWasOn  = []string{"откен", "откизилген", "болган", "кездес", "халык", "тургын", "есеп", "есеб"}
)

func beginsLike(word string, with []string) bool {
	for _, b := range with {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	return false
}

// meetingDays returns the first and the last of the days that a segment lists, if they are days of meetings.
func (s segment) meetingDays(groups []group) (from, to qulaq.Day, ok bool) {
	for i, g := range groups {
		d, _, exists := g.first.days()
		onDay := g.relation == at || g.relation == since && s.tokens[0].text == "от"
		if !exists || !onDay || g.first.unit != day || s.before == "на" || !s.ofMeeting && !beginsLike(s.before, ofPeople) && !beginsLike(s.after, whichWasOn) {
			return 0, 0, false
		}
		if i == 0 {
			from, to = d, d
		}
		from, to = min(from, d), max(to, d)
	}
	return from, to, true
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
	if g := r.groups[0]; g.relation != between && g.first.unit == day {
		from, to, ok := s.meetingDays(r.groups)
		if !ok {
			return Range{}, nothing
		}
		return Range{from, to}, met
	}
	found, known := r.deadline()
	switch {
	case !known || found.From == 0 || found.To == 0:
		return Range{}, nothing
	case s.before == "за" || beginsLike(s.before, reportOf) || beginsLike(s.after, reportedOn):
		return found, reported
	case s.before == "на", beginsLike(s.after, plannedFor):
		return found, planned
	}
	return found, named
}

package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// paper is a document with its parts told apart: title, what stands around it, tables of items.
type paper struct {
	doc    *table.Document
	title  string    // the lines of it joined by spaces
	around []string  // other lines above the first table: who approved it, where, when
	year   int       // of the approval or of the day of the paper, 0 unknown
	letter bool      // it is a letter: it speaks of a plan and has none
	day    qulaq.Day // of the meeting whose minutes it is, where a line of its own says it; 0 unknown
	dated  qulaq.Day // the day that the paper itself bears above its table; 0 unknown
	sheets []*sheet
}

// Bounds of what is looked at above a table.
const (
	headLines  = 60
	headBytes  = 600 // of a line
	titleLines = 8
	dateLine   = 120 // bytes of a line that may say when the paper was approved
)

func (r *Reader) paper(d *table.Document) *paper {
	p := &paper{doc: d, sheets: r.sheets(d)}
	if p.evidence() < tableScore {
		if cards := r.cards(d); cards != nil {
			p.sheets = []*sheet{cards}
		}
	}
	head := r.head(p)
	if d.Recognised {
		head = r.rereadAll(head)
	}
	from, to := r.titleSpan(head)
	p.title, p.around = strings.Join(head[from:to], " "), append(slices.Clone(head[:from]), head[to:]...)
	p.dated = r.datedAbove(head, from, to)
	p.letter = len(p.sheets) == 0 && slices.ContainsFunc(head, func(line string) bool { return r.begins("letter", line) })
	p.day = r.minutesDay(head)
	for _, line := range p.around {
		if year := yearOf(line); year != 0 && len(line) <= dateLine && p.year == 0 {
			p.year = year
		}
	}
	if p.title == "" && r.isTitle(d.Title) {
		p.title = oneLine(d.Title)
	}
	if p.evidence() < 2 {
		var e evidence
		r.weigh(&e, p.title)
		if e.best["meeting"].weight >= 4 && e.best["form"].weight >= 2 {
			if guessed := r.byContent(d); len(guessed) > 0 {
				p.sheets = guessed
			}
		}
	}
	return p
}

// head returns the lines above the first table of items; without one, those that the paper begins with.
func (r *Reader) head(p *paper) []string {
	var lines []string
	add := func(text string) {
		for line := range strings.SplitSeq(text, "\n") {
			if line = oneLine(unspaced(line)); line == "" {
				continue
			}
			if len(lines) == headLines { // between minutes and the plan that is their annex
				lines = slices.Delete(lines, headLines/2, headLines/2+1)
			}
			for _, piece := range r.partedTitle(line) {
				lines = append(lines, cut(piece, headBytes))
			}
		}
	}
	for i, part := range p.doc.Parts {
		if len(p.sheets) > 0 && i >= p.sheets[0].part && (part.Grid == nil || p.sheets[0].last > i) {
			break // cards
		}
		if part.Grid == nil {
			add(part.Text)
			continue
		}
		rows := part.Grid.Rows
		first := len(p.sheets) > 0 && p.sheets[0].part == i
		if first {
			rows = rows[:p.sheets[0].head]
		}
		for at := range rows {
			for _, c := range distinct(part.Grid, at) {
				if c.top == at {
					add(c.text)
				}
			}
		}
		if first {
			break
		}
	}
	return lines
}

// unspaced returns a line with its letter-spaced words put together: «П Л А Н», «Ж О Л   К А Р Т А С Ы», where more than
// one space parts words.
func unspaced(line string) string {
	if !letterSpaced.MatchString(line) {
		return line
	}
	words := wordGap.Split(strings.TrimSpace(line), -1)
	for i, w := range words {
		if letterSpaced.FindString(w) == w {
			words[i] = strings.ReplaceAll(strings.ReplaceAll(w, " ", ""), "\u00a0", "")
		}
	}
	return strings.Join(words, " ")
}

var (
	letterSpaced = regexp.MustCompile(`(?:[\p{Lu}-][ \x{a0}]){2,}\p{Lu}`)
	wordGap      = regexp.MustCompile(`[ \x{a0}]{2,}|\t+`)
)

// partedTitle parts a line that begins as an annex or an approval does and goes on with a title, as a page's lines of the
// same letters, centred below one another, are read as one: «Приложение к письму ПЛАН …».
func (r *Reader) partedTitle(line string) []string {
	if !r.begins("annex", line) && !r.begins("approval", line) {
		return []string{line}
	}
	words := strings.Split(line, " ")
	for i := 1; i < len(words); i++ {
		first, _ := utf8.DecodeRuneInString(words[i])
		before := words[i-1]
		if !unicode.IsUpper(first) || !slices.Contains(titleWords, strings.ToLower(words[i])) || utf8.RuneCountInString(before) < 3 || strings.HasSuffix(before, ",") {
			continue
		}
		if rest := strings.Join(words[i:], " "); r.isTitle(rest) {
			return []string{strings.Join(words[:i], " "), rest}
		}
	}
	return []string{line}
}

// titleWords are those that titles in Russian begin with.
var titleWords = []string{"план", "перечень", "информация", "мероприятия", "реестр", "свод", "сводный", "список", "комплекс", "комплексный", "дорожная", "меры", "сведения", "отчет", "отчёт"}

// titleSpan finds the lines that are the title: lines[from:to], none of them where from is to. In Russian a title
// begins with what the paper calls itself, in Kazakh it ends so and often begins with whose akim it was.
func (r *Reader) titleSpan(lines []string) (from, to int) {
	from = r.titleLine(lines)
	if from < 0 {
		return 0, 0
	}
	for n := 0; from > 0 && n < 3; n++ {
		before := lines[from-1]
		if r.aside(before) || !beginsLower(lines[from]) && !genitiveAkim(before) && !(shouted(before) && shouted(lines[from])) {
			break
		}
		from--
	}
	to = from + 1
	for to < len(lines) && to-from < titleLines && r.titleGoesOn(lines[from:to], lines[to]) {
		to++
	}
	return from, to
}

// titleLine finds the line by which the title is known: the first that says what the paper is with a meeting near it,
// else the first that says what it is, else one that speaks of an akim's meeting. Behind a line that begins an annex a
// plan's title goes before all of these. It returns -1 for none.
func (r *Reader) titleLine(lines []string) int {
	for i := len(lines) - 1; i >= 0; i-- {
		if !r.begins("annex", lines[i]) {
			continue
		}
		for j := i; j < len(lines); j++ {
			var e evidence
			r.weigh(&e, lines[j])
			if e.best["form"].weight >= 3 && !r.aside(lines[j]) && !r.isProse(lines[j]) {
				return j
			}
		}
		break
	}
	form, meeting := -1, -1
	for i, line := range lines {
		if r.aside(line) || r.isProse(line) {
			continue
		}
		var e evidence
		r.weigh(&e, line)
		if e.best["meeting"].weight >= 4 && meeting < 0 {
			meeting = i
		}
		if e.best["form"].weight < 2 {
			continue
		}
		if form < 0 {
			form = i
		}
		r.weigh(&e, strings.Join(lines[max(0, i-3):min(len(lines), i+5)], " "))
		if e.best["meeting"].weight >= 4 {
			return i
		}
	}
	if form >= 0 {
		return form
	}
	return meeting
}

// titleGoesOn says whether a line goes on with a title. As long as the title does not speak of a meeting it does; then
// only what is plainly of the same sentence, says of what time it is, or says it again in the other language.
func (r *Reader) titleGoesOn(title []string, line string) bool {
	last := title[len(title)-1]
	if r.aside(line) || r.isProse(line) || r.begins("unit", line) || strings.Contains(line, ":") || strings.HasSuffix(last, ".") && !beginsLower(line) {
		return false
	}
	var e evidence
	r.weigh(&e, strings.Join(title, " "))
	if e.best["meeting"].weight == 0 && len(title) < 5 || beginsLower(line) || strings.HasPrefix(line, "(") || unclosed(title) || shouted(last) && shouted(line) {
		return true
	}
	return len(line) <= 300 && (r.isTitle(line) || speaksOfPeriod(line))
}

// minutesDay returns the day of the meeting whose minutes a paper is: that of a short line below the word, which may
// name the place too, or 0.
func (r *Reader) minutesDay(lines []string) qulaq.Day {
	for i, line := range lines[:min(len(lines), headLines/4)] {
		if !slices.ContainsFunc(split(line), isMinutes) || !speaksOfPeriod(strings.Join(lines[max(0, i-2):min(len(lines), i+3)], " ")) {
			continue
		}
		for _, below := range lines[i+1 : min(len(lines), i+5)] {
			if days := dates.Days(below); len(days) == 1 && len(split(below)) <= minutesWords {
				return days[0]
			}
		}
	}
	return 0
}

// minutesWords is how many words a line has, at most, that says when and where a meeting was.
const minutesWords = 8

func isMinutes(word string) bool {
	return strings.HasPrefix(word, "протокол") || strings.HasPrefix(word, "хаттама")
}

// isProse says whether a line is a sentence of running text, which no title is. «2023 г.» ends none, and what begins
// with the name of the paper may end with a full stop.
func (r *Reader) isProse(line string) bool {
	words := split(line)
	if len(words) > 20 && strings.HasSuffix(line, ".") && !yearEnd.MatchString(line) &&
		!slices.ContainsFunc(calledPlan, func(b string) bool { return strings.HasPrefix(words[0], b) }) {
		return true
	}
	return r.begins("letter", line)
}

// yearEnd is the abbreviation of a year at the end of a line.
var yearEnd = regexp.MustCompile(`(?i)[0-9\s)](г|гг|г\.\s?г|ж|жж)\.$`)

// unclosed says whether the last bracket that was opened is not closed yet.
func unclosed(title []string) bool {
	text := strings.Join(title, " ")
	return strings.LastIndex(text, "(") > strings.LastIndex(text, ")")
}

// aside says whether a line is of the block above a title: who approved the paper, and where to sign.
func (r *Reader) aside(line string) bool { return blockLike(line) || r.begins("approval", line) }

// isTitle says whether a line may be of a title: it says what the paper is, or speaks of a meeting.
func (r *Reader) isTitle(line string) bool {
	var e evidence
	r.weigh(&e, line)
	return e.best["form"].weight >= 2 || e.best["meeting"].weight >= 4
}

// begins says whether a line begins as rows of a kind do; see rows.tsv.
func (r *Reader) begins(kind, text string) bool {
	for i, stands := range r.rows.find(split(cut(text, headBytes))) {
		if stands != 0 && r.rows.all[i].means == kind {
			return true
		}
	}
	return false
}

// rowKinds are those of rows.tsv.
var rowKinds = []string{"body", "letter", "annex", "total", "note", "signature", "approval", "dated", "unit", "section", "start", "status", "order", "joint"}

// blockLike says whether a line is of the block that says who approved a paper and when: it has a place to sign, or
// is a date with its month left out.
func blockLike(line string) bool {
	return strings.Contains(line, "__") || strings.Contains(line, "М.П.")
}

func beginsLower(line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	return unicode.IsLower(first)
}

// genitiveAkim says whether a line speaks of what is an akim's, as Kazakh titles begin: «Ақтөбе облысы әкімінің».
func genitiveAkim(line string) bool {
	for _, w := range split(line) {
		if strings.HasPrefix(w, "акиминин") || strings.HasPrefix(w, "акимдиг") || strings.HasPrefix(w, "акимдеринин") {
			return true
		}
	}
	return false
}

// sample is text that shows the paper's language.
func (p *paper) sample() []byte {
	text := []byte(p.title)
	for _, s := range p.sheets {
		for _, c := range s.columns {
			text = append(append(text, ' '), c.text...)
		}
		for at := s.first; at < len(s.grid.Rows) && len(text) < 4000; at++ {
			for _, c := range distinct(s.grid, at) {
				if c.top == at {
					text = append(append(text, ' '), cut(c.text, 300)...)
				}
			}
		}
	}
	return text
}

// evidence is how much the tables of a paper look like those of a plan.
func (p *paper) evidence() (n int) {
	for _, s := range p.sheets {
		n = max(n, s.evidence())
	}
	return n
}

// oneLine folds all spaces of a text to single ones.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// cut bounds a text, at a whole character.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

package plan

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
)

// period finds the period of the meetings: in a title first; around it only where a line speaks of a half-year, a
// quarter or a meeting, since the day of an approval is none. The half-year of a single day is its period, and of
// several days less than a month apart, too.
func period(titles, around []string) (from, to qulaq.Day) {
	for i, text := range append(append([]string(nil), titles...), around...) {
		if i >= len(titles) && !speaksOfPeriod(text) {
			continue
		}
		if found, known := dates.ParsePeriod(mended(text)); known {
			first, last := halfYear(found.From)
			if found.To-found.From < shortestPeriod && found.To <= last {
				return first, last
			}
			return found.From, found.To
		}
	}
	return 0, 0
}

// periodOfPart returns the half-year or quarter that a title names without a year: in the year that a line around it
// names alone, else the last that had begun on the day that the paper bears.
func periodOfPart(title string, papers []*paper) (from, to qulaq.Day) {
	for _, p := range papers {
		for _, text := range [...]string{title, p.title} {
			text = mended(text)
			for _, line := range p.around {
				if year := yearOf(line); year != 0 && len(split(line)) <= yearWords {
					if found, known := dates.PartOf(text, year); known {
						return found.From, found.To
					}
				}
			}
			if p.dated == 0 {
				continue
			}
			for year := p.dated.Time().Year(); year >= p.dated.Time().Year()-1; year-- {
				if found, known := dates.PartOf(text, year); known && found.From <= p.dated {
					return found.From, found.To
				}
			}
		}
	}
	return 0, 0
}

// yearWords is how many words a line has, at most, that names a year alone: «2022 год», «2022 жылғы».
const yearWords = 2

// periodOfMeetings returns the half-year of all meetings whose days tables name: in a column of them, in headings of
// sections and in lines between tables. Where it takes two half-years it is the year, and 0 where it takes more.
func periodOfMeetings(_ string, papers []*paper) (from, to qulaq.Day) {
	var days []qulaq.Day
	line := func(text string) {
		if len(text) > sectionBytes || !speaksOfPeriod(text) {
			return
		}
		if found, known := dates.ParsePeriod(mended(text)); known && found.To-found.From < shortestPeriod {
			days = append(days, found.From, found.To)
		}
	}
	for _, p := range papers {
		for _, s := range p.sheets {
			for i, c := range s.columns {
				if c.role != colRaised {
					continue
				}
				for _, text := range s.cellsOf(i) {
					days = append(days, dates.Days(text)...)
				}
			}
			for _, text := range s.above {
				line(text)
			}
			for at := s.first; at < min(len(s.grid.Rows), s.first+lookRows); at++ {
				if own := ownCells(distinct(s.grid, at), at); len(own) == 1 {
					line(own[0].text)
				}
			}
		}
	}
	if len(days) == 0 {
		return 0, 0
	}
	from, _ = halfYear(slices.Min(days))
	_, to = halfYear(slices.Max(days))
	if from.Time().Year() != to.Time().Year() {
		return 0, 0
	}
	return from, to
}

// periodBelow returns the period that paragraphs below the first table say of the meetings, 0 when they name several.
func periodBelow(_ string, papers []*paper) (from, to qulaq.Day) {
	for _, p := range papers {
		if len(p.sheets) == 0 {
			continue
		}
		for _, part := range p.doc.Parts[min(max(p.sheets[0].part, 0)+1, len(p.doc.Parts)):] {
			text := oneLine(cut(part.Text, headBytes))
			if part.Grid != nil || !speaksOfPeriod(text) {
				continue
			}
			first, last := period([]string{text}, nil)
			switch {
			case first == 0:
			case from != 0 && (first != from || last != to):
				return 0, 0
			default:
				from, to = first, last
			}
		}
	}
	return from, to
}

// shortestPeriod is how many days a period has that is no run of meetings: those of a February.
const shortestPeriod = 27

var periodWords = []string{"полугоди", "квартал", "жартыжыл", "жарты", "токсан", "встреч", "встрет", "кездесу", "отчетн", "есеп"}

func speaksOfPeriod(text string) bool {
	for _, w := range split(text) {
		for _, p := range periodWords {
			if strings.HasPrefix(w, p) {
				return true
			}
		}
	}
	return false
}

// mended returns a text with the words for half-years and quarters put right, which titles are mistyped in and
// recognition reads wrong by a letter («полуголие»), and which are shortened in many ways.
func mended(text string) string {
	text = inBoth.ReplaceAllString(copied.ReplaceAllString(text, ""), "$1")
	words := strings.Fields(withNumerals(spaced.Replace(text)))
	for i, w := range words {
		lower := strings.ToLower(strings.TrimRight(w, ".,;:)"))
		if full, ok := shortened[lower]; ok {
			words[i] = full
			continue
		}
		for _, right := range mendable {
			if oneOff(lower, right) {
				words[i] = right + w[len(strings.TrimRight(w, ".,;:)")):]
			}
		}
	}
	return strings.Join(words, " ")
}

// inBoth finds a half-year or quarter that is said in both languages: «2 жартыжылдық / полугодие 2024 г.».
var inBoth = regexp.MustCompile(`(?i)((?:жартыжыл|полуг|тоқсан|квартал)\pL*)\s*/\s*(?:жартыжыл|полуг|тоқсан|квартал)\pL*`)

// copied finds what systems add to the name of a file that is there already, with the kind of the file: «план (1).xlsx».
var copied = regexp.MustCompile(`\s*(?:\(\d{1,2}\))?(?:\.[a-zA-Z]{3,4})?$`)

// spaced undoes what stands between words, and within a number that was letter-spaced like its title.
var spaced = strings.NewReplacer("_", " ", "I I ", "II ", "І І ", "ІІ ")

var mendable = []string{"полугодие", "полугодия", "полугодии", "квартал", "квартала", "квартале", "жартыжылдығы", "жартыжылдық", "жартыжылдығында", "тоқсанда"}

// shortened are the ways to write half-years that are no words for a lexicon: they have signs within.
var shortened = map[string]string{
	"п/г": "полугодие", "п/годие": "полугодие", "п/годия": "полугодие", "п-г": "полугодие", "пг": "полугодие", "п-дие": "полугодие", "п/д": "полугодие",
	"п.г": "полугодие", "пол-е": "полугодие", "полуг-е": "полугодие", "полуг-ие": "полугодие",
	"ж/ж": "жартыжылдық", "ж/жылдық": "жартыжылдық", "ж/жылдығы": "жартыжылдығы", "ж-ж": "жартыжылдық", "жж": "жартыжылдық",
}

// oneOff says whether two words are as long as one another and differ in one letter, which is not the last: endings
// differ for other reasons.
func oneOff(a, b string) bool {
	if utf8.RuneCountInString(a) != utf8.RuneCountInString(b) {
		return false
	}
	x, y := []rune(a), []rune(b)
	if x[len(x)-1] != y[len(y)-1] {
		return false
	}
	differ := 0
	for i := range x {
		if x[i] != y[i] {
			differ++
		}
	}
	return differ == 1
}

// halfYear returns the first and the last day of the half-year of a day.
func halfYear(d qulaq.Day) (from, to qulaq.Day) {
	year := d.Time().Year()
	if d.Time().Month() <= 6 {
		return qulaq.Date(year, 1, 1), qulaq.Date(year, 6, 30)
	}
	return qulaq.Date(year, 7, 1), qulaq.Date(year, 12, 31)
}

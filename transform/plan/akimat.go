package plan

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// akimat finds whose plan it is: what titles say of the akim first, then the place that a title names, then what
// stands around the title of an akim. Of a region's akim who met the people of one district, that is the scope.
func (r *Reader) akimat(titles, around []string) (reg, district, scope string) {
	for i, text := range append(append([]string(nil), titles...), around...) {
		if i >= len(titles) && !speaksOfAkim(text) {
			continue
		}
		if reg, district, scope = r.placeOf(text); reg != "" {
			return reg, district, scope
		}
	}
	return "", "", ""
}

func (r *Reader) placeOf(text string) (reg, district, scope string) {
	part := akimsPlace(text)
	if code := r.resolve(part); code != "" {
		reg, district = r.split(code)
		if whole := r.resolve(text); district == "" && whole != "" {
			if other, below := r.split(whole); other == reg {
				scope = below
			}
		}
		return reg, district, scope
	}
	reg, district = r.split(r.resolve(text))
	if district != "" && ofRegion(part) { // «акима области с населением Шетского района»
		return reg, "", district
	}
	return reg, district, ""
}

func (r *Reader) resolve(text string) string {
	if text == "" {
		return ""
	}
	return r.places.Resolve(text, region.Today).Code
}

// split returns region and district of a code, which may be that of a settlement.
func (r *Reader) split(code string) (reg, district string) {
	if len(code) != 9 {
		return "", ""
	}
	for _, digits := range []int{9, 6, 4} {
		u, ok := r.units[code[:digits]+"000000000"[digits:]]
		switch {
		case !ok || u.Level == region.Republic:
		case u.Level == region.Region:
			return u.Code, ""
		default:
			return u.Region, u.Code
		}
	}
	if u, ok := r.units[code[:2]+"0000000"]; ok && u.Level == region.Region {
		return u.Code, ""
	}
	return "", ""
}

// districtOf returns the code of the district that a line names: a heading across a table, a cell of a column of
// districts, an issue. Within a region, when that is known.
func (r *Reader) districtOf(line, reg string) string {
	line = strings.TrimLeft(line, " 0123456789.)–—-:•*IVXІХ")
	line = strings.TrimRight(line, " .:;")
	if line == "" || len(line) > region.MaxBytes {
		return ""
	}
	if u, ok := r.units[reg]; ok {
		if _, d := r.v.Places.Pair(u.NameRU, line, region.Today); d.Code != "" {
			if _, district := r.split(d.Code); district != "" {
				return district
			}
		}
		for _, text := range [...]string{line, line + ", " + u.NameRU} {
			if in, district := r.split(r.resolve(text)); in == reg && district != "" {
				return district
			}
		}
		return ""
	}
	_, district := r.split(r.resolve(line))
	return district
}

// speaksOfAkim says whether an akim or his office is spoken of.
func speaksOfAkim(text string) bool {
	for _, w := range split(text) {
		if strings.HasPrefix(w, "аким") { // and Kazakh әкім, folded
			return true
		}
	}
	return false
}

// ofRegion says whether words behind «акима» mean a region's akim without naming it.
func ofRegion(part string) bool {
	for _, w := range split(part) {
		if strings.HasPrefix(w, "област") || strings.HasPrefix(w, "облыс") {
			return true
		}
	}
	return false
}

// akimsPlace returns the words that say whose akim it is: behind the word in Russian, before it in Kazakh.
func akimsPlace(text string) string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) { // a letter whose small form is longer: places are those of another text
		text = lower
	}
	if from, _ := wordLike(lower, "әкім"); from >= 0 {
		before := text[:from]
		if i := strings.LastIndexAny(before, "().,;:«»\n"); i >= 0 {
			before = before[i:]
		}
		before = strings.TrimLeft(before, "().,;:«»\n ")
		return strings.TrimSpace(before)
	}
	if from, to := wordLike(lower, "аким"); from >= 0 {
		behind := text[to:]
		end := len(behind)
		for _, stop := range []string{" с ", " со ", " на ", " за ", " и ", " в ", " во ", " по ", " от ", " перед ", " для ", "(", ",", ".", ";", "\n", " – ", " - ", " — ", "«", "\""} {
			if i := strings.Index(strings.ToLower(behind), stop); i > 0 {
				end = min(end, i)
			}
		}
		return strings.TrimSpace(behind[:min(end, len(behind))])
	}
	return ""
}

// wordLike finds a word by its beginning.
func wordLike(text, begins string) (from, to int) {
	for at := 0; ; {
		i := strings.Index(text[at:], begins)
		if i < 0 {
			return -1, -1
		}
		from = at + i
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		to = from + len(begins)
		for to < len(text) {
			c, n := utf8.DecodeRuneInString(text[to:])
			if !unicode.IsLetter(c) {
				break
			}
			to += n
		}
		if !unicode.IsLetter(before) {
			return from, to
		}
		at = to
	}
}

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

// shortestPeriod is how many days a period has that is no run of meetings: those of a February.
const shortestPeriod = 27

var periodWords = []string{"полугоди", "квартал", "жартыжыл", "жарты", "токсан", "встреч", "кездесу", "отчетн", "есеп"}

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
	words := strings.Fields(strings.ReplaceAll(text, "_", " "))
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
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) || x[len(x)-1] != y[len(y)-1] {
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

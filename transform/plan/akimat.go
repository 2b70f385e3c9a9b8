package plan

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
	for i, text := range around { // «Заместитель акима» in one line, of what region in the next, or in Kazakh before
		if !speaksOfAkim(text) {
			continue
		}
		for _, near := range [...][]string{around[i:min(i+2, len(around))], around[max(i-1, 0) : i+1]} {
			if reg, district, scope = r.placeOf(strings.Join(near, " ")); reg != "" {
				return reg, district, scope
			}
		}
	}
	return r.besideTitle(titles, around)
}

// ofDistrict says whether any of the texts speaks of an akim below a region's: «акима района», «акима г. Караганды», «Шет
// ауданының әкімі», and not «акима области», nor «акима с населением Шетского района».
func (r *Reader) ofDistrict(texts []string) bool {
	return slices.ContainsFunc(texts, func(text string) bool {
		part, lower := akimsPlace(text), strings.ToLower(text)
		if _, to := wordLike(lower, "аким"); to >= 0 {
			behind := strings.Fields(lower[to:])
			return len(behind) > 0 && !slices.Contains(withPeople, behind[0]) && kindOf(part) != "область"
		}
		return kindOf(part) != "область" && (r.resolve(part) != "" || kindOf(part) != "")
	})
}

// withPeople are the words behind «акима» that begin with whom, where or when he met.
var withPeople = []string{"с", "со", "и", "в", "во", "на", "за", "по", "перед"}

// besideTitle finds the place in a line of its own near a title that only says of what sort its akim is: «Балқаш
// ауданы» and below it «Аудан әкімінің …». Lines that name different places tell nothing.
func (r *Reader) besideTitle(titles, around []string) (reg, district, scope string) {
	kind := ""
	for _, title := range titles {
		kind = cmp.Or(kind, kindOf(akimsPlace(title)))
	}
	for _, line := range around {
		if kind == "" || len(split(line)) > placeWordsMost || kindOf(line) != kind {
			continue
		}
		in, below := r.split(r.resolve(line))
		if in == "" || (below == "") != (kind == "область") {
			continue
		}
		if reg != "" && (in != reg || below != district) {
			return "", "", ""
		}
		reg, district = in, below
	}
	return reg, district, ""
}

// placeWordsMost is how many words a line has, at most, that names a place and nothing else.
const placeWordsMost = 5

// kindOf returns the sort of place that words name first: «район» for «района», «аудан» and «ауданы», "" for none.
func kindOf(text string) string {
	for _, w := range split(text) {
		for _, k := range kindsOfPlaces {
			if strings.HasPrefix(w, k[0]) && !strings.HasPrefix(w, "городск") {
				return k[1]
			}
		}
	}
	return ""
}

// kindsOfPlaces are the beginnings of words for places, as folded, and the sort that they name.
var kindsOfPlaces = [...][2]string{
	{"област", "область"}, {"облыс", "область"}, {"раион", "район"}, {"аудан", "район"}, {"город", "город"}, {"кала", "город"},
}

func (r *Reader) placeOf(text string) (reg, district, scope string) {
	part := akimsPlace(text)
	if ofMany(part) { // «акимов районов и города Актобе»: what they have in common
		reg, _ = r.split(r.resolve(text))
		return reg, "", ""
	}
	if code := r.resolve(part); code != "" {
		reg, district = r.split(code)
		if ofCity(part) && isCity(reg) { // «Медеу ауданында өткен қала әкімінің»
			return reg, "", district
		}
		if whole := r.resolve(text); district == "" && whole != "" {
			switch other, below := r.split(whole); {
			case other != reg:
			case kindOf(part) == "район": // «жителей Медеуского района на встречах акима района города Алматы»
				district = below
			default:
				scope = below
			}
		}
		return reg, district, scope
	}
	reg, district = r.split(r.resolve(text))
	if slices.Contains(capitalWords, strings.Join(split(part), " ")) { // «акима столицы в районе Есиль»
		if reg != capital {
			district = ""
		}
		return capital, "", district
	}
	republican := ofCity(part) && isCity(reg) // «акима города в Медеуском районе»
	if district != "" && (ofRegion(part) || republican) {
		return reg, "", district // «акима области с населением Шетского района»
	}
	if reg == "" && (ofRegion(part) || ofCity(part)) {
		if reg = r.common(behind(text, part)); reg != "" && ofCity(part) != isCity(reg) {
			reg = ""
		}
	}
	return reg, district, ""
}

// common returns the region in which all districts of a list lie, two at least: «в Бурабайском и Целиноградском
// районах». "" where one is of another region, or is not known alone.
func (r *Reader) common(list string) (reg string) {
	list = strings.NewReplacer(" и ", ",", " районах", " районе", " городах", " городе").Replace(list)
	named := strings.Split(list, ",")
	if len(named) < 2 {
		return ""
	}
	for _, one := range named {
		in, _ := r.split(cmp.Or(r.resolve(one), r.resolve(one+" районе"), r.resolve("в городе "+one)))
		if in == "" || reg != "" && in != reg {
			return ""
		}
		reg = in
	}
	return reg
}

// behind returns what follows whose akim it is, up to the next words that name no place: «в Бурабайском районе».
func behind(text, part string) string {
	i := strings.Index(text, part)
	if i < 0 || part == "" {
		return ""
	}
	text = text[i+len(part):]
	for _, stop := range []string{" с ", " со ", " за ", " по ", " перед ", "(", ".", ";", ":", "\n"} {
		if at := strings.Index(text, stop); at >= 0 {
			text = text[:at]
		}
	}
	return strings.TrimSpace(text)
}

// capital is the code of the capital, and capitalWords the words that mean it alone, as folded: Almaty is called the
// southern one.
const capital = "710000000"

var capitalWords = []string{"столицы", "столица", "столицеи", "елорда"}

// isCity says whether a region is a city: the two digits of an oblast are below 70.
func isCity(reg string) bool { return reg >= "700000000" }

// ofCity says whether words behind «акима» mean a city's akim without naming it.
func ofCity(part string) bool {
	words := split(part)
	if len(words) == 1 && (words[0] == "города" || words[0] == "мегаполиса") {
		return true
	}
	return len(words) > 0 && words[len(words)-1] == "кала" // before «әкімінің» stands its own word last
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
	line = numberBefore.ReplaceAllString(line, "")
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

// numberBefore is what stands before the name in a heading: «1. », «II) », «•». A Roman number is one only where a sign
// or a space ends it: Х and І begin names too.
var numberBefore = regexp.MustCompile(`^[\s.)–—:•*-]*(?:\d+[\d.):\s–—-]*|[IVXІХ]+[.):\s–—-]+)?[\s•*–—-]*`)

// speaksOfAkim says whether an akim or his office is spoken of.
func speaksOfAkim(text string) bool {
	for _, w := range split(text) {
		if strings.HasPrefix(w, "аким") { // and Kazakh әкім, folded
			return true
		}
	}
	return false
}

// ofMany says whether words behind «акимов» mean those of several places.
func ofMany(part string) bool {
	for _, w := range split(part) {
		switch w {
		case "раионов", "городов", "аудандар", "калалар", "аудандардын", "калалардын": // as folded
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

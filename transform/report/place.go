package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// nowhere is the code of a place that may be one of several: «Абайский район».
const nowhere = "?????????"

// republic is the code of the country as a whole.
const republic = "000000000"

// subject is whom a figure is of: a place or a ministry.
type subject struct {
	code string // as in Claim
	name string
}

// named returns a region or district of today by its code.
func (r *Reader) named(code string) subject { return subject{code, r.names[code]} }

// place is a region or district that a sentence names.
type place struct {
	subject
	from, to int  // tokens
	dateline bool // it only says where the text was written
}

const longestPlace = 5 // words of a name with its type word

// typeWords are how the words begin that say what a place is, as keys have them.
var typeWords = []string{"област", "облыс", "раион", "аудан", "город", "кала", "region", "city", "district", "oblast"}

func isTypeWord(key string) bool {
	if key == "г" || key == "обл" || key == "р" || key == "к" {
		return true
	}
	for _, t := range typeWords {
		if strings.HasPrefix(key, t) {
			return true
		}
	}
	return false
}

func isDistrictWord(key string) bool {
	return strings.HasPrefix(key, "раион") || strings.HasPrefix(key, "аудан") || key == "district"
}

// findPlaces finds the places of a sentence from left to right, the longest name at each word.
func (r *Reader) findPlaces(s *sentence) {
	for i := 0; i < len(s.tokens); i++ {
		p, ok := r.placeAt(s, i)
		if !ok {
			p, ok = s.strangePlace(i)
		}
		if ok {
			if p.dateline = s.isDateline(p); p.dateline {
				s.dateline = p
				s.dated(p)
			} else if !s.byTheWay(p.from, p.to) {
				s.places = append(s.places, p)
			}
			i = p.to - 1
		}
	}
}

// isRuled says whether a name is a region's by the word behind or before it: «Атырау өңірінде», "Kostanay governor".
func (s *sentence) isRuled(from, to int) bool {
	if to < len(s.tokens) && (s.tokens[to].key == "governor" || strings.HasPrefix(s.tokens[to].key, "онир")) {
		return true
	}
	return from > 1 && s.tokens[from-1].key == "of" && s.tokens[from-2].key == "governor"
}

// isDateline says whether a place only says where a sentence was written: "ASTANA, July 18, 2025 - ", «17 января 2026
// года, г. Астана», «АСТАНА. КАЗИНФОРМ – ».
func (s *sentence) isDateline(p place) bool {
	for _, t := range s.periods {
		if t.months == 0 && t.year != 0 && t.from == 0 && p.from == t.to+1 && s.tokens[t.to].kind == sign {
			return true
		}
	}
	if p.from != 0 || p.to >= len(s.tokens) || s.tokens[p.to].kind != sign {
		return false
	}
	for _, t := range s.periods {
		if t.months == 0 && t.from == p.to+1 {
			return true
		}
	}
	name := s.text[s.tokens[0].from:s.tokens[p.to-1].to]
	before := s.tokens[p.to].key == "." || s.tokens[p.to].key == "," || s.tokens[p.to].key == "-" && p.to+1 < len(s.tokens) && s.capital(p.to+1)
	return strings.ToUpper(name) == name && !isTypeWord(s.tokens[0].key) && !isTypeWord(s.tokens[p.to-1].key) && before
}

func (r *Reader) placeAt(s *sentence, i int) (place, bool) {
	first := s.tokens[i]
	if first.kind != word || s.wordIs("stop", i) || s.wordIs("month", i) || !s.capital(i) && !isTypeWord(first.key) {
		return place{}, false
	}
	end := i
	for end < len(s.tokens) && end < i+longestPlace+1 && !s.wordIs("and", end) && (s.tokens[end].kind == word || s.tokens[end].key == "." && isTypeWord(s.tokens[end-1].key)) {
		end++
	}
	for to := end; to > i; to-- {
		last := s.tokens[to-1]
		if last.kind != word || !s.capital(to-1) && !isTypeWord(last.key) {
			continue
		}
		capital := false
		for j := i; j < to; j++ {
			capital = capital || s.capital(j)
		}
		if !capital {
			continue
		}
		name := s.text[first.from:last.to]
		switch ambiguous := func() bool { return r.places.Resolve(name, region.Today).How == region.Ambiguous }; {
		case isDistrictWord(last.key) && ambiguous():
			return place{subject: subject{nowhere, name}, from: i, to: to}, true
		case to == i+1 && i > 0 && s.tokens[i-1].key == "в" && !adjective(first.key) && s.alone(i) && ambiguous():
			return place{subject: subject{code: nowhere}, from: i, to: to}, true // «В Туркестане»: the town or the region
		}
		ofRegion := s.isRow(to) || s.isOfRegions(to) || s.isRuled(i, to)
		p, ok := r.resolve(name, ofRegion)
		if !ok && to == i+1 && s.alone(i) {
			p, ok = r.onlyRegion(name)
		}
		if !ok && to == i+1 && s.withoutNoun(i) {
			p, ok = r.resolve(name, true) // «в Костанайской – 2,3 %»: only an oblast is feminine
		}
		if ok {
			p.from, p.to = i, to
			r.trim(s, &p, ofRegion)
			return p, true
		}
	}
	return place{}, false
}

// isRow says whether what ends at a token is followed by its figure, as the lines of a list are: «Абай – 5», «Абай (74
// %)».
func (s *sentence) isRow(to int) bool {
	if to+1 >= len(s.tokens) || s.tokens[to].kind != sign {
		return false
	}
	switch s.tokens[to].key {
	case "-", "(", ":":
		return true
	case ",": // "By region: Almaty, 141,200; Astana, 102,700"
		i := to - 1
		for i >= 0 && s.tokens[i].kind == word && !s.wordIs("stop", i) {
			i--
		}
		return s.tokens[to+1].kind == number && i >= 0 && (s.tokens[i].key == ":" || s.tokens[i].key == ";")
	}
	return false
}

// isOfRegions says whether a name is one of several that share a type word: «Жамбылской и Абайской областей», "Akmola,
// Kostanay and Zhambyl regions".
func (s *sentence) isOfRegions(to int) bool {
	for i := to; i < len(s.tokens) && i < to+40; i++ {
		switch key := s.tokens[i].key; {
		case key == "regions" || strings.HasPrefix(key, "областе") || strings.HasPrefix(key, "областя") || strings.HasPrefix(key, "облыстар"):
			return true
		case key != "," && !s.wordIs("and", i) && !s.capital(i) && key != "г" && key != ".":
			return false
		}
	}
	return false
}

// withoutNoun says whether a feminine adjective stands without what it describes: no word follows that may agree with
// it.
func (s *sentence) withoutNoun(i int) bool {
	key := s.tokens[i].key
	if !strings.HasSuffix(key, "скои") && !strings.HasSuffix(key, "ская") && !strings.HasSuffix(key, "скую") {
		return false
	}
	if i == 0 || i+1 >= len(s.tokens) || !s.wordIs("stop", i-1) && s.tokens[i-1].kind != sign {
		return false
	}
	next := s.tokens[i+1]
	return next.kind != word || s.wordIs("stop", i+1) || s.wordIs("v", i+1) || s.wordIs("howmany", i+1) || strings.HasSuffix(next.key, "ка") || strings.HasSuffix(next.key, "ля")
}

// resolve asks what a name means. In a list of regions a bare name is the region's: «Абай» is neither town nor man
// there, and «Атырау» is not the town; but Алматы is the city.
func (r *Reader) resolve(name string, row bool) (place, bool) {
	known := func(a region.Answer) bool {
		return a.Code != "" && a.How != region.Fuzzy
	}
	answer := r.places.Resolve(name, region.Today)
	if row && !strings.ContainsAny(name, " .") && (!isRegion(answer.Code) || answer.How == region.Alias && answer.Code < "750000000") {
		if a := r.regionCalled(name); known(a) {
			answer = a
		}
	}
	if !known(answer) {
		return place{}, false
	}
	return place{subject: subject{answer.Code, answer.NameRU}}, true
}

// regionCalled returns the region that bears a name which stands without its type word.
func (r *Reader) regionCalled(name string) region.Answer {
	for _, text := range []string{name + " облысы", name + " region", "область " + name, name + " области", name + " область"} {
		if a := r.places.Resolve(text, region.Today); a.Code != "" && a.How != region.Fuzzy && isRegion(a.Code) {
			return a
		}
	}
	return region.Answer{}
}

// locatives are the endings by which a Kazakh name says where something is, where it comes from or goes to, and whose
// it is.
var locatives = []string{"дағы", "дегі", "тағы", "тегі", "дан", "ден", "тан", "тен", "нан", "нен", "ның", "нің", "дың", "дің", "тың", "тің", "да", "де", "та", "те", "ға", "ге", "қа", "ке", "ды", "ді", "ты", "ті"}

// onlyRegion returns the region that a name without its type word is of, where no town bears it too: «Маңғыстауда». A
// district that does is never called so.
func (r *Reader) onlyRegion(name string) (place, bool) {
	if adjective(fold.RussianKey(name)) {
		return place{}, false // «Абайский» may be a district
	}
	stems := []string{name}
	for _, end := range locatives {
		if stem, ok := strings.CutSuffix(name, end); ok && utf8.RuneCountInString(stem) > 3 {
			stems = append(stems, stem)
		}
	}
	for _, stem := range stems {
		a := r.regionCalled(stem)
		if a.Code == "" || isCityRegion(a.Code) {
			continue
		}
		for _, town := range []string{"город " + stem, stem + " қаласы"} {
			if b := r.places.Resolve(town, region.Today); b.Code != "" && b.Code != a.Code || b.How == region.Ambiguous {
				return place{}, false
			}
		}
		return place{subject: subject{a.Code, a.NameRU}}, true
	}
	return place{}, false
}

// alone says whether a word with a capital letter stands alone: not so in the name of a man or of a street.
func (s *sentence) alone(i int) bool {
	if i > 0 && s.tokens[i-1].kind == word && s.capital(i-1) && !s.wordIs("stop", i-1) {
		return false
	}
	if i+1 == len(s.tokens) || s.tokens[i+1].kind != word {
		return true
	}
	switch s.tokens[i+1].key {
	case "атындагы", "кошеси", "кошесинде", "дангылы", "ауылы", "ауылында", "мектеби", "жылы":
		return false
	}
	return !s.capital(i + 1)
}

func isRegion(code string) bool { return strings.HasSuffix(code, "0000000") }

// capital says whether a word begins with a capital letter.
func (s *sentence) capital(i int) bool {
	t := s.tokens[i]
	r, _ := utf8.DecodeRuneInString(s.text[t.from:])
	return t.kind == word && unicode.IsUpper(r)
}

// writtenThere takes the place of a sentence that is nothing else for where the text was written: «Астана. 5 марта 2026
// года.»
func (s *sentence) writtenThere() {
	if s.onlyPlace() && len(s.places) == 1 {
		s.dateline, s.places = s.places[0], nil
	}
}

// dated takes the day beside the place where a text was written for when it was: no figure is of it.
func (s *sentence) dated(p place) {
	for i := range s.periods {
		if t := &s.periods[i]; t.months == 0 && t.year != 0 && (t.from == p.to+1 || p.from == t.to+1) {
			t.role, s.written = passing, qulaq.Date(t.year, t.month, t.day)
		}
	}
}

package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/body"
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
		if p, ok := r.placeAt(s, i); ok {
			if p.dateline = s.isDateline(p); p.dateline {
				s.dateline = p
			} else {
				s.places = append(s.places, p)
			}
			i = p.to - 1
		}
	}
}

// isDateline says whether a place only says where a sentence was written: "ASTANA, July 18, 2025 - ", «АСТАНА. КАЗИНФОРМ – ».
func (s *sentence) isDateline(p place) bool {
	if p.from != 0 || p.to >= len(s.tokens) || s.tokens[p.to].kind != sign {
		return false
	}
	for _, t := range s.periods {
		if t.months == 0 && t.from == p.to+1 {
			return true
		}
	}
	name := s.text[s.tokens[0].from:s.tokens[p.to-1].to]
	return strings.ToUpper(name) == name && !isTypeWord(s.tokens[0].key) && !isTypeWord(s.tokens[p.to-1].key) && (s.tokens[p.to].key == "." || s.tokens[p.to].key == ",")
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
		if isDistrictWord(last.key) && r.places.Resolve(name, region.Today).How == region.Ambiguous {
			return place{subject: subject{nowhere, name}, from: i, to: to}, true
		}
		if p, ok := r.resolve(name, s.isRow(to) || s.isOfRegions(to)); ok {
			p.from, p.to = i, to
			for p.from < to-1 && !isTypeWord(s.tokens[p.from].key) { // "Low rates in Abai region": not all of it is the name
				q, ok := r.resolve(s.text[s.tokens[p.from+1].from:last.to], s.isRow(to) || s.isOfRegions(to))
				if !ok || q.code != p.code {
					break
				}
				p.from++
			}
			return p, true
		}
	}
	return place{}, false
}

// isRow says whether what ends at a token is followed by its figure, as the lines of a list are: «Абай – 5», «Абай (74 %)».
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

// resolve asks what a name means. In a list of regions a bare name is the region's: «Абай» is neither town nor man
// there, and «Атырау» is not the town; but Алматы is the city.
func (r *Reader) resolve(name string, row bool) (place, bool) {
	known := func(a region.Answer) bool {
		return a.Code != "" && a.How != region.Fuzzy
	}
	answer := r.places.Resolve(name, region.Today)
	if row && !strings.ContainsAny(name, " .") && (!isRegion(answer.Code) || answer.How == region.Alias && answer.Code < "750000000") {
		for _, text := range []string{name + " облысы", name + " region", "область " + name, name + " области", name + " область"} {
			if a := r.places.Resolve(text, region.Today); known(a) && isRegion(a.Code) {
				answer = a
				break
			}
		}
	}
	if !known(answer) {
		return place{}, false
	}
	return place{subject: subject{answer.Code, answer.NameRU}}, true
}

func isRegion(code string) bool { return strings.HasSuffix(code, "0000000") }

// capital says whether a word begins with a capital letter.
func (s *sentence) capital(i int) bool {
	t := s.tokens[i]
	r, _ := utf8.DecodeRuneInString(s.text[t.from:])
	return t.kind == word && unicode.IsUpper(r)
}

const longestMinistry = 9 // words

// notOfAName are words by which no ministry's name goes on: «встречи министров с населением» names none.
var notOfAName = map[string]bool{
	"с": true, "со": true, "в": true, "во": true, "на": true, "к": true, "от": true, "из": true, "за": true, "при": true, "о": true, "об": true,
	"и": true, "with": true, "to": true, "in": true, "on": true, "at": true, "and": true,
}

// ministry returns the ministry whose head or name stands at a token, and the token behind it: «министр просвещения», "Minister of Health",
// «Денсаулық сақтау министрі», «Минтруда».
func (r *Reader) ministry(s *sentence, i int) (named subject, end int) {
	t := s.tokens[i]
	if t.kind != word {
		return subject{}, 0
	}
	first, behind := "", true
	switch {
	case strings.HasPrefix(t.key, "министрли"), strings.HasPrefix(t.key, "министр") && s.kazakh:
		first, behind = "министрлігі", false
	case strings.HasPrefix(t.key, "министр"), strings.HasPrefix(t.key, "министерств"):
		first = "Министерство"
	case t.key == "minister" || t.key == "ministry":
		first = "Ministry"
	case strings.HasPrefix(t.key, "мин") && s.capital(i), s.shouted(i):
		return r.isMinistry(s.text[t.from:t.to]), i + 1
	default:
		return subject{}, 0
	}
	if behind && i+1 < len(s.tokens) && (notOfAName[s.tokens[i+1].key] || first == "Ministry" && s.tokens[i+1].key != "of" && s.tokens[i+1].key != "for") {
		return subject{}, 0
	}
	for n := longestMinistry; n > 0; n-- {
		text, end := "", i+1
		if behind {
			if end += n; end > len(s.tokens) || s.hasSign(i+1, end, ",") {
				continue
			}
			text = first + s.text[t.to:s.tokens[end-1].to]
		} else {
			from := i - n
			if from < 0 || s.hasSign(from, i, ",") {
				continue
			}
			text = s.text[s.tokens[from].from:s.tokens[i-1].to] + " " + first
		}
		if named := r.isMinistry(text); named.code != "" {
			return named, end
		}
	}
	return subject{}, 0
}

// hasSign says whether a sign other than one stands between two tokens.
func (s *sentence) hasSign(from, to int, but string) bool {
	for _, t := range s.tokens[from:to] {
		if t.kind == number || t.kind == sign && t.key != but {
			return true
		}
	}
	return false
}

// shouted says whether a word is an abbreviation: two capital letters or more.
func (s *sentence) shouted(i int) bool {
	t := s.tokens[i]
	text := s.text[t.from:t.to]
	return utf8.RuneCountInString(text) >= 2 && utf8.RuneCountInString(text) <= 8 && strings.ToUpper(text) == text && strings.ToLower(text) != text
}

// isMinistry identifies a name. A key of several matters holds words that are not the ministry's.
func (r *Reader) isMinistry(name string) subject {
	id := r.bodies.Identify(name)
	if id.Kind != body.MinistryOf || id.Level != body.Republic || strings.Contains(id.Key, "+") || strings.Count(id.Key, ":") != 1 || !ascii(id.Key) {
		return subject{}
	}
	return subject{id.Key, id.Name}
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

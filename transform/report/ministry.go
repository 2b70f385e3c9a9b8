package report

import (
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/body"
)

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
	case strings.HasPrefix(t.key, "министрлер"): // of all
		return subject{}, 0
	case strings.HasPrefix(t.key, "министрли"), strings.HasPrefix(t.key, "министр") && s.kazakh:
		first, behind = "министрлігі", false
	case strings.HasPrefix(t.key, "министр"), strings.HasPrefix(t.key, "министерств"):
		first = "Министерство"
	case t.key == "minister" || t.key == "ministry":
		first = "Ministry"
	case strings.HasPrefix(t.key, "мин") && s.capital(i), s.shouted(i):
		return r.shortened(s.text[t.from:t.to]), i + 1
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

// shortened identifies «Минздрав», in any case.
func (r *Reader) shortened(name string) subject {
	named := r.isMinistry(name)
	for _, end := range []string{"а", "у", "ом", "е"} {
		if stem, ok := strings.CutSuffix(name, end); ok && named.code == "" {
			named = r.isMinistry(stem)
		}
	}
	return named
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

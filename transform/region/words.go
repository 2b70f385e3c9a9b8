package region

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// kind is what a type word says a name to be.
type kind uint8

const (
	untyped kind = iota // no type word; the kind of the republic too
	oblast
	city // of republican significance, or with an administration of its own
	district
	settlement // a village
	okrug      // a rural district of villages
	elsewhere  // of another country: край
)

// isUnit says whether the kind is one of units.tsv.
func (k kind) isUnit() bool { return oblast <= k && k <= district }

// language is a set of languages.
type language uint8

const (
	russian language = 1 << iota
	kazakh
	english
	anyLanguage = russian | kazakh | english
)

// word is a type word: what kind it tells, in which language, and whether it stands in another case than the
// nominative.
type word struct {
	kind      kind
	language  language
	inflected bool
}

//go:embed words.tsv
var wordsTSV string

// vocabulary is what words.tsv says.
type vocabulary struct {
	types   map[string]word   // by plain spelling, and by the folded one
	pairs   map[string]word   // type words of two letters: Г.А., Қ.Ә., р/н
	dotted  map[string]bool   // type words that are so only with a dot: «с.», «а.»
	fillers map[string]string // words inside names that are written or left out at will, and where they stand
	roles   map[string][]stem // what a word beside a name says of it
	stems   map[rune][]stem   // the same by beginnings, by the first letter of those
}

// role is what a word beside a name without type word says of it.
type role uint8

const (
	plural   role = 1 << iota // районов: several places
	thing                     // a street, a lake, a school: the name is its own
	street                    // ул., мкр.: a thing, and an address may go on with it behind the town
	inside                    // в, из: here is a place
	head                      // акимат, жители: here is a place
	and                       // и, және: it joins two names
	ordinary                  // a word of the language that looks like the name of a place
)

type stem struct {
	beginning string
	role      role
	language  language
}

var (
	kindNames = map[string]kind{"oblast": oblast, "city": city, "district": district, "settlement": settlement, "okrug": okrug, "elsewhere": elsewhere}
	roleNames = map[string]role{"plural": plural, "thing": thing, "street": thing | street, "inside": inside, "head": head, "and": and, "ordinary": ordinary}
	languages = map[string]language{"ru": russian, "kk": kazakh, "en": english}
)

// readVocabulary reads a table in the format of words.tsv.
func readVocabulary(table string) (*vocabulary, error) {
	rows, err := fold.ReadTable(table, 4)
	if err != nil {
		return nil, err
	}
	v := &vocabulary{
		types: map[string]word{}, pairs: map[string]word{}, dotted: map[string]bool{}, fillers: map[string]string{},
		roles: map[string][]stem{}, stems: map[rune][]stem{},
	}
	for _, row := range rows {
		lang, ok := languages[row[2]]
		if !ok {
			return nil, fmt.Errorf("%q is no language", row[2])
		}
		for _, text := range strings.Fields(row[3]) {
			if err := v.add(row[0], row[1], lang, text); err != nil {
				return nil, err
			}
		}
	}
	return v, nil
}

// add adds one word of a row.
func (v *vocabulary) add(what, how string, lang language, text string) error {
	plain, folded := keys(strings.ReplaceAll(text, ".", ""))
	if what == "filler" {
		v.fillers[folded] = how
		return nil
	}
	if kind, ok := kindNames[what]; ok {
		w := word{kind, lang, how == "inflected"}
		switch letters := []rune(text); {
		case strings.Contains(strings.TrimSuffix(text, "."), "."):
			v.pairs[plain] = w
		case how == "dotted":
			v.dotted[plain] = true
			v.types[plain] = w
		default:
			v.types[plain] = w
			if _, known := v.types[folded]; !known && len(letters) > 2 {
				v.types[folded] = w
			}
		}
		return nil
	}
	r, ok := roleNames[what]
	if !ok {
		return fmt.Errorf("%q is no role of a word", what)
	}
	if _, found := strings.CutSuffix(text, "…"); found {
		_, beginning := keys(strings.TrimSuffix(text, "…"))
		first, _ := utf8.DecodeRuneInString(beginning)
		v.stems[first] = append(v.stems[first], stem{beginning, r, lang})
		return nil
	}
	v.roles[folded] = append(v.roles[folded], stem{"", r, lang})
	return nil
}

// roleOf returns what a word says in any of some languages.
func (v *vocabulary) roleOf(word []byte, lang language) role {
	var r role
	for _, l := range v.roles[string(word)] {
		if l.language&lang != 0 {
			r |= l.role
		}
	}
	first, _ := utf8.DecodeRune(word)
	for _, s := range v.stems[first] {
		if s.language&lang != 0 && len(word) >= len(s.beginning) && string(word[:len(s.beginning)]) == s.beginning {
			r |= s.role
		}
	}
	return r
}

// keys returns a word of the tables in its plain and in its folded spelling.
func keys(text string) (plain, folded string) {
	var word []byte
	for _, r := range text {
		if isWordRune(r) {
			word = append(word, string(lower(r))...)
		}
	}
	word = []byte(strings.ToLower(string(word)))
	if isLatin(word) {
		sound := string(appendSounds(nil, word))
		return sound, sound
	}
	return string(word), string(appendFolded(nil, word))
}

// Package body gives the many spellings of an organisation's name one identity, so that complaints can be counted
// per body: «ГУ "Управление образования города Астаны"», «УПРАВЛЕНИЕ ОБРАЗОВАНИЯ Г. АСТАНА» and «Астана
// қаласының Білім басқармасы» are one.
//
// A name is read as words. The longest entries of the tables are found in it; the words for kinds (министерство,
// басқармасы) part it into the body itself and the bodies it belongs to; what remains of the body's own words is
// its matter and its place.
//
// # The key
//
// A key is "kind:matters:place", lower case, without the parts that are empty:
//
//	ministry:health                    Министерство здравоохранения Республики Казахстан
//	department:ecology:110000000       Департамент экологии по Акмолинской области Комитета …
//	apparat:751410000                  Аппарат акима Бостандыкского района города Алматы
//	institution:5+school:111000000     Общеобразовательная школа № 5 города Кокшетау
//	quasi_state:kazakhtelecom          АО «Казахтелеком»
//	org:алатау курылыс                 ТОО «Алатау Құрылыс», a name without any word for its kind
//
// Matters are in the order of the alphabet and parted by "+"; one that no table knows is a stem of the word. The
// place is a KATO code of today. The superior body is no part of the key, for it is left out at will and renamed
// often, unless the body has no matter of its own («Департамент Комитета труда …»). The legal form is none either.
// Villages have codes only where the gazetteer was given settlements; without them their names stay in the key, so
// keys of rural bodies are comparable only between registries with the same settlements.
// The rank of a central body (департамент, управление, отдел) is no part either: its place tells it.
// A name that leaves its place out has a key without it: such a key tells bodies of different places apart only
// together with the place of the complaint. Two bodies are sooner parted than joined.
//
// # Files
//
//	body.go         Identify: from a name to an identity
//	kind.go         the vocabularies of an identity, and the rules for kind and scope
//	parts.go        a name parted into the body and its superiors, and the matters of a part
//	place.go        the place of a name
//	cover.go        the words of a name that only say its place
//	words.go        a name as words, their stems, and the name tidied
//	lexicon.go      finding the longest entry of the tables
//	tables.go       the tables as Go values
//	kinds.tsv       words for kinds
//	topics.tsv      words for matters, in Russian and Kazakh
//	forms.tsv       legal forms
//	ministries.tsv  ministries and agencies and their days
//	companies.tsv   companies with a share of the state
package body

import (
	"github.com/qulaq-kz/qulaq/transform/region"
)

// MaxBytes is how much of a name is read; what comes later is as if it were not there.
const MaxBytes = 2000

// Identity is what a name says of a body. What it does not say is "" or unknown, never a guess.
type Identity struct {
	Key      string // the same for all spellings of one body, see the package's comment; "" where the name says nothing
	Name     string // the name without legal form, quotation marks and masks, on one line
	Kind     Kind
	Level    Level
	Scope    Scope
	Region   string // KATO code of its region, or ""
	District string // KATO code of its district, town administration or city district, or ""
}

// Registry identifies bodies. It does not change after New, and many goroutines may use it.
type Registry struct {
	places     *region.Gazetteer
	lexicon    lexicon
	ministries []Ministry
	byMatters  map[string]string // the key of a ministry as its words say it, and its meaning
	units      map[string]*unit  // by today's code
}

// New reads the built-in tables. The places of names are resolved by the gazetteer. An error is of kind Bug: the
// tables contradict themselves.
func New(places *region.Gazetteer) (*Registry, error) {
	return parse(places, builtIn)
}

// Identify says which body a name means. It reads the first 2,000 bytes, and never fails: a name that says
// nothing has no key. Letter case, quotation marks, spaces and the legal form do not change the key; the legal
// form may decide kind and scope where nothing else does.
func (r *Registry) Identify(name string) Identity {
	n := r.read(name)
	id := Identity{Name: n.tidied(), Kind: Other, Level: UnknownLevel, Scope: UnknownScope}
	var where place
	if n.level() != Republic && n.maySayPlace() {
		where = r.placeOf(n)
		r.cover(n, where)
	}
	words := n.verdict()
	if !words.isAuthority() && !n.saysPlace() {
		where = place{} // «Алматинские электрические станции» may be a mere name
	}
	if id.Key = key(words, r.matters(n, words, where), where); id.Key == "" {
		return id
	}
	final := words.with(n.form())
	id.Kind, id.Scope, id.Level = final.kind, final.scope, n.levelAt(where)
	id.Region, id.District = where.region, where.district
	return id
}

// key puts the parts of a key together. An organisation without a word for its kind is known by its name alone,
// and nothing is known of a name without a letter.
func key(v verdict, matters string, where place) string {
	kind := string(v.kind)
	if v.nameless {
		if !hasLetter(matters) {
			return ""
		}
		kind = "org"
	}
	for _, part := range [...]string{matters, where.code} {
		if part != "" {
			kind += ":" + part
		}
	}
	return kind
}

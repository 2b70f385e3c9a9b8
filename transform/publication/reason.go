package publication

import (
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/qulaq-kz/qulaq"
)

// Reason is why a verdict is what it is: a key of reasons.yaml and the figures of its sentence.
type Reason struct {
	Key     string
	Figures map[string]string
	Policy  bool // the due day that the sentence names is policy
	Sum     *Sum // of a half-year's meetings: the rest is of the gravest; nil otherwise
}

// langs are the languages of the sentences.
var langs = []string{"ru", "kk", "en"}

//go:embed reasons.yaml
var reasonsFile []byte

// sentences are those of reasons.yaml by key and language.
var sentences = mustSentences(reasonsFile)

// mustSentences reads the sentences that are built in: only a broken build does not pass.
func mustSentences(text []byte) map[string]map[string]string {
	var all map[string]map[string]string
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		panic(fmt.Sprintf("reasons.yaml: %v", err))
	}
	for key, of := range all {
		for _, l := range langs {
			if of[l] == "" || len(of) != len(langs) {
				panic(fmt.Sprintf("reasons.yaml: %s needs a sentence in each of %v", key, langs))
			}
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// reason makes the reason of a key, with those figures that its sentence names.
func (s *situation) reason(key string) Reason {
	named := func(name string) bool { return strings.Contains(sentences[key]["en"], "{"+name+"}") }
	r := Reason{Key: key, Figures: s.figures()}
	maps.DeleteFunc(r.Figures, func(name, _ string) bool { return !named(name) })
	r.Policy = named("due") && s.o.Basis == Policy && s.o.DueOn != 0
	return r
}

// Text returns the reason as a sentence in ru, kk or en; any other language is read as en. A figure that is not known
// is a question mark.
func (r Reason) Text(lang string) string {
	text := sentence(r.Key, lang)
	if r.Policy {
		text += " " + sentence("policy", lang)
	}
	text = fill(text, r.Figures)
	if r.Sum != nil {
		text = r.Sum.text(lang) + " " + text
	}
	return text
}

func sentence(key, lang string) string {
	if text, ok := sentences[key][lang]; ok {
		return text
	}
	return sentences[key]["en"]
}

// fill puts the figures into a sentence.
func fill(text string, figures map[string]string) string {
	return placeholder.ReplaceAllStringFunc(text, func(name string) string {
		if v := figures[strings.Trim(name, "{}")]; v != "" {
			return v
		}
		return "?"
	})
}

// figures returns what sentences may name. A figure that is not known is left out.
func (s *situation) figures() map[string]string {
	o := s.o
	f := map[string]string{"period": o.Period.Label}
	day := func(name string, d qulaq.Day) {
		if d != 0 {
			f[name] = d.String()
		}
	}
	day("due", o.DueOn)
	day("grace", o.GraceUntil)
	day("earliest", o.earliest())
	day("opens", o.OpensOn)
	day("published", s.when.on)
	if s.when.without != nil {
		day("not_before", s.when.without.Day())
	}
	f["late"] = strconv.Itoa(s.when.late)
	f["places"] = strconv.Itoa(len(s.places))
	if o.DueOn != 0 {
		f["after_due"] = strconv.Itoa(int(s.today - o.DueOn))
	}
	day("gone", s.withdrawnOn())
	var watched, reach qulaq.Day
	var shallow, astray []string
	for _, p := range s.late() {
		watched, reach = max(watched, p.watched), max(reach, s.reach(p.place.Source))
	}
	for _, p := range s.shallow() {
		shallow = append(shallow, p.place.String())
	}
	for _, found := range s.astray {
		astray = append(astray, found.Place.String())
	}
	day("watched", watched)
	day("reach", reach)
	f["shallow"], f["astray"] = strings.Join(shallow, ", "), strings.Join(slices.Compact(astray), ", ")
	if at := s.checkedAt(); !at.IsZero() {
		day("checked", Look{At: at}.Day())
	}
	entries := 0
	var failing, unseen, why []string
	for _, p := range s.places {
		if p.proof != nil {
			entries += p.proof.Entries
		}
		if p.proof == nil || p.proof.Day() < o.OpensOn {
			unseen = append(unseen, p.place.String())
		}
		if p.badSince != 0 {
			failing = append(failing, p.place.String())
			why = append(why, p.bad.trouble())
		}
	}
	f["entries"] = strconv.Itoa(entries)
	f["failing"], f["why"], f["unseen"] = strings.Join(failing, ", "), strings.Join(why, "; "), strings.Join(unseen, ", ")
	var bad qulaq.Day
	for _, p := range s.failing() {
		if bad == 0 || p.badSince < bad {
			bad = p.badSince
		}
	}
	day("bad_since", bad)
	var ids []string
	for _, found := range slices.Concat(s.there, s.gone, s.unsure, s.astray) {
		ids = append(ids, found.PublicationID)
	}
	slices.Sort(ids)
	f["publications"] = strings.Join(slices.Compact(ids), ", ")
	return f
}

// trouble says in short why a look is not healthy: its outcome, and the canaries that failed.
func (l *Look) trouble() string {
	var words []string
	if !l.Answered() {
		if l.Outcome == "healthy" || l.Outcome == "empty" {
			words = append(words, "incomplete")
		} else {
			words = append(words, l.Outcome)
		}
	}
	for _, f := range l.Failures {
		words = append(words, string(f))
	}
	if len(words) == 0 {
		words = append(words, "not_examined")
	}
	return strings.Join(words, ", ")
}

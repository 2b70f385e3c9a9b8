package notify

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// Langs are the languages that messages are written in.
var Langs = [...]string{"ru", "kk", "en"}

// Limits of a text. A chat takes 4096 bytes at most, and a letter of Cyrillic is two.
const (
	maxPart  = 3500 // bytes of one message
	maxLines = 100  // of one state; the rest is counted
	maxCell  = 400  // letters of a reason or an address
)

// Change is a change of state that people are told.
type Change struct {
	From, To publication.State // From is "" for the first state that settled
	Akimat   string
	Kind     publication.Kind // what is owed; of a plan nothing is said
	Period   string           // 2022-H2
	Reason   string           // a sentence with its days
	URL      string           // of the publication; "" when there is none
	Hash     string           // SHA-256 that leads to the proof
}

// Life is what a heartbeat says.
type Life struct {
	Obligations int
	Checked     int       // obligations of which all places were looked at in health within the last Days
	Days        int       //
	Whole       time.Time // up to when all places of all obligations are known to have been looked at; zero: not ever
	States      map[publication.State]int
}

//go:embed words.yaml
var wordsFile []byte

var words = mustWords(wordsFile)

// mustWords reads the words that are built in: only a broken build does not pass.
func mustWords(text []byte) map[string]map[string]string {
	var all map[string]map[string]string
	if err := yaml.UnmarshalWithOptions(text, &all, yaml.Strict()); err != nil {
		panic(fmt.Sprintf("words.yaml: %v", err))
	}
	return all
}

// say fills a sentence: names and values in turn. An unknown language is read as English.
func say(lang, key string, pairs ...string) string {
	text, ok := words[key][lang]
	if !ok {
		text = words[key]["en"]
	}
	fill := make([]string, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		fill[i], fill[i+1] = "{"+pairs[i]+"}", pairs[i+1]
	}
	return strings.NewReplacer(fill...).Replace(text)
}

// Digest writes what changed up to a night, grouped by the new state, in as many messages as it needs; none when
// nothing did. The order of the changes does not matter.
func Digest(lang string, night qulaq.Day, changes []Change) []Message {
	if len(changes) == 0 {
		return nil
	}
	key := "digest_first" // a state that nothing was before did not change; told of those is absence alone, see pipelines
	if slices.ContainsFunc(changes, func(c Change) bool { return c.From != "" || c.To != publication.Overdue }) {
		key = "digest"
	}
	title := say(lang, key, "night", night.String(), "changes", strconv.Itoa(len(changes)))
	byState := map[publication.State][]Change{}
	for _, c := range changes {
		byState[c.To] = append(byState[c.To], c)
	}
	w := writer{title: title}
	for _, state := range publication.States() {
		group := byState[state]
		if len(group) == 0 {
			continue
		}
		slices.SortFunc(group, func(a, b Change) int {
			return cmp.Or(cmp.Compare(a.Akimat, b.Akimat), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.From, b.From), cmp.Compare(a.Reason, b.Reason))
		})
		name := say(lang, string(state))
		w.group(say(lang, "group", "state", name, "count", strconv.Itoa(len(group))), say(lang, "continued", "state", name))
		for _, c := range group[:min(len(group), maxLines)] {
			w.line(c.text(lang))
		}
		if rest := len(group) - maxLines; rest > 0 {
			w.line(say(lang, "more", "count", strconv.Itoa(rest)))
		}
	}
	return w.messages()
}

// text writes one change: who, what for, why, and where the proof is.
func (c Change) text(lang string) string {
	key := "change"
	if c.From == "" {
		key = "first"
	}
	period := c.Period
	if name := say(lang, "kind_"+string(c.Kind)); name != "" {
		period += ", " + name
	}
	text := say(lang, key, "akimat", oneLine(c.Akimat, maxCell), "period", oneLine(period, maxCell),
		"before", say(lang, string(c.From)), "reason", oneLine(c.Reason, maxCell))
	switch {
	case c.URL != "":
		text += "\n  " + oneLine(c.URL, maxCell)
	case c.Hash != "":
		text += "\n  " + say(lang, "proof", "hash", oneLine(c.Hash, maxCell))
	}
	return text
}

// Heartbeat writes that the program is alive, and how much it knows.
func Heartbeat(lang string, night qulaq.Day, l Life) Message {
	whole := say(lang, "never")
	if !l.Whole.IsZero() {
		whole = l.Whole.In(qulaq.Almaty()).Format("2006-01-02 15:04")
	}
	title := say(lang, "heartbeat", "night", night.String())
	lines := []string{title, "", say(lang, "life", "obligations", strconv.Itoa(l.Obligations), "days", strconv.Itoa(l.Days),
		"checked", strconv.Itoa(l.Checked), "whole", whole)}
	for _, s := range publication.States() {
		if n := l.States[s]; n > 0 {
			lines = append(lines, say(lang, "group", "state", say(lang, string(s)), "count", strconv.Itoa(n)))
		}
	}
	return Message{Title: title, Text: strings.Join(lines, "\n")}
}

// writer parts lines into messages of bounded length. A group that goes on in the next message says so.
type writer struct {
	title     string
	parts     []string
	continued string // heading of the group when it goes on
}

func (w *writer) group(heading, continued string) {
	w.continued = "" // a heading that opens a message is its own
	w.line("\n" + heading)
	w.continued = "\n" + continued
}

func (w *writer) line(text string) {
	n := len(w.parts)
	if n == 0 || len(w.parts[n-1])+len(text)+1 > maxPart {
		w.parts = append(w.parts, "")
		if n++; n > 1 && w.continued != "" {
			w.parts[n-1] = w.continued + "\n"
		}
	}
	w.parts[n-1] += text + "\n"
}

func (w *writer) messages() []Message {
	all := make([]Message, len(w.parts))
	for i, part := range w.parts {
		title := w.title
		if len(w.parts) > 1 {
			title += fmt.Sprintf(" (%d/%d)", i+1, len(w.parts))
		}
		all[i] = Message{Title: title, Text: title + "\n" + strings.TrimRight(part, "\n")}
	}
	return all
}

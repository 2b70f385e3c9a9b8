package body

import (
	"slices"
	"strings"
)

// reading is a name as it was read: its words, what they mean, and the bodies that they name. It is owned by one
// goroutine.
type reading struct {
	text  string
	words []word
	items []item
	parts []part // the body itself, then its superiors, the nearest first; at least one
}

// item is an entry of the tables in a name, or a word that none lists.
type item struct {
	from, to int    // its words
	key      string // the first of them
	*meaning
	place bool // it only says where the body is
}

// part is the words of a name that belong to one body.
type part struct {
	head  *meaning // the word for its kind, nil in a name that has none
	items []item   // shared with the reading
}

// read reads the beginning of a name.
func (r *Registry) read(name string) *reading {
	name = beginningOf(name)
	n := &reading{text: name, words: wordsOf(name)}
	n.items = make([]item, 0, len(n.words))
	for at := 0; at < len(n.words); {
		m, length := r.lexicon.find(n.words[at:])
		if m.behind && !r.endsAt(n.words, at, length) {
			m, length = &notListed, 1
		}
		n.items = append(n.items, item{from: at, to: at + length, key: n.words[at].key, meaning: m})
		at += length
	}
	n.split()
	return n
}

// endsAt says whether a name ends with the entry at a word, so that it can be a form that stands behind: nothing
// follows, or another form, or the word for a kind.
func (r *Registry) endsAt(words []word, at, length int) bool {
	if at == 0 || at+length == len(words) {
		return at > 0
	}
	next, _ := r.lexicon.find(words[at+length:])
	return next.role == form || next.role == head
}

// is says whether the tables give the item this nature.
func (it item) is(what nature) bool { return it.nature == what }

// split parts the items by the words for kinds. A Russian one opens its part, a Kazakh one closes it; the last
// one says which language the name is in. One that is only a matter beside another opens and closes none.
func (n *reading) split() {
	var heads []int
	for i, it := range n.items {
		if it.role == head {
			heads = append(heads, i)
		}
	}
	if len(heads) == 0 {
		n.parts = []part{{items: n.items}}
		return
	}
	kazakh := n.items[heads[len(heads)-1]].kazakh
	main := heads[0]
	if kazakh {
		main = heads[len(heads)-1]
	}
	heads = slices.DeleteFunc(heads, func(i int) bool { return i != main && n.items[i].part })
	if !kazakh && n.belongs(heads[0]) { // «"Горводоканал" отдела …»: the body itself has no word for its kind
		n.parts = append(n.parts, part{items: n.items[:heads[0]]})
	}
	for k, i := range heads {
		from, to := 0, len(n.items)
		switch {
		case kazakh && k > 0:
			from = heads[k-1] + 1
		case !kazakh && len(n.parts) > 0:
			from = i
		}
		switch {
		case k == len(heads)-1:
		case kazakh:
			to = i + 1
		default:
			to = heads[k+1]
		}
		n.parts = append(n.parts, part{n.items[i].meaning, n.items[from:to]})
	}
	if kazakh {
		slices.Reverse(n.parts)
	}
}

// belongs says whether the first Russian word for a kind is only the superior of a name before it: it stands in
// the genitive and behind words of its own weight.
func (n *reading) belongs(i int) bool {
	h := n.items[i]
	if !h.kind.isAuthority() || !strings.HasSuffix(h.key, "а") && !strings.HasSuffix(h.key, "ения") || h.key == "прокуратура" {
		return false
	}
	return slices.ContainsFunc(n.items[:i], func(it item) bool { return it.role == unlisted || it.is(company) })
}

// level returns the level that the word for the kind says by itself.
func (n *reading) level() Level {
	if h := n.parts[0].head; h != nil {
		return h.level
	}
	return UnknownLevel
}

// form returns what the legal forms of the name say together: the state's before the private, and of scopes the
// first.
func (n *reading) form() legalForm {
	f := legalForm{scope: UnknownScope}
	for _, it := range n.items {
		if it.role != form {
			continue
		}
		if it.kind == QuasiState || f.kind == "" {
			f.kind = it.kind
		}
		if f.scope == UnknownScope {
			f.scope = it.scope
		}
	}
	return f
}

// speaksOf says whether the name has a word of this nature in any of its parts.
func (n *reading) speaksOf(what nature) bool {
	return slices.ContainsFunc(n.parts, func(p part) bool { return p.speaksOf(what) })
}

func (p part) speaksOf(what nature) bool {
	return slices.ContainsFunc(p.items, func(it item) bool { return it.is(what) && !it.place })
}

// matters returns what the body is about, as the key says it.
func (r *Registry) matters(n *reading, v verdict, where place) string {
	main := n.parts[0]
	if v.nameless {
		return n.bareName()
	}
	if v.kind == QuasiState && main.head != nil { // the name of the company is its superior's
		main = part{items: n.items}
	}
	own := main.matters(v, where)
	for _, superior := range n.parts[1:] {
		if len(own) > 0 || !v.kind.isRank() {
			break
		}
		own = r.named(superior.head.kind, superior.matters(v, where))
	}
	return joined(r.named(v.kind, own))
}

// named returns the matters of a ministry as its table names them.
func (r *Registry) named(kind Kind, matters []string) []string {
	if meaning, ok := r.byMatters[string(kind)+":"+joined(matters)]; ok {
		return []string{meaning}
	}
	return matters
}

// matters lists what the words of a part say, without those that only say the place. Of a bailiff only listed
// words count, because the others are a person's name.
func (p part) matters(v verdict, where place) []string {
	var says []string
	for _, it := range p.items {
		switch {
		case it.place:
		case it.role == unlisted && v.kind == Bailiff:
		case it.role == unlisted:
			says = append(says, stem(it.key))
		case it.role == form:
		case v.kind != Institution && where.isOf(it.nature):
		case v.kind == Police && it.nature == police && it.role == matter && slices.Equal(it.says, policeItself):
		case it.role == head && it.meaning != p.head && !it.part:
			says = append(says, string(it.kind))
			says = append(says, it.says...)
		default:
			says = append(says, it.says...)
		}
	}
	return says
}

// policeItself is what the police says that the kind says already.
var policeItself = []string{"police"}

// joined puts matters in order, each once, whatever the order of the languages.
func joined(matters []string) string {
	matters = slices.Clone(matters)
	slices.Sort(matters)
	return strings.Join(slices.Compact(matters), "+")
}

// bareName returns the words of a name as they stand, without legal form and place.
func (n *reading) bareName() string {
	var words []string
	items := n.parts[0].items
	for i, it := range items {
		preposition := i+1 < len(items) && items[i+1].place && it.role != unlisted && len(it.says) == 0
		if it.place || preposition || it.role == form {
			continue
		}
		for _, w := range n.words[it.from:it.to] {
			words = append(words, w.key)
		}
	}
	return strings.Join(words, " ")
}

package region

import "bytes"

// mention is a run of words of a text that may name a unit.
type mention struct {
	words span   // with the type words
	name  span   // without them
	key   []byte // of the name, or of the name that it misspells
	word  word   // the type word, untyped for none
	fuzzy bool
	dead  bool // it is the name of something else: of a street, of a person
	sure  bool // it is said as places are: with a type word, or where only a place is named
}

// longestName is how many words of a text are tried as one name.
const longestName = 4

// maxMentions is how many mentions of one text are read: a list of all districts is of no place.
const maxMentions = 24

// reading is a text with the places that it mentions.
type reading struct {
	*Gazetteer
	*phrase
	free     int  // the first word that no mention has taken
	foreign  bool // a region of another country, or one that we do not know
	stranger bool // a district that we do not know: its region is not what is meant
	spot     bool // «район Б…»: a district or a neighbourhood that we do not know
	plural   bool // «Медеуского и Алмалинского районов»
	villages []villageMention
	unread   []stranger // names that may be those of units of the region
}

// read finds the mentions of a text from left to right.
func (r *reading) read() {
	r.mentions = r.mentions[:0]
	r.markTypes()
	for i := 0; i < r.n && len(r.mentions) < maxMentions; {
		if !r.mention(i) && !r.village(i) {
			r.unknown(i)
		}
		i = max(i+1, r.free)
	}
	r.bareVillages()
	r.plural = r.plural || r.listed()
	for i := range r.mentions {
		m := &r.mentions[i]
		m.sure = m.word.kind != untyped || r.said(m)
	}
}

// listed says whether names share one type word: «Акмолинская и Костанайская области», «Ақмола және Қостанай
// облыстары».
func (r *reading) listed() bool {
	for i := range r.mentions {
		m := &r.mentions[i]
		bare := m.word.kind == untyped
		if bare && r.role(m.words.to, russian|kazakh)&plural != 0 {
			return true
		}
		at := m.words.from - 1 // of «и»
		if bare || at < 1 || r.role(at, anyLanguage)&and == 0 || r.tokens[at-1].words > 0 {
			continue
		}
		shares := !r.tokens[at-1].covered || i > 0 && r.mentions[i-1].word.kind == untyped
		if shares && len(r.index.find(r.foldedText(span{at - 1, at}))) > 0 {
			return true
		}
	}
	return false
}

// markTypes notes which words are type words. A year has its «г.» as well.
func (r *reading) markTypes() {
	for i := 0; i < r.n; i++ {
		t := &r.tokens[i]
		for n := min(2, r.n-i); n > 0; n-- {
			w, ok := r.typeWord(span{i, i + n})
			if !ok || n == 2 && r.tokens[i+1].before >= quote {
				continue
			}
			if n == 1 && r.Gazetteer.vocabulary.dotted[string(r.plainText(span{i, i + 1}))] && !t.dotted {
				continue
			}
			if n == 1 && r.letter(i) && r.isYear(i-1) && t.before == nothing {
				continue
			}
			t.word, t.words = w, n
			break
		}
	}
}

// isYear says whether word i is a year, or the end of a date: «2022 г.», «20.09.22 г.».
func (r *reading) isYear(i int) bool {
	if i < 0 || !r.tokens[i].numeric {
		return false
	}
	digits := r.tokens[i+1].plain - r.tokens[i].plain
	return digits == 4 || i > 0 && r.tokens[i-1].numeric && r.tokens[i].before == dot
}

// typeBefore returns the type word before word i, and where it begins.
func (r *reading) typeBefore(i int) (word, int) {
	if i > 0 && r.tokens[i].before < dash {
		for n := 2; n > 0; n-- {
			if at := i - n; at >= r.free && r.tokens[at].words == n && r.tokens[at].word.language&^kazakh != 0 {
				return r.tokens[at].word, at
			}
		}
	}
	return word{}, i
}

// typeAfter returns the type word that begins at word i, and where it ends.
func (r *reading) typeAfter(i int) (word, int) {
	if i < r.n && r.tokens[i].before < dash && r.tokens[i].words > 0 {
		return r.tokens[i].word, i + r.tokens[i].words
	}
	return word{}, i
}

// mention reads the longest name that begins at word i.
func (r *reading) mention(i int) bool {
	longest := 1
	if r.index.starts[string(r.foldedText(span{i, i + 1}))] {
		longest = longestName
	}
	for to := min(i+longest, r.n); to > i; to-- {
		s := span{i, to}
		if r.parted(s) || to-i > 1 && r.letter(to-1) {
			continue
		}
		key := r.foldedText(s)
		if len(r.index.find(key)) == 0 || r.tokens[i].damaged {
			continue
		}
		if r.typed(s, key) {
			return true
		}
		if r.tokens[i].words == 0 && r.joined(r.phrase, s, word{}) && r.untyped(s, key) {
			return true
		}
	}
	return false
}

// parted says whether the words of s cannot be one name.
func (r *reading) parted(s span) bool {
	for i := s.from + 1; i < s.to; i++ {
		if r.tokens[i].before >= dash {
			return true
		}
	}
	return false
}

// typed reads a name with its type word. An adjective has it behind («Акмолинская область»), a Russian noun
// rather in front («область Абай»), a Kazakh one always behind.
func (r *reading) typed(s span, key []byte) bool {
	before, from := r.typeBefore(s.from)
	after, to := r.typeAfter(s.to)
	if after.kind.isUnit() && (before.kind != after.kind || before.kind == untyped) {
		if after.language&kazakh != 0 || isAdjectival(key) || before.kind == untyped && !r.claimed(to, after) {
			if r.add(mention{words: span{s.from, to}, name: s, key: key, word: after}) {
				return true
			}
		}
	}
	if before.kind.isUnit() {
		if after.kind.isUnit() && after.kind != before.kind && to == r.n {
			return false // «город Алматы область»
		}
		words := span{from, s.to}
		if after.kind == before.kind && !r.claimed(to, after) {
			words.to = to
			before.language |= after.language
		}
		return r.add(mention{words: words, name: s, key: key, word: before})
	}
	return false
}

// claimed says whether the word at i is a name that the type word before it belongs to.
func (r *reading) claimed(i int, w word) bool {
	if i >= r.n || r.tokens[i].before >= dash || w.language&russian == 0 {
		return false
	}
	next := r.foldedText(span{i, i + 1})
	return !isAdjectival(next) && len(r.match(next, w, scope{known: true}).rows) > 0
}

// add adds a mention if it may mean a row.
func (r *reading) add(m mention) bool {
	if len(r.match(m.key, m.word, scope{known: true}).rows) == 0 {
		return false
	}
	r.mentions = append(r.mentions, m)
	r.take(m.words)
	return true
}

// take notes that words are part of a place's name.
func (r *reading) take(s span) {
	for i := s.from; i < s.to; i++ {
		r.tokens[i].covered = true
	}
	r.free = s.to
}

// untyped reads a name without a type word, unless a type word beside it says that it is something else:
// «село Абай», «район Астана».
func (r *reading) untyped(s span, key []byte) bool {
	if w, _ := r.typeBefore(s.from); w.kind != untyped {
		return false
	}
	if w, to := r.typeAfter(s.to); w.kind != untyped {
		if w.language&kazakh != 0 || isAdjectival(key) || w.kind >= settlement && to == r.n {
			return false
		}
		if w.kind.isUnit() && r.tokens[s.to].before == nothing && !r.tokens[s.to].dotted && !r.claimed(to, w) {
			return false // «Акмолинска область»
		}
	}
	return r.add(mention{words: s, name: s, key: key})
}

// unknown looks at a word that begins no name: it may be misspelt, or the name of a place that we do not know.
func (r *reading) unknown(i int) {
	s := span{i, i + 1}
	t := &r.tokens[i]
	if t.words > 0 || t.numeric || t.damaged {
		return
	}
	key := r.foldedText(s)
	w, words := word{}, s
	if after, to := r.typeAfter(i + 1); after.kind != untyped && (after.language&kazakh != 0 || isAdjectival(key)) {
		w, words.to = after, to
	} else if w, words.to = r.slipped(i, key); w.kind == untyped && !isAdjectival(key) {
		w, words.from = r.typeBefore(i)
	}
	r.plural = r.plural || isAdjectival(key) && r.role(i+1, russian)&plural != 0
	if w.kind == untyped {
		return
	}
	named := t.capital || !r.big
	if w.kind.isUnit() && named && r.guess(s, words, w) {
		return
	}
	r.foreign = r.foreign || named && isAdjectival(key) && (w.kind == oblast || w.kind == elsewhere)
	if w.kind == district || w.kind == city {
		r.unread = append(r.unread, stranger{s, words, w})
		r.stranger = r.stranger || named && r.official(s, words, w)
	}
	r.spot = r.spot || t.capital && w.kind == district
}

// guess takes words beside a type word for a misspelt name. Behind a type word a name may have several words,
// and the first is not guessed at without the others: «район Турара Рыскулова».
func (r *reading) guess(s, words span, w word) bool {
	for words.to == s.to && s.to < r.n && s.to < s.from+longestName {
		next := &r.tokens[s.to]
		if next.before != nothing || !next.capital || next.words > 0 || len(r.index.find(r.foldedText(span{s.to, s.to + 1}))) > 0 {
			break
		}
		s.to, words.to = s.to+1, words.to+1
	}
	name := r.misspelt(r.foldedText(s), w, scope{known: true})
	if name == "" {
		return false
	}
	r.mentions = append(r.mentions, mention{words: words, name: s, key: []byte(name), word: w, fuzzy: true})
	r.take(words)
	return true
}

// adjectival are the endings of Russian adjectives made of places' names, in all cases.
var adjectival = [...]string{"ский", "ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "цкий", "цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "skii", "ski", "skaia", "skoi", "skogo"}

func isAdjectival(key []byte) bool {
	tail := key[max(0, len(key)-len("ского")):]
	if !bytes.Contains(tail, []byte("к")) && !bytes.Contains(tail, []byte("sk")) { // most words
		return false
	}
	for _, ending := range adjectival {
		if len(key) > len(ending) && bytes.HasSuffix(key, []byte(ending)) {
			return true
		}
	}
	return false
}

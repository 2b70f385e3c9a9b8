package region

import "unicode/utf8"

// stranger is a word with the type word of a district or a town that no name of the country explains.
type stranger struct {
	name, words span // without the type word, and with it
	word        word
}

// nominal are the endings that a slip may have spoilt.
var nominal = [...]string{"ский", "ского", "скому", "ским", "ском", "цкий", "цкого", "цкому", "цким", "цком"}

// nearlyAdjectival says whether a word ends one slip away from a Russian adjective of a place: «Ауэзовскй».
func nearlyAdjectival(key []byte) bool {
	for _, ending := range nominal {
		for letters := len(ending)/2 - 1; letters <= len(ending)/2+1; letters++ {
			if tail := lastRunes(key, letters); len(tail) < len(key) && oneSlip(string(tail), ending) {
				return true
			}
		}
	}
	return false
}

// lastRunes returns the last n letters of a word, or all of it.
func lastRunes(word []byte, n int) []byte {
	at := len(word)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRune(word[:at])
		at -= size
	}
	return word[at:]
}

// slipped returns the type word behind a name whose own ending a slip has spoilt, so that it does not agree with
// it any more: «Алмалинскии район», «Кокшегтау Г.А.».
func (r *reading) slipped(i int, key []byte) (word, int) {
	after, to := r.typeAfter(i + 1)
	whole := after.kind == city && to-i-1 == 2 // Г.А. stands behind a name and nowhere else
	if whole || after.kind == district && (nearlyAdjectival(key) || !r.claimed(to, after) && r.tokens[i].capital && r.closes(to)) {
		return after, to
	}
	return word{}, i + 1
}

// official says whether words are said as districts and town administrations are, and no other places:
// «Каскеленский район», «Каскелең ауданы», «Каскелен Г.А.», and not «Самал ықшам ауданы».
func (r *reading) official(s, words span, w word) bool {
	switch key := r.foldedText(s); w.kind {
	case district:
		return isAdjectival(key) || nearlyAdjectival(key) || words.from == s.from && w.language&kazakh != 0 && r.role(s.from, kazakh)&thing == 0
	case city:
		return words.to == s.to+2
	}
	return false
}

// closes says whether a segment ends before word i.
func (r *reading) closes(i int) bool { return i >= r.n || r.ends(i) }

// meet reads the strangers of a text as units of the region that the text names. One slip is forgiven among the
// few names of one region that would not be among those of the country. What nearly is one of them, and stays a
// stranger, is not the region itself.
func (r *reading) meet(regions matches) {
	inside := func(d *row) bool { return r.liesIn(d, regions) }
	once := func(d *row) bool { return r.movedFrom(d, regions) }
	for _, s := range r.unread {
		if !r.recognise(s, inside) && !r.recognise(s, once) {
			r.stranger = r.stranger || r.resembles(s, inside)
		}
	}
}

// recognise adds a mention of the one unit that a stranger misspells.
func (r *reading) recognise(s stranger, admits func(*row) bool) bool {
	for name := range r.names(s) {
		found := r.misspelt(r.foldedText(name), s.word, scope{known: true, admits: admits})
		if found == "" {
			continue
		}
		words := span{min(s.words.from, name.from), max(s.words.to, name.to)}
		r.mentions = append(r.mentions, mention{words: words, name: name, key: []byte(found), word: s.word, fuzzy: true, sure: true})
		return true
	}
	return false
}

// names calls yield for what may be the name of a stranger: all words on its side of the type word, then fewer. A
// slip in one word of a name hides the others: «район Бржан сал», «Шал акын ауданы».
func (r *reading) names(s stranger) func(yield func(span) bool) {
	return func(yield func(span) bool) {
		name := s.name
		if s.words.from < name.from {
			for name.to < r.n && name.to-name.from < longestName && r.tokens[name.to].before <= dot && r.loose(name.to) {
				name.to++
			}
		} else {
			for name.from > 0 && name.to-name.from < longestName && r.tokens[name.from].before <= dot && r.loose(name.from-1) {
				name.from--
			}
		}
		for ; name.to >= s.name.to && name.from <= s.name.from; name = r.shorter(s, name) {
			if !yield(name) {
				return
			}
		}
	}
}

// loose says whether word i is nothing that is understood.
func (r *reading) loose(i int) bool {
	t := &r.tokens[i]
	return !t.covered && !t.numeric && t.words == 0
}

// shorter leaves out the word of a name that is farthest from the type word.
func (r *reading) shorter(s stranger, name span) span {
	if s.words.from < s.name.from {
		return span{name.from, name.to - 1}
	}
	return span{name.from + 1, name.to}
}

// resembles says whether a stranger is one slip away from a unit whose name is too short to guess at, or from
// several.
func (r *reading) resembles(s stranger, admits func(*row) bool) bool {
	for i := range r.rows {
		d := &r.rows[i]
		if d.kind != s.word.kind || !admits(d) {
			continue
		}
		for _, text := range append([]string{d.NameRU, d.NameKK}, d.aliases...) {
			p := readPhrase(r.Gazetteer.vocabulary, text)
			core, _ := p.named(p.whole())
			near := false
			for name := range r.names(s) {
				near = near || oneSlip(string(r.foldedText(name)), string(p.foldedText(core)))
			}
			p.release()
			if near {
				return true
			}
		}
	}
	return false
}

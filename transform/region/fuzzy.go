package region

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// shortest is the least number of letters of a name, and of what is taken for a misspelling of it.
const shortest = 5

// slips finds names that are one slip of the hand away: a letter too many, too few, another one, or two
// neighbours swapped. It holds the keys of the index by script and length.
type slips struct {
	keys  []string // those of one script and length together
	masks []uint64 // the set of letters of each key, to pass most of them over
	at    map[slipClass][2]int
}

type slipClass struct {
	latin  bool
	length int
}

func newSlips(ix *index) *slips {
	s := &slips{at: map[slipClass][2]int{}}
	classes := map[slipClass][]string{}
	for key, entries := range ix.entries {
		short := !slices.ContainsFunc(entries, func(e entry) bool { return !e.short })
		if class := classOf(key); !short && class.length >= shortest-1 {
			classes[class] = append(classes[class], key)
		}
	}
	for class, keys := range classes {
		slices.Sort(keys)
		run := [2]int{len(s.keys), len(s.keys) + len(keys)}
		s.keys, s.at[class] = append(s.keys, keys...), run
		for _, key := range keys {
			s.masks = append(s.masks, lettersOf(key))
		}
	}
	return s
}

func classOf(key string) slipClass {
	return slipClass{key[0] < utf8.RuneSelf, utf8.RuneCountInString(key)}
}

// lettersOf returns the set of letters of a word. Letters may share a bit: it only makes the set coarser.
func lettersOf(word string) (set uint64) {
	for _, r := range word {
		set |= 1 << (uint32(r) % 64)
	}
	return set
}

// near calls yield for every name that is one slip away from a word, in the order of length and letters.
func (s *slips) near(word string, yield func(key string)) {
	class := classOf(word)
	if class.length < shortest {
		return
	}
	set := lettersOf(word)
	for length := class.length - 1; length <= class.length+1; length++ {
		run := s.at[slipClass{class.latin, length}]
		for i := run[0]; i < run[1]; i++ {
			if bits.OnesCount64(s.masks[i]^set) <= 2 && oneSlip(word, s.keys[i]) {
				yield(s.keys[i])
			}
		}
	}
}

// oneSlip says whether two words differ by exactly one slip.
func oneSlip(a, b string) bool {
	for a != "" && b != "" { // pass over what they have in common in front
		r, n := utf8.DecodeRuneInString(a)
		q, m := utf8.DecodeRuneInString(b)
		if r != q {
			break
		}
		a, b = a[n:], b[m:]
	}
	if a == "" || b == "" {
		return utf8.RuneCountInString(a)+utf8.RuneCountInString(b) == 1
	}
	r, n := utf8.DecodeRuneInString(a)
	q, m := utf8.DecodeRuneInString(b)
	if a[n:] == b[m:] || a[n:] == b || a == b[m:] {
		return true
	}
	r2, n2 := utf8.DecodeRuneInString(a[n:])
	q2, m2 := utf8.DecodeRuneInString(b[m:])
	return r == q2 && q == r2 && a[n+n2:] == b[m+m2:]
}

// misspelt finds the name that a word misspells, or "" where there is none, where several are equally near,
// and where the word is one of its own.
//
// Of towns the first letter must be right, and a bare adjective is not guessed at: there are 15,000 villages. Where
// the scope admits the few units of one region, the first letter may be wrong, and a word beginning like one of things
// is guessed at too: «Степногорсск Г.А.» is no steppe.
func (g *Gazetteer) misspelt(key []byte, w word, in scope) string {
	guess := in
	guess.near = true
	town := in.admits == nil && (w.kind == untyped || w.kind == city)
	role := g.vocabulary.roleOf(key, anyLanguage)
	if in.admits != nil {
		role &= ordinary
	}
	if len(g.index.find(key)) > 0 || role != 0 || w.kind == untyped && isAdjectival(key) {
		return ""
	}
	if sound := g.sounding(key, w, guess); sound != "" {
		return sound
	}
	found, place := "", ""
	g.slips.near(string(key), func(name string) {
		if town && !sameStart(string(key), name) {
			return
		}
		for _, i := range g.match([]byte(name), w, in).rows {
			switch p := g.rows[i].place; {
			case place == "":
				place = p
			case place != p:
				place = "several"
			}
		}
		if found == "" && len(g.match([]byte(name), w, guess).rows) > 0 {
			found = name
		}
	})
	if place == "several" {
		return ""
	}
	return found
}

// sounding returns the sounds of a Cyrillic word with a type word, if they are those of one place's name: «г. Рудни»,
// «Сарягашский район». Such a spelling may be several letters away.
func (g *Gazetteer) sounding(key []byte, w word, guess scope) string {
	if w.kind == untyped || !hasLead(key[0]) {
		return ""
	}
	var room [128]byte
	sound := appendSounds(room[:0], key)
	rows := g.match(sound, w, guess).rows
	for _, i := range rows {
		if g.rows[i].place != g.rows[rows[0]].place {
			return ""
		}
	}
	if len(rows) == 0 {
		return ""
	}
	return string(sound)
}

// sameStart says whether two words begin with the same letter, or with the same two in another order.
func sameStart(a, b string) bool {
	r, n := utf8.DecodeRuneInString(a)
	q, m := utf8.DecodeRuneInString(b)
	r2, _ := utf8.DecodeRuneInString(a[n:])
	q2, _ := utf8.DecodeRuneInString(b[m:])
	return r == q || r == q2 && q == r2
}

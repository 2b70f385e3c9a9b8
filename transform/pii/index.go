package pii

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"sort"

	"github.com/qulaq-kz/qulaq/internal/words"
)

// index is a stretch of a text cut into words, numbers and masks, so that what looks at one of them finds its
// neighbours without reading letters again.
type index struct {
	tokens   []token
	odd      []int // of the tokens, those to look at: numbers, and words that a name may begin or end with
	ats      []int // where @ stands
	from, to int   // the stretch
	word     int   // of the cut text, the next one
	k        int   // a token near where the pass is, to begin the search for others
}

// longestStretch is how many tokens are cut at once: it bounds the memory for a text of any length.
const longestStretch = 4096

// begin makes ready for the first stretch of a text.
func (x *index) begin() { x.to, x.word = 0, 0 }

// cut makes the index of the next stretch.
func (r *Reader) cut(t *words.Text) {
	x, text, i := &r.index, t.Bytes, r.index.to
	x.tokens, x.odd, x.ats, x.from, x.k = x.tokens[:0], x.odd[:0], x.ats[:0], i, 0
	for len(x.tokens) < longestStretch {
		if x.word == len(t.Words) {
			if !t.Next() {
				i = len(text)
				break
			}
			x.word = 0
			continue
		}
		w := &t.Words[x.word]
		if w.To <= i { // cut together with what stands before it
			x.word++
			continue
		}
		if w.ID != words.Other {
			i = max(i, r.whole(t))
			continue
		}
		for i = max(i, w.From); i < w.To && len(x.tokens) < longestStretch; {
			i = r.next(text, i)
		}
		if i >= w.To { // else the rest of it is of the next stretch
			x.word++
		}
	}
	x.to = i
}

// whole adds words and numbers as they are, up to what has to be cut further, and returns where the last of them ends.
func (r *Reader) whole(t *words.Text) int {
	x, text, looks, tokens := &r.index, t.Bytes, r.looks, r.index.tokens
	at := x.word
	for ; at < len(t.Words) && len(tokens) < longestStretch; at++ {
		w := &t.Words[at]
		if w.ID == words.Other {
			break
		}
		if w.ID == words.Number {
			if w.From > 1 && text[w.From-1] == '#' && entityEnd(text, w.From) > 0 {
				continue
			}
			x.odd = append(x.odd, len(tokens))
			tokens = append(tokens, aNumber.at(w.From, w.To))
			continue
		}
		seen := looks[w.ID]
		if seen != looked {
			if seen == 0 {
				seen = r.words.lookAt(text[w.From:w.To])
				looks[w.ID] = seen
			}
			x.tokens = tokens
			if x.isOdd(text, w.From, w.To, seen) {
				x.odd = append(x.odd, len(tokens))
			}
		}
		tokens = append(tokens, token{from: w.From, to: w.To, what: aWord, id: w.ID})
	}
	x.tokens, x.word = tokens, at
	return t.Words[at-1].To
}

// look is what the letters of a word tell at a glance.
type look uint8

const (
	looked    look = 1 << iota // always
	capital                    // begins with a capital letter
	nameEnd                    // ends as patronymics and introductions do
	oneLetter                  // is a single letter, perhaps an initial
	given                      // a first name in small letters, which is no other word
	spoken                     // stands for @
)

func (l *lexicon) lookAt(word []byte) look {
	return lookAt(word) | l.given(word)
}

func lookAt(word []byte) look {
	l := looked
	if isCapital(word, 0) {
		l |= capital
	}
	if n := len(word); n >= shortestEnd && endsAsName(word[n-shortestEnd:]) {
		l |= nameEnd
	}
	if len(word) == 2 {
		l |= oneLetter
	}
	if isAt(word) {
		l |= spoken
	}
	return l
}

// isOdd tells a word of nothing but Cyrillic letters that a name may begin or end with.
func (x *index) isOdd(text []byte, from, to int, l look) bool {
	return l&capital != 0 && !x.onlyBegins(text, from, to) || l&(nameEnd|given|spoken) != 0 || l&oneLetter != 0 && smallInitial(text, to)
}

// onlyBegins tells a capital word that begins a sentence and is followed by a small one: «. Прошу вас». Alone it is
// no name, and half of all capital words are such.
func (x *index) onlyBegins(text []byte, i, to int) bool {
	if to-i < 2*len("я") || to+1 >= len(text) || text[to] != ' ' || text[to+1]&0xfc != 0xd0 || isCapital(text, to+1) {
		return false
	}
	if i == 0 {
		return true
	}
	if i < 2 || text[i-1] != ' ' || len(x.tokens) == 0 {
		return false
	}
	before := x.tokens[len(x.tokens)-1]
	switch text[i-2] {
	case '!', '?':
		return true
	case '.': // not that of an abbreviation
		return before.what == aWord && before.to == i-2 && before.to-before.from > 2*len("я")
	}
	return false
}

// next cuts what begins at i, a token or a sign, and returns where it ends.
func (r *Reader) next(text []byte, i int) int {
	x, b := &r.index, text[i]
	if b&0xfc == 0xd0 { // a word of Cyrillic letters may be here that is not remembered
		to := i + cyrillic(text[i:min(i+longestWord, len(text))]) // a longer word is cut into pieces
		if to > i && to-i < longestWord && (to == len(text) || plainSign[text[to]]) {
			if x.isOdd(text, i, to, r.words.lookAt(text[i:to])) {
				x.odd = append(x.odd, len(x.tokens))
			}
			x.tokens = append(x.tokens, aWord.at(i, to))
			return to
		}
	}
	if n := invisibleAt(text, i); n > 0 {
		return i + n
	}
	if letterAt(text, i) > 0 {
		if to := entityEnd(text, i); to > 0 {
			return to
		}
		t := aWord.at(i, wordEnd(text, i))
		if isCapital(text, i) || t.to-i >= shortestEnd && endsAsName(text[t.to-shortestEnd:t.to]) || bytes.IndexByte(text[i:t.to], '-') > 0 || isAt(text[i:t.to]) || isHost(text, i) {
			x.odd = append(x.odd, len(x.tokens))
		}
		x.tokens = append(x.tokens, t)
		return t.to
	}
	if to := numberEnd(text, i); to > i {
		x.odd = append(x.odd, len(x.tokens))
		x.tokens = append(x.tokens, aNumber.at(i, to))
		return to
	}
	if b == '[' {
		if to := maskEnd(text, i); to > 0 {
			x.tokens = append(x.tokens, aMask.at(i, to))
			return to
		}
	}
	if b == '@' {
		x.ats = append(x.ats, i)
	}
	_, n := signAt(text, i)
	return i + n
}

// plainSign tells the signs before which a word ends, whatever follows.
var plainSign = [256]bool{' ': true, ',': true, '.': true, '\n': true, ':': true, ';': true, '!': true, '?': true, ')': true, '"': true}

// cyrillic returns how many bytes of Cyrillic letters a text begins with: each a byte from d0 to d3 and one from 80
// to bf. It counts four letters at a time, which costs less than a decision about each.
func cyrillic(text []byte) int {
	const masks, marks = 0xc0fc_c0fc_c0fc_c0fc, 0x80d0_80d0_80d0_80d0
	i := 0
	for i+8 <= len(text) {
		n := bits.TrailingZeros64(binary.LittleEndian.Uint64(text[i:])&masks^marks) / 16
		i += 2 * n
		if n < 4 {
			return i
		}
	}
	for i+1 < len(text) && text[i]&0xfc == 0xd0 && text[i+1]&0xc0 == 0x80 {
		i += 2
	}
	return i
}

// search returns the number of tokens that begin before i.
func (x *index) search(i int) int {
	// Most questions are about the next token or the one before.
	for k := max(x.k-2, 0); k < min(x.k+3, len(x.tokens)); k++ {
		if x.tokens[k].from >= i && (k == 0 || x.tokens[k-1].from < i) {
			return k
		}
	}
	return sort.Search(len(x.tokens), func(k int) bool { return x.tokens[k].from >= i })
}

// after returns the token that follows i and the gap before it.
func (p *pass) after(i int) (token, gap) {
	x := &p.index
	if i < x.from || i > x.to {
		return after(p.text, i)
	}
	k := x.search(i)
	if k > 0 && x.tokens[k-1].to > i || k == len(x.tokens) {
		return after(p.text, i)
	}
	t := x.tokens[k]
	if t.from-i > longestGap {
		return after(p.text, i)
	}
	return t, signs(p.text, i, t.from)
}

// before returns the token that precedes i and the gap after it.
func (p *pass) before(i int) (token, gap) {
	x := &p.index
	if i < x.from || i > x.to {
		return before(p.text, i)
	}
	k := x.search(i)
	if k == 0 || x.tokens[k-1].to > i {
		return before(p.text, i)
	}
	t := x.tokens[k-1]
	if i-t.to > longestGap {
		return before(p.text, i)
	}
	return t, signs(p.text, t.to, i)
}

// signs returns the gap that is all between two places.
func signs(text []byte, from, to int) (g gap) {
	if to == from+1 && text[from] == ' ' {
		return spaces
	}
	for from < to {
		if n := invisibleAt(text, from); n > 0 {
			from += n
			continue
		}
		s, n := signAt(text, from)
		g |= s
		from += n
	}
	return g
}

package pii

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// index is a stretch of a text cut into words, numbers and masks, so that what looks at one of them finds its
// neighbours without reading letters again.
type index struct {
	tokens   []token
	odd      []int // of the tokens, those to look at: numbers, and words that a name may begin or end with
	ats      []int // where @ stands
	from, to int   // the stretch
	k        int   // a token near where the pass is, to begin the search for others
}

// longestStretch is how many tokens are cut at once: it bounds the memory for a text of any length.
const longestStretch = 4096

// cut makes the index of the stretch that begins at i, which is the beginning of the text or of a token.
func (x *index) cut(text []byte, i int) {
	x.tokens, x.odd, x.ats, x.from, x.k = x.tokens[:0], x.odd[:0], x.ats[:0], i, 0
	for i < len(text) && len(x.tokens) < longestStretch {
		b := text[i]
		switch {
		case b == ' ' || b == ',' || b == '.':
			i++
		case isDigit(b) || b == 0xef && isWideDigit(text, i):
			t := token{i, numberEnd(text, i), aNumber}
			x.odd = append(x.odd, len(x.tokens))
			x.tokens = append(x.tokens, t)
			i = t.to
		case b == '[' && maskEnd(text, i) > 0:
			t := token{i, maskEnd(text, i), aMask}
			x.tokens = append(x.tokens, t)
			i = t.to
		case letterSize[b] == 0:
			if b == '@' {
				x.ats = append(x.ats, i)
			}
			_, n := signAt(text, i)
			i += n
		case invisibleAt(text, i) > 0:
			i += invisibleAt(text, i)
		case letterAt(text, i) == 0:
			_, n := signAt(text, i)
			i += n
		default:
			from := i
			for i+8 <= len(text) && fourLetters(binary.LittleEndian.Uint64(text[i:])) {
				i += 8
			}
			for i+1 < len(text) && text[i]&0xfc == 0xd0 && text[i+1]&0xc0 == 0x80 {
				i += 2
			}
			// Nearly all words are nothing but Cyrillic letters and end before a space, a comma or a point.
			odd := false
			if i == from || i-from > longestWord || i < len(text) && text[i] != ' ' && text[i] != ',' && text[i] != '.' {
				i = wordEnd(text, from)
				odd = bytes.IndexByte(text[from:i], '-') > 0
			}
			if odd || isCapital(text, from) || i-from >= shortestEnd && endsAsName(text[i-shortestEnd:i]) {
				x.odd = append(x.odd, len(x.tokens))
			}
			x.tokens = append(x.tokens, token{from, i, aWord})
		}
	}
	x.to = i
}

// fourLetters tells eight bytes that are four Cyrillic letters, each of a byte from d0 to d3 and one from 80 to bf.
func fourLetters(eight uint64) bool { return eight&0xc0fcc0fcc0fcc0fc == 0x80d080d080d080d0 }

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

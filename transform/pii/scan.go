package pii

import (
	"bytes"
	"strings"
	"unsafe"

	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/internal/words"
)

// pass is one reading of a text. It is owned by the goroutine that reads.
type pass struct {
	*Reader
	text   []byte
	whole  bool // it is one stretch, so the masks are noted
	out    []byte
	kept   int // text before it is decided on: copied to out, or masked
	counts Counts

	house  token // the last house number masked, to tell the flat or the next house that follows it
	plural bool  // that number was one of several: «дома 5, 7 и 9»
	phone  int   // where the last telephone masked ends
}

// pass reads the text once and appends it to dst with masks. When there is nothing to mask it appends nothing.
//
// Almost all of a text is words of small letters, which are let go at once. What is looked at: a number, @, a
// word that begins with a capital letter, a small word that ends as patronymics and introductions do, small initials.
func (r *Reader) pass(dst []byte, cut *words.Text) (out []byte, found Counts) {
	text := cut.Bytes
	p := pass{Reader: r, text: text, whole: cut.Whole(), out: dst}
	r.masks, r.glued = r.masks[:0], false
	x := &p.index
	at := 0 // what stands before it is done
	for x.begin(); x.to < len(text); {
		r.cut(cut)
		mails := x.ats
		for _, x.k = range x.odd {
			t := x.tokens[x.k]
			for len(mails) > 0 && mails[0] < t.from {
				if mails[0] >= at {
					at = p.mail(mails[0])
				}
				mails = mails[1:]
			}
			switch {
			case t.from < at:
			case t.what == aNumber:
				at = p.number(t.from)
			default:
				at = p.word(t)
			}
		}
		for _, i := range mails {
			if i >= at {
				at = p.mail(i)
			}
		}
	}
	if p.kept == 0 {
		return dst, found
	}
	return append(p.out, text[p.kept:]...), p.counts
}

// word looks at a word, if it is one that a name may begin or end with, and returns where to go on.
func (p *pass) word(t token) int {
	word := p.text[t.from:t.to]
	if isAt(word) {
		return p.mail(t.from)
	}
	if t.to < len(p.text) && p.text[t.to] == '.' && latin(word[0]) {
		if to := p.link(t.from); to > 0 {
			return to
		}
	}
	if isCapital(p.text, t.from) {
		if t.id != words.Other && digitBefore(p.text, t.from) == 0 { // nothing but letters, and none before them
			return p.capitalWord(t, len(word) == len("Я"))
		}
		return p.capital(t.from)
	}
	if p.givenInSmall(t) {
		return p.smallGiven(t)
	}
	if p.ask(t).fathers {
		if to := p.smallFathers(t); p.kept > t.from || to > t.to {
			return to
		}
	}
	if n := len(word); n >= shortestEnd && endsAsName(word[n-shortestEnd:]) {
		return p.small(t.from, t.to)
	}
	if len(word) == 2 && smallInitial(p.text, t.to) {
		return p.smallInitialsFirst(t)
	}
	if i := bytes.IndexByte(word, '-'); i > 0 && isCapital(word, i+1) { // «экс-Иванов»
		return p.capital(t.from + i + 1)
	}
	return t.to
}

// smallInitial tells that a point follows the letter that ends at i, and another letter with a point follows that.
func smallInitial(text []byte, i int) bool {
	if i >= len(text) || text[i] != '.' {
		return false
	}
	if i++; i < len(text) && text[i] == ' ' {
		i++
	}
	return i+2 < len(text) && text[i]&0xfc == 0xd0 && text[i+1]&0xc0 == 0x80 && text[i+2] == '.'
}

// isCapital tells whether a word begins with a capital letter at i.
func isCapital(text []byte, i int) bool {
	if i+1 < len(text) && text[i]&0xfc == 0xd0 {
		return capitals[text[i]&3]>>(text[i+1]&0x3f)&1 != 0
	}
	return i < len(text) && text[i]-'A' < 26
}

// capitals are the capital letters of Russian and Kazakh: a bit for the second byte of each, by the first byte.
var capitals = func() (t [4]uint64) {
	for _, letter := range "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺІ" {
		bytes := string(letter)
		t[bytes[0]&3] |= 1 << (bytes[1] & 0x3f)
	}
	return t
}()

// shortestEnd is the length of the shortest end of a name, three letters.
const shortestEnd = 6

// endsAsName tells of the last bytes of a word that they are in small Cyrillic letters, as patronymics and
// introductions end.
func endsAsName(end []byte) bool {
	return lastLetters[end[4]&3]>>(end[5]&0x3f)&1 != 0 && end[0]&0xfc == 0xd0 && end[2]&0xfc == 0xd0 && end[4]&0xfc == 0xd0 &&
		tails.has(end[1], end[3], end[5])
}

// tails is a set of word ends, three letters by the second bytes of their UTF-8. It may say yes wrongly.
var tails, lastLetters = func() (t tailSet, last [4]uint64) {
	for end := range strings.FieldsSeq("вич ича ичу иче чем вна вне вну вны вной ұлы улы ызы изы вут тым чна ова ева ина ову еву ину") {
		end = end[len(end)-len("вич"):]
		t.add(end[1], end[3], end[5])
		last[end[4]&3] |= 1 << (end[5] & 0x3f)
	}
	return t, last
}()

type tailSet [64]uint64

func (t *tailSet) at(a, b, c byte) (uint, uint) {
	return uint(a^b<<2) & 63, uint(c^b>>3) & 63
}

func (t *tailSet) add(a, b, c byte) { i, bit := t.at(a, b, c); t[i] |= 1 << bit }

func (t *tailSet) has(a, b, c byte) bool { i, bit := t.at(a, b, c); return t[i]>>bit&1 != 0 }

// mask puts the mask of a kind in place of a piece of the text, if the policy says so.
func (p *pass) mask(from, to int, k Kind) {
	from = max(from, p.kept)
	if from >= to || !p.masked[k] {
		return
	}
	if k == Name {
		to = caseEnding(p.text, from, to)
	}
	p.out = append(p.out, p.text[p.kept:from]...)
	p.out = append(p.out, '[')
	p.out = append(p.out, kindNames[k]...)
	p.out = append(p.out, ']')
	if p.whole {
		p.masks = append(p.masks, words.Change{From: from, To: to, Size: len("[]") + len(kindNames[k])})
	}
	p.glued = p.glued || letterAt(p.text, to) > 0
	p.kept = to
	p.counts[k]++
}

// caseEnding returns where the Kazakh ending begins that a hyphen parts from the name before to: «Өтебаев Серік-тен»,
// or to itself.
func caseEnding(text []byte, from, to int) int {
	dash := to - 1
	for to-dash <= len("-ның") && dash > from && text[dash] != '-' {
		dash--
	}
	if dash <= from || text[dash] != '-' || isCapital(text, dash+1) || !caseEndings[string(text[dash+1:to])] {
		return to
	}
	return dash
}

var caseEndings = func() map[string]bool {
	set := make(map[string]bool)
	for _, ending := range kazakhEndings {
		set[ending] = true
	}
	return set
}()

// key returns the canonical form of a word, in room.
func (p *pass) key(room []byte, t token) []byte {
	if t.what != aWord {
		return room[:0]
	}
	word := p.text[t.from:t.to]
	// The string is not kept, and the text does not change under it.
	return fold.AppendKey(room[:0], unsafe.String(unsafe.SliceData(word), len(word)))
}

// apart tells that a gap ends what belongs together: a line break, the end of a sentence. A point ends one only
// after a long word: short ones are abbreviations, and people put points after «телефон».
func (p *pass) apart(t token, g gap) bool {
	if g&(breaks|ends) != 0 {
		return true
	}
	if g&dots == 0 || g&spaces == 0 || t.what != aWord {
		return false
	}
	return t.to-t.from > len("улиц") && p.roles(t)&(phoneWord|iinWord|documentWord|plateWord|ibanWord|cardWord) == 0
}

// near looks back from i for a word of the wanted roles, over so many words, and returns the roles of the nearest.
// Numbers and masks on the way do not count, up to eight, where 25-14-36 is one as its mask will be.
func (p *pass) near(i int, want role, words int) role {
	for numbers, groups := 0, 0; words > 0 && numbers < 8 && groups < 32; {
		t, g := p.before(i)
		if t.what == nothing || p.apart(t, g) {
			return 0
		}
		if t.what == aWord {
			if r := p.roles(t); r&want != 0 {
				return r
			}
			words--
		} else if groups++; t.what != aNumber || g != dashes {
			numbers++
		}
		i = t.from
	}
	return 0
}

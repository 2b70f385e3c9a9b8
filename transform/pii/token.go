package pii

import "github.com/qulaq-kz/qulaq/internal/words"

// A token is a word, a number or a mask; what stands between two tokens is a gap.
type token struct {
	from, to int
	what     tokenKind
	id       words.ID // the number of a word if it is known at once
}

type tokenKind uint8

const (
	nothing tokenKind = iota // the end of the text, or of what is looked at
	aWord
	aNumber // digits only
	aMask   // what an earlier reading put there: [house]
)

// at returns a token that was found without the index.
func (k tokenKind) at(from, to int) token { return token{from: from, to: to, what: k} }

// gap is the set of signs between two tokens.
type gap uint16

const (
	spaces  gap = 1 << iota // any width, not a line break
	dashes                  // any dash
	dots                    // .
	commas                  // , ;
	colons                  // :
	slashes                 // / \
	parens                  // ( )
	numero                  // № and #
	quotes                  // any quotation mark
	pluses                  // +
	breaks                  // line break
	ends                    // ! ?
	others                  // anything else
)

const (
	longestWord = 80 // bytes of a word that are looked at; longer is no word
	longestGap  = 24 // bytes of a gap; beyond it there is no neighbour
)

// wordEnd returns where the word that begins at i ends. A hyphen between letters is of the word («Нур-Али»,
// «мкр-н»), and a slash between two single letters («ш/а», «г/н»).
func wordEnd(text []byte, i int) int {
	from := i
	for i-from < longestWord {
		if i+1 < len(text) && text[i]&0xfc == 0xd0 && text[i+1]&0xc0 == 0x80 {
			i += 2 // nearly all letters
			continue
		}
		n := letterAt(text, i)
		if n > 0 {
			i += n
			continue
		}
		if i == from || i >= len(text) || letterAt(text, i+1) == 0 {
			break
		}
		if text[i] == '-' || text[i] == '/' && i-from <= 2 && letterAt(text, i+1+letterAt(text, i+1)) == 0 || apostrophe(text, i) {
			i++
			continue
		}
		break
	}
	return i
}

// apostrophe tells an apostrophe at i between Latin letters: «O'rinboyev».
func apostrophe(text []byte, i int) bool {
	return text[i] == '\'' && i > 0 && i+1 < len(text) && latin(text[i-1]) && latin(text[i+1])
}

func latin(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// numberEnd returns where the digits end that begin at i.
func numberEnd(text []byte, i int) int {
	for from := i; i-from < longestWord; {
		_, n := digitAt(text, i)
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// wordStart returns where the word that ends at i begins.
func wordStart(text []byte, i int) int {
	to := i
	for to-i < longestWord {
		n := letterBefore(text, i)
		if n > 0 {
			i -= n
			continue
		}
		if i == to || i == 0 {
			break
		}
		before := letterBefore(text, i-1)
		if before > 0 && (text[i-1] == '-' || apostrophe(text, i-1) || text[i-1] == '/' && to-i <= 2 && letterBefore(text, i-1-before) == 0) {
			i--
			continue
		}
		break
	}
	return i
}

// after returns the token that follows i and the gap before it.
func after(text []byte, i int) (token, gap) {
	var g gap
	for from := i; i < len(text) && i-from <= longestGap; {
		if n := invisibleAt(text, i); n > 0 {
			i += n
			continue
		}
		if letterAt(text, i) > 0 {
			return aWord.at(i, wordEnd(text, i)), g
		}
		if _, n := digitAt(text, i); n > 0 {
			return aNumber.at(i, numberEnd(text, i)), g
		}
		if text[i] == '[' {
			if to := maskEnd(text, i); to > 0 {
				return aMask.at(i, to), g
			}
		}
		s, n := signAt(text, i)
		g |= s
		i += n
	}
	return token{from: i, to: i}, g
}

// before returns the token that precedes i and the gap after it.
func before(text []byte, i int) (token, gap) {
	var g gap
	for from := i; i > 0 && from-i <= longestGap; {
		if n := digitBefore(text, i); n > 0 {
			to := i
			for to-i < longestWord && n > 0 {
				i -= n
				n = digitBefore(text, i)
			}
			return aNumber.at(i, to), g
		}
		if n := letterBefore(text, i); n > 0 {
			if invisibleAt(text, i-n) == n {
				i -= n
				continue
			}
			return aWord.at(wordStart(text, i), i), g
		}
		if text[i-1] == ']' {
			for at := i - 2; at >= 0 && i-at <= len("[document]"); at-- {
				if text[at] == '[' && maskEnd(text, at) == i {
					return aMask.at(at, i), g
				}
			}
		}
		n := 1
		for size := 3; size > 1; size-- {
			if i >= size && text[i-1]&0xc0 == 0x80 {
				if _, got := signAt(text, i-size); got == size {
					n = size
					break
				}
			}
		}
		s, _ := signAt(text, i-n)
		g |= s
		i -= n
	}
	return token{from: i, to: i}, g
}

// maskEnd returns where the mask that begins at i ends, 0 if none begins.
func maskEnd(text []byte, i int) int {
	for _, name := range kindNames {
		to := i + len(name) + 2
		if to <= len(text) && text[to-1] == ']' && string(text[i+1:to-1]) == name {
			return to
		}
	}
	return 0
}

// maskKind returns the kind of a mask.
func maskKind(text []byte, t token) Kind {
	if t.what != aMask {
		return kinds
	}
	return kindOf(string(text[t.from+1 : t.to-1]))
}

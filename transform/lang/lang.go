// Package lang says in which language a complaint is written. It knows two, which share most of their letters.
//
//	lang.go    the rule
//	scan.go    the words of a text and what they are worth
//	reader.go  the same of a text whose words were cut for several readers
//	words.tsv  the words that give a language away
package lang

import (
	"bytes"
	"math"
)

// The languages. A text that is neither for certain has none: "".
const (
	Russian = "ru"
	Kazakh  = "kk"
	Mixed   = "mixed" // a substantial part in each
)

// Limit is how many bytes of a text are looked at.
const Limit = 4 << 10

// What the evidence must amount to, in points.
const (
	enough      = 3 // for a language: two words, one of which can be nothing else
	substantial = 6 // for a part that makes a text mixed: a sentence, not a name or a word quoted
)

// Of returns the language of a text: "ru", "kk", "mixed", or "" where the evidence does not suffice. It looks
// at the first 4 KiB, allocates nothing and never fails: bytes that are no Cyrillic part words. Letter case
// does not matter.
//
// Every word gives points to one language at most:
//
//   - what words.tsv lists, two for a word that can be nothing else («для», «бойынша»), one for a weak one;
//   - another word with a letter that Russian does not have (ә ғ қ ң ө ұ ү һ і), one to Kazakh;
//   - another word with an ending that Kazakh does not have (-ние, -тся, -ого), one to Russian.
//
// Less than three points are not enough: a name or an address says nothing of the language. Then:
//
//   - one language has at least four times the points of the other: it is that language. A few Russian terms
//     in a Kazakh letter are usual, and Kazakh names in a Russian one;
//   - both have at least six points, and neither more than three times those of the other: mixed;
//   - the other has less than six points and at most half of the first: the first;
//   - else none.
//
// Of a text whose first words are plainly one language, the letters ә ғ қ ң ө ұ ү һ decide whether the rest
// is read: a text without any is Russian, one that is full of them Kazakh.
//
// Kazakh typed without its own letters is told by listed words alone. A text in Latin script has none, and
// languages that share letters with Kazakh (Kyrgyz, Tatar, Ukrainian) are not told apart from it.
func Of(text []byte) string {
	text = sample(text)
	rest := text
	return decide(text, func(words int) (p sum) {
		p, _, rest = weigh(rest, words)
		return p
	})
}

// decide tells the language of a sample. more adds up the points of so many words more.
func decide(text []byte, more func(words int) sum) string {
	p := more(head)
	switch letters := kazakhOnly(text); {
	case letters == 0 && p.ru >= plain && p.kk == 0:
		return Russian
	case letters*256 >= pureKazakh*max(len(text), 1) && p.kk >= plain && p.ru == 0:
		return Kazakh
	}
	p.add(more(math.MaxInt))
	most, least, language := p.ru, p.kk, Russian
	if p.kk > p.ru {
		most, least, language = p.kk, p.ru, Kazakh
	}
	switch {
	case most < enough:
		return ""
	case most >= 4*least:
		return language
	case least >= substantial && most <= 3*least:
		return Mixed
	case least < substantial && most >= 2*least:
		return language
	}
	return ""
}

// What suffices for a text whose beginning is plain.
const (
	head  = 12 // words of the beginning
	plain = 6  // points of it
	// pureKazakh is the share of the letters ә ғ қ ң ө ұ ү һ in a text, in 256ths of its bytes, that leaves no
	// room for a substantial Russian part: Kazakh prose has about 20, half of it 10.
	pureKazakh = 18
)

// kazakhOnly counts those letters. The first byte of each of them begins no Russian one. і is left out: it shares
// its first byte with Russian letters.
func kazakhOnly(text []byte) int {
	return bytes.Count(text, []byte{0xd2}) + bytes.Count(text, []byte{0xd3})
}

// sample returns the beginning of a text, cut after the last whole word.
func sample(text []byte) []byte {
	if len(text) <= Limit {
		return text
	}
	end := Limit
	for end > 0 && text[end-1] > ' ' {
		end--
	}
	if end == 0 { // no space at all: a character cut in half only ends the word
		end = Limit
	}
	return text[:end]
}

// Package fingerprint gives a complaint's text a number by which the warehouse finds texts that say nearly the same:
// the form letter that a whole street signs, the complaint that is sent again after every refusal.
//
//	fingerprint.go   the number, and when two of them are alike
//	words.go         how words are read
//	reader.go        the same of a text whose words were cut for several readers
//	common.tsv       words that say nothing of the problem
//
// # What is nearly the same
//
// Likeness is of wording, not of topic. A greeting, a closing, names, numbers, dates, letter case, punctuation within a
// sentence, white space and the order of sentences change nothing or little; some words may be put in, left out or
// inflected otherwise. Two people who tell of one pit in their own words are not alike, and neither is a text like its
// translation.
//
// # How it works
//
// A word is known by its first four letters, and a feature of a text is a pair of neighbouring words of one sentence, in
// either order; the words of common.tsv are passed over. Every pair has a hash. The fingerprint is made of the four pairs
// with the smallest hashes, 16 bits of each: a random sample of the text that is the same one for the same pairs. Two
// texts are alike when three of the four agree, which two texts with the share J of their pairs in common do with a
// chance of J³(1+3(1-J)+3(1-J)²). So each fingerprint has four keys, and plain equality of a key finds the
// near-duplicates among millions, without comparing all with all.
//
// Likeness is of pairs of texts; a group is what hangs together by it. The warehouse passes likeness on three times.
//
// Seen with TestNearDuplicates (46 invented complaints, each retold 20 times):
//
//	                                                          pairs alike   in one group
//	form letter: other greeting, closing, numbers, signs             96 %           99 %
//	edited: other order, of the words 5 % left out, 5 % put
//	in, 5 % with another ending                                      53 %           85 %
//	rewritten: 10 % each, and a sentence less                        11 %           44 %
//	different complaints in one language                     0 of 612,000
//
// In an export of internal/sample, whose texts share stock sentences at random, 96 of 1,632,282 pairs of one district and
// category were alike without telling of the same thing.
//
// What was measured beside it, on the same retellings. Simhash with four bands of 16 bits found 55–60 % of the form
// letters and 8–24 % of the edited ones, and joined more strangers. Minhash with four bands of three hashes found as much
// as this (98 and 55 %), but needs twelve hashes a pair and a wider column. Single words in place of pairs found more of
// the edited ones, but different texts of one topic share ten times as many of them (3 % against 0.3 %), which is too
// many where thousands complain of one topic in one place. Pairs that reach across sentences found a fifth less, stems of
// six letters a quarter less. Sampling five or six pairs found more, for ten and fifteen keys a text.
//
// Limits: a Latin letter inside a Cyrillic word, a stress mark and a soft hyphen part the word; a text in Latin script
// has no fingerprint. The number depends on common.tsv and on the code, so texts of two versions of the program compare
// only as far as neither changed.
package fingerprint

import "math"

const (
	lanes    = 4
	laneBits = 64 / lanes
)

// How many pairs of words a text must have.
const (
	enough = 3 // to have a fingerprint at all
	short  = 8 // to be sampled: a text of less must agree in all its pairs
)

// Of returns the fingerprint of a text in UTF-8, Russian or Kazakh, after personal data was masked; 0 when it has less
// than three pairs of words that count. It never fails, allocates nothing, takes one pass, and may be called by many
// goroutines.
func Of(text []byte) uint64 {
	s := empty
	s.read(text)
	return s.fingerprint()
}

// sampler gathers the pairs of words of a text.
type sampler struct {
	least  [lanes]uint64 // the smallest hashes of pairs
	pairs  int
	sum    uint64 // of the hashes of all pairs
	before uint64 // the stem of the word before in this sentence, 0 for none
}

var empty = sampler{least: [lanes]uint64{math.MaxUint64, math.MaxUint64, math.MaxUint64, math.MaxUint64}}

// read goes on with some text.
func (s *sampler) read(text []byte) {
	for i := 0; ; {
		for i < len(text) && !isLead(text[i]) {
			if endsSentence[text[i]] {
				s.before = 0
			}
			i++
		}
		if i == len(text) {
			return
		}
		word, to := next(text, i)
		i = to
		if !common.has(word) {
			s.add(word >> halfBits)
		}
	}
}

// add goes on with a word that counts.
func (s *sampler) add(stem uint64) {
	if s.before != 0 {
		p := mix(min(s.before, stem)<<halfBits | max(s.before, stem))
		s.pairs++
		s.sum += p
		if p < s.least[lanes-1] {
			keep(&s.least, p)
		}
	}
	s.before = stem
}

func (s *sampler) fingerprint() uint64 {
	switch {
	case s.pairs < enough:
		return 0
	case s.pairs < short:
		return max(mix(s.sum), 1)
	}
	var f uint64
	for _, p := range s.least {
		f = f<<laneBits | p&(1<<laneBits-1)
	}
	return max(f, 1)
}

// Keys returns the four keys of a fingerprint: what is left of it without each of its lanes, the lowest first. Texts
// are alike when they have a key in common. The view systemic_issues forms the same keys.
func Keys(f uint64) (keys [lanes]uint64) {
	for i := range keys {
		at := i * laneBits
		keys[i] = f>>(at+laneBits)<<at | f&(1<<at-1)
	}
	return keys
}

// keep puts a hash that is smaller than the last one into its place, unless it is there already.
func keep(least *[lanes]uint64, p uint64) {
	at := lanes - 1
	for at > 0 && p < least[at-1] {
		at--
	}
	if at > 0 && p == least[at-1] {
		return
	}
	for i := lanes - 1; i > at; i-- {
		least[i] = least[i-1]
	}
	least[at] = p
}

// mix spreads a number over 64 bits, different numbers to different ones.
func mix(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>29
}

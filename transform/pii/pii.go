// Package pii masks personal data in the texts of complaints: numbers of people, of their papers, cards and cars,
// their telephones, mailboxes, names, and the houses and flats they live in. What a complaint is about stays:
// streets and places, laws, sums, dates, organisations, the short numbers of services.
//
// Where to look:
//
//	pii.go        the policy, the questions: Redact, RedactCount
//	reader.go     the same for texts whose words were cut for several readers; what is remembered of a word
//	scan.go       one pass over a text: what deserves a closer look
//	letter.go     letters, digits and signs of UTF-8, damaged or disguised; entity.go, signs as HTML writes them
//	token.go      words, numbers and masks around a place of a text; index.go finds them without reading letters again
//	lexicon.go    words.tsv and names.tsv as Go values, endings of surnames and patronymics; latin.go, names in Latin letters
//	number.go     digits with what may part them; numbers that are nobody's
//	person.go     IIN, bank cards, IBAN
//	phone.go      telephones
//	paper.go      documents; plate.go, car plates by their forms
//	address.go    a number that may be a house or a flat; house.go, street.go, count.go say which it is
//	name.go       names of people; introduced.go (by the word before), initials.go, small.go (without capitals),
//	              honour.go (streets and schools)
//	mail.go       e-mail, names in messengers
//	applicant.go  the keyed hash that stands for an applicant
//
// A rule is as sure as its evidence: a checksum, a notation, or a word beside the number that says what it is. A
// number or a word that only might be personal stays, because a complaint without its figures is worth little.
package pii

import (
	"fmt"
	"sync"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/words"
)

// Kind is a kind of personal data.
type Kind uint8

// The kinds, in the order of Counts.
const (
	IIN      Kind = iota // individual identification number, 12 digits (ИИН, ЖСН)
	Phone                // telephone: mobile, city, foreign; not short numbers, not 8-800
	Email                // e-mail address, name in a messenger: @name, t.me/name
	Card                 // number of a bank card
	IBAN                 // Kazakh account number, of a person or of a company
	Plate                // number plate of a car
	Document             // number of an identity card, a passport, a driving licence …
	Name                 // name of a person, without the post
	House                // number of a house at an address
	Flat                 // number of a flat
	kinds                // how many there are
)

// kindNames are the kinds as policies list them and masks show them.
var kindNames = [kinds]string{
	"iin", "phone", "email", "card", "iban", "plate", "document", "name", "house", "flat",
}

// Counts says how many pieces of each kind were masked; the index is the Kind.
type Counts [kinds]int

// Total returns the number of pieces of all kinds.
func (c *Counts) Total() (n int) {
	for _, of := range c {
		n += of
	}
	return n
}

// Policy says what is masked.
type Policy struct {
	// Kinds are the names of the kinds to mask: iin, phone, email, card, iban, plate, document, name, house, flat.
	// An empty list means all of them, Nothing alone none.
	Kinds []string
}

// Nothing, as the only kind of a policy, masks nothing.
const Nothing = "none"

// Validate tells a policy with an unknown kind: an error of kind Configuration. It reads no table.
func (p Policy) Validate() error {
	_, err := p.masked()
	return err
}

// masked says of each kind whether it is masked.
func (p Policy) masked() (masked [kinds]bool, err error) {
	if len(p.Kinds) == 1 && p.Kinds[0] == Nothing {
		return masked, nil
	}
	for _, name := range p.Kinds {
		k := kindOf(name)
		if k == kinds {
			return masked, &qulaq.Error{
				Op: "read the policy of personal data", Object: name, Kind: qulaq.Configuration,
				Err:  fmt.Errorf("no such kind"),
				Hint: fmt.Sprintf("the kinds are %v", kindNames),
			}
		}
		masked[k] = true
	}
	for k := range masked {
		masked[k] = masked[k] || len(p.Kinds) == 0
	}
	return masked, nil
}

// Redactor masks what its policy lists. It does not change after New, and many goroutines may use it.
type Redactor struct {
	masked  [kinds]bool
	words   *lexicon
	readers sync.Pool // of *Reader, for texts that come alone
}

// New returns the redactor of a policy. A policy with an unknown kind is an error of kind Configuration; tables
// that contradict themselves are one of kind Bug. It reads its tables, which takes some 50 ms.
func New(p Policy) (*Redactor, error) {
	masked, err := p.masked()
	if err != nil {
		return nil, err
	}
	lexicon, err := readLexicon(wordsFile, namesFile)
	if err != nil {
		return nil, &qulaq.Error{Op: "read the tables of personal data", Kind: qulaq.Bug, Err: err}
	}
	r := &Redactor{masked: masked, words: lexicon}
	r.readers.New = func() any { return r.Reader(words.NewMemory()) }
	return r, nil
}

func kindOf(name string) Kind {
	for k, known := range kindNames {
		if name == known {
			return Kind(k)
		}
	}
	return kinds
}

// Redact masks personal data: a piece of kind "phone" becomes "[phone]", the words around it stay byte for byte.
//
// A text with nothing to mask is returned as it is: the same slice, nothing copied or allocated. Otherwise the
// masked text is appended to dst, which must not overlap text, and the part that was appended is returned. Masking
// a masked text changes nothing, and neither do masks that a source has put itself (HIDDEN, ***). Bytes that are
// no UTF-8 stay and part words. The time is linear in the length.
//
// Text is read as Russian, Kazakh in Cyrillic, and Latin. The name of an official is masked as any other, the post
// before it stays. Names of streets, schools and districts that honour people stay.
func (r *Redactor) Redact(dst, text []byte) []byte {
	var counts Counts
	return r.RedactCount(dst, text, &counts)
}

// RedactCount is Redact that also adds to counts what it masked.
func (r *Redactor) RedactCount(dst, text []byte, counts *Counts) []byte {
	if r.masked == ([kinds]bool{}) {
		return text
	}
	reader := r.readers.Get().(*Reader)
	defer r.readers.Put(reader)
	return reader.redact(dst, reader.memory.Read(text), counts).Bytes
}

func (c *Counts) add(more *Counts) {
	for k := range c {
		c[k] += more[k]
	}
}

package sample

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// phrasebook holds the sentences of one language.
type phrasebook struct {
	openings, closings, details []sentence
	about                       map[string][]sentence // by category code
}

// sentence is a text with slots, cut up once.
type sentence []piece

// piece is either words or, when the words are empty, a slot to fill.
type piece struct {
	words string
	slot  filler
}

// filler appends a value for a slot.
type filler func(dst []byte, a *author) []byte

// planted names the invented personal data that texts hold.
var planted = [...]string{"iin", "phone", "email", "name"}

const (
	plantedIIN = iota
	plantedPhone
	plantedEmail
	plantedName
)

// slots are what sentences may ask for, by language and name.
type slots [len(languages)]map[string]filler

func loadSlots() (*slots, error) {
	s := new(slots)
	lists := [len(languages)]map[string][]string{{}, {}}
	for l := range s {
		s[l] = map[string]filler{
			"place":  func(dst []byte, a *author) []byte { return append(dst, a.complaint.place(l)...) },
			"region": func(dst []byte, a *author) []byte { return append(dst, a.complaint.region.of[l]...) },
			"iin":    appendIIN,
			"phone":  appendPhone,
		}
	}
	err := eachLine("slots", 4, func(f []string) error {
		l := russian
		if f[1] == languages[kazakh] {
			l = kazakh
		}
		switch f[2] {
		case "list":
			values := strings.Split(f[3], "|")
			lists[l][f[0]] = values
			s[l][f[0]] = func(dst []byte, a *author) []byte { return append(dst, values[a.rand.IntN(len(values))]...) }
			return nil
		case "range":
			from, to, _ := strings.Cut(f[3], "-")
			lo, hi, err := twoNumbers(from, to)
			s[l][f[0]] = func(dst []byte, a *author) []byte {
				return strconv.AppendInt(dst, lo+a.rand.Int64N(hi-lo+1), 10)
			}
			return err
		}
		return fmt.Errorf("a slot is a list or a range, not a %s", f[2])
	})
	for l := range s {
		s[l]["name"] = nameFiller(lists[l]["names"], lists[l]["masks"])
		s[l]["email"] = emailFiller(lists[l]["mailbox"])
	}
	return s, err
}

// parse cuts a sentence at its slots.
func (s *slots) parse(text string, language int) (sentence, error) {
	var cut sentence
	for {
		words, rest, found := strings.Cut(text, "{")
		if words != "" {
			cut = append(cut, piece{words: words})
		}
		if !found {
			return cut, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		fill := s[language][name]
		if !closed || fill == nil {
			return nil, fmt.Errorf("no slot %q", name)
		}
		cut = append(cut, piece{slot: fill})
		text = after
	}
}

// fill appends the sentence with its slots filled.
func (s sentence) fill(dst []byte, a *author) []byte {
	for i := range s {
		if s[i].slot == nil {
			dst = append(dst, s[i].words...)
		} else {
			dst = s[i].slot(dst, a)
		}
	}
	return dst
}

// lengths of texts in bytes: the sentences stop once a drawn length is reached. The draw is skewed: most texts are
// short, some are long.
var lengths = map[Format]struct{ least, spread, lineBreaks int }{
	AnalyticText: {least: 60, spread: 830, lineBreaks: 10},
	Text:         {least: 250, spread: 2400, lineBreaks: 600},
}

// textStream parts the randomness of texts from that of the rest: whether texts are printed changes nothing else.
const textStream = 0x9e3779b97f4a7c15

// compose writes the text of the complaint: an opening, what it is about, details, a closing.
func (a *author) compose() {
	r, c := a.rand, &a.complaint
	a.pcg.Seed(a.spec.Seed^textStream, uint64(c.number))
	c.text, c.planted, c.language = c.text[:0], [len(planted)]int64{}, russian
	if perMille(r, shareKazakh) {
		c.language = kazakh
	}
	form := lengths[a.spec.Format]
	gap := byte(' ')
	if perMille(r, form.lineBreaks) {
		gap = '\n'
	}
	// The product of two draws is short more often than it is long.
	length := form.least + form.spread*r.IntN(1<<10)/(1<<10)*r.IntN(1<<10)/(1<<10)

	book := &a.words.texts[c.language]
	if perMille(r, 500) {
		c.text = append(pick(r, book.openings).fill(c.text, a), gap)
	}
	about := book.about[c.subject.code]
	first := r.IntN(len(about))
	c.text = about[first].fill(c.text, a)
	if len(about) > 1 && len(c.text) < length/2 {
		c.text = about[(first+1)%len(about)].fill(append(c.text, gap), a)
	}
	stride := 1 + 2*r.IntN(3)
	for next := r.IntN(len(book.details)); len(c.text) < length; next = (next + stride) % len(book.details) {
		c.text = book.details[next].fill(append(c.text, gap), a)
	}
	if perMille(r, 350) {
		c.text = pick(r, book.closings).fill(append(c.text, gap), a)
	}
}

func pick(r *rand.Rand, list []sentence) sentence { return list[r.IntN(len(list))] }

// nameFiller prints invented people; the text dump masks them.
func nameFiller(names, masks []string) filler {
	return func(dst []byte, a *author) []byte {
		if a.spec.Format == Text {
			return append(dst, masks[a.rand.IntN(len(masks))]...)
		}
		a.complaint.planted[plantedName]++
		return append(dst, names[a.rand.IntN(len(names))]...)
	}
}

var domains = [...]string{"example.com", "example.org", "example.net"}

func emailFiller(mailboxes []string) filler {
	return func(dst []byte, a *author) []byte {
		a.complaint.planted[plantedEmail]++
		dst = append(dst, mailboxes[a.rand.IntN(len(mailboxes))]...)
		dst = append(dst, '@')
		return append(dst, domains[a.rand.IntN(len(domains))]...)
	}
}

// appendPhone prints a mobile number whose subscriber part begins with 000, in one of the ways people write it.
func appendPhone(dst []byte, a *author) []byte {
	a.complaint.planted[plantedPhone]++
	forms := [...]string{"+7 7cc 000 dd dd", "87cc000dddd", "8 (7cc) 000-dd-dd", "+77cc000dddd", "8-7cc-000-dd-dd"}
	codes := [...]string{"01", "02", "05", "07", "47", "71", "75", "76", "77", "78"}
	form, code := forms[a.rand.IntN(len(forms))], codes[a.rand.IntN(len(codes))]
	for i := range len(form) {
		switch b := form[i]; b {
		case 'c':
			dst, code = append(dst, code[0]), code[1:]
		case 'd':
			dst = append(dst, byte('0'+a.rand.IntN(10)))
		default:
			dst = append(dst, b)
		}
	}
	return dst
}

// appendIIN prints the personal number of somebody born in December 2099: year, month and day of birth, 5 or 6 for a
// man or woman of the twenty-first century, four digits, a control digit.
func appendIIN(dst []byte, a *author) []byte {
	a.complaint.planted[plantedIIN]++
	r := a.rand
	digits := [12]byte{9, 9, 1, 2}
	birthday := byte(1 + r.IntN(31))
	digits[4], digits[5], digits[6] = birthday/10, birthday%10, byte(5+r.IntN(2))
	for {
		serial := r.IntN(10_000)
		for i := range 4 {
			digits[10-i] = byte(serial % 10)
			serial /= 10
		}
		if control, ok := iinControl([11]byte(digits[:11])); ok {
			digits[11] = control
			break
		}
	}
	for _, d := range digits {
		dst = append(dst, '0'+d)
	}
	return dst
}

// iinControl computes the twelfth digit: the sum of the digits with the weights 1 to 11, modulo 11; when that is 10,
// the same with the weights 3 to 11, 1, 2; when it is 10 again, the number is not issued.
func iinControl(digits [11]byte) (byte, bool) {
	for _, turn := range []int{0, 2} {
		sum := 0
		for i, d := range digits {
			sum += int(d) * ((i+turn)%11 + 1)
		}
		if sum %= 11; sum < 10 {
			return byte(sum), true
		}
	}
	return 0, false
}

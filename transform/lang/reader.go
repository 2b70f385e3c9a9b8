package lang

import "github.com/qulaq-kz/qulaq/internal/words"

// Reader tells the languages of texts whose words were cut by a memory. One goroutine owns it.
type Reader struct {
	notes []note // by the number of the word
}

// note is what is known of a word: its points for each language, two at most, and marks.
type note uint8

const (
	russian note = 0x03
	kazakh  note = 0x0c
	one     note = 0x10 // it is one word here, too
	asked   note = 0x20
)

func noteOf(text []byte) note {
	w, size := next(text)
	if size < len(text) {
		return asked
	}
	p := w.worth()
	return asked | one | note(p.ru) | note(p.kk)*(russian+1)
}

// NewReader returns one that reads the texts of a memory.
func NewReader(m *words.Memory) *Reader { return &Reader{words.Notes[note](m)} }

// Of is the function of that name, for the text that the memory has just read.
func (r *Reader) Of(t *words.Text) string {
	if !t.Whole() {
		return Of(t.Bytes)
	}
	rest := stretch{Reader: r, text: sample(t.Bytes), words: t.Words}
	return decide(rest.text, rest.weigh)
}

// stretch is what is left to read of a sample.
type stretch struct {
	*Reader
	text  []byte
	words []words.Word
	at    int // what stands before it is done
}

// weigh is the function of that name. It takes away what it has read.
func (s *stretch) weigh(most int) (p sum) {
	i := 0
	for ; i < len(s.words) && most > 0; i++ {
		w := &s.words[i]
		if w.From >= len(s.text) {
			break
		}
		if w.ID >= words.FirstWord && w.To <= len(s.text) {
			n := s.notes[w.ID]
			if n == 0 {
				n = noteOf(s.text[w.From:w.To])
				s.notes[w.ID] = n
			}
			if n&one != 0 {
				p.ru += int(n & russian)
				p.kk += int(n & kazakh / (russian + 1))
				most--
				continue
			}
		}
		piece := s.text[:min(w.To, len(s.text))]
		more, left, rest := weigh(piece[max(w.From, s.at):], most)
		p.add(more)
		most = left
		if s.at = len(piece) - len(rest); len(rest) > 0 {
			break
		}
	}
	s.words = s.words[i:]
	return p
}

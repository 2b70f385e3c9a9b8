package fingerprint

import "github.com/qulaq-kz/qulaq/internal/words"

// Reader makes fingerprints of texts whose words were cut by a memory. One goroutine owns it.
type Reader struct {
	stems []stem // by the number of the word
}

// stem is what a fingerprint takes of a word, with the mark asked; the mark alone is that of a word that does not count.
type stem uint32

const asked stem = 1 << 31

// NewReader returns one that reads the texts of a memory.
func NewReader(m *words.Memory) *Reader { return &Reader{stems: words.Notes[stem](m)} }

// Of is the function of that name, for the text that the memory has just read.
func (r *Reader) Of(t *words.Text) uint64 {
	if !t.Whole() {
		return Of(t.Bytes)
	}
	s, text, stems := empty, t.Bytes, r.stems
	end := 0 // of the word before
	for i := range t.Words {
		w := &t.Words[i]
		for ; end < w.From; end++ {
			if endsSentence[text[end]] {
				s.before = 0
			}
		}
		end = w.To
		switch w.ID {
		case words.Number:
		case words.Other:
			s.read(text[w.From:w.To])
		default:
			known := stems[w.ID]
			if known == 0 {
				known = asked
				if word, _ := next(text, w.From); !common.has(word) {
					known |= stem(word >> halfBits)
				}
				stems[w.ID] = known
			}
			if known != asked {
				s.add(uint64(known &^ asked))
			}
		}
	}
	return s.fingerprint()
}

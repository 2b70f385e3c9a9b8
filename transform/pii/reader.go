package pii

import "github.com/qulaq-kz/qulaq/internal/words"

// Reader masks texts whose words were cut by a memory, which other readers may share: what it finds out about a word it
// notes there, for complaints use few words and those again and again. One goroutine owns it.
type Reader struct {
	*Redactor
	memory *words.Memory
	looks  []look // by the number of the word
	parts  []known
	// what a pass works with, kept from text to text
	index   index
	figures figures
	masks   []words.Change
	glued   bool // a mask stands before a letter, which is the beginning of a word now
	unknown part // the answer about a word that is not remembered
}

// known is what part has found out about a word, if it was asked.
type known struct {
	part
	asked bool
}

// Reader returns one that reads the texts of a memory.
func (r *Redactor) Reader(m *words.Memory) *Reader {
	return &Reader{Redactor: r, memory: m, looks: words.Notes[look](m), parts: words.Notes[known](m)}
}

// Redact is that of the Redactor, for the text that the memory has just read. It returns the masked text, cut.
func (r *Reader) Redact(dst []byte, text *words.Text) *words.Text {
	var counts Counts
	return r.redact(dst, text, &counts)
}

// passes bounds how often a text is read. A mask may be evidence for what stands beside it, so a text that changed
// is read again until nothing is found. A second find is rare and a third was never seen outside of fuzzing.
const passes = 8

// telling says that masks of these kinds may be evidence for what stands beside them. That of a house, a flat or a
// telephone stands where the number stood, and says no more than it did.
func (c *Counts) telling() bool { return c.Total() > c[House]+c[Flat]+c[Phone] }

func (r *Reader) redact(dst []byte, text *words.Text, counts *Counts) *words.Text {
	if r.masked == ([kinds]bool{}) {
		return text
	}
	out, found := r.pass(dst, text)
	if found == (Counts{}) {
		return text
	}
	out = out[len(dst):]
	counts.add(&found)
	if !found.telling() && !r.glued {
		return text.Change(out, r.masks)
	}
	for range passes {
		text = r.memory.Read(out)
		var again []byte
		again, found = r.pass(nil, text)
		if found == (Counts{}) {
			return text
		}
		out = append(out[:0], again...)
		counts.add(&found)
		if !found.telling() && !r.glued {
			break
		}
	}
	return r.memory.Read(out)
}

// part returns what a token may be in a name.
func (p *pass) part(t token) part {
	x := *p.ask(t)
	x.token = t
	return x
}

// roles returns what a token may be; a number or a mask is nothing.
func (p *pass) roles(t token) role { return p.ask(t).role }

// ask returns what is known of a token: a part without its place, good until the next question.
func (p *pass) ask(t token) *part {
	if x := &p.parts[t.id]; x.asked { // never for Other
		return &x.part
	}
	return p.askAnew(t)
}

func (p *pass) askAnew(t token) *part {
	if t.what != aWord || t.to-t.from >= longestWord {
		p.unknown = part{}
		return &p.unknown
	}
	id := t.id
	if id == words.Other {
		id = p.memory.ID(p.text[t.from:t.to])
	}
	if id == words.Other {
		p.unknown = p.judge(t)
		return &p.unknown
	}
	x := &p.parts[id]
	if !x.asked {
		*x = known{p.judge(t), true}
	}
	return &x.part
}

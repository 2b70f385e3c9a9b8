package report

import (
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// maxText is how many bytes of a report are read.
const maxText = 1 << 20

// newMemory takes a document apart and remembers nothing yet.
func (r *Reader) newMemory(doc *table.Document, h Hints) *memory {
	m := &memory{r: r, hints: h, seen: make(map[string]bool), telling: make(map[Place]bool), periods: make(map[Channel]days)}
	left := maxText
	parts := doc.Parts
	if doc.Format == table.Text {
		parts = unwrapped(parts)
	}
	for i, part := range parts {
		if i >= maxParagraphs || left <= 0 {
			m.findings = append(m.findings, qulaq.Finding{Kind: NotAllRead, Subject: "text", Detail: "the rest of a long text was not read", Count: 1, Line: int64(i + 1)})
			break
		}
		if part.Grid != nil {
			left -= m.addGrid(i+1, part.Grid)
			continue
		}
		text := part.Text
		if text == "" {
			continue
		}
		if len(text) > maxParagraphBytes {
			text = strings.ToValidUTF8(text[:maxParagraphBytes], "")
			m.findings = append(m.findings, qulaq.Finding{Kind: NotAllRead, Subject: "paragraph", Detail: "the rest of a long paragraph was not read", Count: 1, Line: int64(i + 1)})
		}
		left -= len(text)
		m.addParagraph(i+1, len(parts), text)
	}
	return m
}

func (m *memory) addParagraph(number, parts int, text string) {
	if day, ok := dateLine(text); ok && m.hints.Date == 0 && (number <= 5 || number > parts-3 && !strings.Contains(text, ":")) {
		m.hints.Date = day // the line with the date below a headline, or below the text
	}
	last := m.listed // the last line of a list ends with a point
	m.listed = strings.HasSuffix(text, ";")
	list := sentences(text)
	numbered := isNumbered(text) && strings.HasSuffix(text, ".") && !m.opened && !last
	m.dialogue = m.dialogue || isDashed(text) && strings.HasSuffix(text, "?")
	for n, text := range list {
		if len(text) > maxSentenceBytes {
			m.findings = append(m.findings, qulaq.Finding{Kind: NotAllRead, Subject: "sentence", Detail: "a run of words without an end was not read", Count: 1, Line: int64(number)})
			continue
		}
		s := m.r.understand(text)
		s.place = Place{Paragraph: number, Sentence: n + 1}
		s.first = n == 0
		s.item = s.first && (last || isItem(text) && !numbered && !(m.dialogue && isDashed(text)) || s.isRowOfPlace()) && !(len(list) == 1 && s.isNumberedHeading())
		s.opens = strings.HasSuffix(text, ":") || n == len(list)-1 && strings.HasSuffix(text, ":.")
		s.heading = len(list) == 1 && len(text) < 300 && !strings.ContainsAny(text[len(text)-1:], ".:;!?") && !s.item
		if n == 1 && len(s.periods) > 0 && s.periods[0].from == 0 && s.periods[0].months == 0 {
			m.sentences[len(m.sentences)-1].writtenThere()
		}
		if m.hints.Date == 0 && number <= 5 {
			m.hints.Date = s.written
		}
		m.sentences = append(m.sentences, s)
		m.opened = s.opens || m.opened && (s.item || !s.first)
	}
}

// isNumberedHeading says whether a sentence is the heading of a part: «2. Приём граждан». Of a place it is the line of a list.
func (s *sentence) isNumberedHeading() bool {
	n := len(s.tokens)
	return n > 2 && s.tokens[0].kind == number && s.tokens[1].key == "." && s.tokens[n-1].kind == word && len(s.figures) == 0 && len(s.places) == 0 && s.capital(2)
}

// isDashed says whether a paragraph begins with a dash, as the lines of a list and those of an interview do.
func isDashed(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	return isDash(r) && strings.HasPrefix(text[n:], " ")
}

// isItem says whether a paragraph is a line of a list.
func isItem(text string) bool {
	if strings.HasSuffix(text, ";") {
		return true
	}
	for _, sign := range []string{"-", "–", "—", "•", "·", "*", "●", "▪", "\uf0b7", "○", "■", "✓"} {
		if strings.HasPrefix(text, sign) {
			return true
		}
	}
	return isNumbered(text)
}

// isNumbered says whether a paragraph begins with its number: the line of a list, or where no list was opened a part of a protocol.
func isNumbered(text string) bool {
	i := 0
	for digitAt(text, i) {
		i++
	}
	return i > 0 && i < 3 && i < len(text)-1 && (text[i] == ')' || text[i] == '.' && text[i+1] == ' ')
}

// dateLine reads a line that is nothing but a date, with a time or without.
func dateLine(text string) (qulaq.Day, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 60 {
		return 0, false
	}
	if day, ok := dates.ParseDay(text); ok {
		return day, true
	}
	if comma := strings.LastIndexByte(text, ','); comma > 0 {
		return dates.ParseDay(text[:comma])
	}
	return 0, false
}

// isRowOfPlace says whether a sentence begins as the line of a place does: «Абай – 5».
func (s *sentence) isRowOfPlace() bool {
	return len(s.places) > 0 && len(s.figures) > 0 && s.places[0].from <= 1 && s.isRow(s.places[0].to)
}

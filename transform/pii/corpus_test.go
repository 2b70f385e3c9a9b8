package pii

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// The marked corpus: ⟦kind:text⟧ must be masked, everything else must stay.
const corpusFile = "../../internal/labelled/data/personal_dev.txt"

// marked is a text of the corpus without its marks.
type marked struct {
	text   string
	secret []span
}

type span struct {
	from, to int
	kind     string
}

func readMarked(line string) (m marked) {
	var b strings.Builder
	kind, from := "", 0
	for len(line) > 0 {
		switch {
		case strings.HasPrefix(line, "⟦"), strings.HasPrefix(line, "⟨"):
			line = line[len("⟦"):]
			kind, line, _ = strings.Cut(line, ":")
			from = b.Len()
		case strings.HasPrefix(line, "⟧"), strings.HasPrefix(line, "⟩"):
			line = line[len("⟧"):]
			if kind != "keep" {
				m.secret = append(m.secret, span{from, b.Len(), kind})
			}
		default:
			b.WriteByte(line[0])
			line = line[1:]
		}
	}
	m.text = b.String()
	return m
}

// survivors returns which bytes of the text stayed, by aligning it with the redacted one.
func survivors(text, redacted string) []bool {
	stayed := make([]bool, len(text))
	i, j := 0, 0
	for j < len(redacted) {
		if end := maskEnd([]byte(redacted), j); redacted[j] == '[' && end > 0 {
			if strings.HasPrefix(text[i:], redacted[j:end]) {
				for range end - j {
					stayed[i] = true
					i++
				}
				j = end
				continue
			}
			// What follows the mask up to the next one is found again in the text.
			next := end
			for next < len(redacted) && !(redacted[next] == '[' && maskEnd([]byte(redacted), next) > 0) {
				next++
			}
			rest := redacted[end:next]
			var at int
			if next == len(redacted) {
				at = len(text) - i - len(rest)
			} else {
				at = strings.Index(text[i+1:], rest) + 1
			}
			i += at
			j = end
			continue
		}
		stayed[i] = true
		i++
		j++
	}
	return stayed
}

func TestCorpus(t *testing.T) {
	data, err := os.ReadFile(corpusFile)
	if err != nil {
		t.Fatal(err)
	}
	r := redactor(t)
	secrets, masked, texts, harmed := 0, 0, 0, 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		m := readMarked(line)
		got := string(bytes.Clone(r.Redact(nil, []byte(m.text))))
		stayed := survivors(m.text, got)
		texts++
		within := make([]bool, len(m.text))
		for _, s := range m.secret {
			secrets++
			left := 0
			for i := s.from; i < s.to; i++ {
				within[i] = true
				if stayed[i] && (m.text[i] >= 0x80 || isDigit(m.text[i]) || m.text[i]|0x20 >= 'a' && m.text[i]|0x20 <= 'z') {
					left++
				}
			}
			if left == 0 {
				masked++
			} else {
				t.Logf("MISSED %s %q\n\t%s\n\t%s", s.kind, m.text[s.from:s.to], line, got)
			}
		}
		for i := range within {
			if !within[i] && !stayed[i] && m.text[i] != ' ' {
				harmed++
				t.Logf("HARM at %q\n\t%s\n\t%s", m.text[max(0, i-20):i], line, got)
				break
			}
		}
	}
	if secrets == 0 || float64(masked) < 0.99*float64(secrets) || float64(harmed) > 0.01*float64(texts) {
		t.Errorf("masked %d of %d, harmed %d texts of %d", masked, secrets, harmed, texts)
	}
}

package report

import "unicode/utf8"

// shareDetail returns of what a share of complaints is: the words behind the verb, or the label of a list's line.
func (m *memory) shareDetail(s *sentence, i int) string {
	f, c := s.figures[i], s.clauses[i]
	if s.kazakh {
		end := f.to
		for end < c.to && !s.wordIs("v", end) {
			end++
		}
		return s.words(f.to, end)
	}
	end := c.to
	if i == len(s.figures)-1 {
		end = len(s.tokens)
	}
	for _, k := range s.marks {
		if k.class == "v:concern" && k.from >= f.to && k.to < end {
			from := k.to
			for from < end && (s.wordIs("stop", from) || s.wordIs("n", from)) {
				from++
			}
			return s.words(from, end)
		}
	}
	return s.labelBefore(i)
}

// labelBefore returns the words that a dash or bracket joins to a figure: «Строительство – 12 %».
func (s *sentence) labelBefore(i int) string {
	end := s.figures[i].from - 1
	if end < 1 || s.tokens[end].key != "-" && s.tokens[end].key != "(" {
		return ""
	}
	from := end
	for from > 0 && s.tokens[from-1].kind == word && !s.wordIs("v", from-1) {
		from--
	}
	for from < end && s.wordIs("stop", from) {
		from++
	}
	return s.words(from, end)
}

// maxDetail is how much of a detail is kept, in bytes.
const maxDetail = 300

// words returns the text between two tokens.
func (s *sentence) words(from, to int) string {
	for from < to && s.tokens[from].kind == sign {
		from++
	}
	for to > from && s.tokens[to-1].kind == sign {
		to--
	}
	if from >= to {
		return ""
	}
	text := s.text[s.tokens[from].from:s.tokens[to-1].to]
	for len(text) > maxDetail {
		_, n := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-n]
	}
	return text
}

package report

import "strings"

// qualify reads how exact the number is.
func (s *sentence) qualify(f *figure) {
	f.qualifier = Exact
	for i := f.from - 1; i >= 0 && i >= f.at-3; i-- {
		if m, ok := s.covering("q", i); ok && (m.to == f.from || i == f.from-1) {
			f.qualifier, f.from = Qualifier(m.class.value()), m.from
			return
		}
		if key := s.tokens[i].key; key != "чем" && key != "a" && key != "из" && key != "than" && key != "на" {
			break
		}
	}
	if s.kazakh && isLike(s.tokens[f.to-1]) {
		f.qualifier = About
	}
	for i := f.to; i < len(s.tokens) && i < f.to+1; i++ {
		if m, ok := s.markAt("a", i); ok && !(f.unit == Percent && s.wordIs("v", i)) { // «14 пайызға көп» is by how much
			f.qualifier, f.to = Qualifier(m.class.value()), m.to
		} else if s.tokens[i].key == "+" {
			f.qualifier, f.to = Over, i+1
		}
	}
}

// isLike says whether a Kazakh number says by its ending that it is about so much: «120-дай адам», «14 мыңдай».
func isLike(t token) bool {
	text := t.suffix
	if t.kind == word {
		text = t.key
	}
	for _, end := range []string{"даи", "деи", "таи", "теи"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

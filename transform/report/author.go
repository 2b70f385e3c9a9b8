package report

import "slices"

// hearAuthor takes the akim whose report a heading says the text is for who speaks: «Отчёт акима Бурабайского района».
func (m *memory) hearAuthor(s *sentence) {
	if m.speaker != "" || s.place.Paragraph > leadParagraphs || !s.heading || !s.has("report", 0, len(s.tokens)) {
		return
	}
	for _, a := range s.agents {
		if a.single && isAkims(a.channel) {
			m.speaker = a.channel
			return
		}
	}
}

// byAuthor says whether who speaks did himself what a token tells: nobody is named between.
func (m *memory) byAuthor(s *sentence, at int) bool {
	own := -1
	for _, k := range s.marks {
		if k.class == "self" && (k.from < at || s.kazakh) {
			own = min(k.from, at-1) // a Kazakh verb says it at the end: «50 кездесу жоспарлап отырмын»
		}
	}
	if own < 0 || !isAkims(m.speaker) {
		return false
	}
	return !slices.ContainsFunc(s.agents, func(a agent) bool { return !a.weak && a.from > own && a.from < at })
}

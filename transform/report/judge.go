package report

import (
	"slices"
	"strings"
)

// verdict is what a figure counts.
type verdict struct {
	noun   string // as metrics.tsv has it
	verb   string
	metric Metric
	detail string
	ok     bool
}

// read judges the figures of a sentence and remembers what it said.
func (m *memory) read(at int) {
	s := m.sentences[at]
	m.prepare(s)
	if s.sheet != nil {
		m.readSheet(at)
		return
	}
	m.nextRow = len(m.row) > 0 && m.rowAt == at-1
	for i := range s.figures {
		if f := &s.figures[i]; f.unit == Count && f.power >= 9 && m.money && s.isBare(*f) {
			f.unit = KZT // «Выделено лишь 19,4 миллиарда»
		}
	}
	verdicts := make([]verdict, len(s.figures))
	for range 2 { // a figure may take its noun or verb from one before, and in Kazakh from one behind
		for i := range s.figures {
			if !verdicts[i].ok {
				verdicts[i] = m.judge(s, i, verdicts)
			}
		}
	}
	last, claims := "", len(m.claims)
	for i, v := range verdicts {
		if !v.ok {
			continue
		}
		if last != "issue" || v.noun != "proposal" {
			last = v.noun // of «3 118 вопросов и 412 предложений» the issues are meant
		}
		if i > 0 && s.figures[i-1].denied {
			m.takeBack(s.figures[i-1], v)
		}
		m.claim(at, i, v)
	}
	if n := len(m.claims); n > claims {
		m.last, m.row, m.rowAt = m.claims[n-1].SubjectCode, verdicts, at
	}
	if last != "" {
		m.noun = strings.TrimPrefix(last, "share-")
	} else if !s.item && !s.silent() && (len(s.figures) == 0 || m.noun == "money") && !s.has("link", 0, len(s.tokens)) {
		m.noun = ""
		for _, k := range s.marks {
			if v := k.class.value(); k.class == "n:issue" || k.class == "n:appeal" || k.class == "n:meeting" && m.noun == "" {
				m.noun = v
			}
		}
	}
	for _, v := range verdicts {
		if v.ok && v.noun == "money" {
			m.paid = v.verb
		}
	}
	m.money = slices.ContainsFunc(verdicts, func(v verdict) bool { return v.ok && (v.noun == "money" || v.noun == "share-money") })
	m.unpublished(s, at)
	m.keep(s, verdicts)
}

// judge says what figure i counts.
func (m *memory) judge(s *sentence, i int, others []verdict) verdict {
	f := s.figures[i]
	c := s.clauses[i]
	if f.other || s.onlyWished(c) {
		return verdict{}
	}
	switch f.unit {
	case KZT:
		return m.judgeMoney(s, i, others)
	case Percent:
		return m.judgeShare(s, i, others)
	}
	if v, alone := m.parallel(s, i, others); alone {
		return v
	}
	if v := m.next(s, i, others); v.ok {
		return v
	}
	if v := m.leadPair(s, i); v.ok {
		return v
	}
	if v := s.countBeside(i, others); v.ok {
		return v
	}
	noun, end := s.nounBehind(f)
	bare := noun == ""
	if bare {
		if noun = m.bareNoun(s, i, others); noun == "" {
			return verdict{}
		}
	}
	if noun == "citizen" && s.wordIs("v", 0) && len(s.tokens) > 1 && s.tokens[1].key == ":" {
		return verdict{} // «Присутствовали: 32 человека» at a session
	}
	if s.inPair(f) {
		return verdict{}
	}
	if noun == "meeting" && s.elsewhere(f, c) || s.ofTopic(f, c, noun) || m.ofOneMeeting(s, noun) {
		return verdict{}
	}
	if bare && noun == "appeal" && !s.allAppeals(i) {
		return verdict{}
	}
	if from, ok := s.wholeFrom(i); ok {
		if s.english {
			end = min(end+1, len(s.tokens)) // "of the 560 problems voiced"
		}
		if v, ok := s.markAt("v", end+1); ok && s.tokens[end].key == "," {
			end = v.to // «из 63 тыс. вопросов, озвученных за год»
		}
		verbs := slices.DeleteFunc(s.verbsIn(c, from, end), func(v string) bool {
			return v != "raised" && v != "planned" && v != "arrived" && v != "considered"
		})
		if len(verbs) == 0 && i > 1 && s.countBeside(i-1, others).ok {
			verbs = []string{"raised"} // «48,7 % вопросов, 745 из 1 530»
		}
		if j := i + 1; len(verbs) == 0 && noun == "issue" && len(s.places) > 0 && s.partBehind(i) && slices.Contains(s.verbsIn(s.clauses[j], s.clauses[j].lo, s.clauses[j].hi), "resolved") {
			verbs = []string{"raised"} // «в Бурабайском районе из 214 вопросов закрыто 187»
		}
		return m.verdict(s, noun, verbs, false)
	}
	if s.isDifference(i) {
		return verdict{}
	}
	return m.withVerb(s, i, noun, bare, others)
}

// allAppeals says whether a number without a noun is of all appeals that were received by someone, somewhere or at another
// time. Of «Из 100 обращений 90 рассмотрено» the 90 are not.
func (s *sentence) allAppeals(i int) bool {
	f, c := s.figures[i], s.clauses[i]
	_, counted := s.howMany(i)
	_, received := s.receiver(c.from, c.to)
	_, ofMinistry := s.countedBy(f)
	atAnotherTime := s.comparedTime(i) != nil || s.hasPeriod(c) && (c.group != 0 || f.from > 0 && s.tokens[f.from-1].key == "-")
	if j := i + 1; s.hasPeriod(c) && !s.has("link", 0, f.from) {
		noun := ""
		if j < len(s.figures) {
			noun, _ = s.nounBehind(s.figures[j])
		}
		verbs := s.verbsIn(c, c.from, c.to)
		atAnotherTime = atAnotherTime || slices.Contains(verbs, "arrived") || slices.Contains(verbs, "received") || noun == "appeal" && s.hasPeriod(s.clauses[j])
	}
	told := f.from > 0 && s.tokens[f.from-1].key == "-" && s.hasPlaceOrAgent(c) && !s.has("link", 0, f.from) // «больше всего из Астаны – 900»
	return counted || received || ofMinistry || atAnotherTime || told || s.hasPlaceBefore(f) || s.thereWere(i)
}

func (s *sentence) hasPlaceOrAgent(c clause) bool {
	for _, p := range s.places {
		if p.from >= c.from && p.to <= c.to {
			return true
		}
	}
	for _, a := range s.agents {
		if a.from >= c.from && a.to <= c.to {
			return true
		}
	}
	return false
}

func (s *sentence) hasPeriod(c clause) bool {
	for _, p := range s.periods {
		if p.role != passing && p.from >= c.from && p.to <= c.to {
			return true
		}
	}
	return false
}

// unpublished claims for every region that a sentence names that its plan is not published.
func (m *memory) unpublished(s *sentence, at int) {
	verb := false
	for _, k := range s.marks {
		verb = verb || k.class == "v:unpublished" && !s.has("unreal", 0, len(s.tokens))
	}
	if !verb || !s.has("plan", 0, len(s.tokens)) {
		return
	}
	d := m.periodFor(Akims)
	if p := s.periodOf(0, len(s.tokens), 0, false); p != nil {
		d = p.known()
	}
	for _, p := range s.places {
		if p.code == republic {
			continue
		}
		if q, ok := m.r.resolve(s.words(p.from, p.to), true); ok && p.to == p.from+1 {
			p.subject = q.subject // among akimats a bare name is the region's
		}
		m.add(Claim{SubjectCode: p.code, Subject: p.name, Channel: Akims, Metric: "plan_not_published", Value: hundredths, Unit: Count, Qualifier: Exact}, d, s)
	}
}

package report

import (
	"slices"

	"github.com/qulaq-kz/qulaq"
)

// days is a closed range of days; known is false where a text does not say it.
type days struct {
	from, to qulaq.Day
	known    bool
}

// memory is what a paper has said so far. What a sentence does not say it takes from here.
type memory struct {
	r         *Reader
	hints     Hints
	sentences []*sentence
	telling   map[Place]bool // sentences that say time and place of their figures themselves

	seat        subject          // the place that the text is about from its first word on
	section     subject          // the place that a part of the text is about by its heading, or by who reports; none where it is of the whole
	named       subject          // the place that was named last; nowhere where those were several
	subject     subject          // the place that the text is about now
	listed      bool             // the paragraph before was the line of a list, and not its last
	opened      bool             // a colon has opened a list that goes on
	dialogue    bool             // it is an interview: a dash begins who speaks, not the line of a list
	ministry    subject          // whose work the text is about, none for all
	acted       subject          // the ministry whose figure the sentence told last
	sole        subject          // the only ministry that the text names
	ministryAt  int              // paragraph that named it
	everyone    bool             // figures of all ministers were told
	report      bool             // the paper is that ministry's, its heading says so
	base        Channel          // whose meetings the text is about
	baseAt      int              // paragraph that named them
	speaker     Channel          // who speaks
	met         Channel          // the last whose meetings they were, akims or ministers
	akim        Channel          // of the one akim who was named last with his level
	alone       bool             // no others were named since
	metAkims    bool             // work of akims was told
	level       Channel          // of the last akims of whom figures were told
	these       Channel          // of the only ones whose figures the last sentence told: «на этих сходах»
	levels      bool             // figures of akims of several levels were told
	led         bool             // the sentence before only says whose figures follow
	own         bool             // he speaks of what he did himself
	appeals     Channel          // whose appeals
	centralList bool             // the paper is of that list, its heading says so
	offList     int              // paragraph of it that tells of meetings that akims or ministers held
	central     bool             // it is about the issues that only the centre can solve
	period      days             // of the text
	announced   bool             // a sentence without figures said it: a heading, «по итогам 2022 года»
	periods     map[Channel]days // the last of each channel: a text that returns to the ministers returns to their time
	here        days             // of this paragraph
	just        days             // of the last claim
	compared    days             // the last that this paragraph only compared with
	aimed       days             // the last that this paragraph told a plan of
	written     int              // the year of its dateline, 0 where there is none
	day         qulaq.Day        // on which it was written, 0 where that is unknown
	first       int              // the first year that the paper reports on, as far as it says it
	year        int              // the last that was named
	said        int              // the year that the paper reports on: the first it names
	last        string           // subject of the last claim
	noun        string           // what the last figure counted
	money       bool             // the last sentence spoke of money for the issues
	paid        string           // what happened to the last sum
	lead        lead
	row         []verdict // of the last sentence with claims
	rowAt       int       // which one that was
	nextRow     bool      // it was the one before

	claims   []Claim
	seen     map[string]bool
	findings []qulaq.Finding
}

// lead is what the sentence before a list says of all its lines.
type lead struct {
	noun  string
	verbs []string
	pair  bool // it parts two verbs by a slash: «поднято / решено»
}

// prepare takes from a sentence what its own figures must know.
func (m *memory) prepare(s *sentence) {
	m.acted = subject{}
	if s.first {
		m.here, m.compared, m.aimed = days{}, days{}, days{}
	}
	if s.first && !s.item && m.levels && !m.led && isAkims(m.base) {
		m.base = Akims // a list by levels has ended
	}
	if s.first && !s.item {
		if !s.heading && !s.silent() {
			m.lead = lead{} // the list has ended
		}
	}
	m.date(s)
	m.findNear(s)
	for i := range s.speakers {
		m.levelHere(s, &s.speakers[i])
	}
	if len(s.speakers) > 0 && !s.nation && !s.centre {
		if (m.base == "" || !byMinister(s.speakers)) && !m.own {
			m.base = family(s.speakers[0].channel) // an akim speaks of akims
			m.speaker = s.speakers[0].channel
		}
	}
	for _, a := range s.agents {
		if s.has("self", 0, a.from) && m.speaker == "" && a.one && isAkims(a.channel) {
			m.base, m.speaker = family(a.channel), a.channel // «Мною как акимом района …»
		}
	}
	m.hearAuthor(s)
	if s.has("self", 0, len(s.tokens)) && m.speaker != "" && (m.base == "" || m.base == family(m.speaker)) {
		m.base, m.own = m.speaker, true // «мною проведено 46 встреч»
	}
	if len(s.figures) > 0 && s.names(slices.Concat(akims, []Channel{Ministers})...) && s.hasMark("n:meeting") && s.hasMark("v:held") {
		m.offList = s.place.Paragraph
	}
	m.dropHolders(s)
	m.turn(s)
	for i := range s.agents {
		m.levelHere(s, &s.agents[i])
	}
}

// levelHere reads of which level an akim is by the place that the text is about, and by who was named before.
func (m *memory) levelHere(s *sentence, a *agent) {
	ofRegion := isRegion(m.subject.code) && m.subject.code != republic
	switch {
	case a.city && isCityRegion(m.subject.code) && a.one:
		a.channel = AkimsOblast // «акимом города» in a text on Алматы
	case a.city && isCityRegion(m.subject.code), ofRegion && a.channel == AkimsOblast && !a.one && !s.names(AkimsDistrict, AkimsRural):
		a.channel = Akims // «акимами города и районов»; and a region has but one of its own, «облыс әкімдері»
	case a.one && a.channel == Akims && !a.weak && m.akim != "" && (m.alone || s.has("himself", 0, len(s.tokens))):
		a.channel = m.akim // «сам аким провёл 14 встреч»
	}
}

// isAhead says whether a sentence speaks of what is planned.
func (s *sentence) isAhead() bool {
	planned := s.has("future", 0, len(s.tokens)) || s.wishes(0, len(s.tokens))
	for _, k := range s.marks {
		switch k.class {
		case "v:planned":
			planned = true
		case "v:held", "v:raised", "v:resolved":
			return false
		}
	}
	return planned
}

// keep remembers what the sentences behind this one may need.
func (m *memory) keep(s *sentence, verdicts []verdict) {
	m.keepTime(s)
	for _, a := range slices.Concat(s.agents, s.speakers) {
		if ofOne(a) {
			m.akim, m.alone = a.channel, true
		} else if isAkims(a.channel) && !a.weak && !a.one {
			m.alone = false
		}
	}
	m.keepLevels(s)
	m.keepChannel(s, verdicts)
	m.led = (s.heading || s.opens) && s.names(akims...)
	if (s.opens || s.heading) && !s.silent() {
		m.lead = m.leadOf(s)
	}
}

// akims are the channels of akims of any level.
var akims = []Channel{Akims, AkimsOblast, AkimsDistrict, AkimsRural}

func isAkims(c Channel) bool { return slices.Contains(akims, c) }

func (s *sentence) wordless() bool {
	return !slices.ContainsFunc(s.tokens, func(t token) bool { return t.kind == word })
}

// leadParagraphs are those at the beginning in which a text says where it is.
const leadParagraphs = 3

// silent says whether a sentence opens a list without a word on what its figures are: «Показатели регионов:». «Из них:» is
// not silent, it says that they are parts.
func (s *sentence) silent() bool {
	for _, k := range s.marks {
		if k.class.is("v") || k.class.is("n") && k.class != "n:akimat" {
			return false
		}
	}
	return (s.opens || s.wordless()) && len(s.figures) == 0 && !s.has("link", 0, len(s.tokens))
}

// leadOf returns what a sentence says of the lines behind it: its last noun and its verbs.
func (m *memory) leadOf(s *sentence) lead {
	var l lead
	for _, k := range s.marks {
		switch {
		case k.class.is("n") && k.class != "n:akimat":
			if l.noun == "" || k.class == "n:issue" || k.class == "n:complaint" {
				l.noun = k.class.value()
			}
		case k.class.is("v"):
			l.verbs = append(l.verbs, k.class.value())
		}
	}
	if l.noun == "" && s.has("link", 0, len(s.tokens)) {
		l.noun = m.noun
	}
	l.pair = len(l.verbs) == 2 && slices.ContainsFunc(s.tokens, func(t token) bool { return t.key == "/" })
	return l
}

package report

import (
	"slices"
	"strings"
)

// hearing is what a text says before it is read, of whom it is about. Its title are the headings at its beginning, its
// lead the sentences up to the first that tells a figure.
type hearing struct {
	published   string // KATO code of the region that published it, or ""
	title, lead testimony
	body        testimony // of the whole text
	dateline    string    // where it was written, or ""
	unnamed     bool      // it tells of a region without its name: «аким области», «всего по району»
	akimOf      bool      // of an oblast, so that a town that is named only says where
}

// testimony is what a part of a text names.
type testimony struct {
	country  bool            // the country, all regions
	centre   bool            // the Government, the Prime Minister, the body that watches over appeals
	minister bool            // ministers at work, or the list of the centre
	ministry bool            // a ministry that may only tell it
	office   bool            // the akims or the akimat of a place
	place    string          // the first place that it names
	regions  map[string]bool // the regions in which its places lie
}

// one returns the place that a part names where all others lie in the same region: that place, or the region where
// there are several.
func (t testimony) one() string {
	if len(t.regions) != 1 {
		return ""
	}
	return t.place
}

// witness is a way of knowing of whom a text is about.
type witness struct {
	says  string
	whose func(h *hearing) string // the code, "" where it does not know
}

// witnesses are heard in this order, and the first that knows is believed. Where a town or ministry only stands below a
// title the text was written there, and is not about it.
var witnesses = []witness{
	{"who published it", func(h *hearing) string { return h.published }},
	{"the title names a minister, all of them, or the list of the centre", func(h *hearing) string { return country(h.title.minister) }},
	{"the first figures are of the country", func(h *hearing) string { return country(h.lead.country && h.lead.place == "") }},
	{"the title names the country, and no place", func(h *hearing) string { return country(h.title.country && h.title.place == "") }},
	{"the title names several regions: it compares them", func(h *hearing) string { return country(len(h.title.regions) > 1) }},
	{"the title names a place; where others speak in the lead it may only be an example", func(h *hearing) string {
		switch p := h.title.one(); {
		case p != "" && h.lead.place == "" && (h.lead.centre || h.lead.ministry):
			return nowhere
		case h.title.office:
			return p
		default:
			return h.within(p)
		}
	}},
	{"the first figures are of ministers or of the list of the centre", func(h *hearing) string { return country(h.lead.minister) }},
	{"the lead names the akims or the akimat of a place, and nobody speaks of the country", func(h *hearing) string {
		if h.lead.country || h.lead.centre || h.lead.ministry || !h.lead.office {
			return ""
		}
		return h.within(h.lead.one())
	}},
	{"the lead names a place, and the rest neither another region nor the country", func(h *hearing) string {
		if len(h.body.regions) > 1 || h.body.country {
			return ""
		}
		return h.within(h.lead.one())
	}},
	{"title or lead name several regions, the country, the Government or a ministry that tells it", func(h *hearing) string {
		return country(len(h.lead.regions) > 1 || h.lead.country || h.title.centre || h.lead.centre || h.title.ministry || h.lead.ministry)
	}},
	{"figures of the country, of ministers or of several regions follow", func(h *hearing) string {
		return country(h.body.country || h.body.minister || len(h.body.regions) > 1)
	}},
	{"it tells of a region without a name, and names one town or region", func(h *hearing) string {
		if !h.unnamed {
			return ""
		}
		if p := h.within(h.body.one()); p != "" {
			return p
		}
		return h.within(h.dateline)
	}},
	{"it tells of a region that it does not name", func(h *hearing) string {
		if h.unnamed {
			return nowhere
		}
		return ""
	}},
	{"it names no place but the one where it was written, other than the capital, where all write who write of the country", func(h *hearing) string {
		if h.body.place != "" || h.dateline == capitalCode {
			return ""
		}
		return h.dateline
	}},
	{"its first figures are told before any place: then all akims, all appeals are meant", func(h *hearing) string { return country(h.lead.place == "") }},
}

// capitalCode is the code of Astana.
const capitalCode = "710000000"

func country(is bool) string {
	if is {
		return republic
	}
	return ""
}

// within returns the region of a town where the text tells of an akim of a region: he may be anywhere in it.
func (h *hearing) within(code string) string {
	if code != "" && h.akimOf && !isRegion(code) {
		return regionOf(code)
	}
	return code
}

// regionOf returns the code of the region in which a place lies.
func regionOf(code string) string { return code[:2] + republic[2:] }

// home returns the place that a text is about from its first word on; nowhere where there is no evidence.
func (m *memory) home() subject {
	code, _ := m.hear().believe()
	if code == nowhere {
		return subject{nowhere, ""}
	}
	return m.r.named(code)
}

// believe returns the code that the first witness knows, and what he says.
func (h *hearing) believe() (code, says string) {
	for _, w := range witnesses {
		if code := w.whose(h); code != "" {
			return code, w.says
		}
	}
	return nowhere, "nobody knows"
}

// hear hears the sentences of a text.
func (m *memory) hear() *hearing {
	h := &hearing{published: m.hints.Region}
	for _, t := range []*testimony{&h.title, &h.lead, &h.body} {
		t.regions = make(map[string]bool)
	}
	lead := true
	for _, s := range m.sentences {
		if s.dateline.code != "" && s.dateline.code != nowhere && h.dateline == "" && lead {
			h.dateline = s.dateline.code
		}
		title := lead && (s.heading && s.place.Paragraph <= leadParagraphs || s.place.Paragraph == 1 && len(s.figures) == 0)
		s.title = title
		switch {
		case title:
			h.title.hear(s, len(s.tokens))
		case lead && s.sheet == nil:
			h.lead.hear(s, s.opening())
		}
		if s.sheet == nil && (len(s.figures) > 0 || s.heading) {
			h.body.country = h.body.country || s.nation
			h.body.minister = h.body.minister || s.names(CentralList) || slices.ContainsFunc(s.agents, actsAsMinister)
		}
		for _, p := range s.places {
			h.body.name(p.code)
		}
		if s.sheet == nil && !s.namesRepublic() {
			h.unnamed = h.unnamed || lead && s.has("local", 0, s.opening())
			h.unnamed = h.unnamed || slices.ContainsFunc(s.agents, ofOne) || slices.ContainsFunc(s.speakers, ofOne) || s.ofParent()
		}
		h.akimOf = h.akimOf || slices.ContainsFunc(s.agents, ofOblast) || slices.ContainsFunc(s.speakers, ofOblast)
		lead = lead && (s.heading || len(s.figures) == 0) && s.sheet == nil
	}
	return h
}

// ofParent says whether a sentence tells of a region without its name: not so «по области Абай».
func (s *sentence) ofParent() bool {
	return slices.ContainsFunc(s.marks, func(k mark) bool {
		return k.class.is("parent") && !s.placeCovers(k.to-1) && !s.placeCovers(k.to)
	})
}

// ofOne says whether an agent is the akim of one place.
func ofOne(a agent) bool { return a.one && isAkims(a.channel) && a.channel != Akims }

// actsAsMinister says whether an agent is a minister at work.
func actsAsMinister(a agent) bool { return a.channel == Ministers && !a.weak }

// ofOblast says whether an agent is the akim of a region, or its akims.
func ofOblast(a agent) bool { return a.channel == AkimsOblast }

// opening returns the token up to which a sentence says of whom it is: its first figure.
func (s *sentence) opening() int {
	if len(s.figures) == 0 {
		return len(s.tokens)
	}
	return s.figures[0].from
}

// hear takes what a sentence names before a token.
func (t *testimony) hear(s *sentence, to int) {
	t.country = t.country || s.namesCountry()
	t.centre = t.centre || s.namesCentre(to)
	for _, a := range slices.Concat(s.agents, s.speakers) {
		t.minister = t.minister || a.channel == CentralList || a.channel == Ministers && !a.weak
		t.ministry = t.ministry || a.channel == Ministers
	}
	for _, p := range s.places {
		if p.from < to {
			t.name(p.code)
			t.office = t.office || slices.ContainsFunc(slices.Concat(s.agents, s.speakers), func(a agent) bool {
				return isAkims(a.channel) && a.beside(p) && (isRegion(p.code) || !ofOblast(a)) // he may visit a town
			})
		}
	}
}

// beside says whether an agent is of a place by its words: «акимы Абайской области», «Абай облысының әкімдігі», "akims
// in Abai".
func (a agent) beside(p place) bool {
	return p.from >= a.to && p.from <= a.to+maxBeside || p.to <= a.from && p.to >= a.from-1
}

// maxBeside is how many words may stand between an akim and his place: «акимы всех уровней Абайской области».
const maxBeside = 3

// namesCentre says whether a sentence names the Government or its head before a token. He who signed a decree is not heard.
func (s *sentence) namesCentre(to int) bool {
	return slices.ContainsFunc(s.marks, func(k mark) bool { return k.class == "centre" && k.from < to && !s.ofDecree(k) })
}

// ofDecree says whether somebody is only named as he who signed or asked for something: «Указ Главы государства», «Мемлекет
// басшысының … Жарлығы».
func (s *sentence) ofDecree(k mark) bool {
	behind := 0 // tokens: of Russian none
	switch {
	case s.kazakh:
		behind = 8
	case s.english:
		behind = 2
	}
	return s.has("decree", max(0, k.from-2), k.from) || s.has("decree", k.to, min(k.to+behind, len(s.tokens)))
}

// namesCountry says whether a sentence tells of the country, of all its regions or people. «Закон Республики Казахстан»
// does not.
func (s *sentence) namesCountry() bool {
	return s.nation || slices.ContainsFunc(s.places, func(p place) bool {
		official := p.to > p.from+1 || p.from > 0 && strings.HasPrefix(s.tokens[p.from-1].key, "республик")
		return p.code == republic && (!official || p.from > 0 && s.wordIs("stop", p.from-1))
	})
}

func (t *testimony) name(code string) {
	if code == republic || code == nowhere {
		return
	}
	if t.place == "" || t.place != code {
		if t.place = code; len(t.regions) > 0 {
			t.place = regionOf(code)
		}
	}
	t.regions[regionOf(code)] = true
}

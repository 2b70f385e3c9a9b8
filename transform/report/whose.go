package report

import "strings"

// lookAhead is how many sentences further on a text may say whose work it has spoken of all along.
const lookAhead = 3

// channelOf says of whose work a figure is, and by which agent; "" where the text does not say it.
func (m *memory) channelOf(at, i int, v verdict) (Channel, agent) {
	s := m.sentences[at]
	c := s.clauses[i]
	switch v.metric {
	case "issues_central_level", "issues_selected_central":
		return CentralList, agent{}
	case "plan_not_published":
		return Akims, agent{}
	}
	switch v.noun {
	case "appeal", "complaint", "share-appeal", "share-complaint":
		return m.appealsOf(at, i), agent{}
	}
	meets := v.noun == "meeting" || v.noun == "reception" || v.noun == "citizen" || v.noun == "proposal"
	onList := m.offList != s.place.Paragraph // the paragraph has not gone over to meetings
	if m.centralList && !meets && onList {
		return CentralList, agent{}
	}
	if meets && m.byAuthor(s, s.figures[i].at) {
		return m.speaker, agent{}
	}
	if a, ok := m.agentOf(s, i, meets); ok {
		return a.channel, a
	}
	for _, a := range s.agents {
		if a.channel == OtherChannel && !meets && a.from < s.figures[i].at {
			return "", agent{} // deputies raise and solve issues too
		}
	}
	raised := v.verb == "raised" || v.verb == "arrived" || v.verb == "considered" ||
		strings.HasSuffix(v.noun, "money") && s.hasVerb(clause{to: len(s.tokens)}, "raised") // «на решение вопросов, поднятых в 2024 году»
	if (m.central && onList || s.names(CentralList)) && !meets && !raised {
		return CentralList, agent{}
	}
	if a, ok := weakAgent(s, c, meets); ok && (m.base == "" || a.channel == Ministers && (meets || m.base == Ministers && s.asked(a))) {
		return a.channel, a
	}
	if m.base == "" && s.levelsFollow(s.figures[i]) {
		return Akims, agent{}
	}
	if m.base == "" {
		later := m.later(at)
		if p, _ := s.onePlace(); later == Ministers && p.code != "" {
			return "", agent{} // regions are told by what akims did
		}
		if later == "" && (v.noun == "reception" || v.metric == "citizens_received") {
			return Reception, agent{} // people are received, and nobody who meets them is told of
		}
		return later, agent{}
	}
	if m.base == OtherChannel && !meets {
		return "", agent{}
	}
	if v.noun == "meeting" && m.base == Reception && m.met != "" {
		return family(m.met), agent{} // nobody calls a reception so
	}
	if isAkims(m.base) && m.these != "" && s.has("these", 0, s.figures[i].at) {
		return m.these, agent{}
	}
	if isAkims(m.base) && s.has("sum", c.from, c.to) {
		return Akims, agent{}
	}
	if p, _ := s.onePlace(); m.base == Ministers && !meets && p.code != "" && m.metAkims {
		return Akims, agent{} // regions are told by what akims did
	}
	return m.base, agent{}
}

// appealsOf says where the appeals of a figure were received: by its own words, else by what was said before it. «12
// 640 обращений, из них через е-Өтініш – 11 980»: what stands behind is of a part.
func (m *memory) appealsOf(at, i int) Channel {
	s := m.sentences[at]
	f, c := s.figures[i], s.clauses[i]
	if a, ok := s.receiver(c.from, c.to); ok {
		return a.channel
	}
	if a, ok := s.receiver(0, f.at); ok {
		return a.channel
	}
	if a, ok := s.receiver(f.to, len(s.tokens)); ok && !s.has("link", f.to, a.from) {
		if s.ofOther(i, a) {
			return OtherChannel // «поступило 900 обращений, через е-Өтініш – 800»: these are of all ways
		}
		return a.channel
	}
	if m.appeals != "" {
		return m.appeals
	}
	if s.heading { // the text says it
		for _, s := range m.sentences[at+1 : min(len(m.sentences), at+1+lookAhead)] {
			if a, ok := s.receiver(0, len(s.tokens)); ok {
				return a.channel
			}
		}
	}
	return OtherChannel
}

// ofOther says whether an agent behind a figure belongs to the next one, which counts the same without saying it.
func (s *sentence) ofOther(i int, a agent) bool {
	if i+1 >= len(s.figures) || s.figures[i+1].unit != Count || a.from > s.figures[i+1].from {
		return false
	}
	c := s.clauses[i+1]
	noun, _ := s.nounBehind(s.figures[i+1])
	return noun == "" && a.from >= c.from && a.to <= c.to
}

// receiver returns who received appeals between two tokens.
func (s *sentence) receiver(from, to int) (agent, bool) {
	for _, a := range s.agents {
		if (a.channel == EOtinish || a.channel == Reception) && a.from >= from && a.to <= to {
			return a, true
		}
	}
	return agent{}, false
}

// agentOf returns the agent of a figure: of its own words, else of what it shares, else the last one before it, else
// the only one behind.
func (m *memory) agentOf(s *sentence, i int, meets bool) (agent, bool) {
	f, c := s.figures[i], s.clauses[i]
	for _, a := range s.agents {
		if s.hasRow(a) && a.end+1 == f.from {
			return a, true
		}
	}
	counts := func(a agent) bool {
		return !s.hasRow(a) && !a.weak && a.channel != CentralList && a.channel != EOtinish && (a.channel != OtherChannel || meets)
	}
	for _, r := range [][2]int{{c.from, c.to}, {c.lo, c.hi}} {
		best, found := agent{}, false
		joint, levels := false, false
		for _, a := range s.agents {
			if !counts(a) || a.from < r[0] || a.to > r[1] {
				continue
			}
			joint = joint || found && s.together(best, a)
			levels = levels || found && best.channel != a.channel && isAkims(best.channel) && isAkims(a.channel) && s.joined(best, a)
			if found && s.tokens[max(0, f.from-1)].key == "-" && best.from < f.at && a.from > f.at {
				continue // «акимами районов – 318, акимами округов – 676»: a dash joins a figure to what stands before it
			}
			if !found || near(a, f.at) < near(best, f.at) {
				best, found = a, true
			}
		}
		if joint {
			return agent{channel: OtherChannel}, true
		}
		if levels {
			best.channel = Akims // «акимом города и акимами районов»
		}
		if found {
			return best, true
		}
	}
	var before, behind []agent
	for _, a := range s.agents {
		switch {
		case !counts(a):
		case a.from < f.at:
			before = append(before, a)
		default:
			behind = append(behind, a)
		}
	}
	if n := len(before); n > 0 {
		if n > 1 && s.together(before[n-2], before[n-1]) {
			return agent{channel: OtherChannel}, true
		}
		return before[n-1], true
	}
	if len(behind) == 1 && !s.has("link", f.to, behind[0].from) && (behind[0].channel == Akims || behind[0].channel == Ministers) {
		return behind[0], true
	}
	return agent{}, false
}

// hasRow says whether an agent is a ministry with a figure of its own: «в Министерстве энергетики (3)».
func (s *sentence) hasRow(a agent) bool {
	return a.ministry.code != "" && s.rowOf(a.end) >= 0
}

func near(a agent, at int) int {
	if a.from > at {
		return a.from - at
	}
	return at - a.to
}

// together says whether two agents are named as one, and are not of one kind: "ministers and akims".
func (s *sentence) together(a, b agent) bool {
	return a.channel != b.channel && (!isAkims(a.channel) || !isAkims(b.channel)) && s.joined(a, b)
}

// joined says whether little but «и» stands between two agents.
func (s *sentence) joined(a, b agent) bool {
	if a.from > b.from {
		a, b = b, a
	}
	between := 0 // words other than the place of the first: «аким Алматинской области и акимы районов»
	for i := a.to; i < b.from; i++ {
		if !s.placeCovers(i) && !s.wordIs("l", i) {
			between++
		}
	}
	return between <= 2 && s.has("and", a.to, b.from) || between == 1 && s.tokens[b.from-1].key == ","
}

// weakAgent returns who is named by the way.
func weakAgent(s *sentence, c clause, meets bool) (agent, bool) {
	for _, a := range s.agents {
		if a.weak && a.from >= c.lo && a.to <= c.hi && !s.hasRow(a) {
			return a, true
		}
	}
	for _, a := range s.agents {
		if a.weak && (a.channel == Akims || meets) && !s.hasRow(a) {
			return a, true
		}
	}
	return agent{}, false
}

// later returns of whose work the next sentences speak, where the text has not said it yet.
func (m *memory) later(at int) Channel {
	for _, s := range m.sentences[at+1 : min(len(m.sentences), at+1+lookAhead)] {
		found := Channel("")
		for _, a := range s.agents {
			switch {
			case a.channel == CentralList || a.channel == EOtinish || a.channel == OtherChannel || a.weak && a.channel != Akims:
			case found != "" && found != a.channel:
				return ""
			case a.one && isAkims(a.channel) && len(s.figures) > 0:
				found = Akims // «В районе прошло 112 встреч. Аким района провёл 26»: he did not hold them all
			default:
				found = a.channel
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// levelsFollow says whether a figure is the sum of those of akims that follow: «1 540 кездесу өтті, оның ішінде облыс әкімі – 9, аудан
// әкімдері – 231».
func (s *sentence) levelsFollow(f figure) bool {
	n := 0
	for _, a := range s.agents {
		if !isAkims(a.channel) || a.weak || a.from < f.to {
			return false
		}
		n++
	}
	return n > 1 && s.has("link", f.to, s.agents[0].from)
}

// visits says whether a figure of a district is of a visit of the region's akim, of whom its paragraph tells: «Аким
// области провёл 10 встреч. Больше всего людей пришло в Панфиловском районе – 620.»
func (m *memory) visits(s *sentence, c Channel, whose subject) bool {
	return c == AkimsOblast && m.baseAt == s.place.Paragraph && !isRegion(whose.code) && regionOf(whose.code) == regionOf(m.seat.code)
}

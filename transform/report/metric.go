package report

import (
	_ "embed"
	"fmt"
	"slices"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

//go:embed metrics.tsv
var metricsFile string

// rule is a line of metrics.tsv.
type rule struct {
	noun, verb, near string
	metric           Metric
	future           bool
}

// metrics are the rules by what is counted, in their order.
type metrics map[string][]rule

func readMetrics(text string) (metrics, error) {
	rows, err := fold.ReadTable(text, 5)
	if err != nil {
		return nil, err
	}
	m := make(metrics)
	for _, row := range rows {
		if row[4] != "yes" && row[4] != "no" {
			return nil, fmt.Errorf("%s %s: future is %q", row[0], row[1], row[4])
		}
		near := row[2]
		if near == "-" {
			near = ""
		}
		m[row[0]] = append(m[row[0]], rule{row[0], row[1], near, Metric(row[3]), row[4] == "yes"})
	}
	return m, nil
}

// best returns the first rule for a noun that one of the verbs fits; of the future only one that may speak of it.
func (m metrics) best(noun string, verbs []string, future bool, near func(noun string) bool) (rule, bool) {
	for _, r := range m[noun] {
		if r.near != "" && !near(r.near) || future && !r.future {
			continue
		}
		for _, v := range verbs {
			if v == r.verb {
				return r, true
			}
		}
	}
	return rule{}, false
}

// verbsIn returns what happens between two tokens. A verb that is denied is its opposite, or none.
func (s *sentence) verbsIn(c clause, from, to int) []string {
	var verbs []string
	for _, m := range s.marks {
		if m.class.family() != "v" || m.from < from || m.to > to || !c.owns(s, m.from) {
			continue
		}
		v := m.class.value()
		if s.denied(m) {
			if v = opposites[v]; v == "" {
				continue
			}
		}
		verbs = append(verbs, v)
	}
	if slices.ContainsFunc(verbs, func(v string) bool { return settled[v] }) { // «остальные 14 находятся в работе»
		verbs = slices.DeleteFunc(verbs, func(v string) bool { return v == "remaining" })
	}
	for i, v := range verbs {
		if v == "onplan" && !slices.Contains(verbs, "held") {
			verbs[i] = "planned"
		}
	}
	if slices.Contains(verbs, "central") { // a list of what the centre must solve is no list of all, nor of what is left
		verbs = slices.DeleteFunc(verbs, func(v string) bool { return v == "formed" || v == "unresolved" })
	}
	return verbs
}

// settled are the verbs that say what became of issues, beside which «остаются» says nothing more.
var settled = map[string]bool{
	"progress": true, "unsupported": true, "longterm": true, "nodocs": true, "consider": true, "allocated": true, "explained": true,
}

// ahead says whether what stands between two tokens is still to come. "Found to be unsupported" is not.
func (s *sentence) ahead(from, to int) bool {
	for i := from; i < to; i++ {
		if s.wordIs("future", i) && !s.wordIs("v", i) {
			return true
		}
	}
	return false
}

var opposites = map[string]string{"resolved": "unresolved", "held": "missed"}

// denied says whether «не» or "not" stands before a phrase, or «жоқ» behind a Kazakh one: «шешімін тапқан жоқ».
func (s *sentence) denied(m mark) bool {
	if s.kazakh && m.to < len(s.tokens) && (s.tokens[m.to].key == "жок" || s.tokens[m.to].key == "емес") {
		return true
	}
	i := m.from
	for n := 0; n < 2 && i > 0; n++ {
		i--
		switch s.tokens[i].key {
		case "не", "not", "never", "нет", "cannot", "нельзя":
			return true
		}
		if !s.wordIs("aux", i) && s.tokens[i].key != "be" && s.tokens[i].key != "yet" {
			return false
		}
	}
	return false
}

// shareOf is the metric of a share that stands beside a figure without a verb of its own: «47,6 тыс. решены, что
// составляет 75,5 %».
var shareOf = map[Metric]Metric{
	"issues_resolved":  "issues_resolved_share",
	"budget_allocated": "budget_allocated_share",
}

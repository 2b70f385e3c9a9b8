// Package metrics holds the figures that qulaq tells Prometheus and writes them for the textfile collector of
// node_exporter, so that runs from cron are seen too.
//
// Which figures there are is data: metrics.tsv has the name, the labels and the meaning of each.
package metrics

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/qulaq-kz/qulaq"
)

//go:embed metrics.tsv
var tableFile string

// Metric describes a figure.
type Metric struct {
	Name   string
	Labels []string
	Help   string
}

// Table returns all figures in the order of metrics.tsv.
func Table() []Metric {
	var all []Metric
	for line := range strings.Lines(tableFile) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(cells) != 3 { // the table is built in: only a broken build comes here
			panic(fmt.Sprintf("metrics.tsv: %q", line))
		}
		m := Metric{Name: cells[0], Help: cells[2]}
		if cells[1] != "" {
			m.Labels = strings.Split(cells[1], ",")
		}
		all = append(all, m)
	}
	return all
}

// Set is the figures of one moment. A figure that was not put in is not written: unknown is not zero. It is safe for
// concurrent use.
type Set struct {
	registry *prometheus.Registry
	gauges   map[string]*prometheus.GaugeVec
}

// New returns a set without figures.
func New() *Set {
	s := &Set{registry: prometheus.NewRegistry(), gauges: map[string]*prometheus.GaugeVec{}}
	for _, m := range Table() {
		g := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: m.Name, Help: m.Help}, m.Labels)
		s.registry.MustRegister(g) // a fault in the built-in table
		s.gauges[m.Name] = g
	}
	return s
}

// Put sets a figure; labels are values in the order of the table. An error is a fault of the program.
func (s *Set) Put(name string, value float64, labels ...string) error {
	g, ok := s.gauges[name]
	if !ok {
		return &qulaq.Error{Op: "measure", Object: name, Kind: qulaq.Bug, Err: errors.New("metrics.tsv does not have it")}
	}
	for i := range labels {
		labels[i] = strings.ToValidUTF8(labels[i], "\uFFFD")
	}
	one, err := g.GetMetricWithLabelValues(labels...)
	if err != nil {
		return &qulaq.Error{Op: "measure", Object: name, Kind: qulaq.Bug, Err: err}
	}
	one.Set(value)
	return nil
}

// Gatherer lets Prometheus read the figures over HTTP.
func (s *Set) Gatherer() prometheus.Gatherer { return s.registry }

// Write writes the figures to a file, whole or not at all: who reads it sees those of before or these. An error is of
// kind Configuration and leaves the file as it was.
func (s *Set) Write(path string) error {
	if err := prometheus.WriteToTextfile(path, s.registry); err != nil {
		return &qulaq.Error{
			Op: "write metrics", Object: path, Kind: qulaq.Configuration, Err: err,
			Hint: "metrics.textfile is a file in a folder that is there and can be written",
		}
	}
	return nil
}

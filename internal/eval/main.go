// Command eval measures the normalisers on cases that people labelled (places, categories of texts, personal data)
// and the reading of action plans on papers whose contents are written down. It prints one line a figure: eval NAME
// VALUE. Figures are those of the test parts, which nobody looked at while the program was made; with -part dev
// those of the development parts.
//
//	main.go      the figures
//	places.go    places right, wrong, abstained
//	texts.go     categories right, and which are taken for which
//	personal.go  personal data missed, and what was masked without need
//	plans.go     cells of action plans right, by format; whether a paper is a plan, whose, of which period
//	wordings.go  titles and headings of action plans understood
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/qulaq-kz/qulaq/internal/labelled"
	"github.com/qulaq-kz/qulaq/transform/pdf"
)

func main() {
	part := flag.String("part", "test", "the `part` to measure on: test or dev")
	show := flag.Bool("show", false, "also print every case that went wrong, to stderr")
	flag.Parse()
	wrong := io.Discard
	if *show {
		wrong = os.Stderr
	}
	if err := eval(os.Stdout, wrong, labelled.Part(*part)); err != nil {
		fmt.Fprintln(os.Stderr, "eval:", err)
		os.Exit(1)
	}
}

// measures are what eval prints, in this order. Scans are read by tools.
func measures(tools pdf.Tools) []func(labelled.Part, io.Writer) ([]figure, error) {
	plans := func(part labelled.Part, wrong io.Writer) (all []figure, err error) {
		// Most papers are those that readers were made by: their figures say that nothing was unlearnt.
		for _, half := range slices.Compact([]labelled.Part{part, labelled.Dev}) {
			figures, err := plans(half, wrong, tools)
			if err != nil {
				return nil, err
			}
			all = append(all, figures...)
		}
		return all, nil
	}
	return []func(labelled.Part, io.Writer) ([]figure, error){places, texts, personal, plans, wordings}
}

// eval measures everything on one part.
func eval(out, wrong io.Writer, part labelled.Part) error {
	for _, measure := range measures(pdf.Find()) {
		figures, err := measure(part, wrong)
		if err != nil {
			return err
		}
		for _, f := range figures {
			if _, err := fmt.Fprintf(out, "eval %s %s\n", f.name, f.text()); err != nil {
				return err
			}
		}
	}
	return nil
}

// figure is one line of the answer: a share of 1, or a count.
type figure struct {
	name  string
	value float64
	count bool
}

func (f figure) text() string {
	if f.count {
		return fmt.Sprintf("%.0f", f.value)
	}
	return fmt.Sprintf("%.4f", f.value)
}

// share of a count in all.
func share(name string, n, all int) figure {
	return figure{name: name, value: float64(n) / float64(max(all, 1))}
}

func count(name string, n int) figure { return figure{name: name, value: float64(n), count: true} }

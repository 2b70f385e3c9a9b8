package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/qulaq-kz/qulaq/internal/labelled"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// spell is how long a speed is measured.
const spell = 2 * time.Second

// speeds prints how fast the normalisers are on one core, on the labelled cases of the development parts, and how
// fast papers are read on two.
func speeds() error {
	places, err := labelled.Places(labelled.Dev)
	if err != nil {
		return err
	}
	texts, err := labelled.Texts(labelled.Dev)
	if err != nil {
		return err
	}
	g, err := region.New()
	if err != nil {
		return err
	}
	memo := region.Cached(g)
	fmt.Printf("bench regions_cached %.0f lines/s\n", rate(func() int {
		for _, p := range places {
			memo.Resolve(p.Text, p.On)
		}
		return len(places)
	}))
	fmt.Printf("bench regions_new %.0f lines/s\n", rate(func() int {
		for _, p := range places {
			g.Resolve(p.Text, p.On)
		}
		return len(places)
	}))
	table, err := category.New()
	if err != nil {
		return err
	}
	personal, err := pii.New(pii.Policy{})
	if err != nil {
		return err
	}
	var letters [][]byte
	for _, t := range texts {
		letters = append(letters, []byte(t.Text))
	}
	classifier := table.Classifier()
	var room []byte
	bytes := rate(func() int {
		n := 0
		for _, text := range letters {
			masked := personal.Redact(room[:0], text)
			classifier.FromText(masked)
			n += len(text)
		}
		return n
	})
	fmt.Printf("bench classify_redact %.0f MB/s\n", bytes/1e6)
	return documents()
}

// rate is how much work is done in a second: the median of three spells.
func rate(work func() int) float64 {
	var all []float64
	for range 3 {
		n := 0
		start := time.Now()
		for time.Since(start) < spell {
			n += work()
		}
		all = append(all, float64(n)/time.Since(start).Seconds())
	}
	slices.Sort(all)
	return all[1]
}

package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/qulaq-kz/qulaq/transform/category/internal/word"
)

// How the model is fitted; chosen by -folds, which is not sensitive to any of them.
const (
	epochs   = 20
	rate     = 0.3   // of Adagrad
	biasRate = 0.01  // of plain descent, for the text without words
	decay    = 0.001 // pulls weights towards zero
	damping  = 0.1
	most     = 1023 / word.MaxParts // a weight in 32nds, so that a word fits the classifier's lanes
	least    = 2                    // a weight in 32nds that is worth a place in the file
)

// model is what the classifier calls by the same name, while it is learnt.
type model struct {
	row     map[word.Part]int
	weights [][]float32 // by row and code
	empty   []float32
}

// example is a text as the model sees it.
type example struct {
	code  int
	rows  []int
	scale float64 // by which the weights of the rows are multiplied
}

// fit learns the model from the texts and from noisy copies of them. Only words of the texts themselves get a
// row: what noise brings in should say nothing, and a word without a row does. The order in which texts are
// learnt depends on nothing but their number.
func fit(texts, noisy []text, codes int) *model {
	m := &model{row: make(map[word.Part]int), empty: make([]float32, codes)}
	var examples []example
	for i, text := range slices.Concat(texts, noisy) {
		examples = append(examples, m.read(text.text, i < len(texts)))
		examples[i].code = text.code
	}
	m.weights = make([][]float32, len(m.row))
	squares := make([][]float32, len(m.row)) // of all steps so far
	for i := range m.weights {
		m.weights[i], squares[i] = make([]float32, codes), make([]float32, codes)
	}
	random := rand.New(rand.NewPCG(1, 2))
	p := make([]float64, codes)
	for range epochs {
		random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		for _, e := range examples {
			m.scores(e, p)
			p[e.code]--
			for code := range p {
				m.empty[code] -= float32(biasRate * p[code])
			}
			for _, row := range e.rows {
				weights, squares := m.weights[row], squares[row]
				for code, weight := range weights {
					step := float32(p[code]*e.scale) + decay*weight
					squares[code] += step * step
					weights[code] -= rate * step / float32(math.Sqrt(float64(squares[code]+damping)))
				}
			}
		}
	}
	return m
}

// read turns a text into rows; learn adds rows for parts that are new.
func (m *model) read(text string, learn bool) (e example) {
	words := 0
	var parts []word.Part
	for at := 0; at < len(text); {
		w, _, to := word.Next([]byte(text), at)
		if at = to; w == 0 {
			break
		}
		words++
		parts = w.AppendParts(parts[:0])
		for _, part := range parts {
			row, ok := m.row[part]
			if !ok && learn {
				row, ok = len(m.row), true
				m.row[part] = row
			}
			if ok {
				e.rows = append(e.rows, row)
			}
		}
	}
	e.scale = 1 / math.Sqrt(float64(max(words, 1)))
	return e
}

// scores fills p with the probability of every code.
func (m *model) scores(e example, p []float64) {
	for code, weight := range m.empty {
		p[code] = float64(weight)
	}
	for _, row := range e.rows {
		for code, weight := range m.weights[row] {
			p[code] += float64(weight) * e.scale
		}
	}
	highest, total := slices.Max(p), 0.0
	for code := range p {
		p[code] = math.Exp(p[code] - highest)
		total += p[code]
	}
	for code := range p {
		p[code] /= total
	}
}

func (m *model) guess(text string) (code int, score float64) {
	p := make([]float64, len(m.empty))
	m.scores(m.read(text, false), p)
	score = slices.Max(p)
	return slices.Index(p, score), score
}

// whole is a weight as the model's file has it.
func whole(weight float32) int {
	n := int(math.Round(float64(weight) * 32))
	if max(n, -n) < least {
		return 0
	}
	return max(-most, min(most, n))
}

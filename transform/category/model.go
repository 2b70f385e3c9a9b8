package category

import (
	_ "embed"
	"fmt"
	"math"
	"math/bits"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/category/internal/word"
)

//go:generate go run ./train

//go:embed model.tsv
var modelFile string

// model knows what every part of a word says for and against every category: a linear model. It does not
// change after reading, and many goroutines may use it.
//
// The weights of a text are those of all parts of its words, divided by the root of the number of words, plus
// the weights of the empty text. Their softmax is the score of each category.
type model struct {
	parts   []word.Part // a hash table, half empty at least; zero is a free place
	weights []int32     // by place in parts: the place in sums
	sums    []lanes
	empty   [categories]float64
}

const (
	categories = 28
	unit       = 32        // weights are whole 32nds
	emptyText  = "-"       // the row of model.tsv for the text without words
	maxWeight  = 1<<10 - 1 // of a word, either side of zero
	maxPart    = maxWeight / word.MaxParts
	// sharpness makes scores honest. Taught with typos and wrappings, the model is right more often than it
	// says; with this power the mean score of texts held back is their share told right.
	sharpness = 1.4
	// negligible is how far below the best a category is not worth an exponential: 0.00005 of it.
	negligible = -10
)

// readModel reads model.tsv. It is not left to fold.ReadTable: half a million cells, most of them empty, would
// cost every start of the program too much.
func (t *Table) readModel(text string) error {
	if len(t.all) != categories {
		return fmt.Errorf("model.tsv: %d categories, want %d", len(t.all), categories)
	}
	lines := strings.Count(text, "\n")
	size := 1
	for size < 2*lines {
		size *= 2
	}
	t.model = model{parts: make([]word.Part, size), weights: make([]int32, size), sums: make([]lanes, 0, lines)}
	headed := false
	for line := range strings.Lines(text) {
		if line[0] == '#' {
			continue
		}
		name, cells, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var err error
		if headed {
			err = t.model.readRow(name, cells)
		} else {
			err = t.readHead(cells)
			headed = true
		}
		if err != nil {
			return fmt.Errorf("model.tsv: %q: %w", name, err)
		}
	}
	if len(t.model.sums) == 0 {
		return fmt.Errorf("model.tsv: no weights")
	}
	return nil
}

// readHead compares the columns of the model to the table.
func (t *Table) readHead(cells string) error {
	for _, c := range t.all {
		var code string
		if code, cells, _ = strings.Cut(cells, "\t"); code != c.Code {
			return fmt.Errorf("column %q, want %q: go generate", code, c.Code)
		}
	}
	return nil
}

func (m *model) readRow(name, cells string) error {
	weights, err := readWeights(cells)
	if err != nil {
		return err
	}
	if name == emptyText {
		for i, n := range weights {
			m.empty[i] = float64(n) / unit
		}
		return nil
	}
	part := word.ParsePart(name)
	at := m.place(part)
	if part == 0 || m.parts[at] == part {
		return fmt.Errorf("no part of a word, or listed twice")
	}
	m.parts[at], m.weights[at] = part, int32(len(m.sums))
	m.sums = append(m.sums, weights.lanes())
	return nil
}

// readWeights reads a cell for every category; most are empty.
func readWeights(cells string) (s sum, err error) {
	i, from := 0, 0 // the cell, and where it begins
	for at := 0; at <= len(cells); at++ {
		if at < len(cells) && cells[at] != '\t' {
			continue
		}
		if i == len(s) {
			break
		}
		if from < at {
			n, ok := weight(cells[from:at])
			if !ok {
				return s, fmt.Errorf("weight %q", cells[from:at])
			}
			s[i] = n
		}
		i, from = i+1, at+1
	}
	if i != len(s) || from <= len(cells) {
		return s, fmt.Errorf("not %d weights", len(s))
	}
	return s, nil
}

// weight reads a weight of a part.
func weight(cell string) (n int32, ok bool) {
	digits := strings.TrimPrefix(cell, "-")
	if digits == "" || len(digits) > len("170") {
		return 0, false
	}
	for i := range len(digits) {
		digit := digits[i] - '0'
		if digit > 9 {
			return 0, false
		}
		n = 10*n + int32(digit)
	}
	if len(digits) < len(cell) {
		n = -n
	}
	return n, -maxPart <= n && n <= maxPart
}

// place returns where a part stands, or the free place where it would.
func (m *model) place(part word.Part) int {
	at := hash(uint64(part), len(m.parts))
	for m.parts[at] != 0 && m.parts[at] != part {
		at = (at + 1) & (len(m.parts) - 1)
	}
	return at
}

// hash returns a place in a table of that size. The letters of a word are in the upper bits of its key, so they
// are brought down before the multiplication that spreads them upwards.
func hash(key uint64, size int) int {
	key ^= key >> 32
	place, _ := bits.Mul64(key*0x9e3779b97f4a7c15, uint64(size))
	return int(place)
}

// word returns what the parts of a word say.
func (m *model) word(w word.Word) (l lanes) {
	var room [word.MaxParts]word.Part
	for _, part := range w.AppendParts(room[:0]) {
		if at := m.place(part); m.parts[at] != 0 {
			l.add(&m.sums[m.weights[at]])
		}
	}
	return l
}

// has says whether the model knows a word as it stands.
func (m *model) has(w word.Word) bool { return m.parts[m.place(word.Part(w))] != 0 }

// scores turns the sum over so many words into probabilities.
func (m *model) scores(s *sum, words int) (p [categories]float64) {
	scale := 1 / (unit * math.Sqrt(float64(words)))
	highest, total := math.Inf(-1), 0.0
	for i := range p {
		p[i] = sharpness * (m.empty[i] + float64(s[i])*scale)
		highest = max(highest, p[i])
	}
	for i := range p {
		if p[i] -= highest; p[i] < negligible {
			p[i] = 0
			continue
		}
		p[i] = math.Exp(p[i])
		total += p[i]
	}
	for i := range p {
		p[i] /= total
	}
	return p
}

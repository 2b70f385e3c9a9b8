// Command train makes model.tsv out of training.tsv, lexicon.tsv and the development half of the labelled texts. It takes seconds,
// and the same texts give the same model.
//
//	main.go   files and figures
//	fit.go    the linear model: multinomial logistic regression
//	noise.go  what people wrap their complaints in
//
// With -folds it prints how well texts are told that were held back; with -on FILE how well those of a file of
// code TAB language TAB text; both write nothing. Scores are printed before they are sharpened (model.go).
package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

func main() {
	folds := flag.Int("folds", 0, "hold back one in so many texts in turn")
	on := flag.String("on", "", "measure on this file")
	verbose := flag.Bool("v", false, "print every text that is told wrong")
	flag.Parse()
	if err := run(*folds, *on, *verbose); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// text is a labelled text: what it is about as a place in the list of codes.
type text struct {
	code int
	text string
}

// lessons are what there is to learn from.
type lessons struct {
	codes    []string // as categories.tsv lists them
	texts    []text   // of training.tsv
	wrapping []string // of training.tsv, what surrounds texts
	terms    []text   // of lexicon.tsv, one by one
}

func run(folds int, on string, verbose bool) error {
	l, err := readLessons()
	if err != nil {
		return err
	}
	t := tally{codes: l.codes, verbose: verbose}
	switch {
	case folds > 1:
		for fold := range folds {
			var learnt, held []text
			for i, text := range l.texts {
				if i%folds == fold {
					held = append(held, text)
				} else {
					learnt = append(learnt, text)
				}
			}
			t.count(l.fit(learnt), held)
		}
	case on != "":
		held, err := readTexts(on, l.codes)
		if err != nil {
			return err
		}
		t.count(l.fit(l.texts), held)
	default:
		return os.WriteFile("model.tsv", l.fit(l.texts).print(l.codes), 0o644)
	}
	t.print()
	return nil
}

// fit learns from these texts and all terms.
func (l *lessons) fit(texts []text) *model {
	return fit(slices.Concat(texts, l.terms), noisy(texts, l.wrapping), len(l.codes))
}

func readLessons() (*lessons, error) {
	l := new(lessons)
	rows, err := readRows("categories.tsv", 5)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		l.codes = append(l.codes, row[0])
	}
	if rows, err = readRows("training.tsv", 2); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row[0] == "-" {
			l.wrapping = append(l.wrapping, row[1])
			continue
		}
		if l.texts, err = label(l.texts, l.codes, row[0], row[1]); err != nil {
			return nil, err
		}
	}
	labelled, err := readTexts(developmentTexts, l.codes)
	if err != nil {
		return nil, err
	}
	l.texts = append(l.texts, labelled...)
	if rows, err = readRows("lexicon.tsv", 2); err != nil {
		return nil, err
	}
	for _, row := range rows {
		for term := range strings.SplitSeq(row[1], ", ") {
			if l.terms, err = label(l.terms, l.codes, row[0], term); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

// developmentTexts are learnt from too: the other half of the labelled texts is for the test.
const developmentTexts = "../../internal/labelled/data/texts_dev.tsv"

// readTexts reads rows of code, language and text.
func readTexts(path string, codes []string) (texts []text, err error) {
	rows, err := readRows(path, 3)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if texts, err = label(texts, codes, row[0], row[2]); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func label(texts []text, codes []string, code, body string) ([]text, error) {
	at := slices.Index(codes, code)
	if at < 0 {
		return nil, fmt.Errorf("%q is no code of a category", code)
	}
	return append(texts, text{at, body}), nil
}

func readRows(path string, columns int) ([][]string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows, err := fold.ReadTable(string(content), columns)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows, nil
}

const head = `# What the parts of words say for and against every category. Made by go generate: do not edit.
#
# part     a word as the classifier folds it, or its beginning (вод…); "-" is the text without words
# weights  in 32nds, by category; empty is 0
`

// print writes the model as a table, the parts in the order of the alphabet.
func (m *model) print(codes []string) []byte {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	fmt.Fprintf(w, "%spart\t%s\n", head, strings.Join(codes, "\t"))
	printRow(w, "-", m.empty)
	names := make(map[string]int, len(m.weights))
	for part, row := range m.row {
		names[part.String()] = row
	}
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	for _, name := range sorted {
		printRow(w, name, m.weights[names[name]])
	}
	w.Flush()
	return b.Bytes()
}

func printRow(w *bufio.Writer, name string, weights []float32) {
	cells := []string{name}
	seen := false
	for _, weight := range weights {
		n := whole(weight)
		if n == 0 {
			cells = append(cells, "")
			continue
		}
		seen = true
		cells = append(cells, fmt.Sprint(n))
	}
	if seen {
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
}

// tally counts answers.
type tally struct {
	codes      []string
	verbose    bool // print texts that are told wrong
	right, all int
	by         [10]struct{ right, all int } // by tenths of the score
	score      float64
}

func (t *tally) count(m *model, texts []text) {
	for _, text := range texts {
		code, score := m.guess(text.text)
		t.all++
		tenth := min(int(score*10), 9)
		t.by[tenth].all++
		t.score += score
		if code == text.code {
			t.right++
			t.by[tenth].right++
		} else if t.verbose {
			fmt.Printf("%.2f %s, not %s: %s\n", score, t.codes[text.code], t.codes[code], text.text)
		}
	}
}

func (t *tally) print() {
	all := float64(max(t.all, 1))
	fmt.Printf("%d of %d right, %.1f %%; mean score %.3f\n", t.right, t.all, 100*float64(t.right)/all, t.score/all)
	for tenth, n := range t.by {
		if n.all > 0 {
			fmt.Printf("score %.1f to %.1f: %d of %d\n", float64(tenth)/10, float64(tenth+1)/10, n.right, n.all)
		}
	}
}

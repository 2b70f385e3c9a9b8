// Package labelled holds cases that people labelled: places, texts, personal data, titles and headings of plans, half
// of each for development and half for the test. The head of each file says how it was made. Command eval measures on
// them, the bench takes its input from them.
package labelled

import (
	"embed"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

//go:embed data
var data embed.FS

// Part is a half of the cases.
type Part string

// The parts. Whoever works on a normaliser looks at Dev only.
const (
	Dev  Part = "dev"
	Test Part = "test"
)

// Place is a line that names a place, or none.
type Place struct {
	Text string
	On   qulaq.Day // 0 is today
	Code string    // the right code; "" where none is right
	Note string    // the kind of the case
}

// Places returns the labelled places of a part.
func Places(part Part) ([]Place, error) {
	lines, err := read("places", part, ".tsv")
	if err != nil {
		return nil, err
	}
	all := make([]Place, len(lines))
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			return nil, fmt.Errorf("places, case %d: %d cells in place of 4", i+1, len(cells))
		}
		all[i] = Place{Text: cells[0], Code: cells[2], Note: cells[3]}
		if cells[1] == "" {
			continue
		}
		if all[i].On, err = qulaq.ParseDay(cells[1]); err != nil {
			return nil, fmt.Errorf("places, case %d: %w", i+1, err)
		}
	}
	return all, nil
}

// Text is a text with its category.
type Text struct {
	Code string // of the category
	Lang string // ru, kk or mixed
	Text string
}

// Texts returns the labelled texts of a part.
func Texts(part Part) ([]Text, error) {
	lines, err := read("texts", part, ".tsv")
	if err != nil {
		return nil, err
	}
	all := make([]Text, len(lines))
	for i, line := range lines {
		cells := strings.SplitN(line, "\t", 3)
		if len(cells) != 3 {
			return nil, fmt.Errorf("texts, case %d: %d cells in place of 3", i+1, len(cells))
		}
		all[i] = Text{cells[0], cells[1], cells[2]}
	}
	return all, nil
}

// Personal is a text with its personal data.
type Personal struct {
	Text  string // without marks
	Marks []Mark // what has to be masked; everything else has to stay
	Line  string // the text with its marks, for people
}

// Mark is a piece of personal data, in bytes of the text.
type Mark struct {
	Kind     string
	From, To int
}

// PersonalData returns the marked texts of a part.
func PersonalData(part Part) ([]Personal, error) {
	lines, err := read("personal", part, ".txt")
	if err != nil {
		return nil, err
	}
	all := make([]Personal, len(lines))
	for i, line := range lines {
		if all[i], err = unmark(line); err != nil {
			return nil, fmt.Errorf("personal data, case %d: %w", i+1, err)
		}
	}
	return all, nil
}

var marking = regexp.MustCompile(`⟦([a-z]+):([^⟦⟧]*)⟧|⟨keep:([^⟨⟩]*)⟩`)

// unmark takes the marks out of a line. ⟨keep:…⟩ is for readers: everything outside of ⟦⟧ has to stay.
func unmark(line string) (Personal, error) {
	p := Personal{Line: line}
	var b strings.Builder
	at := 0
	for _, m := range marking.FindAllStringSubmatchIndex(line, -1) {
		b.WriteString(line[at:m[0]])
		at = m[1]
		if m[2] < 0 {
			b.WriteString(line[m[6]:m[7]])
			continue
		}
		from := b.Len()
		b.WriteString(line[m[4]:m[5]])
		p.Marks = append(p.Marks, Mark{line[m[2]:m[3]], from, b.Len()})
	}
	b.WriteString(line[at:])
	if p.Text = b.String(); strings.ContainsAny(p.Text, "⟦⟧⟨⟩") {
		return p, errors.New("its marks do not match")
	}
	return p, nil
}

// read returns the lines of a file without its comments.
func read(name string, part Part, ending string) ([]string, error) {
	text, err := data.ReadFile("data/" + name + "_" + string(part) + ending)
	if err != nil {
		return nil, fmt.Errorf("there is no part %q of %s: %w", part, name, err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

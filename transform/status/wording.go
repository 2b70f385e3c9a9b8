package status

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// wording is one row of plan.tsv.
type wording struct {
	rank   int
	status string // empty for what looks like a statement and is none
	slots  []slot
}

// slot is one word of a wording: what it may be, and how far behind the word before it.
type slot struct {
	text     string // the alternatives as the table spells them
	exact    []string
	begins   []string
	ends     []string
	small    bool // also any number below 100
	reach    int  // other words that may stand before it
	literals map[string]bool
}

// maxReach is how many other words ~ stands for.
const maxReach = 5

// readWordings lists the rows of plan.tsv; its head says what the columns mean.
func (t *Table) readWordings(text string) error {
	rows, err := fold.ReadTable(text, 3)
	if err != nil {
		return err
	}
	t.spelled = make(map[string]string)
	t.byFirst = make(map[string][]*wording)
	for _, row := range rows {
		w := wording{rank: noRank, status: row[1]}
		if row[0] != "-" {
			if w.rank, err = strconv.Atoi(row[0]); err != nil || w.rank < 1 || w.rank >= noRank {
				return fmt.Errorf("%q: rank %q is not a number from 1 to %d", row[2], row[0], noRank-1)
			}
		}
		switch {
		case row[1] == "-" && w.rank == noRank:
			w.status = ""
		case row[1] == "-" || w.rank == noRank:
			return fmt.Errorf("%q: a rank and a status go together", row[2])
		case !slices.Contains(planStatuses, row[1]):
			return fmt.Errorf("%q: %q is no status", row[2], row[1])
		}
		if w.slots, err = readSlots(row[2]); err != nil {
			return err
		}
		first := w.slots[0]
		for _, word := range first.exact {
			t.byFirst[word] = append(t.byFirst[word], &w)
		}
		if first.small || first.begins != nil || first.ends != nil {
			t.byFirst[""] = append(t.byFirst[""], &w)
		}
		for _, s := range w.slots {
			for word := range s.literals {
				if _, ok := t.spelled[word]; !ok {
					t.spelled[word] = s.text
				}
			}
		}
		t.wordings = append(t.wordings, &w)
	}
	return nil
}

func readSlots(text string) ([]slot, error) {
	var slots []slot
	reach := 0
	for _, cell := range strings.Fields(text) {
		if cell == "~" {
			reach = maxReach
			continue
		}
		s := slot{text: cell, reach: reach, literals: make(map[string]bool)}
		reach = 0
		for _, word := range strings.Split(cell, "|") {
			key := fold.RussianKey(word)
			switch {
			case word == "#":
				s.small = true
			case key == "" || strings.Contains(key, " "):
				return nil, fmt.Errorf("%q: %q is no word", text, word)
			case strings.HasPrefix(word, "…"):
				s.ends = append(s.ends, key)
			case strings.HasSuffix(word, "…"):
				s.begins = append(s.begins, key)
			default:
				s.exact = append(s.exact, key)
				s.literals[key] = true
			}
		}
		slots = append(slots, s)
	}
	if len(slots) == 0 || reach > 0 || slots[0].reach > 0 {
		return nil, fmt.Errorf("%q begins and ends with a word", text)
	}
	return slots, nil
}

func (s *slot) fits(word string) bool {
	if s.literals[word] || s.small && isSmall(word) {
		return true
	}
	for _, b := range s.begins {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	for _, e := range s.ends {
		if len(word) > len(e) && strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// isSmall reports whether a word is a number below 100.
func isSmall(word string) bool {
	n, err := strconv.Atoi(word)
	return err == nil && n < 100 && len(word) <= 2
}

package labelled

import (
	"fmt"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// PlanTitle is the title of a publication, and what it says.
type PlanTitle struct {
	Kind             string // plan, lookalike or other
	Region, District string // KATO of the akimat; "" where nothing is said
	From, To         qulaq.Day
	Title            string
}

// PlanTitles returns the labelled titles of a part.
func PlanTitles(part Part) ([]PlanTitle, error) {
	lines, err := read("plan_titles", part, ".tsv")
	if err != nil {
		return nil, err
	}
	all := make([]PlanTitle, len(lines))
	for i, line := range lines {
		cells := strings.SplitN(line, "\t", 6)
		if len(cells) != 6 {
			return nil, fmt.Errorf("titles of plans, case %d: %d cells in place of 6", i+1, len(cells))
		}
		all[i] = PlanTitle{Kind: cells[0], Region: said(cells[1]), District: said(cells[2]), Title: cells[5]}
		for at, to := range map[int]*qulaq.Day{3: &all[i].From, 4: &all[i].To} {
			if said(cells[at]) == "" {
				continue
			}
			if *to, err = qulaq.ParseDay(cells[at]); err != nil {
				return nil, fmt.Errorf("titles of plans, case %d: %w", i+1, err)
			}
		}
	}
	return all, nil
}

// PlanHeading is the heading of a column of an action plan, and what the column holds.
type PlanHeading struct{ Lang, Heading, Role string }

// PlanHeadings returns the labelled headings of a part.
func PlanHeadings(part Part) ([]PlanHeading, error) {
	lines, err := read("plan_headings", part, ".tsv")
	if err != nil {
		return nil, err
	}
	all := make([]PlanHeading, len(lines))
	for i, line := range lines {
		cells := strings.Split(line, "\t")
		if len(cells) != 3 {
			return nil, fmt.Errorf("headings of plans, case %d: %d cells in place of 3", i+1, len(cells))
		}
		all[i] = PlanHeading{cells[0], cells[1], cells[2]}
	}
	return all, nil
}

// said turns the dash of what is not said into nothing.
func said(cell string) string {
	if cell == "-" {
		return ""
	}
	return cell
}

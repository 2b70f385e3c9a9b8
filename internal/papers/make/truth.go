package main

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/qulaq-kz/qulaq/internal/papers"
)

// truth reads the marks.
func (s *source) truth() (papers.Truth, error) {
	t := papers.Truth{
		Why: s.head["why"], Kind: s.head["kind"], IsPlan: s.head["kind"] == "",
		RegionCode: filled(s.head["region"]), DistrictCode: filled(s.head["district"]),
		PeriodFrom: filled(s.head["from"]), PeriodTo: filled(s.head["to"]),
		Items: []papers.Item{},
	}
	for n := range s.root.Descendants() {
		columns, ok := attr(n, "q")
		if !ok || n.Data != "table" {
			continue
		}
		items, err := itemsOf(n, strings.Fields(columns), s.head["district"])
		if err != nil {
			return papers.Truth{}, err
		}
		t.Items = append(t.Items, items...)
	}
	if t.IsPlan == (len(t.Items) == 0) {
		return papers.Truth{}, fmt.Errorf("%d items, and plan is %t", len(t.Items), t.IsPlan)
	}
	return t, nil
}

// filled is nil for nothing and for a dash.
func filled(s string) *string {
	switch s {
	case "", "-", "–", "—":
		return nil
	}
	return &s
}

// itemsOf reads the rows of one table. District is the district of rows before the first section.
func itemsOf(table *html.Node, columns []string, district string) ([]papers.Item, error) {
	var items []papers.Item
	covered := make([]struct { // by cells merged down from above
		cell *html.Node
		rows int
	}, len(columns))
	for _, row := range elements(table, "tr") {
		at := make([]*html.Node, len(columns))
		col := 0
		cells := elements(row, "td", "th")
		for c := 0; c < len(columns); {
			if covered[c].rows > 0 {
				covered[c].rows--
				at[c] = covered[c].cell
				c++
				continue
			}
			if col == len(cells) {
				break
			}
			cell := cells[col]
			col++
			for range span(cell, "colspan") {
				if c == len(columns) {
					return nil, fmt.Errorf("%q is beyond the last column", text(cell))
				}
				at[c] = cell
				covered[c].cell, covered[c].rows = cell, span(cell, "rowspan")-1
				c++
			}
		}
		if col < len(cells) {
			return nil, fmt.Errorf("a row has more cells than columns: %q", text(row))
		}
		code, section := attr(row, "s")
		switch {
		case section:
			district = code
			continue
		case row.Parent.Data == "thead" || has(row, "x") || has(row, "hidden"):
			continue
		}
		item := papers.Item{DistrictCode: filled(district)}
		if own, ok := attr(row, "d"); ok {
			item.DistrictCode = filled(own)
		}
		for c, cell := range at {
			if cell == nil {
				return nil, fmt.Errorf("the row %q has no column %d", text(row), c+1)
			}
			for _, what := range strings.Split(columns[c], "+") {
				if err := read(&item, what, cell); err != nil {
					return nil, fmt.Errorf("%q, column %d: %w", text(row), c+1, err)
				}
			}
		}
		items = append(items, item)
	}
	return items, nil
}

func span(cell *html.Node, key string) int {
	value, _ := attr(cell, key)
	n, err := strconv.Atoi(value)
	if err != nil {
		return 1
	}
	return n
}

// read puts a cell where its column says.
func read(item *papers.Item, what string, cell *html.Node) error {
	typed := text(cell)
	if own, ok := attr(cell, "text"); ok {
		typed = own
	}
	said := filled(typed)
	switch what {
	case "-":
	case "item_no":
		if said != nil {
			no := strings.TrimSuffix(*said, ".")
			said = &no
		}
		item.ItemNo = said
	case "issue":
		item.Issue = said
	case "measure":
		item.Measure = said
	case "responsible":
		item.Responsible = said
	case "form":
		item.CompletionForm = said
	case "funding":
		item.FundingSource = said
	case "deadline":
		from, _ := attr(cell, "from")
		to, _ := attr(cell, "to")
		item.DeadlineFrom, item.DeadlineTo = filled(from), filled(to)
		if said != nil && from == "" && to == "" && !has(cell, "none") {
			return fmt.Errorf("what does the deadline %q mean?", typed)
		}
	case "cost":
		value, ok := attr(cell, "cost")
		if !ok {
			if said != nil && !has(cell, "none") {
				return fmt.Errorf("what does the cost %q mean?", typed)
			}
			return nil
		}
		tenge, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return err
		}
		item.CostKZT = &tenge
	case "status":
		status, _ := attr(cell, "st")
		if (said == nil) != (status == "") {
			return fmt.Errorf("what does the status %q mean?", typed)
		}
		item.Status, item.StatusText = filled(status), said
	case "district":
		code, _ := attr(cell, "code")
		item.DistrictCode = filled(code)
	default:
		return fmt.Errorf("there is no column %q", what)
	}
	return nil
}

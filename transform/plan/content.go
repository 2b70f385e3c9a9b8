package plan

import (
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// byContent finds the columns of tables whose headings are missing or of words that nobody listed, in a paper whose
// title leaves no doubt that it is a plan: cells that are numbers, times or bodies tell their column, and of the
// columns of sentences the first is the issue and the second the measure, as in every plan seen. A table without
// these and either times or bodies stays unknown.
func (r *Reader) byContent(d *table.Document) []*sheet {
	var all []*sheet
	tables := 0
	for i, part := range d.Parts {
		if part.Grid == nil {
			continue
		}
		tables++
		s := &sheet{part: i, last: i, number: tables, grid: part.Grid, guessed: true}
		if r.guess(s) {
			s.unit = r.unitAbove(s)
			all = append(all, s)
		}
	}
	return all
}

// guess tells the columns of a table.
func (r *Reader) guess(s *sheet) bool {
	if s.grid.Width < 4 || s.grid.Width > maxColumns || len(s.grid.Rows) == 0 || len(s.grid.Rows[0].Cells) < 4 {
		return false
	}
	s.columns = r.columns(s.grid, 0, 1)
	if r.headerRow(s.grid, 0) && len(s.grid.Rows) > 1 {
		s.first = 1
	} else {
		clear(s.columns)
	}
	for i, c := range s.columns {
		if c.role != colUnknown {
			continue
		}
		for _, kind := range []struct {
			role role
			is   func(string) bool
		}{
			{colNumber, isNumber},
			{colDeadline, isTime},
			{colResponsible, func(text string) bool { return r.begins("body", text) }},
			{colDistrict, placeLike},
		} {
			if !s.has(kind.role) && s.mostly(i, kind.is) && len(s.cellsOf(i)) > 0 {
				s.columns[i].role = kind.role
				break
			}
		}
	}
	// «Ауыл тұрғындары не сұрады» names a place and is none: what stands in a column decides against its heading, where
	// there is no better column for what people raised.
	for i, c := range s.columns {
		if (c.role == colPlace || c.role == colPerson || c.role == colOther) && !s.has(colIssue) && s.meanLength(i) >= 2*sentence {
			s.columns[i].role = colIssue
		}
		if c.role == colDone && !s.has(colMeasure) {
			s.columns[i].role = colMeasure
		}
	}
	for i, c := range s.columns {
		switch {
		case c.role != colUnknown || s.meanLength(i) < sentence:
		case !s.has(colIssue):
			s.columns[i].role = colIssue
		case !s.has(colMeasure):
			s.columns[i].role = colMeasure
		}
	}
	s.said = s.columns
	return s.has(colIssue) && s.has(colMeasure) && (s.has(colDeadline) || s.has(colResponsible)) && s.wordy()
}

// placeLike says whether a cell is a few words of which one says that it is a place.
func placeLike(text string) bool {
	words := split(text)
	return len(words) <= 4 && slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains(placeWords, w) || strings.HasPrefix(w, "район") || strings.HasPrefix(w, "аудан") || strings.HasPrefix(w, "город")
	})
}

var placeWords = []string{"г", "с", "п", "село", "поселок", "округ", "ауыл", "ауылы", "кала", "каласы"}

// sentence is the mean length, in bytes, of cells that say what is the matter or what is to be done.
const sentence = 24

package region

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// headings are what the columns of the classifier are called, in lower case: in the republished CSV and in the
// official workbook of the Bureau of National Statistics (te, ab, cd, ef, hij, k, kaz_name, rus_name, nn).
var headings = map[string]int{
	"kato": codeColumn, "te": codeColumn,
	"name_ru": russianColumn, "rus_name": russianColumn,
	"name_kk": kazakhColumn, "kaz_name": kazakhColumn,
}

const (
	codeColumn = iota
	russianColumn
	kazakhColumn
	needed
)

// ReadClassifier reads the rows of the KATO classifier, the headings first, until next returns io.EOF. The
// columns may stand in any order, others are passed over, and rows without any value are too. All rows are
// returned, those of regions and districts as well; New tells them apart.
//
// An error of next is returned as it is. A missing heading, a code that is not nine digits, a code that is met
// twice and a row without a Russian name are errors of Kind Contract that name the line, the headings being
// line 1.
func ReadClassifier(next func() ([]string, error)) ([]Settlement, error) {
	broken := func(line int, format string, args ...any) ([]Settlement, error) {
		return nil, &qulaq.Error{
			Op: "read classifier", Object: fmt.Sprintf("line %d", line), Kind: qulaq.Contract,
			Err: fmt.Errorf(format, args...), Hint: "the file is not the KATO classifier, or its columns have changed",
		}
	}
	cells, err := next()
	if errors.Is(err, io.EOF) {
		return broken(1, "there are no headings")
	}
	if err != nil {
		return nil, err
	}
	var columns [needed]int
	for i := range columns {
		columns[i] = -1
	}
	for i, cell := range cells {
		name := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(cell, "\ufeff")))
		if column, ok := headings[name]; ok && columns[column] < 0 {
			columns[column] = i
		}
	}
	for column, name := range [needed]string{"kato or te", "name_ru or rus_name", "name_kk or kaz_name"} {
		if columns[column] < 0 {
			return broken(1, "no column is called %s", name)
		}
	}
	var rows []Settlement
	seen := map[string]int{}
	for line := 2; ; line++ {
		cells, err := next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		cell := func(column int) string {
			if i := columns[column]; i < len(cells) {
				return strings.TrimSpace(cells[i])
			}
			return ""
		}
		s := Settlement{Code: cell(codeColumn), NameRU: cell(russianColumn), NameKK: cell(kazakhColumn)}
		switch first := seen[s.Code]; {
		case s == Settlement{}:
			continue
		case !isCode(s.Code):
			return broken(line, "%q is no code of nine digits", s.Code)
		case s.NameRU == "":
			return broken(line, "%s has no Russian name", s.Code)
		case first > 0:
			return broken(line, "%s is on line %d already", s.Code, first)
		}
		seen[s.Code] = line
		rows = append(rows, s)
	}
}

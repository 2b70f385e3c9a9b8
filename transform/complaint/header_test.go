package complaint

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

// A file that is one line, or that has no header, is told of in few words and without a word of its rows.
func TestHeadersThatAreNone(t *testing.T) {
	const header = "appeal_id,created_date,region,current_working_state"
	row := "7,2026-04-14 10:00:00,г.Алматы,Иванов Иван 870101300123"
	for name, c := range map[string]struct{ text, says string }{
		"carriage returns":      {strings.Repeat(header+"\r"+row+"\r", 3), "carriage return alone"},
		"and a line feed":       {header + "\r" + row + "\r" + row + "\n", "carriage return alone"},
		"no header":             {row + "\n" + row + "\n", "the header has: 7, …, г.Алматы, …"},
		"no header, for a cell": {row + "\n", "missing"},
	} {
		r, err := Open(context.Background(), snapshot("cut.csv", []byte(c.text)), options(t, "eotinish"))
		if err == nil {
			_, err = r.Next()
			r.Close()
		}
		if err == nil || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), c.says) || len(err.Error()) > 1000 {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && (strings.Contains(err.Error(), "Иванов") || strings.Contains(err.Error(), "870101300123") || strings.Contains(err.Error(), "2026-04-14")) {
			t.Errorf("%s: the error shows a row: %v", name, err)
		}
	}
}

// Unknown columns beyond some are counted, and one that looks like a cell is not shown.
func TestManyUnknownColumns(t *testing.T) {
	names := []string{"appeal_id", "created_date", "region", "current_working_state", "тел. 87011234567"}
	for i := range 100 {
		names = append(names, fmt.Sprint("extra", i))
	}
	text := strings.Join(names, ",") + "\n1,2026-04-14 10:00:00,г.Алматы,В работе" + strings.Repeat(",x", len(names)-4) + "\n"
	got := readAll(t, snapshot("cut.csv", []byte(text)), options(t, "eotinish"))
	unknown, rest := 0, int64(0)
	for _, f := range got.Summary.Findings {
		switch f.Kind {
		case qulaq.UnknownColumn:
			unknown++
		case qulaq.ManyFindings:
			rest += f.Count
		}
		if strings.Contains(f.Subject+f.Detail, "8701") {
			t.Errorf("a finding shows a cell: %+v", f)
		}
	}
	if unknown != maxUnknownColumns || rest != int64(101-maxUnknownColumns) || len(got.Facts) != 1 {
		t.Errorf("%d told one by one, %d counted, %d facts", unknown, rest, len(got.Facts))
	}
}

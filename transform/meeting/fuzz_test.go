package meeting_test

import (
	"testing"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// hostile bends where merged cells begin and how long rows are: readers promise that it lies inside the grid, nothing
// here may rely on it.
func hostile(d *table.Document, bends []byte) {
	for i, part := range d.Parts {
		if part.Grid == nil || len(bends) == 0 {
			continue
		}
		for n := range part.Grid.Rows {
			row, bend := &part.Grid.Rows[n], int(int8(bends[(i+n)%len(bends)]))
			for c := range row.Cells {
				row.Cells[c].Top += bend
				row.Cells[c].Left -= bend
			}
			if bend < -100 {
				row.Cells = row.Cells[:len(row.Cells)/2]
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(calendar, "№|Район|Дата|Время\n1|2|3|4\n1|Аккольский район|15, 16 мая 2023|11:00", []byte(nil))
	f.Add(results, "Район|I квартал|II квартал\nАккольский район|+|с. Талды 15.05.2023\nИтого|1|2", []byte{1, 0, 255})
	f.Add("Объявление о встрече акима с населением", "Дата: 15.02.2023\nВремя|11:00\nМесто|Клуб", []byte{130})
	f.Add("Қызылорда облысы әкімінің халықпен кездесу кестесі", "Аудан|Күні\nАрал ауданы|2023 жылғы 14 ақпан", []byte{7})
	f.Add("\xff", "||\nЯнварь||\n5|5|99999999999999999999", []byte{0})
	r := newReader(f)
	f.Fuzz(func(t *testing.T, title, text string, bends []byte) {
		if len(title)+len(text) > 4000 {
			return
		}
		d := paper(text)
		hostile(d, bends)
		got := r.Read(publication(title, d, d))
		if again := r.Read(publication(title, d, d)); len(again.Rows) != len(got.Rows) || len(again.Findings) != len(got.Findings) {
			t.Error("read twice, two answers")
		}
		if got.Paper.Meetings != len(got.Rows) || got.Paper.Sort == meeting.None && len(got.Rows) > 0 {
			t.Errorf("%+v with %d rows", got.Paper, len(got.Rows))
		}
		for _, m := range got.Rows {
			switch {
			case m.Status == "" || m.Kind == "":
				t.Errorf("a meeting of no status or kind: %+v", m)
			case m.PlannedFrom != 0 && m.PlannedTo != 0 && m.PlannedFrom > m.PlannedTo:
				t.Errorf("a time runs backwards: %+v", m)
			case m.PlannedOn != 0 && (m.PlannedFrom != m.PlannedOn || m.PlannedTo != m.PlannedOn):
				t.Errorf("a day is not its own span: %+v", m)
			case m.HeldOn != 0 && m.Status != meeting.Held:
				t.Errorf("held on a day and not held: %+v", m)
			case m.Participants.N < 0 || m.Raised.N < 0 || m.Resolved.N < 0:
				t.Errorf("a negative count: %+v", m)
			case m.District != "" && m.Region != "" && m.District[:2] != m.Region[:2]:
				t.Errorf("a district of another region: %+v", m)
			case utf8.ValidString(text) && !utf8.ValidString(m.Place+m.Venue+m.Who):
				t.Errorf("a character was cut: %q", m.Place)
			}
		}
		facts := meeting.New("s", []meeting.Form{{ID: "1", Lang: "ru", Result: got}})
		if n := len(facts.Meetings); n != len(got.Rows) {
			t.Errorf("%d rows, %d meetings", len(got.Rows), n)
		}
		r.Candidate(title)
	})
}

// FuzzTitle checks that no title is of a sort without officials or people in it, and that judging never fails.
func FuzzTitle(f *testing.F) {
	f.Add(calendar)
	f.Add("Әкімнің халықпен кездесуі өтеді")
	f.Add("\x00\xff…~|^$")
	r := newReader(f)
	f.Fuzz(func(t *testing.T, title string) {
		j := r.Judge(title, nil)
		if j.PeriodFrom > j.PeriodTo || j.PeriodFrom != 0 && j.PeriodFrom < qulaq.Date(1990, 1, 1) {
			t.Errorf("%q is of %v to %v", title, j.PeriodFrom, j.PeriodTo)
		}
		if j.Sort != meeting.None && len(j.Why) == 0 {
			t.Errorf("%q is %s for no reason", title, j.Sort)
		}
	})
}

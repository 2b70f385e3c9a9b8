package warehousesql_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/load"
)

// met is a row of meetings; an empty code or day is null. planned is a day, or a span: 2023-01-01..2023-03-31.
type met struct {
	level, region, district, place string
	planned, held, status          string
	participants                   string
}

func (m met) values(id int) string {
	on, from, to := m.planned, m.planned, m.planned
	if first, last, isSpan := strings.Cut(m.planned, ".."); isSpan {
		on, from, to = "", first, last
	}
	count := m.participants
	if count == "" {
		count = "NULL"
	}
	return fmt.Sprintf("('govkz/a', 'm%d', 'meeting', %s, %s, %s, '%s', '%[5]s', %[6]s, %[7]s, %[8]s, %[9]s, '%[10]s', %[11]s, 'docx', 'm1')",
		id, orNull(m.level), orNull(m.region), orNull(m.district), m.place, orNull(on), orNull(from), orNull(to), orNull(m.held), m.status, count)
}

func insertMeetings(all ...met) string {
	values := make([]string, len(all))
	for i, m := range all {
		values[i] = m.values(i)
	}
	return "INSERT INTO meetings (source, meeting_id, kind, level, region_code, district_code, place, place_key, planned_on, planned_from, planned_to, held_on, status, participants, snapshot, load_id) VALUES " +
		strings.Join(values, ", ")
}

func meetingsLoaded(t *testing.T) *load.Warehouse {
	t.Helper()
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, insertMeetings(
		// The oblast's akim owed a meeting in each district a half-year; Oskemen is the only district of the east in 2023.
		met{"oblast", east, "631000000", "", "2023-02-15", "2023-02-15", "held", "100"},
		met{"oblast", east, "631000000", "", "2023-07-15..2023-09-30", "", "missed", ""},
		met{"oblast", east, "", "", "2023-10-01", "", "cancelled", ""},
		// In 2024 one a year: planned in the first half and held in the second is held in the year.
		met{"oblast", east, "631000000", "", "2024-03-01..2024-06-30", "2024-08-01", "held", "50"},
		// Semei's year is not over before 2090.
		met{"oblast", abai, "101000000", "", "2089-05-01", "", "planned", ""},
		// The akim of a district owed one a quarter in each village, two are named; what became of one nobody says.
		met{"district", east, "631000000", "Меновное", "2023-02-01", "2023-02-01", "held", "10"},
		met{"district", east, "631000000", "Самсоновка", "2023-03-01", "", "planned", ""},
		met{"district", east, "631000000", "Самсоновка", "2023-03-10", "", "moved", ""},
		// On the last day of the old wording and the first of the new one.
		met{"district", east, "631000000", "Меновное", "2023-12-31", "2023-12-31", "held", ""},
		met{"district", east, "631000000", "Меновное", "2024-01-01", "2024-01-01", "held", ""},
		// Held in another quarter than planned.
		met{"city", city, "750000000", "", "2023-03-31", "2023-04-01", "held", ""},
		// No day, no level: in no period.
		met{"oblast", east, "631000000", "", "", "", "planned", ""}, met{"", east, "631000000", "", "2023-02-15", "2023-02-15", "held", ""},
	))
	return w
}

func TestMeetingCompliance(t *testing.T) {
	w := meetingsLoaded(t)
	for _, c := range []struct {
		name, question string
		want           []string
	}{
		{
			"of an oblast's akim, by districts",
			"SELECT akimat, district_name, period, places, owed, planned, held, missed, cancelled, unknown, ahead, not_known_held, fulfilled, participants FROM meeting_compliance WHERE level = 'oblast' AND region_code = '" + east + "' ORDER BY period, district_code",
			[]string{
				"ВКО | Усть-Каменогорск | 2023-H1 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | true | 100",
				"ВКО | Усть-Каменогорск | 2023-H2 | 1 | 1 | 1 | 0 | 1 | 0 | 0 | 0 | 1 | false | null",
				"ВКО | null | 2023-H2 | 0 | 0 | 1 | 0 | 0 | 1 | 0 | 0 | 0 | null | null",
				"ВКО | Усть-Каменогорск | 2024 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | true | 50",
			},
		},
		{
			"what is ahead is neither missed nor unknown",
			"SELECT period, owed, planned, held, missed, unknown, ahead, fulfilled FROM meeting_compliance WHERE region_code = '" + abai + "'",
			[]string{"2089 | 1 | 1 | 0 | 0 | 0 | 1 | null"},
		},
		{
			"of a district's akim, by the villages that papers name, against the norm of the day",
			"SELECT period, norm, places, owed, planned, held, moved, unknown, not_known_held, fulfilled FROM meeting_compliance WHERE level = 'district' ORDER BY period",
			[]string{
				"2023-Q1 | akims-2022 | 2 | 2 | 3 | 1 | 1 | 1 | 1 | null",
				"2023-Q4 | akims-2022 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | true",
				"2024-H1 | akims-2024 | 1 | 1 | 1 | 1 | 0 | 0 | 0 | true",
			},
		},
		{
			"planned in one quarter and held in the next", "SELECT period, planned, held FROM meeting_compliance WHERE level = 'city' ORDER BY period",
			[]string{"2023-Q1 | 1 | 0", "2023-Q2 | 0 | 1"},
		},
		{"a meeting without a day or a level is in no period", "SELECT sum(planned), sum(held) FROM meeting_compliance", []string{"11 | 6"}},
		{
			"norms with their validity", "SELECT level, norm, meetings, period, place FROM meeting_norms WHERE level IN ('oblast', 'ministry') ORDER BY level, valid_from",
			[]string{"ministry | ministers-2022 | 0 | half_year | anywhere", "ministry | ministers-2024 | 1 | quarter | anywhere", "oblast | akims-2022 | 1 | half_year | district", "oblast | akims-2024 | 1 | year | district"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, ask(t, w, c.question)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestADistrictThatNoPaperNames checks that the districts of a region are listed though its papers leave them out: the
// meeting there is owed, and nobody says that it was not held.
func TestADistrictThatNoPaperNames(t *testing.T) {
	w := meetingsLoaded(t)
	do(t, w, "INSERT INTO regions (code, level, region_code, name_ru, valid_from, valid_to, today_code) VALUES ('634000000', 'district', '630000000', 'Глубоковский район', NULL, NULL, '634000000')")
	want := []string{"2023-H1 | 1 | 0 | 0 | 1 | null", "2023-H2 | 1 | 0 | 0 | 1 | null", "2024 | 1 | 0 | 0 | 1 | null"}
	got := ask(t, w, "SELECT period, owed, planned, missed, not_known_held, fulfilled FROM meeting_compliance WHERE district_code = '634000000' ORDER BY period")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAMeetingToldTwice has papers of two sites that tell of the same meeting, and some that do not.
func TestAMeetingToldTwice(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, insertMeetings(
		// Planned by one site, held by another, with and without the planned day: one meeting, held.
		met{"district", east, "631000000", "Меновное", "2023-02-01", "", "planned", ""},
		met{"district", east, "631000000", "Меновное", "2023-02-01", "2023-02-01", "held", "10"},
		met{"district", east, "631000000", "Меновное", "", "2023-02-01", "held", "12"},
		// Another village, another day and another official are other meetings.
		met{"district", east, "631000000", "Самсоновка", "2023-02-01", "2023-02-01", "held", ""},
		met{"district", east, "631000000", "Меновное", "2023-02-02", "2023-02-02", "held", ""},
		met{"rural", east, "631000000", "Меновное", "2023-02-01", "2023-02-01", "held", ""},
		// Nothing says that two meetings at an unknown place are one.
		met{"city", city, "", "", "2023-02-01", "", "cancelled", ""},
		met{"city", city, "", "", "2023-02-01", "", "cancelled", ""},
		// Called off by one paper and missed by another: called off.
		met{"oblast", east, "631000000", "", "2023-02-01", "", "missed", ""},
		met{"oblast", east, "631000000", "", "2023-02-01", "", "cancelled", ""},
	))
	want := []string{
		"city | 2 | 0 | 0 | 2 | null",
		"district | 3 | 3 | 0 | 0 | 12",
		"oblast | 1 | 0 | 0 | 1 | null",
		"rural | 1 | 1 | 0 | 0 | null",
	}
	got := ask(t, w, "SELECT level, planned, held, missed, cancelled, participants FROM meeting_compliance ORDER BY level")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAMeetingToldTwiceIsCountedOnce asks whoever counts meetings: the questions, and the view to count by.
func TestAMeetingToldTwiceIsCountedOnce(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, `INSERT INTO meetings (source, meeting_id, kind, level, who, region_code, district_code, place_key, planned_on, held_on, status, participants) VALUES
		('a', '1', 'meeting', 'district', '', '190000000', '190100000', 'x', '2022-08-01', '2022-08-01', 'held', 100),
		('b', '1', 'meeting', 'district', '', '190000000', '190100000', 'x', NULL, '2022-08-01', 'held', 90),
		('a', '2', 'meeting', NULL, '', '190000000', NULL, '', NULL, '2022-08-02', 'held', 7),
		('a', '3', 'meeting', 'ministry', 'Министр', NULL, NULL, 'y', '2022-09-01', NULL, 'planned', NULL),
		('b', '3', 'meeting', 'ministry', 'Министр', NULL, NULL, 'y', '2022-09-01', NULL, 'missed', NULL),
		('a', '4', 'reception', 'ministry', 'Министр', NULL, NULL, '', '2022-09-02', '2022-09-02', 'held', 5),
		('b', '4', 'reception', 'ministry', 'Министр', NULL, NULL, '', '2022-09-02', '2022-09-02', 'held', 5),
		('a', '5', 'reception', 'oblast', 'Аким', '190000000', '190100000', '', '2022-09-02', '2022-09-02', 'held', 3),
		('a', '6', 'reception', 'oblast', 'Заместитель акима', '190000000', '190100000', '', '2022-09-02', '2022-09-02', 'held', 4)`)
	for name, want := range map[string][]string{
		"meetings_held":   {"meetings | Казахстан | akims | 2022 | 2 | 28300 | -28298 | as far as papers were read"},
		"missed_meetings": {"meetings | meetings_planned | 2022 | 1 | 227 | -226 | as far as papers were read", "meetings | meetings_missed | 2022 | 1 | 15 | -14 | as far as papers were read"},
		"people_received": {
			"meetings | Алматинская область | akims | participants | null | 2022-H2 | 107 | 94113 | -94006 | as far as papers were read",
			"meetings | Казахстан | ministers | receptions_held | null | 2022 | 1 | 216 | -215 | as far as papers were read",
			"meetings | Казахстан | ministers | citizens_received | null | 2022 | 5 | 1498 | -1493 | as far as papers were read",
		},
	} {
		answered(t, w, name, "2022", want)
	}
	want := []string{"meeting | 3 | 5", "reception | 3 | 4"}
	if diff := cmp.Diff(want, ask(t, w, "SELECT kind, count(), sum(told) FROM meetings_once GROUP BY kind ORDER BY kind")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestMinistersBeforeTheirNumber has meetings of a minister by the decree that named a schedule and no number.
func TestMinistersBeforeTheirNumber(t *testing.T) {
	w := warehouse(t)
	do(t, w, `INSERT INTO meetings (source, meeting_id, kind, level, who, planned_on, planned_from, planned_to, held_on, status) VALUES
		('m', '1', 'meeting', 'ministry', 'Министр', '2022-05-10', '2022-05-10', '2022-05-10', '2022-05-11', 'held'),
		('m', '2', 'meeting', 'ministry', 'Министр', '2022-05-20', '2022-05-20', '2022-05-20', NULL, 'missed'),
		('m', '3', 'meeting', 'ministry', 'Министр', '2024-01-08', '2024-01-08', '2024-01-08', '2024-01-09', 'held'),
		('m', '4', 'meeting', 'ministry', 'Министр', '2022-04-01', '2022-04-01', '2022-04-01', '2022-04-01', 'held')`)
	want := []string{
		"2022-H1 | ministers-2022 | 0 | 0 | 2 | 1 | 1 | 0 | null",
		"2024-H1 | ministers-2022 | 0 | 0 | 1 | 0 | 0 | 0 | null",
		"2024-Q1 | ministers-2024 | 1 | 1 | 0 | 1 | 0 | 0 | true",
	}
	if diff := cmp.Diff(want, ask(t, w, "SELECT period, norm, places, owed, planned, held, missed, not_known_held, fulfilled FROM meeting_compliance ORDER BY period")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

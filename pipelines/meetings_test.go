package pipelines

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
	"github.com/qulaq-kz/qulaq/transform/html"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/publication"
	"github.com/qulaq-kz/qulaq/transform/register"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// onPage is a publication with the text of its page alone: rows of cells between bars, the first is the heading.
type onPage struct {
	id, stamp, title string
	rows             []string
}

// form reads the publication as the register does.
func (p onPage) form(t *testing.T, e *Environment, r *meeting.Reader) (meeting.Form, bool) {
	t.Helper()
	var b strings.Builder
	b.WriteString("<table>")
	for _, row := range p.rows {
		fmt.Fprintf(&b, "<tr><td>%s</td></tr>", strings.ReplaceAll(row, "|", "</td><td>"))
	}
	doc, err := html.Read([]byte(b.String()+"</table>"), p.title, e.limits())
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(time.DateOnly, p.stamp, qulaq.Almaty())
	if err != nil {
		t.Fatal(err)
	}
	hash := qulaq.Hash{byte(len(p.id)), p.id[0]}
	pub := plan.Publication{Title: p.title, Region: "110000000", Files: []plan.File{{Name: "text of the page", Hash: hash, Documents: []*table.Document{doc}}}}
	return meetingForm(r, pub, register.Form{ID: p.id, Lang: "ru", Stamp: at.Add(9 * time.Hour), SeenAt: at.Add(33 * time.Hour), FileSeenAt: at.Add(33 * time.Hour), Page: hash, Index: 1})
}

var (
	aqmolaCalendar = onPage{"7", "2023-01-13", "График встреч акима Акмолинской области с населением на 2023 год", []string{
		"Район|Дата", "Аккольский район|15 февраля", "Бурабайский район|16 февраля", "Зерендинский район|III квартал",
	}}
	aqmolaResults = onPage{"8", "2023-07-05", "Итоги встреч акима Акмолинской области с населением за 1 полугодие 2023 года", []string{
		"Район|Дата|Количество участников|Поднято вопросов|Решено", "Аккольский район|15.02.2023|320|14|9",
	}}
	aqmolaPlan = onPage{"9", "2023-07-05", "План мероприятий по решению вопросов, поднятых на встречах акима Акмолинской области с населением за 1 полугодие 2023 года", []string{
		"Вопрос|Мероприятие|Срок", "Нет воды|Провести водопровод|2024 год",
	}}
)

func lines(t *testing.T, e *Environment, question string) []string {
	t.Helper()
	a, err := e.Warehouse.Ask(t.Context(), question)
	if err != nil {
		t.Fatal(err)
	}
	return embeddedtest.Lines(t, a)
}

// TestMeetings takes a calendar and results from pages into the warehouse, asks how the decree was kept, and hands the
// papers to the monitor.
func TestMeetings(t *testing.T) {
	e := open(t, atServer(t))
	if _, err := e.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	reader, err := e.planReader()
	if err != nil {
		t.Fatal(err)
	}
	var forms []meeting.Form
	for _, p := range []onPage{aqmolaCalendar, aqmolaResults, aqmolaPlan} {
		if f, ok := p.form(t, e, reader.meetings); ok {
			forms = append(forms, f)
		}
	}
	if len(forms) != 2 {
		t.Fatalf("%d papers", len(forms))
	}
	facts := meeting.New("govkz/aqmola", forms)
	inputs := qulaq.Hash{1}
	for range 2 { // again is the same
		if err := e.loadMeetings(t.Context(), "run", facts, inputs); err != nil {
			t.Fatal(err)
		}
		want := []string{
			"113200000 | 2023-02-15 | 2023-02-15 | held | 320 | 14 | 9 | 7/ru | 8/ru", "117000000 | 2023-02-16 | null | missed | null | null | null | 7/ru | 8/ru",
			"115600000 | 2023-07-01 | null | planned | null | null | null | 7/ru | ",
		}
		got := lines(t, e, "SELECT district_code, toString(planned_from), toString(held_on), toString(status), participants, issues_raised, issues_resolved, calendar_id, results_id FROM meetings ORDER BY planned_from, district_code")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	if loaded, err := e.meetingsLoaded(t.Context(), "govkz/aqmola", inputs); err != nil || !loaded {
		t.Errorf("loaded: %v, %v", loaded, err)
	}
	if loaded, err := e.meetingsLoaded(t.Context(), "govkz/aqmola", qulaq.Hash{2}); err != nil || loaded {
		t.Errorf("loaded of other inputs: %v, %v", loaded, err)
	}
	for question, want := range map[string][]string{
		"SELECT period, owed, planned, held, missed, fulfilled FROM meeting_compliance WHERE planned > 0 ORDER BY period, district_code": {
			"2023-H1 | 1 | 1 | 1 | 0 | true", "2023-H1 | 1 | 1 | 0 | 1 | false", "2023-H2 | 1 | 1 | 0 | 0 | null",
		},
		// All districts and towns of the region are owed a meeting, whether papers name them or not.
		"SELECT period, countDistinct(district_code) = (SELECT countDistinct(code) FROM regions WHERE region_code = '110000000' AND level = 'district' AND valid_to IS NULL) FROM meeting_compliance GROUP BY period ORDER BY period": {
			"2023-H1 | 1", "2023-H2 | 1",
		},
	} {
		if diff := cmp.Diff(want, lines(t, e, question)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", question, diff)
		}
	}

	papers, err := e.meetingPapers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range papers {
		told = append(told, fmt.Sprint(p.ID, " ", p.Kind, " ", p.Role, " ", p.Region, p.District, " ", p.PeriodFrom.Format(time.DateOnly), " ", p.Items))
	}
	if diff := cmp.Diff([]string{"7/ru calendar current 110000000 2023-01-01 3", "8/ru results current 110000000 2023-01-01 1"}, told); diff != "" {
		t.Errorf("papers (-want +got):\n%s", diff)
	}
	known, err := e.knownMeetings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	results := map[publication.Kind][]publication.Ref{publication.Results: {{Source: "govkz/aqmola", PublicationID: "8/ru"}}}
	if diff := cmp.Diff(map[string][]publication.Meeting{"110000000/": {
		{On: qulaq.Date(2023, 2, 15), Papers: results},
		{On: qulaq.Date(2023, 2, 16), Papers: results, Excused: []publication.Kind{publication.Announcement}}, // missed
	}}, known); diff != "" {
		t.Errorf("meetings (-want +got):\n%s", diff)
	}
	// A source without meetings is emptied.
	if err := e.loadMeetings(t.Context(), "run", meeting.New("govkz/aqmola", nil), qulaq.Hash{3}); err != nil {
		t.Fatal(err)
	}
	if got := lines(t, e, "SELECT count() FROM meetings"); got[0] != "0" {
		t.Errorf("%s meetings are left", got)
	}
}

// TestCalendarsAreJudged gives the monitor's judge the calendar that was loaded: it meets the obligation of its year.
func TestCalendarsAreJudged(t *testing.T) {
	c := publication.DefaultConfig()
	c.Kinds = []publication.Kind{publication.Calendar}
	subject := publication.Subject{RegionCode: "110000000", Level: publication.Oblast, Places: []publication.Place{{Source: "govkz/aqmola", Lang: "ru"}}}
	o := publication.Due(c, []publication.Subject{subject}, qulaq.Date(2023, 1, 1), qulaq.Date(2023, 1, 1))[0]
	f := publication.Found{
		PublicationID: "7/ru", Place: subject.Places[0], RegionCode: "110000000", Kind: obligationsOf("calendar", nil)[0],
		Period: publication.Period{From: qulaq.Date(2023, 1, 1), To: qulaq.Date(2023, 12, 31)}, StampedOn: qulaq.Date(2023, 1, 13),
		FirstSeenOn: qulaq.Date(2023, 1, 14), LastSeenOn: qulaq.Date(2023, 1, 14), Readable: true, Current: true,
	}
	v := publication.Judge(o, []publication.Found{f}, nil, publication.Verdict{}, qulaq.Date(2023, 3, 1))
	if v.State != publication.Published || v.PublicationID != "7/ru" {
		t.Errorf("%s: %s", v.State, v.Reason.Text("en"))
	}
	judged := []publication.Kind{publication.ActionPlan, publication.Calendar}
	for kind, want := range map[string][]publication.Kind{
		"plan": {publication.ActionPlan}, "calendar": {publication.Calendar}, "results": {publication.Results}, "unreadable": judged,
	} {
		if got := obligationsOf(kind, judged); !slices.Equal(got, want) {
			t.Errorf("%s meets %v, want %v", kind, got, want)
		}
	}
}

// TestTitlesOfMeetingsAreFetched checks that the looks at the sites, which fetch what may be a plan, fetch papers on
// meetings too.
func TestTitlesOfMeetingsAreFetched(t *testing.T) {
	e := newEnvironment(DefaultConfig())
	e.Config.Data = t.TempDir()
	r, err := e.planReader()
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{
		"График проведения встреч акима Акмолинской области с населением на 2023 год",
		"Календарный план проведения встреч акима ВКО с населением на 2 полугодие 2022 года",
		"Қызылорда облысы әкімінің 2023 жылғы халықпен кездесулерін өткізу кестесі",
		"Итоги встреч акима Бурабайского района с населением за 3 квартал 2023 года",
		"Объявление о встрече акима Шетского района с жителями",
		"График приема граждан акимом города Алматы на 2024 год",
		"Кездесу туралы хабарландыру: әкім тұрғындармен кездеседі",
	} {
		if !r.meetings.Candidate(title) || !r.plans.Candidate(title) {
			t.Errorf("%s: a paper on meetings %v, fetched %v", title, r.meetings.Candidate(title), r.plans.Candidate(title))
		}
	}
}

// TestPreviewOfMeetings reads the samples of the mapper as preview does.
func TestPreviewOfMeetings(t *testing.T) {
	e := newEnvironment(DefaultConfig())
	e.Config.Data = t.TempDir()
	for name, want := range map[string]string{
		"calendar_oblast.docx": "calendar 5 [level oblast] [region_code 110000000] [district_code 113200000] [planned_on 2023-02-15] [held_on <nil>] [status planned] [participants <nil>]",
		"results_oblast.docx":  "results 3 [level oblast] [region_code 110000000] [district_code 113200000] [planned_on <nil>] [held_on 2023-02-15] [status held] [participants 320]",
		"action_plan.docx":     "none 0",
	} {
		r, err := e.PreviewPlan(t.Context(), filepath.Join("..", "transform", "meeting", "testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(r.Meetings.Paper.Sort, " ", len(r.Meetings.Rows))
		if len(r.Meetings.Rows) > 0 {
			for _, f := range MeetingRow(r.Meetings.Rows[0])[:7] {
				got += fmt.Sprintf(" [%s %v]", f.Name, f.Value)
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if (r.Plan.Kind == plan.IsPlan) != (name == "action_plan.docx") {
			t.Errorf("%s is of kind %s", name, r.Plan.Kind)
		}
	}
}

// TestMeetingsOfASite reads calendars, results and a plan from a site by a night's run, judges the calendars, and makes the
// same from the archive again.
func TestMeetingsOfASite(t *testing.T) {
	s := newWatch(t, "aktobe", "sko")
	all := s.akimats(t)
	district := func(a *akimat, text string) string {
		return strings.ReplaceAll(text, "@", a.Name.RU)
	}
	pages := map[string][2]string{ // by the region: titles of last year's calendar, results
		"150000000": {"Мугалжарский район", "Хромтауский район"},
		"590000000": {"Айыртауский район", "Жамбылский район"},
	}
	for _, a := range all {
		names := pages[a.Region]
		rows := fmt.Sprintf("<table><tr><td>Район</td><td>Дата</td></tr><tr><td>%s</td><td>15 февраля</td></tr><tr><td>%s</td><td>16 февраля</td></tr></table>", names[0], names[1])
		x := entry(district(a, "График встреч акима @ с населением на 2022 год"), "2022-03-20", rows)
		x.ID = 900 + len(a.ru)
		a.ru = append(a.ru, x)
		results := fmt.Sprintf("<table><tr><td>Район</td><td>Дата</td><td>Количество участников</td></tr><tr><td>%s</td><td>15.02.2022</td><td>120</td></tr></table>", names[0])
		y := entry(district(a, "Итоги встреч акима @ с населением за 1 полугодие 2022 года"), "2022-07-05", results)
		y.ID = 950 + len(a.ru)
		a.ru = append(a.ru, y)
		a.show()
	}
	s.run(t)
	want := []string{
		"590000000 | 2022-02-15 | held | 120", "590000000 | 2022-02-16 | missed | null", "150000000 | 2022-02-15 | held | 120", "150000000 | 2022-02-16 | missed | null",
	}
	slices.Sort(want)
	question := "SELECT region_code, toString(planned_on), toString(status), participants FROM meetings WHERE planned_on IS NOT NULL ORDER BY ALL"
	if diff := cmp.Diff(want, lines(t, s.e, question)); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	if _, err := s.e.ReplayPlans(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, lines(t, s.e, question)); diff != "" {
		t.Errorf("replayed (-want +got):\n%s", diff)
	}

	// Only one of them publishes the calendar of 2023, in time; the other is called overdue after grace, and not before.
	a := all[0]
	x := entry(district(a, "График встреч акима @ с населением на 2023 год"), "2023-01-12", fmt.Sprintf("<table><tr><td>Район</td><td>Дата</td></tr><tr><td>%s</td><td>15 февраля</td></tr></table>", pages[a.Region][0]))
	x.ID = 999
	a.ru = append(a.ru, x)
	a.show()
	states := func(day string) map[string]publication.State {
		s.at(day)
		s.run(t)
		judged, err := s.e.Publications(t.Context(), "2023")
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]publication.State{}
		for _, j := range judged {
			found[j.Obligation.RegionCode+" "+string(j.Obligation.Kind)] = j.Verdict.State
		}
		return found
	}
	other := all[1].Region
	for _, c := range []struct {
		day   string
		other publication.State
	}{{"2023-01-20", publication.NotFound}, {"2023-02-20", publication.Overdue}} {
		if diff := cmp.Diff(map[string]publication.State{a.Region + " calendar": publication.Published, other + " calendar": c.other}, states(c.day)); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", c.day, diff)
		}
	}
	// A site whose calendars have lost their titles is another site: nobody is accused of what cannot be told.
	for i := range all[1].ru {
		all[1].ru[i].Title = "Документ"
	}
	all[1].show()
	if got := states("2023-02-28")[other+" calendar"]; got != publication.Unverifiable && got != publication.Unreadable {
		t.Errorf("without titles: %s", got)
	}
}

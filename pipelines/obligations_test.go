package pipelines

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// TestWhatIsOwedForAMeeting: nobody owes something for what was not held, or was held on another day.
func TestWhatIsOwedForAMeeting(t *testing.T) {
	of := func(status, district, place string, month int, papers ...string) knownMeeting {
		m := knownMeeting{source: "s", akimat: "590000000/", status: status, district: district, place: place, on: qulaq.Date(2024, 1, 15) + qulaq.Day(30*(month-1))}
		for _, p := range papers {
			switch p[0] {
			case 'c':
				m.calendar = p
			case 'a':
				m.announcement = p
			case 'r':
				m.results = p
			}
		}
		return m
	}
	both := []publication.Kind{publication.Announcement, publication.Results}
	for _, c := range []struct {
		name   string
		first  knownMeeting // that is asked about
		others []knownMeeting
		owed   []publication.Kind
	}{
		{"planned", of("planned", "1", "", 3, "c"), nil, both},
		{"held", of("held", "1", "", 3, "c", "r"), nil, both},
		{"missed", of("missed", "1", "", 3, "c", "r"), nil, both[1:]},
		{"planned, and one that nobody planned was held there", of("planned", "1", "", 3, "c"), []knownMeeting{of("held", "1", "", 4, "r")}, nil},
		{"the same, and where is not said", of("planned", "1", "", 3, "c"), []knownMeeting{of("held", "", "", 4, "r")}, nil},
		{"the same in another half-year", of("planned", "1", "", 3, "c"), []knownMeeting{of("held", "1", "", 9, "r")}, both},
		{"the same elsewhere", of("planned", "1", "", 3, "c"), []knownMeeting{of("held", "2", "", 4, "r")}, both},
		{"the same in another village", of("planned", "1", "копа", 3, "c"), []knownMeeting{of("held", "1", "аксу", 4, "r")}, both},
		{"one that was planned was held there", of("planned", "1", "", 3, "c"), []knownMeeting{of("held", "1", "", 4, "c", "r")}, both},
		{"announced, and one that nobody planned was held there", of("planned", "1", "", 3, "c", "a"), []knownMeeting{of("held", "1", "", 4, "r")}, both[:1]},
		{"that one", of("held", "1", "", 4, "r"), []knownMeeting{of("planned", "1", "", 3, "c", "a")}, both[1:]},
		{"that one, before the day that was announced", of("held", "1", "", 2, "r"), []knownMeeting{of("planned", "1", "", 3, "a")}, both[1:]},
		{"that one, and where is not said", of("held", "", "", 4, "r"), []knownMeeting{of("planned", "1", "", 3, "a")}, both[1:]},
		{"that one, announced in another half-year", of("held", "1", "", 9, "r"), []knownMeeting{of("planned", "1", "", 3, "a")}, both},
		{"that one, announced elsewhere", of("held", "2", "", 4, "r"), []knownMeeting{of("planned", "1", "", 3, "a")}, both},
		{"that one, and the other was planned and not announced", of("held", "1", "", 4, "r"), []knownMeeting{of("planned", "1", "", 3, "c")}, both},
		{"that one, and the other has results of its own", of("held", "1", "", 4, "r"), []knownMeeting{of("held", "1", "", 3, "a", "r")}, both},
		{"announced, and nothing is told", of("planned", "1", "", 3, "a"), nil, both},
	} {
		known := meetingsOf(append([]knownMeeting{c.first}, c.others...))["590000000/"][0]
		owed := slices.DeleteFunc(slices.Clone(both), func(k publication.Kind) bool { return slices.Contains(known.Excused, k) })
		if diff := cmp.Diff(c.owed, owed); diff != "" && len(owed)+len(c.owed) > 0 {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestMeetingsAreWatched lets two akimats publish a calendar of 2023 on a small internet. One announces its meetings
// and tells of them; the other, which did so the year before, does not.
func TestMeetingsAreWatched(t *testing.T) {
	t.Parallel()
	s := newWatch(t, "aktobe", "sko", "pavlodar")
	s.e.Config.Plans.FullLook = 1
	all := s.akimats(t)
	places := map[string][2]string{
		"aktobe": {"Мугалжарский район", "Хромтауский район"}, "sko": {"Айыртауский район", "Есильский район"}, "pavlodar": {"Баянаульский район", "Железинский район"},
	}
	put := func(a *akimat, title, day, content string) {
		x := entry(strings.ReplaceAll(title, "@", a.Name.RU), day, content)
		x.ID = a.ru[0].ID + 500 + len(a.ru)
		a.ru = append(a.ru, x)
		a.show()
	}
	announce := func(a *akimat, place, meets, day string) {
		put(a, "Объявление о встрече акима @ с населением", day, fmt.Sprintf("<p>Дата: %s</p><p>Место: %s</p>", meets, place))
	}
	tell := func(a *akimat, place, met, day string) {
		put(a, "Итоги встречи акима @ с населением "+met, day, fmt.Sprintf("<table><tr><td>Район</td><td>Дата</td><td>Количество участников</td></tr><tr><td>%s</td><td>%s</td><td>120</td></tr></table>", place, met))
	}
	for _, a := range all {
		at := places[a.Key]
		if a.Key != "pavlodar" { // of whom no such paper is known
			for i, month := range []string{"09", "10"} {
				announce(a, at[i], "20."+month+".2022", "2022-"+month+"-12")
				tell(a, at[i], "20."+month+".2022", "2022-"+month+"-25")
			}
		}
		put(a, "График встреч акима @ с населением на 2023 год", "2022-12-28",
			fmt.Sprintf("<table><tr><td>Район</td><td>Дата</td></tr><tr><td>%s</td><td>15 февраля</td></tr><tr><td>%s</td><td>16 марта</td></tr></table>", at[0], at[1]))
	}
	states := func(day string) map[string]string {
		t.Helper()
		s.at(day)
		s.run(t)
		r, err := s.e.RunMonitor(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for _, j := range r.Judged {
			if k := j.Obligation.Kind; j.Obligation.Period.Label == "2023-H1" && (k == publication.Announcement || k == publication.Results) {
				of := slices.IndexFunc(all, func(a *akimat) bool { return a.Region == j.Obligation.RegionCode })
				said[all[of].Key+" "+string(k)] = string(j.Verdict.State)
				s.wantProof(t, j)
			}
		}
		return said
	}
	want := func(day string, states, want map[string]string) {
		t.Helper()
		if diff := cmp.Diff(want, states); diff != "" {
			t.Errorf("%s (-want +got):\n%s", day, diff)
		}
	}
	of := func(aktobe, sko, pavlodar [2]string) map[string]string {
		said := map[string]string{}
		for key, x := range map[string][2]string{"aktobe": aktobe, "sko": sko, "pavlodar": pavlodar} {
			said[key+" announcement"], said[key+" results"] = x[0], x[1]
		}
		return said
	}
	pending := [2]string{"pending", "pending"}
	want("2023-01-20", states("2023-01-20"), of(pending, pending, pending))
	announce(all[0], places["aktobe"][0], "15.02.2023", "2023-02-08")
	want("2023-02-13", states("2023-02-13"), of([2]string{"published", "pending"}, [2]string{"not_found", "pending"}, [2]string{"not_found", "pending"}))
	tell(all[0], places["aktobe"][0], "15.02.2023", "2023-02-20")
	want("2023-03-14", states("2023-03-14"), of([2]string{"not_found", "published"}, [2]string{"overdue", "overdue"}, [2]string{"unverifiable", "unverifiable"}))
	// Of the meeting of March nobody can tell yet, and of the third akimat of none.
	scores := ask(t, s.e, "SELECT region_code, announced FROM openness WHERE period = '2023-H1' ORDER BY region_code")
	if diff := cmp.Diff([]string{all[0].Region + " | 1", all[2].Region + " | null", all[1].Region + " | 0"}, scores); diff != "" {
		t.Errorf("openness (-want +got):\n%s", diff)
	}

	// The meeting of February was put off, as results of another day tell: nobody is accused of it any more, and nobody
	// looked on the days before that one.
	tell(all[1], places["sko"][0], "01.03.2023", "2023-03-10")
	want("2023-03-15", states("2023-03-15"), of([2]string{"not_found", "published"}, [2]string{"unverifiable", "published"}, [2]string{"unverifiable", "unverifiable"}))
	if t.Failed() {
		for _, line := range ask(t, s.e, "SELECT obligation_id, state, reason_en FROM verdicts WHERE period = '2023-H1' AND obligation != 'action_plan' AND judged_on = (SELECT max(judged_on) FROM verdicts)") {
			t.Log(line)
		}
		for _, line := range ask(t, s.e, "SELECT publication_id, toString(sort), toString(role), title, toString(period_from), toString(meetings) FROM meeting_papers ORDER BY publication_id") {
			t.Log(line)
		}
	}
}

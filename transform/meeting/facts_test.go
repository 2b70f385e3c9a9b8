package meeting_test

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/meeting"
)

// published is a paper on a site: its id, the day of its stamp ("" is none), its title and its text.
type published struct{ id, lang, stamp, title, text string }

func (p published) form(t testing.TB, r *meeting.Reader, seen int) meeting.Form {
	t.Helper()
	f := meeting.Form{ID: p.id, Lang: p.lang, Index: 1, Result: r.Read(publication(p.title, paper(p.text)))}
	if p.stamp != "" {
		d, err := qulaq.ParseDay(p.stamp)
		if err != nil {
			t.Fatal(err)
		}
		f.Stamp = d.Time().Add(6 * time.Hour)
	}
	f.SeenAt = time.Date(2024, 1, 1, 12, 0, seen, 0, qulaq.Almaty())
	f.FileSeenAt = f.SeenAt
	return f
}

func factLines(f meeting.Facts) (all []string) {
	for _, m := range f.Meetings {
		from := strings.Join(slices.DeleteFunc([]string{m.CalendarID, m.AnnouncementID, m.ResultsID}, func(s string) bool { return s == "" }), "+")
		all = append(all, short(m.Row)+" "+from)
	}
	slices.Sort(all)
	return all
}

const planned3 = "Район|Дата\nАккольский район|15.02.2023\nБурабайский район|март\nЗерендинский район|20.03.2023"

func TestNew(t *testing.T) {
	r := newReader(t)
	cal := published{"1", "ru", "2023-01-14", calendar, planned3}
	for _, c := range []struct {
		name   string
		papers []published
		want   []string
		roles  string
	}{
		{
			"a calendar alone plans and says no more",
			[]published{cal},
			[]string{"oblast 113200000 2023-02-15 planned 1/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 117000000 2023-03-01..2023-03-31 planned 1/ru"},
			"current",
		},
		{
			"whole results after it tell which were held, and prove which were not",
			[]published{cal, {"2", "ru", "2023-07-05", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10\nБурабайский район|22.03.2023|20"}},
			[]string{
				"oblast 113200000 2023-02-15 held 2023-02-15 1/ru+2/ru", "oblast 115600000 2023-03-20 missed 1/ru+2/ru",
				"oblast 117000000 2023-03-01..2023-03-31 held 2023-03-22 1/ru+2/ru",
			},
			"current current",
		},
		{
			"a meeting on another day at the place may be it: nobody is accused",
			[]published{cal, {"2", "ru", "2023-07-05", results, "Район|Дата|Участников\nЗерендинский район|22.03.2023|10"}},
			[]string{
				"oblast 113200000 2023-02-15 missed 1/ru+2/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 115600000 held 2023-03-22 2/ru",
				"oblast 117000000 2023-03-01..2023-03-31 missed 1/ru+2/ru",
			},
			"current current",
		},
		{
			"results with a row that was not understood prove nothing",
			[]published{cal, {"2", "ru", "2023-07-05", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10\nБурабайский район|весной|20"}},
			[]string{
				"oblast 113200000 2023-02-15 held 2023-02-15 1/ru+2/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 117000000 2023-03-01..2023-03-31 planned 1/ru",
				"oblast 117000000 held 2/ru",
			},
			"current current",
		},
		{
			"results that came before the day prove nothing",
			[]published{cal, {"2", "ru", "2023-03-10", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10"}},
			[]string{
				"oblast 113200000 2023-02-15 held 2023-02-15 1/ru+2/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 117000000 2023-03-01..2023-03-31 planned 1/ru",
			},
			"current current",
		},
		{
			"results of an unknown day of publication prove nothing",
			[]published{cal, {"2", "ru", "", results, "Район|Дата|Участников\nАккольский район|15.02.2023|10"}},
			[]string{
				"oblast 113200000 2023-02-15 held 2023-02-15 1/ru+2/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 117000000 2023-03-01..2023-03-31 planned 1/ru",
			},
			"current current",
		},
		{
			"results of another time or another akim prove nothing",
			[]published{
				cal,
				{"2", "ru", "2023-12-05", "Итоги встреч акима Акмолинской области с населением за 2 полугодие 2023 года", "Район|Дата|Участников\nАккольский район|15.08.2023|10"},
				{"3", "ru", "2023-07-05", "Итоги встреч акима Шетского района с населением за 1 полугодие 2023 года", "Село|Дата|Участников\nс. Талды|15.02.2023|10"},
			},
			[]string{
				"district 356400000 held 2023-02-15 3/ru", "oblast 113200000 2023-02-15 planned 1/ru", "oblast 113200000 held 2023-08-15 2/ru", "oblast 115600000 2023-03-20 planned 1/ru",
				"oblast 117000000 2023-03-01..2023-03-31 planned 1/ru",
			},
			"current current current",
		},
		{
			"a corrected calendar replaces the first; what it dropped is planned no more",
			[]published{cal, {"2", "ru", "2023-02-01", calendar, "Район|Дата\nАккольский район|16.02.2023\nБурабайский район|март"}},
			[]string{"oblast 113200000 2023-02-16 planned 2/ru", "oblast 117000000 2023-03-01..2023-03-31 planned 2/ru"},
			"replaced current",
		},
		{
			"an announcement gives a month its day",
			[]published{cal, {"2", "ru", "2023-03-01", "Объявление о встрече акима Акмолинской области с населением", "Дата: 14 марта 2023 года\nВремя: 11:00\nРайон: Бурабайский район"}},
			[]string{
				"oblast 113200000 2023-02-15 planned 1/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 117000000 2023-03-14 11:00 planned 1/ru+2/ru",
			},
			"current current",
		},
		{
			"a calendar may say itself what became of its meetings",
			[]published{{"1", "ru", "2023-07-14", calendar, "Район|Дата|Отметка\nАккольский район|15.02.2023|проведена\nБурабайский район|16.02.2023|не проведена\nЗерендинский район|20.09.2023|"}},
			[]string{"oblast 113200000 2023-02-15 held 2023-02-15 1/ru+1/ru", "oblast 115600000 2023-09-20 planned 1/ru", "oblast 117000000 2023-02-16 missed 1/ru+1/ru"},
			"current",
		},
		{
			"two languages are one calendar",
			[]published{cal, {"2", "kk", "2023-01-14", "Ақмола облысы әкімінің халықпен кездесу кестесі, 2023 жыл", "Аудан|Күні\nАқкөл ауданы|15.02.2023"}},
			[]string{"oblast 113200000 2023-02-15 planned 1/ru", "oblast 115600000 2023-03-20 planned 1/ru", "oblast 117000000 2023-03-01..2023-03-31 planned 1/ru"},
			"current translation",
		},
		{
			"a paper of which nothing was read is known and says nothing", []published{{"1", "ru", "2023-01-14", calendar, "скан"}}, nil, "unread",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			var forms []meeting.Form
			for i, p := range c.papers {
				forms = append(forms, p.form(t, r, i))
			}
			f := meeting.New("govkz/aqmola", forms)
			if diff := gocmp.Diff(c.want, factLines(f)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var roles []string
			for _, p := range f.Papers {
				roles = append(roles, string(p.Role))
			}
			if got := strings.Join(roles, " "); got != c.roles {
				t.Errorf("roles %s, want %s", got, c.roles)
			}
		})
	}
}

// TestFormsOfOneEntry checks that an entry whose content was changed later counts as it is now.
func TestFormsOfOneEntry(t *testing.T) {
	r := newReader(t)
	first := published{"1", "ru", "2023-01-14", calendar, planned3}
	second := first
	second.text = "Район|Дата\nЕсильский район|15.05.2023"
	f := meeting.New("s", []meeting.Form{first.form(t, r, 0), second.form(t, r, 1)})
	if diff := gocmp.Diff([]string{"oblast 114800000 2023-05-15 planned 1/ru/2"}, factLines(f)); diff != "" {
		t.Error(diff)
	}
}

// TestLaws checks what holds for all papers: their order does not matter, ids are unique, a meeting is missed only
// where results that count were published after it and name nothing at its place, and no held meeting of results is
// lost.
func TestLaws(t *testing.T) {
	reader := newReader(t)
	districts := []string{"Аккольский район", "Бурабайский район", "Зерендинский район", "Есильский район"}
	rapid.Check(t, func(rt *rapid.T) {
		var forms []meeting.Form
		for i := range rapid.IntRange(0, 5).Draw(rt, "papers") {
			isResults := rapid.Bool().Draw(rt, "results")
			p := published{id: fmt.Sprint(rapid.IntRange(1, 4).Draw(rt, "id")), lang: "ru", title: calendar, text: "Район|Дата"}
			p.stamp = rapid.SampledFrom([]string{"", "2023-01-14", "2023-03-15", "2023-07-05"}).Draw(rt, "stamp")
			if isResults {
				p.title, p.text = results, "Район|Дата|Участников"
			}
			for range rapid.IntRange(1, 5).Draw(rt, "rows") {
				p.text += "\n" + rapid.SampledFrom(districts).Draw(rt, "district") + "|" + rapid.SampledFrom([]string{"15.02.2023", "20.03.2023", "март", "когда-нибудь"}).Draw(rt, "day")
				if isResults {
					p.text += "|5"
				}
			}
			forms = append(forms, p.form(t, reader, i))
		}
		f := meeting.New("s", forms)
		shuffled := slices.Clone(forms)
		rand.New(rand.NewSource(1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if diff := gocmp.Diff(dump(f), dump(meeting.New("s", shuffled))); diff != "" {
			rt.Fatalf("the order matters:\n%s", diff)
		}
		ids, papers := map[string]bool{}, map[string]meeting.Publication{}
		for _, p := range f.Papers {
			papers[p.ID] = p
		}
		held := 0
		for _, m := range f.Meetings {
			if ids[m.ID] {
				rt.Fatalf("%s is there twice", m.ID)
			}
			ids[m.ID] = true
			if m.Status == meeting.Held {
				held++
			}
			if m.Status != meeting.Missed {
				continue
			}
			p := papers[m.ResultsID]
			if p.Role != meeting.Current || !p.Form.Result.Paper.Whole || qulaq.DayOf(p.Form.Stamp) <= m.PlannedTo {
				rt.Fatalf("%v is missed by %s, which proves nothing", m, m.ResultsID)
			}
		}
		told := 0
		for _, p := range f.Papers {
			for _, m := range p.Form.Result.Rows {
				if p.Role == meeting.Current && m.Status == meeting.Held {
					told++
				}
			}
		}
		if held != told {
			rt.Fatalf("%d were held, results that count list %d", held, told)
		}
	})
}

func dump(f meeting.Facts) (all []string) {
	for _, m := range f.Meetings {
		all = append(all, m.ID+" "+short(m.Row)+" "+m.CalendarID+" "+m.ResultsID)
	}
	for _, p := range f.Papers {
		all = append(all, p.ID+" "+string(p.Role))
	}
	slices.SortFunc(all, cmp.Compare[string])
	return all
}

func TestRecords(t *testing.T) {
	if f := meeting.New("s", nil); f.MeetingRecord() != nil || f.PaperRecord() != nil {
		t.Error("nothing has a record")
	}
	r := newReader(t)
	f := meeting.New("s", []meeting.Form{published{"1", "ru", "2023-01-14", calendar, planned3}.form(t, r, 0)})
	for _, c := range []struct {
		rows int64
		json func() ([]byte, error)
		got  int64
		want string
	}{
		{3, f.MeetingRecord().MarshalJSON, f.MeetingRecord().NumRows(), `"participants":null`},
		{1, f.PaperRecord().MarshalJSON, f.PaperRecord().NumRows(), `"sort":"calendar"`},
	} {
		text, err := c.json()
		if err != nil || c.got != c.rows || !strings.Contains(string(text), c.want) {
			t.Errorf("%d rows, %v: %s", c.got, err, text)
		}
	}
}

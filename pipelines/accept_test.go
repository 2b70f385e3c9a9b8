package pipelines

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// A site that loses what it had, for good, cannot be verified until an operator accepts it as it is.
func TestASiteIsAccepted(t *testing.T) {
	t.Parallel()
	s := newWatch(t, "sko", "aktobe")
	s.e.Config.Plans.FullLook = 1
	all := s.akimats(t)
	a := all[slices.IndexFunc(all, func(a *akimat) bool { return a.Key == "sko" })]
	state := func(day string) Judged {
		t.Helper()
		return s.night(t, day)["sko"]
	}
	want := func(day string, state publication.State, j Judged) {
		t.Helper()
		if j.Verdict.State != state {
			t.Errorf("%s: %s (%s), want %s", day, j.Verdict.State, j.Verdict.Reason.Text("en"), state)
		}
	}
	refused := func(who, akimat, by, reason, why string) {
		t.Helper()
		_, err := s.e.AcceptSites(t.Context(), akimat, by, reason)
		if err == nil || !strings.Contains(err.Error(), why) || qulaq.KindOf(err) != qulaq.Configuration {
			t.Errorf("%s: %v, want %s", who, err, why)
		}
	}
	for _, day := range []string{"2022-12-20", "2022-12-28"} {
		state(day)
	}
	want("2023-01-06", publication.NotFound, state("2023-01-06"))
	refused("a site that is well", "sko", "Айгуль", "так надо", "nothing to accept")

	want("2023-01-19", publication.NotFound, state("2023-01-19"))

	// All entries have other ids, and most of the old ones are not there any more.
	a.ru, a.kk = a.ru[len(a.ru)-4:], a.kk[:2]
	for _, list := range [][]govsim.Entry{a.ru, a.kk} {
		for i := range list {
			list[i].ID += 500_000
		}
	}
	a.show()
	want("2023-01-20", unverifiable, state("2023-01-20"))
	want(overdueOn, unverifiable, state(overdueOn))
	refused("no reason", "sko", "Айгуль", " ", "why are needed")
	refused("nobody", "sko", "", "новая платформа", "why are needed")
	refused("an unknown akimat", "Атлантида", "Айгуль", "новая платформа", "no akimat is called so")
	refused("several akimats", "област", "Айгуль", "новая платформа", "may be meant")

	s.at("2023-02-16")
	was := ask(t, s.e, "SELECT toString(tuple(*)) FROM verdicts ORDER BY 1")
	accepted, err := s.e.AcceptSites(t.Context(), "северо-казах", "Айгуль", "новая\nплатформа")
	if err != nil {
		t.Fatal(err)
	}
	if len(accepted) != 1 || accepted[0].Source != "govkz/sko" || accepted[0].Reason != "новая платформа" || len(accepted[0].Doubts) == 0 {
		t.Errorf("%+v", accepted)
	}
	if diff := cmp.Diff([]string{"govkz/sko | Айгуль | новая платформа | 2023-02-16"}, ask(t, s.e, "SELECT source, who, reason, toString(toDate(at, 'Asia/Almaty')) FROM acceptances")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	refused("twice", "590000000", "Айгуль", "новая платформа", "nothing to accept")
	if diff := cmp.Diff(was, ask(t, s.e, "SELECT toString(tuple(*)) FROM verdicts ORDER BY 1")); diff != "" {
		t.Errorf("what was judged before is written anew (-before +after):\n%s", diff)
	}
	j := s.monitor(t)["sko"]
	want("accepted, and not looked at since", unverifiable, j)

	// The next night it is read whole, and is what is usual there; that there is no plan counts again, since it was well
	// in the thirty days before: what a site drops when it changes may have been the plan.
	s.e.Config.Plans.FullLook = 30
	j = state("2023-02-17")
	want("2023-02-17", overdue, j)
	shown := slices.IndexFunc(j.Verdict.Evidence, func(e publication.Evidence) bool { return e.Outcome == "accepted" })
	if shown < 0 || j.Verdict.Evidence[shown].Note != "Айгуль: новая платформа" || j.Verdict.Evidence[shown].On.String() != "2023-02-16" {
		t.Errorf("the proof does not name the acceptance: %+v", j.Verdict.Evidence)
	}
	before, err := s.e.Publications(t.Context(), "2022-H1")
	if err != nil {
		t.Fatal(err)
	}
	for _, j := range before { // the plan of the half-year before went with the old site
		if j.Verdict.State != publication.Published {
			t.Errorf("%s of 2022-H1 is %s: %s", j.Name, j.Verdict.State, j.Verdict.Reason.Text("en"))
		}
	}

	// What is usual now is doubted again when it changes again.
	s.e.Config.Plans.FullLook = 1
	state("2023-02-18")
	a.ru = a.ru[:1]
	a.show()
	want("2023-02-20", unverifiable, state("2023-02-20"))
}

// TestWhatIsAccepted: an operator may say that a listing has less than before, and nothing else; and what is said of the
// listing in one language is not said of the other.
func TestWhatIsAccepted(t *testing.T) {
	t.Parallel()
	e := open(t, atServer(t))
	if _, err := e.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	sources, err := e.PlanSources()
	if err != nil {
		t.Fatal(err)
	}
	const shrunk, missing, frozen = "shrunk: 40 entries, at least 80 are usual", "known_missing: 3 of 4", "frozen: nothing newer"
	const mute, unrecognised, blank, emptied = "mute: 51 of 100", "unrecognised: 1 of 1", "blank: 1 besides 40 entries", "emptied: 0 entries"
	type looks [][]string // what the canaries hold against the latest looks, oldest first; nil: did not answer
	well := []string{}
	for i, c := range []struct {
		name     string
		ru, kk   looks
		accepted []string // doubts that are over
		refused  string   // a part of why not
	}{
		{"all is well", looks{well}, looks{well}, nil, "nothing to accept"},
		{"one is doubted", looks{{shrunk}}, looks{well}, []string{"ru: " + shrunk}, ""},
		{"both are", looks{{missing, shrunk}}, looks{{frozen}}, []string{"ru: " + missing, "ru: " + shrunk, "kk: " + frozen}, ""},
		{"the other one does not answer", looks{{shrunk}}, looks{well, nil}, []string{"ru: " + shrunk}, ""},
		{"the other one is empty", looks{{shrunk}}, looks{{emptied}}, []string{"ru: " + shrunk}, ""},
		{"it does not answer any more", looks{{shrunk}, nil}, looks{well}, nil, "ru: the latest look: unreachable"},
		{"it does not answer, and was well", looks{well, nil}, looks{well}, nil, "ru: the latest look: unreachable"},
		{"the plans are not recognised", looks{{unrecognised}}, looks{well}, nil, "ru: " + unrecognised},
		{"besides, it has less", looks{{missing, unrecognised, shrunk}}, looks{well}, nil, "ru: " + unrecognised},
		{"the titles say nothing", looks{{mute}}, looks{well}, nil, "ru: " + mute},
		{"the titles say nothing, and it has less", looks{{missing, mute}}, looks{well}, nil, "ru: " + mute},
		{"an element cannot be read, and it has less", looks{{blank, shrunk}}, looks{well}, nil, "ru: " + blank},
		{"it is empty", looks{well}, looks{{emptied}}, nil, "kk: " + emptied},
		{"neither is anything that an operator can accept", looks{{mute}}, looks{nil}, nil, "ru: mute: 51 of 100; kk: the latest look: unreachable"},
		{"one has less, the other is not recognised", looks{{shrunk}}, looks{{unrecognised}}, []string{"ru: " + shrunk}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := sources[i]
			for lang, latest := range map[string]looks{"ru": c.ru, "kk": c.kk} {
				for day, doubts := range append(looks{well, well, well}, latest...) {
					row := load.Look{
						RunID: "run", At: e.Now().AddDate(0, 0, day-10), Source: s.Archive(), Lang: lang, Outcome: "healthy", Complete: true, Entries: 100,
						Examined: true, Failures: doubts,
					}
					if doubts == nil {
						row.Outcome, row.Complete = "unreachable", false
					}
					if err := e.Warehouse.NoteLook(t.Context(), row, nil); err != nil {
						t.Fatal(err)
					}
				}
			}
			accepted, err := e.AcceptSites(t.Context(), s.Key, "Айгуль", "сверено вручную")
			if c.refused != "" {
				if err == nil || !strings.Contains(err.Error(), c.refused) || qulaq.KindOf(err) != qulaq.Configuration || len(accepted) > 0 {
					t.Errorf("%+v, %v, want %s", accepted, err, c.refused)
				}
			} else if err != nil {
				t.Fatal(err)
			} else if diff := cmp.Diff(c.accepted, accepted[0].Doubts); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}

			// What comes back cut is doubted as before, but where it was accepted.
			history, err := e.Warehouse.Looks(t.Context(), s.Archive(), e.Now())
			if err != nil {
				t.Fatal(err)
			}
			history, relearn, err := e.learned(t.Context(), s, history)
			if err != nil {
				t.Fatal(err)
			}
			for _, lang := range []string{"ru", "kk"} {
				var past []publication.Look
				for _, l := range history {
					past = append(past, lookOf(l))
				}
				cut := publication.Look{Place: publication.Place{Source: s.Archive(), Lang: lang}, At: e.Now().Add(time.Hour), Outcome: "healthy", Complete: true, Entries: 40}
				anew := slices.ContainsFunc(c.accepted, func(doubt string) bool { return strings.HasPrefix(doubt, lang) })
				if doubted := len(publication.Canaries(cut, past)) > 0; doubted == anew || relearn[lang].IsZero() == anew {
					t.Errorf("%s: doubted %t, learned anew since %s, accepted %t", lang, doubted, relearn[lang], anew)
				}
			}
		})
	}
}

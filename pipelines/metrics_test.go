package pipelines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// figures reads a textfile: value by metric and labels.
func figures(t *testing.T, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "} "); ok && !strings.HasPrefix(line, "#") {
			all[name+"}"] = value
		} else if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			all[name] = value
		}
	}
	return all
}

// A run that died has a figure, though nobody wrote down its end; one that was made by hand has none, for nobody misses it.
func TestMeasureRuns(t *testing.T) {
	c := atServer(t)
	c.Metrics.Textfile = filepath.Join(t.TempDir(), "qulaq.prom")
	e := open(t, c)
	run(t, e)
	for _, statement := range []string{
		"INSERT INTO runs (run_id, pipeline, owner, started_at, state) VALUES ('d', 'complaints', 'o', '2026-06-30 02:00:00', 'died')",
		"INSERT INTO runs (run_id, pipeline, owner, started_at, state) VALUES ('r', 'complaints', 'o', '2026-06-30 03:00:00', 'running')",
		"INSERT INTO runs (run_id, pipeline, owner, started_at, finished_at, state) VALUES ('h', 'replay', 'o', '2026-06-30 02:00:00', '2026-06-30 02:10:00', 'ok')",
	} {
		if err := e.Warehouse.Do(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	run(t, e)
	got := figures(t, c.Metrics.Textfile)
	for name, want := range map[string]string{
		`qulaq_run_last_timestamp_seconds{pipeline="complaints",state="died"}`:    "1.7827668e+09",
		`qulaq_run_last_timestamp_seconds{pipeline="complaints",state="running"}`: "",
		`qulaq_run_last_timestamp_seconds{pipeline="replay",state="ok"}`:          "",
		`qulaq_rejects{pipeline="replay"}`:                                        "",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
}

func TestMeasure(t *testing.T) {
	inbox := t.TempDir()
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"), row("2", "2026-05-02", "В работе", "г.Астана"), row("", "2026-05-02", "В работе", "г.Астана"))
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	c.Metrics.Textfile = filepath.Join(t.TempDir(), "qulaq.prom")
	c.Bounds.MaxRejects = 1
	e := open(t, c)
	run(t, e)
	got := figures(t, c.Metrics.Textfile)
	for name, want := range map[string]string{
		`qulaq_rows_loaded{pipeline="complaints"}`:                           "2",
		`qulaq_rejects{pipeline="complaints"}`:                               "1",
		`qulaq_run_duration_seconds{pipeline="complaints"}`:                  "0",
		`qulaq_run_last_timestamp_seconds{pipeline="complaints",state="ok"}`: "1.7828784e+09",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if got["qulaq_archive_bytes"] == "" || got["qulaq_archive_bytes"] == "0" {
		t.Errorf("the archive has %q bytes", got["qulaq_archive_bytes"])
	}
	for name := range got {
		if strings.HasPrefix(name, "qulaq_look") || strings.HasPrefix(name, "qulaq_publication") {
			t.Errorf("%s is not known yet", name)
		}
	}

	t.Run("sites and obligations", func(t *testing.T) {
		var looks []load.Look
		for _, l := range []struct {
			source, lang, outcome string
			hours                 int
			failures              []string
		}{
			{"govkz/a", "ru", "login_page", 30, nil},
			{"govkz/a", "ru", "healthy", 2, nil},
			{"govkz/a", "kk", "healthy", 2, []string{"emptied: 0 entries"}},
			{"govkz/b", "ru", "healthy", 30, nil},
			{"govkz/b", "ru", "refused", 1, nil},
		} {
			looks = append(looks, load.Look{RunID: "r", At: now.Add(-time.Duration(l.hours) * time.Hour), Source: l.source, Lang: l.lang, Outcome: l.outcome, Complete: true, Examined: true, Failures: l.failures})
		}
		for _, l := range looks {
			if err := e.Warehouse.NoteLook(t.Context(), l, nil); err != nil {
				t.Fatal(err)
			}
		}
		today := qulaq.DayOf(now)
		var rows []load.Verdict
		for _, v := range []struct {
			key, region, district string
			day                   qulaq.Day
			state                 publication.State
			kind                  publication.Kind
		}{
			{"a", "150000000", "", today - 1, publication.NotFound, publication.ActionPlan},
			{"a", "150000000", "", today, publication.Overdue, publication.ActionPlan},
			{"b", "590000000", "", today, publication.Published, publication.ActionPlan},
			{"c", "590000000", "593230000", today, publication.Overdue, publication.ActionPlan},
			{"d", "150000000", "", today, publication.Overdue, publication.Announcement},
			{"gone", "999999999", "", today - 1, publication.Overdue, publication.ActionPlan},
		} {
			o := publication.Obligation{Key: v.key, Kind: v.kind, RegionCode: v.region, DistrictCode: v.district, Period: publication.HalfYear(qulaq.Date(2022, 7, 1))}
			row, err := Judged{Obligation: o, Verdict: publication.Verdict{State: v.state}}.row("r", v.day)
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, row)
		}
		if err := e.Warehouse.NoteVerdicts(t.Context(), rows); err != nil {
			t.Fatal(err)
		}
		run(t, e)
		got := figures(t, c.Metrics.Textfile)
		for name, want := range map[string]string{
			`qulaq_look_healthy{lang="ru",source="govkz/a"}`:                                           "1",
			`qulaq_look_healthy{lang="kk",source="govkz/a"}`:                                           "0",
			`qulaq_look_healthy{lang="ru",source="govkz/b"}`:                                           "0",
			`qulaq_look_age_seconds{lang="ru",source="govkz/a"}`:                                       "7200",
			`qulaq_look_age_seconds{lang="ru",source="govkz/b"}`:                                       "3600",
			`qulaq_publications{obligation="action_plan",period="2022-H2",state="overdue"}`:            "2",
			`qulaq_publications{obligation="action_plan",period="2022-H2",state="published"}`:          "1",
			`qulaq_publications{obligation="action_plan",period="2022-H2",state="not_found"}`:          "0",
			`qulaq_publication_overdue{obligation="action_plan",period="2022-H2",region="150000000"}`:  "1",
			`qulaq_publications{obligation="announcement",period="2022-H2",state="overdue"}`:           "1",
			`qulaq_publications{obligation="announcement",period="2022-H2",state="published"}`:         "0",
			`qulaq_publication_overdue{obligation="announcement",period="2022-H2",region="150000000"}`: "1",
			`qulaq_publication_overdue{obligation="action_plan",period="2022-H2",region="593230000"}`:  "1",
			`qulaq_publication_overdue{obligation="action_plan",period="2022-H2",region="590000000"}`:  "",
			`qulaq_publication_overdue{obligation="action_plan",period="2022-H2",region="999999999"}`:  "",
			`qulaq_rows_loaded{pipeline="complaints"}`:                                                 "0",
		} {
			if got[name] != want {
				t.Errorf("%s is %q, want %q", name, got[name], want)
			}
		}
	})

	t.Run("a folder that is not there is the operator's, and the run stays done", func(t *testing.T) {
		e.Config.Metrics.Textfile = filepath.Join(t.TempDir(), "nowhere", "qulaq.prom")
		write(t, filepath.Join(inbox, "eotinish_2026-06-02.csv"), row("3", "2026-05-03", "В работе", "г.Астана"))
		r, err := e.RunComplaints(t.Context())
		wantError(t, err, qulaq.Configuration, "write metrics")
		if r.Err() != nil {
			t.Error(r.Err())
		}
		if n := len(living(t, e)); n != 3 {
			t.Errorf("%d complaints", n)
		}
		if state := ask(t, e, "SELECT state FROM runs ORDER BY run_id DESC LIMIT 1"); state[0] != "ok" {
			t.Errorf("the run is %s", state[0])
		}
	})
}

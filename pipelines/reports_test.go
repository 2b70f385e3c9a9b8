package pipelines

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func TestRunReports(t *testing.T) {
	folder := t.TempDir()
	text := "По итогам 2 полугодия 2022 года акимами всех уровней проведено около 12,4 тысячи встреч с населением. Населением поднято более 20 тысяч вопросов, из них решено 18 тысяч."
	writeText(t, filepath.Join(folder, "2023-01-24 отчёт.txt"), text)
	c := atServer(t)
	c.Reports = []ReportSource{{Path: folder}}
	e := open(t, c)
	run := func() *Result {
		t.Helper()
		r, err := e.RunReports(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	claims := func() []string {
		t.Helper()
		return ask(t, e, "SELECT subject_code, toString(channel), toString(metric), toString(period_from), value, toString(qualifier) FROM claims ORDER BY claim_id")
	}
	want := []string{
		"000000000 | akims | meetings_held | 2022-07-01 | 12400 | about",
		"000000000 | akims | issues_raised | 2022-07-01 | 20000 | over",
		"000000000 | akims | issues_resolved | 2022-07-01 | 18000 | exact",
	}
	if r := run(); r.Err() != nil || r.New() != 1 {
		t.Fatalf("%+v", r)
	}
	if diff := cmp.Diff(want, claims()); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if r := run(); r.Err() != nil || r.New() != 0 {
		t.Errorf("again: %+v", r)
	}
	for _, c := range mustCheck(t, e) {
		if c.Violations > 0 {
			t.Errorf("check %s: %v", c.Name, c.Shown)
		}
	}

	// A report that cannot be read is told of and stops no other.
	writeText(t, filepath.Join(folder, "a.docx"), "\x00\x01\x02")
	r := run()
	if qulaq.KindOf(r.Err()) != qulaq.Contract || !strings.Contains(r.Err().Error(), "a.docx") {
		t.Errorf("a file that is none: %v", r.Err())
	}
	if diff := cmp.Diff(want, claims()); diff != "" {
		t.Errorf("claims after a bad file (-want +got):\n%s", diff)
	}
	if got := ask(t, e, "SELECT name, state, reason != '' FROM snapshots WHERE source = 'reports' ORDER BY name"); len(got) != 2 || got[1] != "a.docx | refused | 1" {
		t.Errorf("snapshots %q", got)
	}
	if n := len(run().Files); n != 2 {
		t.Errorf("the next night looks at %d files", n)
	}
}

// A report that was corrected where it lies replaces its claims, also when it is put back, unless nothing can be read of it; what
// another place still shows stays.
func TestCorrectedReport(t *testing.T) {
	folder := t.TempDir()
	report, copied := filepath.Join(folder, "2023-01-24 отчёт.txt"), filepath.Join(folder, "копия.txt")
	const raised = "По итогам 2022 года акимами всех уровней проведено 12 тысяч встреч с населением. Населением поднято %s тысячи вопросов."
	first, second := fmt.Sprintf(raised, "63"), fmt.Sprintf(raised, "64")
	c := atServer(t)
	c.Reports = []ReportSource{{Path: folder}}
	e := open(t, c)
	for _, step := range []struct {
		name, path, text string
		loaded, repeated uint64 // rows of the run
		want             string
	}{
		{"the first word", report, first, 2, 0, "63000"},
		{"a correction", report, second, 2, 2, "64000"},
		{"a correction of which nothing can be read", report, "Страница не найдена.", 2, 2, "64000"},
		{"the first word once more", report, first, 2, 2, "63000"},
		{"a copy", copied, first, 2, 2, "63000"},
		{"a correction of the one, not of the other", report, second, 4, 0, "63000 | 64000"},
		{"a correction of the other", copied, second, 2, 2, "64000"},
	} {
		writeText(t, step.path, step.text)
		r, err := e.RunReports(t.Context())
		if err != nil || r.Err() != nil {
			t.Fatalf("%s: %v, %v", step.name, err, r.Err())
		}
		if got := strings.Join(ask(t, e, "SELECT value FROM claims WHERE metric = 'issues_raised' ORDER BY value"), " | "); got != step.want {
			t.Errorf("%s: claims of %s, want %s", step.name, got, step.want)
		}
		if total := r.Total(); total.Loaded != step.loaded || total.Repeated != step.repeated {
			t.Errorf("%s: %d rows loaded and %d repeated, want %d and %d", step.name, total.Loaded, total.Repeated, step.loaded, step.repeated)
		}
	}
	for _, c := range mustCheck(t, e) {
		if c.Violations > 0 {
			t.Errorf("check %s: %v", c.Name, c.Shown)
		}
	}
}

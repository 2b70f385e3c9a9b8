package complaint

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/internal/sample"
)

// samples are whole exports of every source, in every way of writing them down.
var samples = map[string]sample.Spec{
	"analytic":          {Format: sample.Analytic, Rows: 3000, Seed: 1, Shift: true, Dirty: 0.02, Repeats: 0.05},
	"analytic gzip":     {Format: sample.Analytic, Rows: 1500, Seed: 2, Encoding: sample.UTF8BOM, Shift: true, Pack: sample.Gzip, CRLF: true},
	"analytic bare":     {Format: sample.Analytic, Rows: 1500, Seed: 4, Quoting: sample.Never, Shift: true, Repeats: 0.1},
	"analytic quoted":   {Format: sample.Analytic, Rows: 1500, Seed: 4, Quoting: sample.Always, Separator: ';', Dirty: 0.1},
	"analytic renamed":  {Format: sample.Analytic, Rows: 1500, Seed: 5, Columns: sample.Renamed, Separator: ',', Shift: true},
	"analytic cut":      {Format: sample.Analytic, Rows: 1500, Seed: 6, Columns: sample.Cut, Layout: sample.JSON, Shift: true, Dirty: 0.02},
	"analytic cut tabs": {Format: sample.Analytic, Rows: 1500, Seed: 6, Columns: sample.Cut, Separator: '\t', Dirty: 0.3},
	"analytic ndjson":   {Format: sample.Analytic, Rows: 1500, Seed: 7, Layout: sample.NDJSON, Dirty: 0.1, Repeats: 0.1},
	"analytic xlsx":     {Format: sample.Analytic, Rows: 1000, Seed: 8, Layout: sample.XLSX, Shift: true, Dirty: 0.05, Repeats: 0.05},
	"analytic 2022": {
		Format: sample.Analytic, Rows: 1000, Seed: 9, Shift: true,
		From: qulaq.Date(2022, 7, 1), To: qulaq.Date(2024, 3, 31), Exported: qulaq.Date(2024, 12, 31),
	},
	"with texts":     {Format: sample.AnalyticText, Rows: 2000, Seed: 1, Shift: true, Repeats: 0.01},
	"with texts zip": {Format: sample.AnalyticText, Rows: 1500, Seed: 2, Pack: sample.Zip, Separator: '\t', Dirty: 0.1},
	"with texts gz":  {Format: sample.AnalyticText, Rows: 1500, Seed: 3, Layout: sample.NDJSON, Pack: sample.Gzip, Repeats: 0.3},
	"texts":          {Format: sample.Text, Rows: 2000, Seed: 1, Dirty: 0.02, Repeats: 0.02},
	"texts crlf":     {Format: sample.Text, Rows: 500, Seed: 2, CRLF: true, Repeats: 0.1},
	"texts 1251":     {Format: sample.Text, Rows: 500, Seed: 2, Encoding: sample.Windows1251},
	"calls":          {Format: sample.CC109, Rows: 3000, Seed: 1, Pack: sample.Zip, Dirty: 0.02},
	"calls bare":     {Format: sample.CC109, Rows: 1500, Seed: 2, Quoting: sample.Never, Dirty: 0.3},
	"one row":        {Format: sample.Analytic, Rows: 1, Seed: 1, Shift: true},
}

func makeSample(t testing.TB, s sample.Spec) (sample.Truth, qulaq.Snapshot) {
	t.Helper()
	var b bytes.Buffer
	truth, err := sample.Write(&b, s)
	if err != nil {
		t.Fatal(err)
	}
	return truth, snapshot("sample", b.Bytes())
}

// truthOf counts of a reading what the generator counted of the export: every complaint once, by its last row.
func truthOf(r reading, s sample.Spec) sample.Truth {
	truth := sample.Truth{
		Rows: r.Summary.Rows, Rejected: r.Summary.Rejected, Findings: kinds(r.Summary.Findings),
		ShiftHours: int(r.Summary.Shift.Hours()), ByMonth: map[string]int64{},
	}
	newest := map[string]render.Object{}
	for _, f := range r.Facts {
		newest[field(f, "complaint_id")] = f
	}
	truth.Complaints = int64(len(newest))
	truth.Repeated = r.Summary.Facts - truth.Complaints
	count := func(counts *map[string]int64, printed bool, key string) {
		if !printed {
			return
		}
		if *counts == nil {
			*counts = map[string]int64{}
		}
		(*counts)[key]++
	}
	for _, f := range newest {
		truth.ByMonth[field(f, "registered_at")[:len("2026-01")]]++
		count(&truth.ByRegion, s.Format != sample.Text, field(f, "region_code"))
		count(&truth.ByDistrict, s.Format != sample.Text && s.Format != sample.CC109, field(f, "district_code"))
		count(&truth.ByStatus, s.Format != sample.Text, field(f, "status"))
		count(&truth.ByLanguage, s.Format == sample.Text || s.Format == sample.AnalyticText, field(f, "lang"))
	}
	return truth
}

// Of a whole export we find what its generator says is there.
func TestSamples(t *testing.T) {
	for name, s := range samples {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			truth, snap := makeSample(t, s)
			got := truthOf(readAll(t, snap, options(t, "")), s)
			// What a complaint is about and the personal data in it are found elsewhere.
			got.Bytes, got.ByCategory, got.Planted = truth.Bytes, truth.ByCategory, truth.Planted
			if older := s.From != 0; older {
				// The generator prints today's districts; those that were founded later are coded as of the day.
				got.ByDistrict, got.Findings = truth.ByDistrict, truth.Findings
			}
			languagesOf(t, s, truth, &got)
			if diff := cmp.Diff(truth, got); diff != "" {
				t.Errorf("truth (-) and reading (+) differ:\n%s", diff)
			}
		})
	}
}

// languagesOf compares the languages: never the wrong one, and hardly ever none. Without its letters, which
// windows-1251 lacks, Kazakh is not always told.
func languagesOf(t *testing.T, s sample.Spec, want sample.Truth, got *sample.Truth) {
	t.Helper()
	if s.Encoding != sample.Windows1251 {
		for language, n := range got.ByLanguage {
			if language != "" && n > want.ByLanguage[language] {
				t.Errorf("%d texts are taken for %s, %d are", n, language, want.ByLanguage[language])
			}
		}
		if none := got.ByLanguage[""]; none*200 > want.Complaints {
			t.Errorf("of %d texts in %d nobody knows the language", none, want.Complaints)
		}
	}
	got.ByLanguage = want.ByLanguage
}

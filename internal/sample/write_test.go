package sample

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

var update = flag.Bool("update", false, "rewrite the golden file")

// varied are exports that differ in everything that a Spec can ask for.
var varied = map[string]Spec{
	"analytic":         {Format: Analytic, Rows: 5000, Seed: 1, Shift: true, Dirty: 0.02, Repeats: 0.05},
	"analytic bom":     {Format: Analytic, Rows: 3000, Seed: 2, Encoding: UTF8BOM, Shift: true, Pack: Gzip, CRLF: true},
	"analytic 1251":    {Format: Analytic, Rows: 3000, Seed: 3, Encoding: Windows1251, Separator: ';', Dirty: 0.1},
	"analytic bare":    {Format: Analytic, Rows: 3000, Seed: 4, Quoting: Never, Shift: true, Repeats: 0.1},
	"analytic renamed": {Format: Analytic, Rows: 3000, Seed: 5, Columns: Renamed, Separator: ',', Shift: true},
	"analytic cut":     {Format: Analytic, Rows: 2000, Seed: 6, Columns: Cut, Layout: JSON, Shift: true, Dirty: 0.02},
	"analytic ndjson":  {Format: Analytic, Rows: 2000, Seed: 7, Layout: NDJSON, Dirty: 0.1, Repeats: 0.1},
	"analytic xlsx":    {Format: Analytic, Rows: 1000, Seed: 8, Layout: XLSX, Shift: true, Dirty: 0.05, Repeats: 0.05},
	"analytic 2021": {
		Format: Analytic, Rows: 1000, Seed: 9, Shift: true,
		From: qulaq.Date(2021, 7, 1), To: qulaq.Date(2022, 2, 28), Exported: qulaq.Date(2022, 12, 31),
	},
	"bench":      {Format: AnalyticText, Rows: 4000, Seed: 1, Shift: true, Repeats: 0.01},
	"bench zip":  {Format: AnalyticText, Rows: 2000, Seed: 2, Pack: Zip, Separator: '\t', Dirty: 0.1},
	"bench json": {Format: AnalyticText, Rows: 2000, Seed: 3, Layout: NDJSON, Repeats: 0.3},
	"text":       {Format: Text, Rows: 3000, Seed: 1, Dirty: 0.02, Repeats: 0.02},
	"text 1251":  {Format: Text, Rows: 500, Seed: 2, Encoding: Windows1251, CRLF: true},
	"calls":      {Format: CC109, Rows: 5000, Seed: 1, Encoding: Windows1251, Pack: Zip, Dirty: 0.02},
	"calls utf8": {Format: CC109, Rows: 2000, Seed: 2, Quoting: Never, Dirty: 0.3},
	"one row":    {Format: Analytic, Rows: 1, Seed: 1, Shift: true},
	"four rows":  {Format: Analytic, Rows: 4, Seed: 1, Shift: true, Dirty: 0.3, Repeats: 0.3},
}

func makeSample(t *testing.T, s Spec) (Truth, []byte) {
	t.Helper()
	var b bytes.Buffer
	truth, err := Write(&b, s)
	if err != nil {
		t.Fatal(err)
	}
	return truth, b.Bytes()
}

// The truth is what another reader finds in the bytes.
func TestTruthIsWhatTheExportSays(t *testing.T) {
	for name, s := range varied {
		t.Run(name, func(t *testing.T) {
			truth, export := makeSample(t, s)
			found := recount(t, s, export)
			// Without a text the bytes do not say what a complaint is about, and names have no form of their own.
			if truth.ByLanguage == nil {
				found.ByCategory = truth.ByCategory
			}
			if n := truth.Planted["name"]; n > 0 {
				found.Planted["name"] = n
			}
			if diff := cmp.Diff(truth, found); diff != "" {
				t.Errorf("truth (-) and recount (+) differ:\n%s", diff)
			}
			sum := truth.Complaints + truth.Repeated
			for _, n := range truth.Rejected {
				sum += n
			}
			if sum != truth.Rows {
				t.Errorf("complaints, repeats and rejects are %d rows of %d", sum, truth.Rows)
			}
		})
	}
}

func TestCountsAddUp(t *testing.T) {
	for name, s := range varied {
		truth, _ := makeSample(t, s)
		for what, counts := range map[string]map[string]int64{
			"month": truth.ByMonth, "region": truth.ByRegion, "district": truth.ByDistrict, "status": truth.ByStatus,
			"category": truth.ByCategory, "language": truth.ByLanguage,
		} {
			var total int64
			for _, n := range counts {
				total += n
			}
			if counts != nil && total != truth.Complaints {
				t.Errorf("%s: %d complaints by %s, %d in all", name, total, what, truth.Complaints)
			}
		}
	}
}

func TestSharesAreExact(t *testing.T) {
	truth, _ := makeSample(t, Spec{Format: Analytic, Rows: 10_000, Dirty: 0.011, Repeats: 0.03})
	if truth.Repeated != 300 {
		t.Errorf("%d repeats instead of 300", truth.Repeated)
	}
	// 110 broken rows: eleven kinds ten times over, three of them bad dates, two of them counts of fields.
	want := map[qulaq.Reason]int64{
		qulaq.EmptyID: 10, qulaq.BadDate: 30, qulaq.FutureDate: 10, qulaq.AncientDate: 10, qulaq.FieldCount: 20,
		qulaq.NulByte: 10, qulaq.BadEncoding: 10,
	}
	if diff := cmp.Diff(want, truth.Rejected); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[qulaq.FindingKind]int64{qulaq.UnknownRegion: 10}, truth.Findings); diff != "" {
		t.Error(diff)
	}
}

// Also when several samples are made at once.
func TestSameSpecSameBytes(t *testing.T) {
	for name, s := range varied {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, first := makeSample(t, s)
			_, second := makeSample(t, s)
			if !bytes.Equal(first, second) {
				t.Error("two runs differ")
			}
			s.Seed++
			if _, other := makeSample(t, s); bytes.Equal(first, other) {
				t.Error("another seed gives the same bytes")
			}
		})
	}
}

// The golden file holds hashes of unpacked samples: the bytes are the same on every machine and stay the same until
// version is raised.
func TestGolden(t *testing.T) {
	specs := []Spec{
		{Format: Analytic, Rows: 100, Seed: 1, Shift: true, Dirty: 0.2, Repeats: 0.1},
		{Format: Analytic, Rows: 100, Seed: 1, Columns: Cut, Layout: JSON},
		{Format: AnalyticText, Rows: 100, Seed: 1, Shift: true, Repeats: 0.1},
		{Format: Text, Rows: 100, Seed: 1, Dirty: 0.2},
		{Format: CC109, Rows: 100, Seed: 1, Encoding: Windows1251, Dirty: 0.2},
	}
	var got strings.Builder
	for _, s := range specs {
		_, export := makeSample(t, s)
		fmt.Fprintf(&got, "%x\tv%d %v\n", sha256.Sum256(export), version, s)
	}
	const path = "testdata/golden.tsv"
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("other bytes: raise version and run with -update\n%s", diff)
	}
}

func TestLaterExportShowsTheSameComplaintsFurtherOn(t *testing.T) {
	early := Spec{Format: Analytic, Rows: 3000, Seed: 1, Repeats: 0.02}
	late := early
	late.Exported = qulaq.Date(2026, 9, 1)
	first, _ := makeSample(t, early)
	second, _ := makeSample(t, late)
	if diff := cmp.Diff(first.ByDistrict, second.ByDistrict); diff != "" {
		t.Errorf("other complaints:\n%s", diff)
	}
	if diff := cmp.Diff(first.ByMonth, second.ByMonth); diff != "" {
		t.Errorf("other days:\n%s", diff)
	}
	if second.ByStatus["open"] != 0 || second.ByStatus["closed"] <= first.ByStatus["closed"] {
		t.Errorf("nothing was answered: %v, then %v", first.ByStatus, second.ByStatus)
	}
}

func TestBenchIsAsLargeAsPromised(t *testing.T) {
	file := Bench(100_000, 1)[0]
	truth, err := Write(io.Discard, file.Spec)
	if err != nil {
		t.Fatal(err)
	}
	if perRow := truth.Bytes / truth.Rows; perRow < 621 || perRow > 659 {
		t.Errorf("%d bytes a row instead of 640, 3 %% more or less", perRow)
	}
	if truth.Repeated != 1000 || len(truth.Rejected) != 0 || len(truth.ByMonth) != 12 {
		t.Errorf("%d repeats, %v, %v", truth.Repeated, truth.Rejected, truth.ByMonth)
	}
}

// Life as it is: people heat in winter, regions differ, old complaints are answered.
func TestDistributions(t *testing.T) {
	months := func(from, to qulaq.Day) Truth {
		truth, _ := makeSample(t, Spec{Format: Analytic, Rows: 20_000, Seed: 1, From: from, To: to, Exported: to + 90})
		return truth
	}
	winter := months(qulaq.Date(2026, 1, 1), qulaq.Date(2026, 1, 31))
	summer := months(qulaq.Date(2026, 6, 1), qulaq.Date(2026, 6, 30))
	if w, s := winter.ByCategory["utilities"], summer.ByCategory["utilities"]; w < 2*s {
		t.Errorf("%d complaints about utilities in January, %d in June", w, s)
	}
	if almaty, ulytau := winter.ByRegion["750000000"], winter.ByRegion["620000000"]; almaty < 8*ulytau {
		t.Errorf("%d complaints from Almaty, %d from Ulytau", almaty, ulytau)
	}
	answered := winter.ByStatus["closed"] + winter.ByStatus["closed_overdue"]
	if answered*100 < winter.Complaints*98 || winter.ByStatus["open_overdue"] == 0 {
		t.Errorf("after three months %v", winter.ByStatus)
	}
	if late := winter.ByStatus["closed_overdue"]; late*100 < winter.Complaints*2 || late*100 > winter.Complaints*6 {
		t.Errorf("%d of %d answered late", late, winter.Complaints)
	}
	half, _ := makeSample(t, Spec{Format: AnalyticText, Rows: 20_000, Seed: 1})
	if kk := half.ByLanguage["kk"] * 100 / half.Complaints; kk < 38 || kk > 46 {
		t.Errorf("%d %% in Kazakh", kk)
	}
	if len(half.ByCategory) != 28 {
		t.Errorf("%d categories of 28", len(half.ByCategory))
	}
	for _, what := range planted {
		if half.Planted[what] < 100 {
			t.Errorf("%d times an invented %s", half.Planted[what], what)
		}
	}
}

func TestImpossibleSpecs(t *testing.T) {
	day := qulaq.Date(2026, 1, 1)
	for why, s := range map[string]Spec{
		"format":            {Rows: 1},
		"layout":            {Format: Text, Rows: 1, Layout: "yaml"},
		"columns":           {Format: Text, Rows: 1, Columns: "few"},
		"quoting":           {Format: Text, Rows: 1, Quoting: "some"},
		"encoding":          {Format: Text, Rows: 1, Encoding: "koi8"},
		"pack":              {Format: Text, Rows: 1, Pack: "rar"},
		"separator":         {Format: Text, Rows: 1, Separator: '"'},
		"no rows":           {Format: Text},
		"many rows":         {Format: Text, Rows: maxRows + 1},
		"order of days":     {Format: Text, Rows: 1, From: day, To: day - 1},
		"exported early":    {Format: Text, Rows: 1, From: day, To: day, Exported: day - 1},
		"too long ago":      {Format: Text, Rows: 1, From: qulaq.Date(1999, 1, 1), To: day},
		"all dirty":         {Format: Text, Rows: 1, Dirty: 1},
		"repeats below 0":   {Format: Text, Rows: 1, Repeats: -0.1},
		"repeats no id":     {Format: CC109, Rows: 1, Repeats: 0.1},
		"repeats in a cut":  {Format: Analytic, Rows: 1, Columns: Cut, Repeats: 0.1},
		"shift no deadline": {Format: Text, Rows: 1, Shift: true},
		"cut of texts":      {Format: Text, Rows: 1, Columns: Cut},
		"large sheet":       {Format: Text, Rows: MaxSheetRows + 1, Layout: XLSX},
		"json in 1251":      {Format: Text, Rows: 1, Layout: JSON, Encoding: Windows1251},
		"bare texts":        {Format: Text, Rows: 1, Separator: '`', Quoting: Never},
		"bare commas":       {Format: Analytic, Rows: 1, Separator: ',', Quoting: Never},
		"many calls":        {Format: CC109, Rows: maxCalls + 1},
	} {
		if _, err := Write(io.Discard, s); err == nil || qulaq.KindOf(err) != qulaq.Configuration {
			t.Errorf("%s: %v", why, err)
		}
	}
}

type brokenWriter struct{ after int }

var errBroken = errors.New("no space")

func (b *brokenWriter) Write(p []byte) (int, error) {
	if b.after -= len(p); b.after < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestWriterFails(t *testing.T) {
	for _, s := range []Spec{
		{Format: Text, Rows: 2000},
		{Format: Text, Rows: 2000, Layout: NDJSON},
		{Format: Text, Rows: 2000, Pack: Gzip},
		{Format: Text, Rows: 2000, Pack: Zip},
		{Format: Text, Rows: 100, Layout: XLSX},
	} {
		if _, err := Write(&brokenWriter{after: 1000}, s); !errors.Is(err, errBroken) {
			t.Errorf("%v: %v", s, err)
		}
	}
}

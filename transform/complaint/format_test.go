package complaint

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"github.com/qulaq-kz/qulaq"
)

// analyticRows are the rows of testdata/analytic.csv that have as many cells as the header, which is the first.
func analyticRows(t testing.TB) (rows [][]string) {
	t.Helper()
	data, err := os.ReadFile("testdata/analytic.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		cells := strings.Split(line, "`")
		if rows == nil || len(cells) == len(rows[0]) {
			rows = append(rows, cells)
		}
	}
	return rows
}

func asCSV(t testing.TB, rows [][]string, comma rune) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// objects are the rows as JSON objects; what is empty is null.
func objects(rows [][]string) (list []map[string]any) {
	for _, row := range rows[1:] {
		o := map[string]any{}
		for i, name := range rows[0] {
			o[name] = row[i]
			if row[i] == "" {
				o[name] = nil
			}
		}
		list = append(list, o)
	}
	return list
}

func asJSON(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func asNDJSON(t testing.TB, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, o := range objects(rows) {
		b.Write(append(asJSON(t, o), '\n'))
	}
	return b.Bytes()
}

// asWorkbook puts every sheet into a workbook, in their order.
func asWorkbook(t testing.TB, sheets ...[][]string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, rows := range sheets {
		name := fmt.Sprintf("Sheet%d", i+1)
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, row := range rows {
			if err := book.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type member struct {
	name string
	data []byte
}

func asZip(t testing.TB, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err == nil {
			_, err = w.Write(m.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGzip(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The same rows are the same facts, whatever they are written in.
func TestEveryFormatGivesTheSameFacts(t *testing.T) {
	rows := analyticRows(t)
	plain := asCSV(t, rows, ',')
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(plain)
	if err != nil {
		t.Fatal(err)
	}
	// What a row came from is not the same, and the rows of JSON are counted from 1.
	facts := func(r reading) []map[string]any { return r.without("snapshot", "source_table", "source_row") }
	want := readAll(t, snapshot("may.csv", plain), options(t, "eotinish"))
	if len(want.Facts) != 56 {
		t.Fatalf("%d facts", len(want.Facts))
	}
	for name, c := range map[string]struct {
		data  []byte
		table string
		first int // source_row of the first row
	}{
		"backtick":      {asCSV(t, rows, '`'), "", 2},
		"semicolon":     {asCSV(t, rows, ';'), "", 2},
		"tab":           {asCSV(t, rows, '\t'), "", 2},
		"bar":           {asCSV(t, rows, '|'), "", 2},
		"crlf":          {bytes.ReplaceAll(plain, []byte("\n"), []byte("\r\n")), "", 2},
		"no last line":  {bytes.TrimSuffix(plain, []byte("\n")), "", 2},
		"a mark":        {append([]byte("\ufeff"), plain...), "", 2},
		"utf-16":        {utf16, "", 2},
		"gz":            {asGzip(t, plain), "", 2},
		"zip":           {asZip(t, member{"a/may.csv", plain}), "a/may.csv", 2},
		"gz in zip":     {asZip(t, member{"may.csv.gz", asGzip(t, plain)}), "may.csv.gz", 2},
		"json":          {asJSON(t, objects(rows)), "", 1},
		"json object":   {asJSON(t, map[string]any{"total": 66, "data": objects(rows)}), "", 1},
		"ndjson":        {asNDJSON(t, rows), "", 1},
		"ndjson gz":     {asGzip(t, asNDJSON(t, rows)), "", 1},
		"xlsx":          {asWorkbook(t, rows), "Sheet1", 2},
		"xlsx in zip":   {asZip(t, member{"may.xlsx", asWorkbook(t, rows)}), "may.xlsx#Sheet1", 2},
		"columns moved": {asCSV(t, moved(rows), ','), "", 2},
	} {
		t.Run(name, func(t *testing.T) {
			got := readAll(t, snapshot("may", c.data), options(t, "eotinish"))
			if diff := cmp.Diff(facts(want), facts(got)); diff != "" {
				t.Errorf("csv (-) and %s (+) differ:\n%s", name, diff)
			}
			if diff := cmp.Diff(want.Summary.Rejected, got.Summary.Rejected); diff != "" {
				t.Errorf("rejects: %s", diff)
			}
			if diff := cmp.Diff(kinds(want.Summary.Findings), kinds(got.Summary.Findings)); diff != "" {
				t.Errorf("findings: %s", diff)
			}
			first := got.without()[0]
			if first["source_row"] != uint32(c.first) || first["source_table"] != c.table {
				t.Errorf("the first row comes from row %v of table %q", first["source_row"], first["source_table"])
			}
			if first["snapshot"] != snapshot("", c.data).Hash.String() {
				t.Errorf("the snapshot is %v", first["snapshot"])
			}
		})
	}
}

// moved turns the order of the columns around.
func moved(rows [][]string) (out [][]string) {
	for _, row := range rows {
		row = slices.Clone(row)
		slices.Reverse(row)
		out = append(out, row)
	}
	return out
}

const callsHeader = "created_date`region`category`character`status\n"

// Rows without ids are known by their content: equal rows are told apart, the same file names its rows
// alike, and work on a complaint does not make it another one.
func TestContentKeys(t *testing.T) {
	const one, two = "2026-04-14 08:06:20`г.Алматы`Отопление`Нет тепла`", "2026-04-14 08:06:21`г.Алматы`Отопление`Нет тепла`"
	ids := func(lines ...string) []string {
		data := []byte(callsHeader + strings.Join(lines, "\n") + "\n")
		return readAll(t, snapshot("calls.csv", data), options(t, "cc109")).column("complaint_id")
	}
	open := ids(one+"в работе", two+"в работе", one+"в работе", one+"закрыто")
	if len(slices.Compact(slices.Sorted(slices.Values(open)))) != 4 {
		t.Errorf("four rows have the ids %q", open)
	}
	if again := ids(one+"в работе", two+"в работе", one+"в работе", one+"закрыто"); !slices.Equal(open, again) {
		t.Errorf("the same rows are %q, then %q", open, again)
	}
	if closed := ids(one+"закрыто", two+"закрыто", one+"закрыто", one+"закрыто"); !slices.Equal(open, closed) {
		t.Errorf("the same complaints are %q, and closed %q", open, closed)
	}
	if moved := ids(two+"в работе", one+"в работе"); !slices.Equal(moved, []string{open[1], open[0]}) {
		t.Errorf("in another order they are %q, not of %q", moved, open)
	}
	for what, row := range map[string]string{
		"another region":   strings.Replace(one, "г.Алматы", "г.Астана", 1),
		"another category": strings.Replace(one, "Отопление", "Газ", 1),
		"another words":    strings.Replace(one, "Нет тепла", "Нет света", 1),
		"moved words":      strings.Replace(one, "Отопление`Нет тепла", "ОтоплениеНет тепла`", 1),
	} {
		if id := ids(row + "в работе")[0]; id == open[0] {
			t.Errorf("%s has the same id %s", what, id)
		}
	}
	for _, id := range open {
		if hex, _, _ := strings.Cut(id, "-"); len(hex) != 16 {
			t.Errorf("the id %q has no sixteen digits", id)
		}
	}
}

// The number stands for an id that a cut does not have; only a row without either is known by its content.
func TestNumbersAsIDs(t *testing.T) {
	const header = "reg_number,created_date,region,current_working_state\n"
	rows := header + "ЖТ-2026-00000001,2026-04-14,г.Алматы,В работе\n" + ",2026-04-14,г.Алматы,В работе\nNULL,2026-04-14,г.Алматы,Завершено\n" +
		"ЖТ-2026-00000001,2026-04-15,г.Алматы,Завершено\nЖТ-2026-00000001/1,2026-04-14,г.Алматы,В работе\n"
	ids := readAll(t, snapshot("cut.csv", []byte(rows)), options(t, "eotinish")).column("complaint_id")
	content := ids[1]
	want := []string{"ЖТ-2026-00000001", content, content + "-2", "ЖТ-2026-00000001", "ЖТ-2026-00000001/1"}
	if !slices.Equal(ids, want) || len(content) != 16 {
		t.Errorf("the ids are %q", ids)
	}
}

// In the shape of a published cut: no appeal_id, other names, times ten hours early.
func TestPublishedCut(t *testing.T) {
	row := func(number, created, state, overdue, finished string) map[string]string {
		o := map[string]string{}
		for _, name := range headers["eotinish cut"] {
			o[name] = ""
		}
		for name, value := range map[string]string{
			"reg_number": number, "created_date": created, "type_name_ru": "Жалоба", "applicant_type": "Физическое лицо",
			"issue_category_name_ru": "ПРОМЫШЛЕННОСТЬ И ЭНЕРГЕТИКА", "issue": "Электроэнергетика", "region": "г. Астана",
			"raion": "район Есиль", "org_name": `Акимат "города"`, "current_working_state": state, "status_overdue": overdue,
			"deadline": "2026-05-05 13:59:59.000", "finish_dt": finished, "is_duplicate": "Нет", "is_forward": "Да", "is_ext_forward": "Нет",
		} {
			o[name] = value
		}
		return o
	}
	data := asJSON(t, []map[string]string{
		row("ЖТ-2026-00000001", "2026-04-14 22:01:00.000", "В работе с просрочкой", "В работе просрочено", ""),
		row("ЗТ-2026-00000002/1", "2026-04-14 04:30:00.000", "Завершено", "", "2026-04-30 14:00:00.000"),
	})
	got := readAll(t, snapshot("cut.json", data), options(t, ""))
	if got.Summary.Profile != "eotinish" || got.Summary.Dialect != "" || len(got.Summary.Findings) > 0 {
		t.Errorf("%+v", got.Summary)
	}
	var brief [][]string
	for _, f := range got.Facts {
		brief = append(brief, []string{
			field(f, "complaint_id"), field(f, "registered_at"), field(f, "due_at"), field(f, "finished_at"), field(f, "region_code"),
			field(f, "district_code"), field(f, "status"), field(f, "kind"), field(f, "category_code"), field(f, "body"),
		})
	}
	want := [][]string{
		{
			"ЖТ-2026-00000001", "2026-04-15T08:01:00+05:00", "2026-05-05T23:59:59+05:00", "", "710000000", "711210000",
			"open_overdue", "complaint", "power", `Акимат "города"`,
		},
		{
			"ЗТ-2026-00000002/1", "2026-04-14T14:30:00+05:00", "2026-05-05T23:59:59+05:00", "2026-05-01T00:00:00+05:00", "710000000",
			"711210000", "closed", "complaint", "power", `Акимат "города"`,
		},
	}
	if diff := cmp.Diff(want, brief); diff != "" {
		t.Error(diff)
	}
}

// The number says who complains where the column does not.
func TestApplicantFromNumber(t *testing.T) {
	const header = "reg_number,applicant_type,created_date,region,current_working_state\n"
	rows := header
	for _, start := range []string{
		"ЖТ-2026-00000001,", "ЗТ-2026-00000002/1,", "ҰЖ-2026-00000003,", "2026-00000004,", "ЖТ-2026-00000005,NULL", "ЗТ-2026-00000006,Физическое лицо",
	} {
		rows += start + ",2026-04-14,г.Алматы,В работе\n"
	}
	got := readAll(t, snapshot("cut.csv", []byte(rows)), options(t, "eotinish")).column("applicant_type")
	if diff := cmp.Diff([]string{"person", "legal_entity", "", "", "person", "person"}, got); diff != "" {
		t.Error(diff)
	}
}

// A workbook holds sheets that are no exports; those are findings, and no error as long as one is an export.
func TestNotesBesideASheet(t *testing.T) {
	rows := analyticRows(t)
	notes := [][]string{{"Примечание"}, {"Данные на 1 июля"}}
	totals := [][]string{{"Регион", "Всего"}, {"Алматы", "пять"}}
	got := readAll(t, snapshot("may.xlsx", asWorkbook(t, notes, rows, totals)), options(t, "eotinish"))
	if len(got.Facts) != 56 || got.Summary.Tables != 1 {
		t.Errorf("%d facts of %d tables", len(got.Facts), got.Summary.Tables)
	}
	var passed []string
	for _, f := range got.Summary.Findings {
		if f.Kind == qulaq.NothingToRead {
			passed = append(passed, f.Subject)
		}
	}
	slices.Sort(passed)
	if !slices.Equal(passed, []string{"Sheet1", "Sheet3"}) {
		t.Errorf("passed over were %q", passed)
	}
	_, err := read(t, snapshot("may.xlsx", asWorkbook(t, notes, totals)), options(t, "eotinish"), nothing)
	if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "registered_at") {
		t.Errorf("a workbook without an export is %v", err)
	}
}

func nothing(arrow.Record) {}

func TestZipOfTwoExports(t *testing.T) {
	rows := analyticRows(t)
	data := asZip(t, member{"b.csv", asCSV(t, rows, '`')}, member{"a.csv", asCSV(t, rows[:3], ';')}, member{"notes.pdf", []byte("%PDF-1.7\n")})
	got := readAll(t, snapshot("half.zip", data), options(t, "eotinish"))
	tables := map[string]int{}
	for _, name := range got.column("source_table") {
		tables[name]++
	}
	if diff := cmp.Diff(map[string]int{"a.csv": 2, "b.csv": 56}, tables); diff != "" {
		t.Error(diff)
	}
	if names := slices.Compact(got.column("source_table")); !slices.Equal(names, []string{"a.csv", "b.csv"}) {
		t.Errorf("the members come in the order %q", names)
	}
	if got.Summary.Tables != 2 || kinds(got.Summary.Findings)[qulaq.NothingToRead] != 1 {
		t.Errorf("%+v", got.Summary)
	}
	for _, r := range got.Summary.Rejects {
		if r.Table != "b.csv" {
			t.Errorf("a reject comes from %q", r.Table)
		}
	}
	// Of two sources in one zip each is read by its own profile.
	data = asZip(t, member{"a.csv", asCSV(t, rows[:3], ';')}, member{"calls.csv", []byte(callsHeader + "2026-04-14`г.Алматы`Отопление``закрыто\n")})
	if sources := readAll(t, snapshot("both.zip", data), options(t, "")).column("source"); !slices.Equal(sources, []string{"eotinish", "eotinish", "cc109"}) {
		t.Errorf("the sources are %q", sources)
	}
}

// Nothing of a file that is no export is taken for success.
func TestNoExport(t *testing.T) {
	header := strings.Join(headers["eotinish"], ",") + "\n"
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"nothing":                      {nil, "empty"},
		"blank lines":                  {[]byte("\n\n"), "empty"},
		"a page":                       {[]byte("<!DOCTYPE html><html><title>Вход</title></html>"), "Вход"},
		"another table":                {[]byte("id,name\n1,a\n"), "missing: "},
		"an empty array":               {[]byte("[]"), ""},
		"an empty list":                {[]byte(`{"data": []}`), ""},
		"an error as JSON":             {[]byte(`{"error": "no access"}`), "error"},
		"a JSON cut short":             {[]byte(`[{"created_date": "2026-04-14", "region": "г.Алм`), "too early"},
		"an empty zip":                 {asZip(t), ""},
		"a zip of pictures":            {asZip(t, member{"a.pdf", []byte("%PDF-1.7\n")}, member{"b.csv", nil}), "nothing that could be an export"},
		"a zip in a zip":               {asZip(t, member{"a.zip", asZip(t, member{"a.csv", []byte(header)})}), "a.zip"},
		"a zip with another table":     {asZip(t, member{"a.csv", []byte(header)}, member{"readme.txt", []byte("read me\n")}), "readme.txt"},
		"a zip cut short":              {asZip(t, member{"a.csv", []byte(header)})[:100], ""},
		"a gz cut short":               {asGzip(t, []byte(header+strings.Repeat("1,2\n", 10_000)))[:60], ""},
		"an empty workbook":            {asWorkbook(t, nil), ""},
		"the needed one is missing":    {[]byte("appeal_id,created_date,region\n1,2026-04-14,г.Алматы\n"), "state (current_working_state)"},
		"a date alone, as a JSON":      {[]byte(`[{"created_date": "2026-04-14"}]`), "region"},
		"a quote that is never closed": {[]byte(header + `1,"` + strings.Repeat("x", 5<<20)), "never ends"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, source := range []string{"eotinish", ""} {
				facts := int64(0)
				_, err := read(t, snapshot("may.csv", c.data), options(t, source), func(r arrow.Record) { facts += r.NumRows() })
				if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "may.csv") {
					t.Errorf("profile %q: %d facts, kind %v: %v", source, facts, qulaq.KindOf(err), err)
					continue
				}
				if source != "" && !strings.Contains(err.Error(), c.says) {
					t.Errorf("%q does not say %q", err, c.says)
				}
			}
		})
	}
}

// A header alone is an export of nothing: no row, no error here, and the pipeline decides.
func TestHeaderAlone(t *testing.T) {
	got := readAll(t, snapshot("may.csv", []byte(strings.Join(headers["cc109"], "`")+"\n")), options(t, "cc109"))
	if got.Summary.Rows != 0 || got.Summary.Tables != 1 || len(got.Summary.Findings) != 0 {
		t.Errorf("%+v", got.Summary)
	}
}

// The shift is measured on the beginning of a table and proved on the whole of it, each table for itself.
func TestShiftOfAFile(t *testing.T) {
	const header = "appeal_id,created_date,region,current_working_state,deadline\n"
	rows := func(id int, n int, deadline string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%d,2026-04-14 20:00:00,г.Алматы,В работе,%s\n", id+i, deadline)
		}
		return b.String()
	}
	const shifted, local = "2026-04-21 13:59:59.000", "2026-04-21 23:59:59.000"
	for name, c := range map[string]struct {
		data string
		day  string // of the first registration
		kind qulaq.FindingKind
	}{
		"shifted":             {header + rows(1, 3, shifted), "2026-04-15", ""},
		"local":               {header + rows(1, 3, local), "2026-04-14", ""},
		"mostly shifted":      {header + rows(1, 1, local) + rows(2, 2, shifted), "2026-04-15", ""},
		"no deadlines":        {header + rows(1, 3, ""), "2026-04-14", qulaq.ShiftUnknown},
		"days only":           {header + rows(1, 3, "2026-04-21"), "2026-04-14", qulaq.ShiftUnknown},
		"half of each":        {header + rows(1, 2, local) + rows(3, 2, shifted), "2026-04-14", qulaq.ShiftUnknown},
		"no column of them":   {"appeal_id,created_date,region,current_working_state\n1,2026-04-14 20:00:00,г.Алматы,В работе\n", "2026-04-14", ""},
		"no row at all":       {header, "", qulaq.ShiftUnknown},
		"rejects do not tell": {header + rows(1, 1, shifted) + strings.Repeat("x\n", 50), "2026-04-15", ""},
	} {
		got := readAll(t, snapshot("may.csv", []byte(c.data)), options(t, "eotinish"))
		if c.day != "" && field(got.Facts[0], "registered_at")[:10] != c.day {
			t.Errorf("%s: registered at %s", name, field(got.Facts[0], "registered_at"))
		}
		want := map[qulaq.FindingKind]int64{}
		if c.kind != "" {
			want[c.kind] = 1
		}
		if diff := cmp.Diff(want, kinds(got.Summary.Findings)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}

	// Two files glued together: the beginning says ten hours, the whole does not agree.
	glued := header + rows(1, 20_000, shifted) + rows(20_001, 30_000, local)
	o := options(t, "eotinish")
	o.Limits.BlockBytes, o.Limits.RecordBytes = 64<<10, 64<<10
	_, err := read(t, snapshot("may.csv", []byte(glued)), o, nothing)
	if qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "10h0m0s") {
		t.Errorf("of a glued file: %v", err)
	}

	// In a zip they are two tables, each with its own shift.
	both := asZip(t, member{"a.csv", []byte(header + rows(1, 3, shifted))}, member{"b.csv", []byte(header + rows(4, 3, local))})
	got := readAll(t, snapshot("both.zip", both), options(t, "eotinish"))
	for i, f := range got.Facts {
		if day := field(f, "registered_at")[:10]; (day == "2026-04-15") != (i < 3) {
			t.Errorf("row %d of two tables is registered on %s", i, day)
		}
	}
}

// An error of the bytes themselves is returned, not taken for their end.
func TestBrokenBytes(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, snap := makeSample(t, samples["with texts"])
	snap.Open = func() (io.ReadCloser, error) {
		whole := strings.NewReader("appeal_id,created_date,region,current_working_state\n1,2026-04-14,г.Алматы,В работе\n")
		return io.NopCloser(io.MultiReader(whole, iotest.ErrReader(broken))), nil
	}
	if _, err := read(t, snap, options(t, "eotinish"), nothing); !errors.Is(err, broken) {
		t.Errorf("reading breaks off with %v", err)
	}
	snap.Open = func() (io.ReadCloser, error) { return nil, broken }
	if _, err := read(t, snap, options(t, "eotinish"), nothing); !errors.Is(err, broken) {
		t.Errorf("opening fails with %v", err)
	}
	o := options(t, "eotinish")
	o.Profiles = nil
	if _, err := read(t, snapshot("may.csv", nil), o, nothing); err == nil {
		t.Error("without a profile nothing is wrong")
	}
}

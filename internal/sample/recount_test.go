package sample

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq"
)

// recount reads an export with the tools of the standard library and counts what a Truth counts.
func recount(t *testing.T, s Spec, export []byte) Truth {
	t.Helper()
	s = s.withDefaults()
	rows := parse(t, s, unpack(t, s, export))
	names, rows := rows[0], rows[1:]
	at := func(aliases ...string) int {
		return slices.IndexFunc(names, func(n string) bool { return slices.Contains(aliases, n) })
	}
	id, created, deadline := at("appeal_id", "id"), at("created_date", "start_dt", "date_"), at("deadline")
	region, district, text := at("region"), at("raion"), at("text", "DATA")
	state := at("current_working_state", "status")

	truth := Truth{
		Rows: int64(len(rows)), Bytes: int64(len(export)),
		Rejected: map[qulaq.Reason]int64{}, Findings: map[qulaq.FindingKind]int64{}, ByMonth: map[string]int64{},
	}
	newest := map[string][]string{}
	clocks := map[string]int{}
	for _, row := range rows {
		if reason := rejected(row, names, id, created, s); reason != "" {
			truth.Rejected[reason]++
			continue
		}
		key := strings.Join(row, "\x00")
		if id >= 0 {
			key = row[id]
		}
		if _, known := newest[key]; known {
			truth.Repeated++
		}
		newest[key] = row
		if deadline >= 0 {
			clocks[row[deadline][len("2026-01-01 "):]]++
		}
	}
	truth.Complaints = int64(len(newest))
	if clocks["13:59:59.000"] == len(newest)+int(truth.Repeated) && len(newest) > 0 {
		truth.ShiftHours = 10
	}

	regions, districts := codes(t)
	for column, counts := range map[int]*map[string]int64{
		region: &truth.ByRegion, district: &truth.ByDistrict, state: &truth.ByStatus,
	} {
		if column >= 0 {
			*counts = map[string]int64{}
		}
	}
	if text >= 0 {
		truth.ByLanguage, truth.Planted, truth.ByCategory = map[string]int64{}, map[string]int64{}, map[string]int64{}
	}
	subject := subjectOf(t, s.Encoding)
	for _, row := range newest {
		truth.ByMonth[registered(row[created]).Add(time.Duration(truth.ShiftHours)*time.Hour).Format("2006-01")]++
		if region >= 0 {
			code, known := regions[row[region]]
			truth.ByRegion[code]++
			if !known {
				truth.Findings[qulaq.UnknownRegion]++
			}
			if district >= 0 {
				d, known := districts[code+row[district]]
				if !known && row[district] != "" {
					t.Errorf("no district %q in %s", row[district], code)
				}
				truth.ByDistrict[d]++
			}
		}
		if state >= 0 {
			truth.ByStatus[map[string]string{
				"В работе": "open", "В работе с просрочкой": "open_overdue", "Завершено": "closed",
				"Завершено с просрочкой": "closed_overdue", "закрыто": "closed", "в работе": "open",
			}[row[state]]]++
		}
		if text >= 0 {
			language, category := subject(row[text])
			truth.ByLanguage[language]++
			truth.ByCategory[category]++
			for what, pattern := range personal {
				add(truth.Planted, what, int64(len(pattern.FindAllString(row[text], -1))))
			}
		}
	}
	return truth
}

// rejected says why a row cannot become a fact, or "".
func rejected(row, names []string, id, created int, s Spec) qulaq.Reason {
	whole := strings.Join(row, "")
	if len(row) != len(names) {
		return qulaq.FieldCount
	}
	switch when := registered(row[created]); {
	case strings.Contains(whole, "\x00"):
		return qulaq.NulByte
	case !utf8.ValidString(whole):
		return qulaq.BadEncoding
	case id >= 0 && row[id] == "":
		return qulaq.EmptyID
	case when.IsZero():
		return qulaq.BadDate
	case qulaq.DayOf(when) > s.Exported:
		return qulaq.FutureDate
	case when.Year() < 1991:
		return qulaq.AncientDate
	}
	return ""
}

// registered is the zero time for what is no date.
func registered(cell string) time.Time {
	for _, layout := range []string{"2006-01-02 15:04:05.000", "2006/01/02 15:04:05.000000000"} {
		if t, err := time.Parse(layout, cell); err == nil {
			return t
		}
	}
	return time.Time{}
}

var personal = map[string]*regexp.Regexp{
	"iin":   regexp.MustCompile(`\b9912\d{8}\b`),
	"phone": regexp.MustCompile(`[78][ -]?\(?7\d\d\)?[ -]?000[ -]?\d\d[ -]?\d\d`),
	"email": regexp.MustCompile(`[a-z._0-9-]+@example\.(com|org|net)`),
}

// subjectOf tells the language and the category of a text by the sentences of the word lists: a complaint has one or
// two of one category.
func subjectOf(t *testing.T, encoding Encoding) func(text string) (language, category string) {
	t.Helper()
	type mark struct{ words, language, category string }
	var marks []mark
	for _, l := range []string{"ru", "kk"} {
		for _, f := range fields(t, "words/texts."+l+".tsv") {
			if f[0] == "opening" || f[0] == "closing" || f[0] == "detail" {
				continue
			}
			longest := slices.MaxFunc(slotPattern.Split(f[1], -1), func(a, b string) int { return len(a) - len(b) })
			if encoding == Windows1251 {
				longest = lost.ReplaceAllString(longest, "?")
			}
			marks = append(marks, mark{longest, l, f[0]})
		}
	}
	return func(text string) (string, string) {
		for _, m := range marks {
			if strings.Contains(text, m.words) {
				return m.language, m.category
			}
		}
		t.Errorf("about nothing: %s", text)
		return "", ""
	}
}

var (
	slotPattern = regexp.MustCompile(`\{\w+\}`)
	lost        = regexp.MustCompile(`[әғқңөұүһӘҒҚҢӨҰҮҺ]`) // what windows-1251 lacks of Kazakh
)

// codes reads the codes of places from the word lists: regions by spelling, districts by region and name.
func codes(t *testing.T) (regions, districts map[string]string) {
	t.Helper()
	regions, districts = map[string]string{}, map[string]string{}
	byPrefix := map[string]string{}
	for _, f := range fields(t, "words/regions.tsv") {
		byPrefix[f[0][:2]] = f[0]
		for _, spelling := range strings.Split(f[6], "|") {
			regions[spelling] = f[0]
		}
	}
	for _, f := range fields(t, "words/districts.tsv") {
		districts[byPrefix[f[0][:2]]+f[2]] = f[0]
	}
	return regions, districts
}

func fields(t *testing.T, path string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

func unpack(t *testing.T, s Spec, export []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(export)
	var err error
	switch s.Pack {
	case Gzip:
		r, err = gzip.NewReader(r)
	case Zip:
		var z *zip.Reader
		if z, err = zip.NewReader(bytes.NewReader(export), int64(len(export))); err == nil {
			r, err = z.File[0].Open()
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// parse returns all rows, the heading first.
func parse(t *testing.T, s Spec, text []byte) [][]string {
	t.Helper()
	switch s.Layout {
	case JSON:
		var objects []map[string]string
		if err := json.Unmarshal(text, &objects); err != nil {
			t.Fatal(err)
		}
		return parseObjects(objects)
	case NDJSON:
		var objects []map[string]string
		for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
			var o map[string]string
			if err := json.Unmarshal(line, &o); err != nil {
				t.Fatal(err)
			}
			objects = append(objects, o)
		}
		return parseObjects(objects)
	case XLSX:
		book, err := excelize.OpenReader(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		rows, err := book.GetRows(book.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	return parseCSV(t, s, text)
}

func parseObjects(objects []map[string]string) [][]string {
	var names []string
	for name := range objects[0] {
		names = append(names, name)
	}
	rows := [][]string{names}
	for _, o := range objects {
		var row []string
		for _, n := range names {
			row = append(row, o[n])
		}
		if len(o) != len(names) {
			row = append(row, "another number of keys")
		}
		rows = append(rows, row)
	}
	return rows
}

func parseCSV(t *testing.T, s Spec, text []byte) [][]string {
	t.Helper()
	if s.Encoding == Windows1251 {
		decoded, err := charmap.Windows1251.NewDecoder().Bytes(text)
		if err != nil {
			t.Fatal(err)
		}
		text = decoded
	}
	if s.Encoding == UTF8BOM {
		if !bytes.HasPrefix(text, []byte("\ufeff")) {
			t.Error("no byte order mark")
		}
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	if lines := bytes.Count(text, []byte("\n")); s.CRLF && s.Format == Analytic && bytes.Count(text, []byte("\r\n")) != lines {
		t.Error("lines do not end with \\r\\n")
	}
	if s.Quoting == Never {
		var rows [][]string
		for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
			rows = append(rows, strings.Split(line, string(s.Separator)))
		}
		return rows
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma = rune(s.Separator)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

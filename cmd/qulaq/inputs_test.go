package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// The bad exports of the world, one by one, through the program itself: each gives a clear error or rejects
// with line numbers and its exit code, and what was loaded before stays.

const header = "appeal_id,reg_number,current_working_state,region,created_date,deadline\n"

// good returns rows of an export with ids from first on. Their times are ten hours early, as e-Otinish prints.
func good(first, count int) string {
	var b strings.Builder
	for i := first; i < first+count; i++ {
		fmt.Fprintf(&b, "%d,ЖТ-2026-%08d,Завершено,г. Астана,2026-03-%02d 08:15:00.000,2026-04-%02d 13:59:59.000\n",
			i, i, 1+i%28, 1+i%28)
	}
	return b.String()
}

// row returns a line of an export whose fields are good but for those given.
func row(id, region, created string) string {
	return fmt.Sprintf("%s,ЖТ-2026-77777777,Завершено,%s,%s,2026-04-10 13:59:59.000\n", id, region, created)
}

// today is the day of the tests' runs.
const today = "2026-07-02"

const when = "2026-03-15 08:15:00.000"

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bomb is a zip of some kilobytes that unpacks to many megabytes.
func bomb(t *testing.T, megabytes int) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("export.csv")
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat(row("1", "г. Астана", when), 8)
	chunk := strings.Repeat(line, 1<<20/len(line)+1)
	if _, err := w.Write([]byte(header)); err != nil {
		t.Fatal(err)
	}
	for range megabytes {
		if _, err := w.Write([]byte(chunk)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1<<20 {
		t.Fatalf("a bomb of %d bytes is no bomb", b.Len())
	}
	return b.String()
}

func windows1251(t *testing.T, text string) string {
	t.Helper()
	s, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBadInput(t *testing.T) {
	tests := []struct {
		name   string
		file   string
		text   func(*testing.T) string
		config string // further keys
		code   int
		says   []string // patterns that stdout and stderr together must show
		adds   int      // complaints above those that were there; of a file that is refused none
		reject []string // "line reason" in the order of the file, from the warehouse
	}{
		{
			name: "empty file", file: "a.csv", text: func(*testing.T) string { return "" },
			code: 3, says: []string{`a\.csv`, `empty`, `help: `},
		},
		{
			name: "header alone", file: "a.csv", text: func(*testing.T) string { return header },
			code: 3, says: []string{`a\.csv`, `not one complaint`, `help: .*allow_empty`},
		},
		{
			name: "truncated csv", file: "a.csv", text: func(*testing.T) string { s := header + good(100, 9); return s[:len(s)-40] },
			code: 3, says: []string{`a\.csv`, `1 of 9 rows were rejected \(1 field_count\)`, `help: .*qulaq rejects list`},
			reject: []string{"10 field_count"},
		},
		{
			name: "truncated gz", file: "a.csv.gz", text: func(t *testing.T) string { s := gzipped(t, header+good(100, 900)); return s[:len(s)-40] },
			code: 3, says: []string{`a\.csv\.gz`, `help: `},
		},
		{
			name: "error page", file: "a.csv", text: func(*testing.T) string {
				return "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body></html>\n"
			},
			code: 3, says: []string{`a\.csv`, `(?i)html`, `help: `},
		},
		{
			name: "zip bomb", file: "a.zip", text: func(t *testing.T) string { return bomb(t, 64) },
			config: "bounds: {max_unpacked: 4_000_000}",
			code:   3, says: []string{`a\.zip`, `(?i)unpack`, `help: `},
		},
		{
			name: "field of 50 MB", file: "a.csv", text: func(*testing.T) string {
				return header + row("100", strings.Repeat("я", 25<<20), when) + good(101, 99)
			},
			adds: 99, says: []string{`1 too_large`}, reject: []string{"2 too_large"},
		},
		{
			name: "NUL bytes", file: "a.csv", text: func(*testing.T) string {
				return header + good(100, 49) + row("150", "г. \x00Астана", when) + good(151, 50)
			},
			adds: 99, says: []string{`1 nul_byte`}, reject: []string{"51 nul_byte"},
		},
		{
			name: "mixed encodings", file: "a.csv", text: func(t *testing.T) string {
				return header + good(100, 49) + windows1251(t, row("150", "г. Астана", when)) + good(151, 50)
			},
			adds: 99, says: []string{`1 bad_encoding`}, reject: []string{"51 bad_encoding"},
		},
		{
			name: "31.02", file: "a.csv", text: func(*testing.T) string {
				return header + good(100, 49) + row("150", "г. Астана", "2026-02-31 08:15:00.000") + row("151", "г. Астана", "31.02.2026") + good(152, 50)
			},
			adds: 99, says: []string{`2 bad_date`}, reject: []string{"51 bad_date", "52 bad_date"},
		},
		{
			name: "2099", file: "a.csv", text: func(*testing.T) string {
				return header + good(100, 49) + row("150", "г. Астана", "2099-03-15 08:15:00.000") + good(151, 50)
			},
			adds: 99, says: []string{`1 future_date`}, reject: []string{"51 future_date"},
		},
		{
			name: "unknown region", file: "a.csv", text: func(*testing.T) string {
				return header + row("100", "Атлантида", when) + good(101, 19)
			},
			adds: 20, says: []string{`unknown_region "Атлантида", 1 rows: .*null`},
		},
		{
			name: "empty id", file: "a.csv", text: func(*testing.T) string {
				return header + row("", "г. Астана", when) + good(101, 99)
			},
			adds: 99, says: []string{`1 empty_id`}, reject: []string{"2 empty_id"},
		},
		{
			name: "row of too many fields", file: "a.csv", text: func(*testing.T) string {
				return header + good(100, 98) + "200,ЖТ-2026-77777777,Завершено,г. Астана," + when + ",2026-04-10 13:59:59.000,1,2\n"
			},
			adds: 98, says: []string{`1 field_count`}, reject: []string{"100 field_count"},
		},
		{
			name: "header of too many columns", file: "a.csv", text: func(*testing.T) string {
				return strings.TrimSpace(header) + strings.Repeat(",x", 2000) + "\n" + good(100, 5)
			},
			code: 3, says: []string{`a\.csv`, `2006 columns, more than the limit of 1024`},
		},
		{
			name: "no known column", file: "a.csv", text: func(*testing.T) string { return "a,b,c\n1,2,3\n" },
			code: 3, says: []string{`a\.csv`, `missing: .*registered_at \(created_date.*the header has: a, b, c`, `help: `},
		},
		{
			name: "more rejects than the bound", file: "a.csv", text: func(*testing.T) string {
				return header + strings.Repeat(row("", "г. Астана", when), 5) + good(101, 5)
			},
			code: 3, says: []string{`5 of 10 rows were rejected \(5 empty_id\), more than the bound of 5\.0 %`, `help: .*max_rejects`},
			reject: []string{"2 empty_id", "3 empty_id", "4 empty_id", "5 empty_id", "6 empty_id"},
		},
		{
			name: "a zip that is none", file: "a.zip", text: func(*testing.T) string { return "PK\x03\x04 and then something else" },
			code: 3, says: []string{`a\.zip`, `help: `},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			warehouse(t, dir, tt.config)
			before := look(t, dir)
			put(t, filepath.Join(dir, "inbox", tt.file), tt.text(t))
			r := call(t, dir, "run", "complaints", "--now", today)
			if r.code != tt.code {
				t.Errorf("want code %d: %v", tt.code, r)
			}
			for _, pattern := range tt.says {
				if !regexp.MustCompile(pattern).MatchString(r.out + r.errOut) {
					t.Errorf("nothing matches %q: %v", pattern, r)
				}
			}
			after := look(t, dir)
			if diff := cmp.Diff(picture{first: before.first, others: tt.adds, rejects: tt.reject}, after, cmp.AllowUnexported(picture{})); diff != "" {
				t.Errorf("the warehouse (-want +got):\n%s", diff)
			}
		})
	}
}

// warehouse makes a configuration on the shared server and loads a first good export.
func warehouse(t *testing.T, dir, config string) {
	t.Helper()
	put(t, filepath.Join(dir, "qulaq.yaml"), fmt.Sprintf("warehouse: %s\ncomplaints:\n- {source: eotinish, path: ./inbox}\n%s\n", database(t), config))
	put(t, filepath.Join(dir, "inbox", "first.csv"), header+good(1, 20))
	if r := call(t, dir, "run", "complaints", "--now", today, "--quiet"); r.code != 0 || r.out+r.errOut != "" {
		t.Fatalf("the good export: %v", r)
	}
}

// picture is what a warehouse holds.
type picture struct {
	first   string // count and checksum of the complaints of the first export
	others  int    // complaints besides them
	rejects []string
	stages  int // staging tables that were left
}

func look(t *testing.T, dir string) picture {
	t.Helper()
	answer := ask(t, dir, `SELECT 'first', concat(toString(count()), ' ', toString(sum(cityHash64(*)))) FROM complaints WHERE toUInt64(complaint_id) <= 20
		UNION ALL SELECT 'others', toString(count()) FROM complaints WHERE toUInt64(complaint_id) > 20
		UNION ALL SELECT 'reject', concat(toString(source_row), ' ', reason) FROM rejects
		UNION ALL SELECT 'stages', toString(count()) FROM system.tables WHERE database = currentDatabase() AND name LIKE 'stage%'`)
	var p picture
	for line := range strings.Lines(answer) {
		what, value, _ := strings.Cut(strings.TrimSpace(line), ",")
		switch what {
		case "first":
			p.first = value
		case "others":
			p.others = atoi(t, value)
		case "stages":
			p.stages = atoi(t, value)
		case "reject":
			p.rejects = append(p.rejects, value)
		}
	}
	slices.SortFunc(p.rejects, func(a, b string) int { return line(t, a) - line(t, b) })
	return p
}

// line returns the number that a reject begins with.
func line(t *testing.T, reject string) int {
	number, _, _ := strings.Cut(reject, " ")
	return atoi(t, number)
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ask returns the answer to a question, without its heading.
func ask(t *testing.T, dir, question string) string {
	t.Helper()
	r := call(t, dir, "sql", "--format", "csv", question)
	if r.code != 0 {
		t.Fatalf("%s: %v", question, r)
	}
	_, rows, _ := strings.Cut(strings.TrimSuffix(r.out, "\n"), "\n")
	return rows
}

// longAgo is when test files were written: the exports are younger than their rows.
var longAgo = time.Date(2026, time.July, 1, 12, 0, 0, 0, time.UTC)

// put writes a file that looks as if it had been there for a while, so that nobody waits for it to settle.
func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, longAgo, longAgo); err != nil {
		t.Fatal(err)
	}
}

// What an export is called and what it says commands nobody's terminal.
func TestWordsOfAnExportAreOnlyShown(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	warehouse(t, dir, "bounds: {max_rejects: 1}")
	const command, commanding = "\x1b[2J\u009b2J\u202e", "\x1b\u009b\u202e"
	put(t, filepath.Join(dir, "inbox", "bad"+command+".csv"), "a"+command+",b\nx,y\n")
	put(t, filepath.Join(dir, "inbox", "rows"+command+".csv"), header+row("", "г. Астана"+command, when)+row("77", "Атлантида"+command, when)+good(100, 3))
	if r := call(t, dir, "run", "complaints", "--now", today); r.code != 3 || strings.ContainsAny(r.out+r.errOut, commanding) {
		t.Errorf("run: %q", r)
	}
	hash := strings.TrimSpace(ask(t, dir, "SELECT any(snapshot) FROM rejects"))
	for _, verb := range [][]string{{"rejects", "show", hash[len(hash)-64:]}, {"doctor", "--now", today}} {
		if r := call(t, dir, verb...); strings.ContainsAny(r.out+r.errOut, commanding) {
			t.Errorf("qulaq %v: %q", verb, r)
		}
	}
}

func TestFileStillWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	warehouse(t, dir, "")
	before := look(t, dir)
	growing, err := os.Create(filepath.Join(dir, "inbox", "growing.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer growing.Close()
	if _, err := growing.WriteString(header); err != nil {
		t.Fatal(err)
	}
	rows := 0
	enough, ended := make(chan struct{}), make(chan error)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-enough:
				ended <- nil
				return
			case <-tick.C:
			}
			if _, err := growing.WriteString(good(100+rows, 1)); err != nil {
				ended <- err
				return
			}
			rows++
		}
	}()
	r := call(t, dir, "run", "complaints", "--now", today)
	close(enough)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if r.code != 0 || !strings.Contains(r.errOut, "growing.csv") || !strings.Contains(r.errOut, "being written") {
		t.Errorf("while the file grew: %v", r)
	}
	if diff := cmp.Diff(before, look(t, dir), cmp.AllowUnexported(picture{})); diff != "" {
		t.Errorf("while the file grew (-before +after):\n%s", diff)
	}
	if r := call(t, dir, "run", "complaints", "--now", today); r.code != 0 {
		t.Errorf("when it was whole: %v", r)
	}
	if diff := cmp.Diff(picture{first: before.first, others: rows}, look(t, dir), cmp.AllowUnexported(picture{})); diff != "" {
		t.Errorf("when it was whole (-want +got):\n%s", diff)
	}
}

func TestSameFileUnderTwoNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	warehouse(t, dir, "")
	before := look(t, dir)
	put(t, filepath.Join(dir, "inbox", "again.csv"), header+good(1, 20)) // of what is loaded
	put(t, filepath.Join(dir, "inbox", "one.csv"), header+good(100, 30))
	put(t, filepath.Join(dir, "inbox", "two.csv"), header+good(100, 30))
	r := call(t, dir, "run", "complaints", "--now", today, "--format", "json")
	for _, want := range []string{`"rows":30,"loaded":30,"repeated":0,"rejected":0,`, `"replaced":0`, `"file":"two.csv","same_as":"one.csv"`, `"file":"first.csv","same_as":"again.csv"`} {
		if r.code != 0 || !strings.Contains(r.out, want) {
			t.Errorf("no %s: %v", want, r)
		}
	}
	if r := call(t, dir, "run", "complaints", "--now", today); !regexp.MustCompile(`(?m)^eotinish +two\.csv +same as one\.csv$`).MatchString(r.out) {
		t.Errorf("no word of a twin for people: %v", r)
	}
	if diff := cmp.Diff(picture{first: before.first, others: 30}, look(t, dir), cmp.AllowUnexported(picture{})); diff != "" {
		t.Errorf("the warehouse (-want +got):\n%s", diff)
	}
	if got := ask(t, dir, "SELECT count() FROM snapshots"); got != "2" {
		t.Errorf("%s snapshots, want 2", got)
	}
}

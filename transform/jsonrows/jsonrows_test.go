package jsonrows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"pgregory.net/rapid"
)

// tableOf is what a test compares of a table.
type tableOf struct {
	Header []string
	Rows   [][]string
	Lines  []int64
	Bad    []qulaq.Reject
	Extra  []qulaq.Finding
	Blocks int
}

// readAll reads a table, and checks on the way what holds for every block.
func readAll(t testing.TB, r io.Reader, limits table.Limits) (tableOf, error) {
	t.Helper()
	j, err := NewReader(r, limits)
	if err != nil {
		return tableOf{}, err
	}
	got := tableOf{Header: j.Header()}
	var b table.Block
	for {
		err := j.Read(&b)
		if b.Width != len(got.Header) || len(b.Cells) != b.Rows()*b.Width {
			t.Fatalf("%d cells in %d rows of %d", len(b.Cells), b.Rows(), b.Width)
		}
		if rows := b.Rows() + len(b.Bad); rows > table.MaxRows || rows > 1 && len(b.Data) > limits.Defaults().BlockBytes {
			t.Fatalf("a block of %d rows and %d bytes", rows, len(b.Data))
		}
		if err != nil && b.Rows()+len(b.Bad) > 0 {
			t.Fatal("rows together with an error")
		}
		if err != nil {
			if again := j.Read(&b); again != err {
				t.Fatalf("%v, then %v", err, again)
			}
		}
		if err == io.EOF {
			got.Extra = j.ExtraColumns()
			return got, nil
		}
		if err != nil {
			return got, err
		}
		got.Blocks++
		got.Lines = append(got.Lines, b.Lines...)
		got.Bad = append(got.Bad, b.Bad...)
		for i := range b.Rows() {
			row := make([]string, b.Width)
			for c := range row {
				row[c] = string(b.Cell(i, c))
			}
			got.Rows = append(got.Rows, row)
		}
	}
}

func TestShapes(t *testing.T) {
	want := tableOf{Header: []string{"id", "date"}, Rows: [][]string{{"1", "a"}, {"2", ""}}, Lines: []int64{1, 2}, Blocks: 1}
	for name, text := range map[string]string{
		"array":                   `[{"id":1,"date":"a"},{"id":2}]`,
		"array over lines":        "\r\n[\n {\"id\": 1,\t\"date\": \"a\"}\n ,\n{\"id\":2}\n]\n\n",
		"array behind a BOM":      "\ufeff" + `[{"id":1,"date":"a"},{"id":2}]`,
		"data":                    `{"data":[{"id":1,"date":"a"},{"id":2}]}`,
		"items":                   `{"items" : [{"id":1,"date":"a"},{"id":2}]}` + "\n",
		"rows among others":       `{"total":2,"next":{"a":[1]},"data":null,"rows":[{"id":1,"date":"a"},{"id":2}],"items":3,"x":[4]}`,
		"NDJSON":                  `{"id":1,"date":"a"}` + "\n" + `{"id":2}` + "\n",
		"NDJSON without an end":   `{"id":1,"date":"a"}` + "\n" + `{"id":2}`,
		"NDJSON of Windows":       `{"id":1,"date":"a"}` + "\r\n" + `{"id":2}` + "\r\n",
		"NDJSON behind a BOM":     "\ufeff" + `{"id":1,"date":"a"}` + "\n" + `{"id":2}`,
		"NDJSON with blank lines": "{\"id\":1,\"date\":\"a\"}\n{\"id\":2}\n\n  \n",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readAll(t, strings.NewReader(text), table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// What looks like a wrapping is a record when other records follow, or when its list holds no objects.
func TestRecordsWithLists(t *testing.T) {
	for text, want := range map[string][]string{
		`{"id":1,"data":[{"a":1}]}` + "\n" + `{"id":2,"data":[{"a":2}]}`: {`[{"a":1}]`, `[{"a":2}]`},
		`{"id":1,"data":["a" , 2]}`:                                      {`["a",2]`},
		`{"id":1,"data":"[{}]"}`:                                         {"[{}]"},
	} {
		got, err := readAll(t, strings.NewReader(text), table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var data []string
		for _, row := range got.Rows {
			data = append(data, row[1])
		}
		if d := cmp.Diff(want, data); d != "" {
			t.Errorf("%s: %s", text, d)
		}
	}
}

func TestEmptyArray(t *testing.T) {
	for _, text := range []string{"[]", " [ ] ", `{"data":[]}`, `{"total":0,"items":[]}`} {
		got, err := readAll(t, strings.NewReader(text), table.Limits{})
		if d := cmp.Diff(tableOf{}, got); d != "" || err != nil {
			t.Errorf("%s: %v %s", text, err, d)
		}
	}
}

func TestCells(t *testing.T) {
	for value, want := range map[string]string{
		`"text"`:                         "text",
		`"  as it is "`:                  "  as it is ",
		`"a\"b\\c\/d\b\f\n\r\te"`:        "a\"b\\c/d\b\f\n\r\te",
		`"\u0416\u041f \ud83D\uDe00"`:    "ЖП 😀",
		`"Ж"`:                            "Ж",
		`""`:                             "",
		`20231219080620`:                 "20231219080620",
		`-1.50e+3`:                       "-1.50e+3",
		`0.1`:                            "0.1",
		`123456789012345678901234567890`: "123456789012345678901234567890",
		`true`:                           "true",
		`false`:                          "false",
		`null`:                           "",
		`[ 1, "a b" , {} ]`:              `[1,"a b",{}]`,
		`{ "a" : "}\"]" }`:               `{"a":"}\"]"}`,
		`{"a":"\u0000"}`:                 `{"a":"\u0000"}`,
	} {
		for _, text := range []string{`[{"a":` + value + `,"z":1}]`, `{ "a" : ` + value + ` , "z" : 1 }`, `{"z":1,"a":` + value + `}`} {
			got, err := readAll(t, strings.NewReader(text), table.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			row := map[string]string{}
			for c, name := range got.Header {
				row[name] = got.Rows[0][c]
			}
			if d := cmp.Diff(map[string]string{"a": want, "z": "1"}, row); d != "" {
				t.Errorf("%s: %s", text, d)
			}
		}
	}
}

func TestColumns(t *testing.T) {
	got, err := readAll(t, strings.NewReader(`[{"b":1," a ":2},{"c":3,"a":4,"a":5},{},{"\u0061":6,"":7}]`), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := tableOf{
		Header: []string{"b", "a", "c", ""},
		Rows:   [][]string{{"1", "2", "", ""}, {"", "5", "3", ""}, {"", "", "", ""}, {"", "6", "", "7"}},
		Lines:  []int64{1, 2, 3, 4}, Blocks: 1,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// The thousandth record can have a new column, the next cannot.
func TestExtraColumns(t *testing.T) {
	var b strings.Builder
	for i := 1; i <= 1005; i++ {
		switch i {
		case 1000:
			b.WriteString(`{"id":1000,"last":"x"}`)
		case 1001:
			b.WriteString(`{"id":1001,"late":"x","later":1}`)
		case 1002:
			b.WriteString(`{"id":1002,"wrong":"\ud800"}`)
		case 1004:
			b.WriteString(`{"later":null,"id":1004}`)
		default:
			fmt.Fprintf(&b, `{"id":%d}`, i)
		}
		b.WriteString("\n")
	}
	got, err := readAll(t, strings.NewReader(b.String()), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"id", "last"}, got.Header); d != "" {
		t.Error(d)
	}
	detail := "a member that the first 1000 records do not have; it was not read"
	want := []qulaq.Finding{
		{Kind: qulaq.UnknownColumn, Subject: "late", Detail: detail, Count: 1, Line: 1001},
		{Kind: qulaq.UnknownColumn, Subject: "later", Detail: detail, Count: 2, Line: 1001},
	}
	if d := cmp.Diff(want, got.Extra); d != "" {
		t.Errorf("extra (-want +got):\n%s", d)
	}
	if len(got.Rows) != 1004 || len(got.Bad) != 1 {
		t.Errorf("%d rows, %d bad", len(got.Rows), len(got.Bad))
	}
}

// Names that nobody knows do not fill the memory.
func TestExtraColumnsAreBounded(t *testing.T) {
	var b strings.Builder
	for range headerWithin {
		b.WriteString("{\"id\":1}\n")
	}
	for i := range 100 {
		fmt.Fprintf(&b, "{\"name %d\":1}\n", i)
	}
	got, err := readAll(t, strings.NewReader(b.String()), table.Limits{Columns: 10})
	if err != nil {
		t.Fatal(err)
	}
	total := int64(0)
	for _, f := range got.Extra {
		total += f.Count
	}
	if last := got.Extra[len(got.Extra)-1]; len(got.Extra) != 12 || last.Subject != "" || total != 100 {
		t.Errorf("%d findings of %d members, the last %+v", len(got.Extra), total, last)
	}
}

func TestBad(t *testing.T) {
	deep := strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1)
	long := `{"id":"` + strings.Repeat("я", 3000) + `"}`
	type bad struct {
		line   int64
		reason qulaq.Reason
		raw    string
	}
	lines := []string{
		`{"id":1}`, `{"id":2`, `[1]`, `"text"`, ``, `7`, `null`, `{"id":"\u0000"}`, "{\"id\":\"\x00\"}", "{\"id\":\"\xff\"}",
		`{"id":"\ud83d"}`, `{"id":"\ude00\ud83d"}`, `{"\ud83d":1}`, `{"\u0000":1}`, `{"id":` + deep + `}`, long, `{"id":1} {"id":2}`, `{"id":2}`,
	}
	want := []bad{
		{2, qulaq.NotAnObject, `{"id":2`},
		{3, qulaq.NotAnObject, `[1]`},
		{4, qulaq.NotAnObject, `"text"`},
		{6, qulaq.NotAnObject, `7`},
		{7, qulaq.NotAnObject, `null`},
		{8, qulaq.NulByte, `{"id":"\u0000"}`},
		{9, qulaq.NulByte, "{\"id\":\"\x00\"}"},
		{10, qulaq.BadEncoding, `{"id":"?"}`},
		{11, qulaq.BadEncoding, `{"id":"\ud83d"}`},
		{12, qulaq.BadEncoding, `{"id":"\ude00\ud83d"}`},
		{13, qulaq.BadEncoding, `{"\ud83d":1}`},
		{14, qulaq.NulByte, `{"\u0000":1}`},
		{15, qulaq.NotAnObject, `{"id":` + deep + `}`},
		{16, qulaq.TooLarge, long[:1999]},
		{17, qulaq.NotAnObject, `{"id":1} {"id":2}`},
	}
	got, err := readAll(t, strings.NewReader(strings.Join(lines, "\n")), table.Limits{RecordBytes: 3000})
	if err != nil {
		t.Fatal(err)
	}
	var all []bad
	for _, b := range got.Bad {
		all = append(all, bad{b.Line, b.Reason, b.Raw})
		if b.Detail == "" || b.Table != "" {
			t.Errorf("%+v", b)
		}
	}
	if d := cmp.Diff(want, all, cmp.AllowUnexported(bad{})); d != "" {
		t.Errorf("bad (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]int64{1, 18}, got.Lines); d != "" {
		t.Error(d)
	}

	// The same in an array, but what spoils an array.
	var elements []string
	want = nil
	for _, line := range lines {
		if json.Valid([]byte(line)) && len(line) <= 3000 {
			elements = append(elements, line)
		}
	}
	got, err = readAll(t, strings.NewReader("["+strings.Join(elements, ",")+"]"), table.Limits{RecordBytes: 3000})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range elements {
		for _, b := range all {
			if b.raw == strings.ToValidUTF8(e, "?") {
				want = append(want, bad{int64(i) + 1, b.reason, b.raw})
			}
		}
	}
	all = nil
	for _, b := range got.Bad {
		all = append(all, bad{b.Line, b.Reason, b.Raw})
	}
	if d := cmp.Diff(want, all, cmp.AllowUnexported(bad{})); d != "" || len(all) < 8 {
		t.Errorf("bad of an array (-want +got):\n%s", d)
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limits     table.Limits
		want       string
	}{
		{"nothing", "", table.Limits{}, "the file holds no JSON value"},
		{"space", "\ufeff \n\t ", table.Limits{}, "the file holds no JSON value"},
		{"text", "id,date\n1,2\n", table.Limits{}, "none of the first 2 records is a JSON object; the first: no valid JSON"},
		{"numbers", "[1,2,3]", table.Limits{}, "none of the first 3 records is a JSON object; the first: a JSON value, but no object"},
		{"one object over lines", "{\n\"id\":1\n}\n", table.Limits{}, "none of the first 3 records"},
		{"truncated array", `[{"id":1},{"id":2}`, table.Limits{}, "the file ends too early, in element 2, at byte 18"},
		{"truncated behind a BOM", "\ufeff" + `[{"id":1},{"id":2}`, table.Limits{}, "in element 2, at byte 21"},
		{"truncated behind a comma", `[{"id":1},`, table.Limits{}, "the file ends too early"},
		{"truncated object", `[{"id":1},{"id`, table.Limits{}, "the file ends too early, in element 2, at byte 14"},
		{"truncated at once", `[`, table.Limits{}, "the file ends too early"},
		{"truncated wrapping", `{"data":[{"id":1}]`, table.Limits{}, "the file ends too early"},
		{"truncated in the wrapping", `{"data":[{"id":1}`, table.Limits{}, "the file ends too early"},
		{"two commas", `[{"id":1},,{"id":2}]`, table.Limits{}, "no valid JSON in element 2, behind byte 9"},
		{"no comma", `[{"id":1}{"id":2}]`, table.Limits{}, "no valid JSON in element 2, behind byte 9"},
		{"comma at the end", `[{"id":1},]`, table.Limits{}, "no valid JSON in element 2, behind byte 9"},
		{"wrong bracket", `[{"id":1}}`, table.Limits{}, "no valid JSON"},
		{"broken element", `[{"id":1},{"id":tru}]`, table.Limits{}, "no valid JSON in element 2, behind byte 9"},
		{"control character", "[{\"id\":\"\x00\"}]", table.Limits{}, "no valid JSON in element 1"},
		{"something behind", `[{"id":1}] x`, table.Limits{}, "something stands behind the end"},
		{"a second array", `[{"id":1}][{"id":2}]`, table.Limits{}, "something stands behind the end"},
		{"two lists", `{"data":[{"id":1}],"rows":[{"id":2}]}`, table.Limits{}, `a second list of rows, "rows"`},
		{"wrapping without a colon", `{"data":[{"id":1}],"x"}`, table.Limits{}, "no valid JSON"},
		{"large element", `[{"id":1},{"id":"` + strings.Repeat("a", 100) + `"}]`, table.Limits{RecordBytes: 50}, "the value behind byte 9, element 2, is larger than 50 bytes"},
		{"endless element", `[{"id":"` + strings.Repeat("a", 1<<20), table.Limits{RecordBytes: 50}, "element 1, is larger than 50 bytes"},
		{"endless space", `[{"id":1}` + strings.Repeat(" ", 1<<20), table.Limits{RecordBytes: 50}, "is larger than 50 bytes"},
		{"too deep", "[" + strings.Repeat("[", 20_000), table.Limits{}, "no valid JSON in element 1"},
		{"too many columns", `[{"a":1,"b":2},{"c":3}]`, table.Limits{Columns: 2}, "more than 2 different names"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, r := range []io.Reader{strings.NewReader(c.text), iotest.OneByteReader(strings.NewReader(c.text))} {
				_, err := readAll(t, r, c.limits)
				if err == nil || !strings.Contains(err.Error(), c.want) || qulaq.KindOf(err) != qulaq.Contract {
					t.Errorf("error %v of kind %v, want contract with %q", err, qulaq.KindOf(err), c.want)
				}
			}
		})
	}
}

// An array damaged behind its first thousand elements gives an error at last, and the rows before it are
// not to be believed.
func TestErrorInTheMiddle(t *testing.T) {
	text := "[" + strings.Repeat(`{"id":1},`, 5000)
	j, err := NewReader(strings.NewReader(text), table.Limits{BlockBytes: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var b table.Block
	blocks := 0
	for err == nil {
		err = j.Read(&b)
		blocks++
	}
	if blocks != 5 || qulaq.KindOf(err) != qulaq.Contract || qulaq.Hint(err) == "" {
		t.Errorf("after %d blocks: %v", blocks, err)
	}
}

func TestTroubleOfTheDisk(t *testing.T) {
	trouble := &qulaq.Error{Op: "read", Kind: qulaq.Transient}
	for _, text := range []string{"", "[", `[{"id":1}`, `[{"id":1}]`, `{"id":1}` + "\n", `{"data":[{"id":1}],`} {
		_, err := readAll(t, io.MultiReader(strings.NewReader(text), iotest.ErrReader(trouble)), table.Limits{})
		if !errors.Is(err, trouble) {
			t.Errorf("%q: error %v, want the disk's", text, err)
		}
	}
	// Behind the bytes that are looked at to tell the shape.
	text := "[" + strings.Repeat(`{"id":1},`, 10_000)
	_, err := readAll(t, io.MultiReader(strings.NewReader(text), iotest.ErrReader(trouble)), table.Limits{})
	if !errors.Is(err, trouble) {
		t.Errorf("error %v, want the disk's", err)
	}
}

func TestBlocks(t *testing.T) {
	const n = table.MaxRows + 10
	text := strings.Repeat("{\"id\":12345678}\n", n)
	for _, c := range []struct {
		name   string
		limits table.Limits
		blocks int
	}{
		{"rows", table.Limits{}, 2},
		{"bytes", table.Limits{BlockBytes: 80_000}, 4},
		{"bytes of one row", table.Limits{BlockBytes: 7}, n},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readAll(t, strings.NewReader(text), c.limits)
			if err != nil {
				t.Fatal(err)
			}
			if got.Blocks != c.blocks || len(got.Rows) != n || got.Lines[n-1] != n {
				t.Errorf("%d blocks of %d rows, the last is %d", got.Blocks, len(got.Rows), got.Lines[n-1])
			}
		})
	}
}

// A record of exactly the limit passes, whatever its line end; one byte more does not.
func TestRecordBytes(t *testing.T) {
	record := `{"id":"` + strings.Repeat("a", 41) + `"}`
	for _, end := range []string{"", "\n", "\r\n"} {
		for limit, bad := range map[int]int{len(record): 0, len(record) - 1: 1} {
			got, err := readAll(t, strings.NewReader("{}\n"+record+end), table.Limits{RecordBytes: limit})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Bad) != bad || bad == 1 && got.Bad[0].Reason != qulaq.TooLarge {
				t.Errorf("limit %d, end %q: bad %+v", limit, end, got.Bad)
			}
		}
	}
}

// What encoding/json writes is read as it was, in all three shapes and however the bytes come in.
func TestValuesSurvive(t *testing.T) {
	letter := rapid.SampledFrom([]rune("aЯқ№ <>&\"'\\/\n\r\t\b;{}[]:,\u2028\U0001f600"))
	text := rapid.StringOfN(letter, 0, 12, -1)
	rapid.Check(t, func(rt *rapid.T) {
		header := []string{"first", "second", "third"}
		var want [][]string
		var objects []string
		for range rapid.IntRange(1, 10).Draw(rt, "rows") {
			row, object := []string{}, map[string]any{}
			for _, name := range header {
				s := text.Draw(rt, "text")
				row, object[name] = append(row, s), s
			}
			raw, err := json.Marshal(object) // names in alphabetical order, as header has them
			if err != nil {
				rt.Fatal(err)
			}
			want, objects = append(want, row), append(objects, string(raw))
		}
		shape := rapid.SampledFrom([][3]string{{"[", ",", "]"}, {`{"n":1,"rows":[`, " , ", "]}"}, {"", "\n", "\n"}}).Draw(rt, "shape")
		all := shape[0] + strings.Join(objects, shape[1]) + shape[2]
		for _, r := range []io.Reader{strings.NewReader(all), iotest.HalfReader(strings.NewReader(all)), iotest.DataErrReader(strings.NewReader(all))} {
			got, err := readAll(t, r, table.Limits{})
			if err != nil {
				rt.Fatal(err)
			}
			if d := cmp.Diff(header, got.Header); d != "" {
				rt.Fatal(d)
			}
			if d := cmp.Diff(want, got.Rows); d != "" {
				rt.Fatal(d)
			}
		}
	})
}

func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"", "[]", `[{"a":1},{"b":[1,{"c":"\u0000"}]},2]`, `{"total":1,"data":[{"a":"\ud83d\ude00"}],"x":[1]}`,
		"{\"a\":1}\n\n{\"a\":\"\\\"\",\"b\":null}\r\n[1]\n{\"a\":", "\ufeff{\"a\":\"\xff\"}\n{\"a\":\"\\ud800\"}", `{"items":[{`,
	} {
		f.Add([]byte(seed))
	}
	limits := table.Limits{BlockBytes: 64, RecordBytes: 100, Columns: 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := readAll(t, bytes.NewReader(data), limits)
		if err != nil && qulaq.KindOf(err) != qulaq.Contract {
			t.Errorf("kind %v of %v", qulaq.KindOf(err), err)
		}
		for _, r := range []io.Reader{iotest.OneByteReader(bytes.NewReader(data)), iotest.HalfReader(bytes.NewReader(data))} {
			again, err2 := readAll(t, r, limits)
			if fmt.Sprint(err) != fmt.Sprint(err2) {
				t.Errorf("whole: %v; in pieces: %v", err, err2)
			}
			if d := cmp.Diff(got, again); d != "" {
				t.Error(d)
			}
		}
	})
}

// A record that is valid JSON has the members that encoding/json finds in it.
func FuzzObject(f *testing.F) {
	for _, seed := range []string{`{"a":1}`, `{"a" : "\ud83d\ude00" , "a":[1, {"b":null}], "":true}`, `{"\u0061":-1e5,"b":{}}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		want := map[string]json.RawMessage{}
		raw = bytes.TrimSpace(raw)
		if len(raw) == 0 || raw[0] != '{' || bytes.ContainsAny(raw, "\n") || json.Unmarshal(raw, &want) != nil {
			return
		}
		got, err := readAll(t, bytes.NewReader(append([]byte("{}\n"), raw...)), table.Limits{Columns: 1 << 20})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Bad) > 0 {
			return
		}
		cells := map[string]string{}
		for c, name := range got.Header {
			cells[name] = got.Rows[1][c]
		}
		for name, value := range want {
			if strings.TrimSpace(name) != name {
				continue // two names may become one
			}
			if !sameValue(value, cells[name]) {
				t.Errorf("%q is %q, want %s", name, cells[name], value)
			}
		}
	})
}

func sameValue(value json.RawMessage, cell string) bool {
	var s string
	if json.Unmarshal(value, &s) == nil { // null leaves it empty
		return s == cell
	}
	var b bytes.Buffer
	return json.Compact(&b, value) == nil && b.String() == cell
}

func BenchmarkRead(b *testing.B) {
	record := `{"appeal_id":20231219080620,"reg_number":"ЖТ-2026-00000001","created_date":"2026-04-14 22:01:00.000","region":"г. Астана","org_name":"Государственное учреждение \"Управление\"","is_forward":null}`
	for name, text := range map[string]string{
		"ndjson": strings.Repeat(record+"\n", 10_000),
		"array":  "[" + strings.Repeat(record+",", 9_999) + record + "]",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				j, err := NewReader(strings.NewReader(text), table.Limits{})
				var block table.Block
				for err == nil {
					err = j.Read(&block)
				}
				if err != io.EOF {
					b.Fatal(err)
				}
			}
		})
	}
}

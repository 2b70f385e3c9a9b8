package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/qulaq-kz/qulaq/internal/sample"
)

// The commands of scripts that need more than a line.

// kinds of values that fields knows. A question mark behind the name lets it be null.
var kinds = map[string]func(any) bool{
	"string": func(v any) bool { s, ok := v.(string); return ok && s != "" },
	"text":   func(v any) bool { _, ok := v.(string); return ok },
	"bool":   func(v any) bool { _, ok := v.(bool); return ok },
	"number": func(v any) bool { _, ok := v.(float64); return ok },
	"list":   func(v any) bool { _, ok := v.([]any); return ok },
	"kato":   func(v any) bool { s, ok := v.(string); return ok && regexp.MustCompile(`^\d{9}$`).MatchString(s) },
	"time": func(v any) bool {
		s, ok := v.(string)
		t, err := time.Parse(time.RFC3339, s)
		_, offset := t.Zone()
		return ok && err == nil && offset != 0
	},
}

// fields checks JSON lines: fields FILE KIND NAME:TYPE…. Every line must be an object; those of the kind must
// have all fields, of the type, and there must be one at least. KIND - is every line. The fields are those of
// "row" where the line has one.
func fields(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: fields FILE KIND NAME:TYPE…")
	}
	found := 0
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			ts.Fatalf("no JSON object: %v: %s", err, line)
		}
		if args[1] != "-" && o["kind"] != args[1] {
			continue
		}
		found++
		if row, ok := o["row"].(map[string]any); ok {
			o = row
		}
		for _, want := range args[2:] {
			name, kind, _ := strings.Cut(want, ":")
			value, there := o[name]
			if !there {
				ts.Fatalf("no field %s: %s", name, line)
			}
			is := kinds[strings.TrimSuffix(kind, "?")]
			if is == nil {
				ts.Fatalf("there is no type %q", kind)
			}
			if value == nil && strings.HasSuffix(kind, "?") {
				continue
			}
			if !is(value) {
				ts.Fatalf("%s is %v, no %s: %s", name, value, kind, line)
			}
		}
	}
	if found == 0 {
		ts.Fatalf("there is no line of kind %s", args[1])
	}
}

// exportCommand makes a clean export of e-Otinish: export FILE ROWS. How many complaints it has goes to the
// variable COMPLAINTS.
func exportCommand(ts *testscript.TestScript, neg bool, args []string) {
	var rows int
	if neg || len(args) != 2 {
		ts.Fatalf("usage: export FILE ROWS")
	}
	_, err := fmt.Sscan(args[1], &rows)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
	file, err := os.Create(path)
	ts.Check(err)
	truth, err := sample.Write(file, sample.Spec{Format: sample.Analytic, Rows: rows, Seed: 1, Shift: true, Repeats: 0.05})
	ts.Check(err)
	ts.Check(file.Close())
	ts.Check(os.Chtimes(path, longAgo, longAgo))
	ts.Setenv("COMPLAINTS", fmt.Sprint(truth.Complaints))
	ts.Setenv("REPEATED", fmt.Sprint(truth.Repeated))
}

// httpCommand asks a ClickHouse over HTTP: http FILE URL QUESTION. The answer goes to the file.
func httpCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: http FILE URL QUESTION")
	}
	r, err := http.Post(args[1], "text/plain", strings.NewReader(args[2]))
	ts.Check(err)
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	ts.Check(err)
	if r.StatusCode != http.StatusOK {
		ts.Fatalf("%s: %s", r.Status, text)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o600))
}

package pipelines

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

// environ is an environment of a few variables.
func environ(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

func readConfig(t *testing.T, text string, variables ...string) (Config, string, error) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "qulaq.yaml")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	c, _, err := ReadConfig(path, true, environ(variables...))
	return c, folder, err
}

func TestDefaults(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	bare, found, err := ReadConfig("qulaq.yaml", false, environ())
	if err != nil || found {
		t.Fatalf("without a file: %t, %v", found, err)
	}
	want := DefaultConfig()
	want.Data = filepath.Join(folder, "data")
	if diff := cmp.Diff(want, bare); diff != "" {
		t.Errorf("without a file (-want +got):\n%s", diff)
	}
	_, _, err = ReadConfig("qulaq.yaml", true, environ())
	wantError(t, err, qulaq.Configuration, "qulaq.yaml")
	for _, text := range []string{"", "# nothing\n", "---\n", "{}\n"} {
		got, folder, err := readConfig(t, text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		want.Data = filepath.Join(folder, "data")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

// The example of the contract, word for word: scripts write these keys.
func TestConfigOfTheContract(t *testing.T) {
	got, folder, err := readConfig(t, `
warehouse: embedded            # or clickhouse://user:password@host:9000/qulaq
data: ./data                   # archive, embedded engine, locks
complaints:                    # where exports come from
  - source: eotinish           # a profile: eotinish, eotinish_text, cc109, …
    path: ./inbox              # a folder; or url: https://…, header: "Authorization: Bearer ${TOKEN}"
  - source: cc109
    url: https://example.kz/export.csv
    header: "Authorization: Bearer ${TOKEN}"
plans:
  base_url: https://www.gov.kz # of the gov.kz platform
  pause: 500ms                 # between requests to one host
reports:
  - path: ./reports            # a folder; or url
network:
  allow_private: false         # true lets sources live on loopback and private addresses, for trials
publication:
  grace_days: 14               # policy, where no norm is known
  plan_days_after_period: 30   # policy: a half-year's plan is due so many days after its end
`, "TOKEN", "t0ken")
	if err != nil {
		t.Fatal(err)
	}
	want := DefaultConfig()
	want.Data = filepath.Join(folder, "data")
	want.Complaints = []ComplaintSource{
		{Source: "eotinish", Path: filepath.Join(folder, "inbox")},
		{Source: "cc109", URL: "https://example.kz/export.csv", Header: "Authorization: Bearer t0ken"},
	}
	want.Plans.BaseURL, want.Plans.Pause, want.Plans.Wanted = "https://www.gov.kz", 500*time.Millisecond, true
	want.Reports = []ReportSource{{Path: filepath.Join(folder, "reports")}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRelativePaths(t *testing.T) {
	got, folder, err := readConfig(t, "data: ../d\nengine: {folder: e}\ncomplaints:\n- {source: x, path: /abs, profile: p.yaml}\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{got.Data, filepath.Join(filepath.Dir(folder), "d")},
		{got.Engine.Folder, filepath.Join(folder, "e")},
		{got.Complaints[0].Path, "/abs"},
		{got.Complaints[0].Profile, filepath.Join(folder, "p.yaml")},
	} {
		if c[0] != c[1] {
			t.Errorf("%s, want %s", c[0], c[1])
		}
	}
}

func TestConfigErrors(t *testing.T) {
	const secret = "s3cr3t-w0rd"
	for _, c := range []struct{ name, text, says string }{
		{"unknown key", "data: ./d\n\nwharehouse: embedded\n", "[3:"},
		{"unknown key of a source", "complaints:\n- source: x\n  path: y\n  pth: z\n", "[4:"},
		{"unknown key beside a secret", "warehouse: clickhouse://u:" + secret + "@h/q\nnope: 1\n", "[2:"},
		{"wrong type beside a secret", "warehouse: clickhouse://u:" + secret + "@h/q\ncomplaints: 5\n", "[2:"},
		{"key twice", "data: a\ndata: b\n", "data"},
		{"no YAML", "data: [\n", ""},
		{"two documents", "data: a\n---\ndata: b\n", "document"},
		{"missing variable", "data: ./d\nwarehouse: clickhouse://u:${NO_SUCH}@h/q\n", "[2:"},
		{"missing variable by name", "warehouse: ${NO_SUCH}\n", "NO_SUCH"},
		{"warehouse", "warehouse: postgres://u:" + secret + "@h/q\n", "warehouse"},
		{"secret variable in a wrong place", "warehouse: ${SECRET}\n", "warehouse"},
		{"no source", "complaints:\n- path: x\n", "complaints[0]"},
		{"no place", "complaints:\n- source: x\n", "complaints[0]"},
		{"two places", "complaints:\n- source: x\n  path: a\n- {source: x, path: a, url: 'https://h/'}\n", "complaints[1]"},
		{"header without url", "complaints:\n- {source: x, path: a, header: 'A: b'}\n", "header"},
		{"header without a name", "complaints:\n- {source: x, url: 'https://h/', header: '" + secret + "'}\n", "Name: value"},
		{"not http", "complaints:\n- {source: x, url: 'ftp://u:" + secret + "@h/'}\n", "http"},
		{"share of rejects", "bounds: {max_rejects: 5}\n", "max_rejects"},
		{"tries", "network: {tries: 0}\n", "tries"},
		{"schedule", "schedule: {complaints: 'every day'}\n", "schedule.complaints"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readConfig(t, c.text, "SECRET", secret)
			wantError(t, err, qulaq.Configuration, c.says, "qulaq.yaml")
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("the error shows the secret: %v", err)
			}
		})
	}
}

func TestVariables(t *testing.T) {
	evil := "x\nbounds: {max_rejects: 1}\n\"': ${OTHER} #"
	c, _, err := readConfig(t, `
warehouse: "clickhouse://u:${PASSWORD}@h:9000/q"
complaints:
- source: ${SOURCE}
  url: https://h/${A}${B}
  header: 'X-Key: ${EVIL}'
schedule:
  complaints: ${CRON}
# ${NOT_A_VALUE}
`, "PASSWORD", "p#:{}", "SOURCE", "eotinish", "A", "1", "B", "", "EVIL", evil, "CRON", "0 3 * * *", "OTHER", "no")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range [][2]string{
		{string(c.Warehouse), "clickhouse://u:p#:{}@h:9000/q"},
		{c.Complaints[0].Source, "eotinish"},
		{c.Complaints[0].URL, "https://h/1"},
		{string(c.Complaints[0].Header), "X-Key: " + evil},
		{c.Schedule.Complaints, "0 3 * * *"},
	} {
		if v[0] != v[1] {
			t.Errorf("%q, want %q", v[0], v[1])
		}
	}
	if c.Bounds.MaxRejects != DefaultConfig().Bounds.MaxRejects {
		t.Error("a variable became YAML")
	}
}

func TestVariablesOfOtherTypes(t *testing.T) {
	c, _, err := readConfig(t, "engine: {tcp_port: '${PORT}'}\nnetwork: {pause: '${PAUSE}'}\n", "PORT", "9000", "PAUSE", "2s")
	if err != nil {
		t.Fatal(err)
	}
	if c.Engine.TCPPort != 9000 || c.Network.Pause != 2*time.Second {
		t.Errorf("port %d, pause %s", c.Engine.TCPPort, c.Network.Pause)
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	const secret = "s3cr3t-w0rd"
	c := DefaultConfig()
	c.Warehouse = "clickhouse://u:" + secret + "@h/q"
	c.Complaints = []ComplaintSource{{Source: "x", URL: "https://h/", Header: "A: " + secret}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		for _, v := range []any{c, &c, c.Complaints, c.Warehouse, struct{ W Secret }{c.Warehouse}} {
			if text := fmt.Sprintf(verb, v); strings.Contains(text, secret) {
				t.Errorf("%s of %T shows the secret: %s", verb, v, text)
			}
		}
	}
	if text, err := json.Marshal(c); err != nil || strings.Contains(string(text), secret) {
		t.Errorf("JSON: %s, %v", text, err)
	}
	if got := fmt.Sprint(Secret("")); got != "" {
		t.Errorf("no secret prints as %q", got)
	}
}

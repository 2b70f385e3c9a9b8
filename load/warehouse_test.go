package load

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

const password = "s3cr3t-w0rd"

// closedPort returns the address of a port that nobody listens on.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// A wrong user or password is missing here: the embedded engine dies of a failed login (see TestKinds for
// what a server answers).
func TestOpenRefusesAndKeepsThePassword(t *testing.T) {
	addr, _ := embeddedtest.Database(t)
	for _, c := range []struct {
		name, address string
		kind          qulaq.Kind
		says          string
	}{
		{"wrong port", "clickhouse://default:" + password + "@" + closedPort(t) + "/q", qulaq.Transient, "refused"},
		{"wrong host", "clickhouse://default:" + password + "@no.such.host.invalid:9000/q", qulaq.Transient, "no.such.host.invalid"},
		{"wrong scheme", "postgres://default:" + password + "@127.0.0.1:9000/q", qulaq.Configuration, "postgres"},
		{"no URL", "clickhouse://default:" + password + "@[::1/q", qulaq.Configuration, "no URL"},
		{"no URL by the password", "clickhouse://default:" + password + "%zz@127.0.0.1:9000/q", qulaq.Configuration, "no URL"},
		{"unknown option", "clickhouse://default:" + password + "@" + addr + "/q?dial_timeout=soon", qulaq.Configuration, "dial"},
		{"secret in the options", "clickhouse://" + addr + "/q?username=default&password=" + password + "&dial_timeout=soon", qulaq.Configuration, "dial"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := Open(t.Context(), Options{Address: c.address})
			if w != nil {
				t.Error("a warehouse came with the error")
			}
			wantError(t, err, c.kind, c.says)
			if strings.Contains(err.Error(), password) {
				t.Errorf("the error shows the password: %v", err)
			}
			if qulaq.Hint(err) == "" {
				t.Error("the error does not say what to do")
			}
		})
	}
}

func TestOpenIsCalledOff(t *testing.T) {
	addr, database := embeddedtest.Database(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, Options{Address: "clickhouse://" + addr + "/" + database}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want that the context was cancelled", err)
	}
}

func TestOpenMakesTheDatabase(t *testing.T) {
	addr, database := embeddedtest.Database(t)
	name := database + "_new `quoted\\"
	w, err := Open(t.Context(), Options{Address: "clickhouse://" + addr + "/" + strings.NewReplacer(" ", "%20", "`", "%60", "\\", "%5C").Replace(name)})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	defer func() {
		if err := w.Do(context.Background(), "DROP DATABASE "+Quote(name)); err != nil {
			t.Error(err)
		}
	}()
	if got := ask(t, w, "SELECT currentDatabase()"); w.Database() != name || got[0] != name {
		t.Errorf("the database is %q, the server says %q; want %q", w.Database(), got[0], name)
	}
	again, err := Open(t.Context(), Options{Address: "clickhouse://" + addr + "/" + strings.NewReplacer(" ", "%20", "`", "%60", "\\", "%5C").Replace(name)})
	if err != nil {
		t.Fatalf("when it is there already: %v", err)
	}
	again.Close()
}

func TestAddressDefaults(t *testing.T) {
	for address, want := range map[string]string{
		"clickhouse://h":                "h:9000 qulaq  ",
		"clickhouse://h/":               "h:9000 qulaq  ",
		"clickhouse://h:9440/x":         "h:9440 x  ",
		"clickhouse://u:p%40w@h:1/x":    "h:1 x u p@w",
		"clickhouse://u@[::1]":          "[::1]:9000 qulaq u ",
		"clickhouse://h/x?secure=true":  "h:9000 x  tls",
		"clickhouse://127.0.0.1:9/name": "127.0.0.1:9 name  ",
	} {
		o, err := parse(Options{Address: address})
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		got := o.Addr[0] + " " + o.Auth.Database + " " + o.Auth.Username + " " + o.Auth.Password
		if o.TLS != nil {
			got += "tls"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestMemoryIsAskedOfTheServer(t *testing.T) {
	w := connect(t)
	got := ask(t, w, "SELECT toString(getSetting('max_memory_usage')), toString(getSetting('max_bytes_before_external_sort')), toString(getSetting('max_bytes_before_external_group_by'))")
	if want := "1073741824 | 536870912 | 536870912"; got[0] != want {
		t.Errorf("%s, want %s", got[0], want)
	}
}

func TestKinds(t *testing.T) {
	for _, c := range []struct {
		err  error
		want qulaq.Kind
	}{
		{&clickhouse.Exception{Code: 516}, qulaq.Configuration},
		{&clickhouse.Exception{Code: 243}, qulaq.Configuration}, // no space left
		{&clickhouse.Exception{Code: 241}, qulaq.Transient},     // no memory left
		{&clickhouse.Exception{Code: 62}, qulaq.Bug},            // syntax
		{&net.OpError{Op: "read", Err: errors.New("reset")}, qulaq.Transient},
		{io.EOF, qulaq.Transient},
		{io.ErrUnexpectedEOF, qulaq.Transient},
		{errors.New("surprise"), qulaq.Bug},
		{&qulaq.Error{Kind: qulaq.Contract, Err: io.EOF}, qulaq.Contract}, // ours decides
	} {
		if got := kindOf(c.err); got != c.want {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
}

func TestAskTellsWhatIsWrong(t *testing.T) {
	w := connect(t)
	_, err := w.Ask(t.Context(), "SELECT * FROM nowhere")
	wantError(t, err, qulaq.Configuration, "nowhere")
	wantError(t, w.Do(t.Context(), "SELEKT"), qulaq.Bug, "SELEKT")
	a, err := w.Ask(t.Context(), "SELECT throwIf(number = 100000, 'late trouble') FROM numbers(200000) SETTINGS max_block_size = 1000")
	if err == nil {
		for a.Next() {
		}
		err = a.Err()
		a.Close()
	}
	wantError(t, err, qulaq.Bug, "late trouble")
}

// A question changes nothing, whatever it says.
func TestQuestionsOnlyRead(t *testing.T) {
	w := migrated(t)
	for _, statement := range []string{
		"DROP TABLE complaints", "TRUNCATE TABLE complaints", "INSERT INTO rejects (reason) VALUES ('x')", "ALTER TABLE complaints DELETE WHERE 1",
		"CREATE TABLE mine (a Int8) ENGINE = Memory", "DROP DATABASE " + w.database, "SET readonly = 0",
	} {
		if a, err := w.Ask(t.Context(), statement); err == nil {
			err = errors.Join(a.Err(), a.Close())
			t.Errorf("%s: answered, %v", statement, err)
		} else if qulaq.KindOf(err) != qulaq.Configuration || qulaq.Hint(err) == "" {
			t.Errorf("%s: %v", statement, err)
		}
	}
	a, err := w.Ask(t.Context(), "SELECT count() FROM complaints SETTINGS max_threads = 1")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if !a.Next() || a.Err() != nil {
		t.Error("a question with a setting of its own is not answered", a.Err())
	}
}

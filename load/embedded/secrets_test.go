package embedded_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// TestSecretsAreNotHandedOn looks at what the list of processes and the data folder tell of the engine.
func TestSecretsAreNotHandedOn(t *testing.T) {
	const secret = "s3cr3tT0ken"
	for _, name := range []string{"QULAQ_TOKEN", "CLICKHOUSE_PASSWORD", "AWS_SECRET_ACCESS_KEY"} {
		t.Setenv(name, secret)
	}
	dir := t.TempDir()
	e, err := embedded.Start(t.Context(), embedded.Options{
		Dir: dir, Library: embeddedtest.Library(t), HTTPPort: embedded.NoHTTP, Verb: "test",
		Users: []embedded.User{{Name: "analyst", Grants: []string{"GRANT SELECT ON system.one"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	seen := 0
	for _, name := range []string{"cmdline", "environ"} {
		text, err := os.ReadFile(filepath.Join("/proc", fmt.Sprint(e.PID()), name))
		if err != nil {
			continue // this system shows processes otherwise
		}
		seen++
		if len(text) == 0 || strings.Contains(string(text), secret) {
			t.Errorf("%s of the engine: %q", name, text)
		}
	}
	if _, err := os.Stat("/proc/self/environ"); err == nil && seen != 2 {
		t.Error("the process was not looked at")
	}
	for _, name := range []string{"engine.xml", "users.xml", "engine.log", "lock"} {
		path := filepath.Join(dir, name)
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), secret) {
			t.Errorf("%s holds the secret", name)
		}
	}
}

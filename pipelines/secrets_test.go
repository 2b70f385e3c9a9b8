package pipelines

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

func TestTokenBeyondLoopback(t *testing.T) {
	const token = "0123456789abcdef"
	for serve, why := range map[string]string{
		"{listen: 127.0.0.1:8077}":                    "",
		"{listen: 'localhost:8077'}":                  "",
		"{listen: '[::1]:8077'}":                      "",
		"{listen: ''}":                                "",
		"{listen: 0.0.0.0:8077}":                      "needs serve.token",
		"{listen: ':8077'}":                           "needs serve.token",
		"{listen: 10.0.0.5:8077}":                     "needs serve.token",
		"{listen: 'example.org:8077'}":                "needs serve.token",
		"{listen: 0.0.0.0:8077, token: short}":        "shorter than 16",
		"{listen: 127.0.0.1:8077, token: short}":      "shorter than 16",
		"{listen: 0.0.0.0:8077, token: '${TOKEN}'}":   "",
		"{listen: 127.0.0.1:8077, token: '${TOKEN}'}": "",
	} {
		_, _, err := readConfig(t, "serve: "+serve+"\n", "TOKEN", token)
		if why == "" && err != nil {
			t.Errorf("%s: %v", serve, err)
		}
		if why != "" {
			wantError(t, err, qulaq.Configuration, why)
			if strings.Contains(err.Error(), "short}") {
				t.Errorf("%s: the error quotes the token: %v", serve, err)
			}
		}
	}
}

// TestSecretsAreNotLogged logs a configuration with every secret that it may hold, whole and in parts.
func TestSecretsAreNotLogged(t *testing.T) {
	const secret = "s3cr3tT0ken-0123456789"
	c, _, err := readConfig(t, `
warehouse: clickhouse://qulaq:${S}@db:9000/qulaq
complaints: [{source: eotinish, url: https://example.org/x.csv, header: "Authorization: ${S}"}]
personal_data: {key: "${S}"}
serve: {token: "${S}"}
notify: {urls: ["telegram://${S}@telegram?chats=1"]}
`, "S", secret)
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	for _, h := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(h).Info("all of it", "config", c, "warehouse", c.Warehouse, "source", c.Complaints[0], "notify", c.Notify)
	}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for how, printed := range map[string]string{
		"%v": fmt.Sprint(c), "%+v": fmt.Sprintf("%+v", c), "%#v": fmt.Sprintf("%#v", c), "%s": fmt.Sprintf("%s %q", c.Warehouse, c.Serve.Token),
		"JSON": string(text), "slog": log.String(),
	} {
		if strings.Contains(printed, secret) {
			t.Errorf("%s shows a secret: %s", how, printed)
		}
	}
}

// TestSecretsAreNotBackedUp looks for the password of the warehouse in all that a backup has, and in the ledger of a run that
// failed by it.
func TestSecretsAreNotBackedUp(t *testing.T) {
	const secret = "s3cr3tT0ken-0123456789"
	c := atServer(t, ComplaintSource{Source: "eotinish", URL: "http://127.0.0.1:1/x.csv?token=" + secret, Header: "Authorization: " + secret})
	c.Network.AllowPrivate, c.Network.Tries = true, 1
	// User default has no password, and takes any.
	c.Warehouse = Secret(strings.Replace(string(c.Warehouse), "clickhouse://", "clickhouse://default:"+secret+"@", 1))
	e := open(t, c)
	if r, err := e.RunComplaints(t.Context()); err == nil && r.Err() == nil {
		t.Fatal("a source that nobody serves was read")
	}
	folder := filepath.Join(t.TempDir(), "night")
	if _, err := e.Backup(t.Context(), BackupOptions{Folder: folder}); err != nil {
		t.Fatal(err)
	}
	if lines := ask(t, e, "SELECT error FROM runs"); len(lines) != 1 || lines[0] == "" || strings.Contains(lines[0], secret) {
		t.Errorf("the ledger says %q", lines)
	}
	for _, path := range filesBelow(t, folder) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), secret) {
			t.Errorf("%s holds the secret", path)
		}
	}
}

package warehousesql_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/qulaq-kz/qulaq/internal/metrics"
)

// dashboard is what this test reads of a dashboard of Grafana.
type dashboard struct {
	Panels []struct {
		Title, Description string
		Targets            []struct{ RawSQL string }
	}
}

// Every panel's question is one that the warehouse understands.
func TestDashboards(t *testing.T) {
	w := warehouse(t)
	files, err := filepath.Glob("../deploy/grafana/dashboards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("dashboards: %q, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d dashboard
		if err := json.Unmarshal(text, &d); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if len(d.Panels) == 0 {
			t.Errorf("%s has no panels", file)
		}
		for _, p := range d.Panels {
			t.Run(p.Title, func(t *testing.T) {
				if p.Description == "" || len(p.Targets) == 0 {
					t.Error("a panel says what it shows, and asks something")
				}
				for _, target := range p.Targets {
					a, err := w.Ask(t.Context(), target.RawSQL)
					if err != nil {
						t.Fatalf("%v\n%s", err, target.RawSQL)
					}
					for a.Next() {
					}
					if err := a.Err(); err != nil {
						t.Errorf("%v\n%s", err, target.RawSQL)
					}
					a.Close()
				}
			})
		}
	}
}

// The alerts ask for figures that there are, and say what to do.
func TestAlerts(t *testing.T) {
	text, err := os.ReadFile("../deploy/prometheus/rules.yml")
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Annotations struct{ Summary, Action string }
			}
		}
	}
	if err := yaml.Unmarshal(text, &rules); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range metrics.Table() {
		known[m.Name] = true
	}
	alerts := 0
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			alerts++
			if r.Alert == "" || r.Annotations.Summary == "" || r.Annotations.Action == "" {
				t.Errorf("%q does not say all", r.Alert)
			}
			for _, word := range strings.FieldsFunc(r.Expr, func(c rune) bool {
				return c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9')
			}) {
				if strings.HasPrefix(word, "qulaq_") && !known[word] {
					t.Errorf("%s asks for %s, which nobody measures", r.Alert, word)
				}
			}
		}
	}
	if alerts == 0 {
		t.Error("there are no alerts")
	}
}

// The ledger knows a program by host and data folder: a container without a name of its own would be another one each time
// it is made anew, and nobody would bury the runs and drop the staging tables of the one before.
func TestTheContainerKeepsItsName(t *testing.T) {
	text, err := os.ReadFile("../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]struct{ Hostname string }
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		t.Fatal(err)
	}
	if compose.Services["qulaq"].Hostname == "" {
		t.Error("the service qulaq has no hostname")
	}
}

//go:build linux

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

func TestMain(m *testing.M) { embeddedtest.Main(m) }

// Some nights with a fault; `make soak` lives through a year.
func TestProveSoak(t *testing.T) {
	embeddedtest.Library(t)
	y := &year{nights: 12, engines: os.Getenv(embeddedtest.CacheVariable), tell: t.Logf}
	err := y.live(t.Context(), t.TempDir())
	var figures strings.Builder
	y.print(&figures)
	t.Log(figures.String())
	if err != nil {
		t.Error(err)
	}
	if y.faults != 1 || y.failed < y.faults {
		t.Errorf("%d faults failed %d runs: a fault that fails nothing is none", y.faults, y.failed)
	}
}

package pipelines

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/internal/metrics"
)

func TestSizes(t *testing.T) {
	inbox := t.TempDir()
	write(t, filepath.Join(inbox, "eotinish_2026-06-01.csv"), row("1", "2026-05-01", "В работе", "г.Астана"), row("2", "2026-05-02", "В работе", "г.Астана"))
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	run(t, e)
	if _, err := e.Archive.Put(t.Context(), strings.NewReader("old"), extract.Sighting{Source: "govkz/aqtobe", Origin: "https://www.gov.kz/a.pdf", SeenAt: now.Add(-40 * 24 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	sizes, disks, err := e.Sizes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	of := func(room, name string) Size {
		i := slices.IndexFunc(sizes, func(s Size) bool { return s.Room == room && s.Name == name })
		if i < 0 {
			t.Fatalf("nothing is said of %s %s: %+v", room, name, sizes)
		}
		return sizes[i]
	}
	if s := of("archive", "exports"); s.Count != 1 || s.Bytes == 0 || *s.Grown != s.Bytes {
		t.Errorf("exports: %+v", s)
	}
	if s := of("archive", "documents"); s.Count != 1 || s.Bytes == 0 || *s.Grown != 0 {
		t.Errorf("documents: %+v", s)
	}
	if s := of("warehouse", "complaints"); s.Count != 2 || s.Bytes == 0 || *s.Grown != s.Bytes {
		t.Errorf("complaints: %+v", s)
	}
	if s := of("warehouse", "regions"); s.Count == 0 || s.Grown != nil {
		t.Errorf("regions, of which nothing tells growth: %+v", s)
	}
	if len(disks) < 2 || disks[0].Name != "data" || disks[0].Free == 0 || disks[0].Total < disks[0].Free || disks[0].Days == nil || *disks[0].Days == 0 {
		t.Errorf("disks: %+v", disks)
	}
	// In 30 days nothing came.
	e.Now = func() time.Time { return now.Add(31 * 24 * time.Hour) }
	sizes, disks, err = e.Sizes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s := of("warehouse", "complaints"); *s.Grown != 0 || *of("archive", "exports").Grown != 0 || disks[0].Days != nil {
		t.Errorf("without growth: %+v, %+v", s, disks)
	}
	set := metrics.New()
	if err := e.measureSizes(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	families, err := set.Gatherer().Gather()
	if err != nil || len(families) != 2 {
		t.Errorf("figures: %v, %v", families, err)
	}

	var text strings.Builder
	if err := e.Status(context.Background(), &text, "json"); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for line := range strings.Lines(text.String()) {
		var o struct{ Kind string }
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		kinds[o.Kind]++
	}
	if kinds["size"] != len(sizes) || kinds["disk"] != len(disks) || kinds["run"] == 0 || kinds["due"] == 0 {
		t.Errorf("lines of status: %v", kinds)
	}
	text.Reset()
	if err := e.Status(context.Background(), &text, "table"); err != nil || !strings.Contains(text.String(), "full in days") {
		t.Errorf("%v\n%s", err, text.String())
	}
}

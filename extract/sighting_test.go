package extract

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func TestExportedAt(t *testing.T) {
	modified := time.Date(2026, 6, 2, 3, 4, 5, 600, time.UTC)
	seen := time.Date(2026, 7, 8, 9, 10, 11, 12, time.UTC)
	const (
		fromModified = "2026-06-02T08:04:05+05:00"
		fromSeen     = "2026-07-08T14:10:11+05:00"
	)
	for _, c := range []struct {
		name     string
		modified time.Time
		want     string
	}{
		{"export_2026-05-01.csv.gz", modified, "2026-05-01T00:00:00+05:00"},
		{"2026_05_01.csv", modified, "2026-05-01T00:00:00+05:00"},
		{"export20260501.csv", modified, "2026-05-01T00:00:00+05:00"},
		{"выгрузка 01.05.2026.xlsx", modified, "2026-05-01T00:00:00+05:00"},
		{"2026-05-01", modified, "2026-05-01T00:00:00+05:00"},
		{"2024-02-29.csv", modified, "2024-02-29T00:00:00+06:00"}, // the last day of the old zone
		{"2023-12-31.csv", modified, "2023-12-31T00:00:00+06:00"},
		{"2000-01-01.csv", modified, "2000-01-01T00:00:00+06:00"},
		{"2100-12-31.csv", modified, "2100-12-31T00:00:00+05:00"},
		// With a time.
		{"2026-05-01T0830.csv", modified, "2026-05-01T08:30:00+05:00"},
		{"2026-05-01T083059.csv", modified, "2026-05-01T08:30:59+05:00"},
		{"20260501_0830.csv", modified, "2026-05-01T08:30:00+05:00"},
		{"2026_05_01_083000.csv", modified, "2026-05-01T08:30:00+05:00"},
		{"01.05.2026_2359.csv", modified, "2026-05-01T23:59:00+05:00"},
		{"20260501_2460.csv", modified, "2026-05-01T00:00:00+05:00"},         // no time
		{"20260501_08301.csv", modified, "2026-05-01T00:00:00+05:00"},        // nor this
		{"2026-05-01-02.csv", modified, "2026-05-01T00:00:00+05:00"},         // part 2
		{"2026-05-01 (1).csv", modified, "2026-05-01T00:00:00+05:00"},        // a second download
		{"2026-05-01_2026-05-01.csv", modified, "2026-05-01T00:00:00+05:00"}, // they agree
		// No date, or more than one.
		{"export.csv", modified, fromModified},
		{"", modified, fromModified},
		{"2026-05.csv", modified, fromModified},
		{"2026-05-01_2026-05-31.csv", modified, fromModified},
		{"2026-05-01.06.2026.csv", modified, fromModified},
		{"2026-05-01_2026-05-01T0830.csv", modified, fromModified},
		{"2026-02-31.csv", modified, fromModified},
		{"2025-02-29.csv", modified, fromModified},
		{"31.02.2026.csv", modified, fromModified},
		{"1999-12-31.csv", modified, fromModified},
		{"2101-01-01.csv", modified, fromModified},
		{"01052026.csv", modified, fromModified},
		{"20231219080620.csv", modified, fromModified}, // fourteen digits are an appeal's id as well
		{"120260501.csv", modified, fromModified},
		{"202605011.csv", modified, fromModified},
		{"2026-05_01.csv", modified, fromModified},
		{"2026-5-1.csv", modified, fromModified},
		// No time of modification.
		{"export.csv", time.Time{}, fromSeen},
		{"export.csv", time.Unix(0, 0), fromSeen},
		{"export.csv", time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), fromSeen},
		{"2026-05-01.csv", time.Time{}, "2026-05-01T00:00:00+05:00"},
	} {
		if got := ExportedAt(c.name, c.modified, seen).Format(time.RFC3339Nano); got != c.want {
			t.Errorf("ExportedAt(%q) = %s, want %s", c.name, got, c.want)
		}
	}
}

func FuzzExportedAt(f *testing.F) {
	for _, name := range []string{"export_2026-05-01.csv.gz", "20260501_083000", "01.05.2026T0830", "2026-05-01_2026-05-31", "2026_05_01\xff"} {
		f.Add(name)
	}
	modified := time.Date(2026, 6, 2, 3, 4, 5, 0, qulaq.Almaty())
	f.Fuzz(func(t *testing.T, name string) {
		got := ExportedAt(name, modified, modified)
		if got.Equal(modified) {
			return
		}
		// What is not the fallback stands in the name.
		for _, form := range dateForms {
			if strings.Contains(name, got.Format(form)) && 2000 <= got.Year() && got.Year() <= 2100 {
				return
			}
		}
		t.Errorf("%q: %s comes from nowhere", name, got)
	})
}

func TestExportedAtOfASighting(t *testing.T) {
	told := time.Date(2026, 1, 1, 0, 0, 0, 0, qulaq.Almaty())
	for name, c := range map[string]struct {
		s    Sighting
		want time.Time
	}{
		"modified":      {Sighting{Origin: "/a.csv", ModTime: told}, told},
		"last modified": {Sighting{Origin: "https://a.kz/b", LastModified: "Wed, 31 Dec 2025 19:00:00 GMT"}, told},
		"not a time":    {Sighting{Origin: "https://a.kz/b", LastModified: "yesterday"}, noon},
		"seen":          {Sighting{Origin: "https://a.kz/b"}, noon},
		"told":          {Sighting{Origin: "/2026-05-01.csv", ExportedAt: told}, told},
		"name":          {Sighting{Origin: "/x", Name: "2026-01-01.csv"}, told},
		"no name":       {Sighting{Origin: "/x/2026-01-01.csv"}, told},
		"only a folder": {Sighting{Origin: "/2026-05-01/x.csv"}, noon},
	} {
		if got := c.s.complete(noon).ExportedAt; !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestSightingInJSON(t *testing.T) {
	s := Sighting{
		Source: "eotinish", Origin: "/inbox/жалобы\xff.csv", Size: 3, Inode: 1<<64 - 1, ModTime: noon.Add(time.Nanosecond),
		ETag: `W/"1"`, LastModified: "Wed, 31 Dec 2025 19:00:00 GMT", MediaType: "text/csv", Status: 200,
	}.complete(noon)
	line, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"seen_at":"2026-05-20T12:00:00+05:00","source":"eotinish","origin":"/inbox/жалобы�.csv",` +
		`"name":"жалобы�.csv","size":3,"exported_at":"2026-05-20T12:00:00+05:00",` +
		`"mod_time":"2026-05-20T12:00:00.000000001+05:00","inode":18446744073709551615,"status":200,"etag":"W/\"1\"",` +
		`"last_modified":"Wed, 31 Dec 2025 19:00:00 GMT","media_type":"text/csv",` +
		`"hash":"0000000000000000000000000000000000000000000000000000000000000000"}`
	if diff := cmp.Diff(want, string(line)); diff != "" {
		t.Error(diff)
	}
	var back Sighting
	if err := json.Unmarshal(line, &back); err != nil {
		t.Fatal(err)
	}
	if back != s {
		t.Errorf("read back as %+v, was %+v", back, s)
	}
}

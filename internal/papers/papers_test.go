package papers

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq/transform/region"
)

// kinds are those of papers that are no plan; unreadable ones are locked, so that nobody can say what they are.
var kinds = []string{"development", "procurement", "anticorruption", "calendar", "report", "other", "unreadable"}

var statuses = []string{
	"resolved", "in_progress", "planned", "funded", "funding_considered", "no_documents", "not_supported", "long_term",
	"explained", "unknown",
}

// TestTruthIsSound holds every truth to its own form: codes of places that exist, days that exist and are in
// order, words of the vocabularies, text where there is text.
func TestTruthIsSound(t *testing.T) {
	g, err := region.New()
	if err != nil {
		t.Fatal(err)
	}
	within := map[string]string{} // the region of a code that is valid today
	for _, u := range g.Units() {
		if u.ValidTo == 0 {
			within[u.Code] = u.Region
		}
	}
	for _, half := range []string{Dev, Test} {
		all, err := Read(half)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			t.Run(half+"/"+p.Name, func(t *testing.T) {
				if len(p.File) == 0 || p.Truth.Why == "" {
					t.Errorf("%d bytes, and the reason of its being here is %q", len(p.File), p.Truth.Why)
				}
				checkPaper(t, p.Truth, within)
			})
		}
	}
}

func checkPaper(t *testing.T, p Truth, within map[string]string) {
	if !p.IsPlan {
		if !slices.Contains(kinds, p.Kind) || len(p.Items) > 0 || p.RegionCode != nil || p.DistrictCode != nil {
			t.Errorf("no plan, of kind %q, with %d items, of region %v", p.Kind, len(p.Items), p.RegionCode)
		}
		return
	}
	if p.Kind != "" || len(p.Items) == 0 {
		t.Errorf("a plan of kind %q with %d items", p.Kind, len(p.Items))
	}
	checkDays(t, "period", p.PeriodFrom, p.PeriodTo)
	if (p.PeriodFrom == nil) != (p.PeriodTo == nil) {
		t.Error("half a period")
	}
	if p.RegionCode != nil && within[*p.RegionCode] != *p.RegionCode {
		t.Errorf("%s is no region", *p.RegionCode)
	}
	checkDistrict(t, p.DistrictCode, p.RegionCode, within)
	for _, i := range p.Items {
		name := nameOf(i)
		if i.Issue == nil && i.Measure == nil {
			t.Errorf("%s: neither issue nor measure", name)
		}
		checkDays(t, name, i.DeadlineFrom, i.DeadlineTo)
		checkDistrict(t, i.DistrictCode, p.RegionCode, within)
		for _, f := range fields {
			if value := f.of(i); f.text && value != nil && (strings.TrimSpace(*value) != *value || strings.Trim(*value, "-–—") == "") {
				t.Errorf("%s: %s is %q", name, f.name, *value)
			}
		}
		if i.Status != nil && !slices.Contains(statuses, *i.Status) {
			t.Errorf("%s: there is no status %q", name, *i.Status)
		}
		if i.CostKZT != nil && *i.CostKZT < 0 {
			t.Errorf("%s: costs %d", name, *i.CostKZT)
		}
	}
}

func checkDistrict(t *testing.T, district, of *string, within map[string]string) {
	if district == nil {
		return
	}
	if parent := within[*district]; parent == "" || parent == *district || of != nil && parent != *of {
		t.Errorf("%s is no district of the plan's region", *district)
	}
}

func checkDays(t *testing.T, name string, from, to *string) {
	for _, day := range []*string{from, to} {
		if day == nil {
			continue
		}
		if _, err := time.Parse(time.DateOnly, *day); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if from != nil && to != nil && *from > *to {
		t.Errorf("%s: from %s to %s", name, *from, *to)
	}
}

// TestCorpus says what the corpus must not lose: in both halves every format, all regions, a size that a
// repository can bear.
func TestCorpus(t *testing.T) {
	const mostBytes = 12 << 20
	size := 0
	regions := map[string]bool{}
	for _, half := range []string{Dev, Test} {
		all, err := Read(half)
		if err != nil {
			t.Fatal(err)
		}
		plans := map[string]int{}
		others := 0
		for _, p := range all {
			size += len(p.File)
			if !p.Truth.IsPlan {
				others++
				continue
			}
			plans[p.Name[strings.LastIndexByte(p.Name, '.')+1:]]++
			if p.Truth.RegionCode != nil {
				regions[*p.Truth.RegionCode] = true
			}
		}
		for _, format := range []string{"docx", "xlsx", "xls", "pdf", "html"} {
			if plans[format] < 1 {
				t.Errorf("%s: %d plans of format %s", half, plans[format], format)
			}
		}
		if others < 5 {
			t.Errorf("%s: %d papers that are no plan", half, others)
		}
	}
	if len(regions) != 20 {
		t.Errorf("plans of %d regions, want all 20", len(regions))
	}
	if size > mostBytes {
		t.Errorf("%d bytes in all, want at most %d", size, mostBytes)
	}
}

func TestReadOfNoHalf(t *testing.T) {
	if papers, err := Read("third"); err == nil {
		t.Errorf("a half that is none has %d papers", len(papers))
	}
}

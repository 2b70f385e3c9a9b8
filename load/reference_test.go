package load

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func text(s string) *string { return &s }

func reference() Reference {
	return Reference{
		Regions: []Region{
			{Code: "630000000", Level: "region", Region: "630000000", NameRU: "Восточно-Казахстанская область", ValidTo: text("2022-06-08")},
			{
				Code: "630000000", Level: "region", Region: "630000000", NameRU: "Восточно-Казахстанская область", NameKK: "Шығыс Қазақстан облысы",
				NameEN: "East Kazakhstan", ISO: "KZ-63", ValidFrom: text("2022-06-08"), TodayCode: text("630000000"),
			},
		},
		Categories: []Category{{Code: "roads", NameRU: "Дороги", NameKK: "Жолдар", NameEN: "Roads", Scope: "ямы"}},
		Sources:    []Source{{Source: "eotinish", Title: "e-Otinish", Kind: "complaints"}},
	}
}

const regionsQuestion = "SELECT code, name_ru, name_kk, iso, toString(valid_from), toString(valid_to), today_code FROM regions ORDER BY valid_from NULLS FIRST"

func TestSetReference(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	if err := w.SetReference(ctx, "tests", reference()); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"630000000 | Восточно-Казахстанская область |  |  | null | 2022-06-08 | null",
		"630000000 | Восточно-Казахстанская область | Шығыс Қазақстан облысы | KZ-63 | 2022-06-08 | null | 630000000",
	}
	if diff := cmp.Diff(want, ask(t, w, regionsQuestion)); diff != "" {
		t.Errorf("regions (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"roads | Дороги | Жолдар | Roads | ямы"}, ask(t, w, "SELECT code, name_ru, name_kk, name_en, scope FROM categories")); diff != "" {
		t.Errorf("categories (-want +got):\n%s", diff)
	}

	parts := "SELECT table, name, toString(modification_time) FROM system.parts WHERE database = currentDatabase() AND active AND table IN ('regions', 'categories', 'sources') ORDER BY table, name"
	before := ask(t, w, parts)
	same := reference()
	same.Regions[0], same.Regions[1] = same.Regions[1], same.Regions[0]
	if err := w.SetReference(ctx, "tests", same); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, ask(t, w, parts)); diff != "" {
		t.Errorf("the same content was written again (-before +after):\n%s", diff)
	}

	// What a dead run left of the swap is in nobody's way.
	if err := w.Do(ctx, "CREATE TABLE stage_regions AS regions"); err != nil {
		t.Fatal(err)
	}
	newer := reference()
	newer.Regions[0].TodayCode = text("100000000")
	if err := w.SetReference(ctx, "tests", newer); err != nil {
		t.Fatal(err)
	}
	want[0] = "630000000 | Восточно-Казахстанская область |  |  | null | 2022-06-08 | 100000000"
	if diff := cmp.Diff(want, ask(t, w, regionsQuestion)); diff != "" {
		t.Errorf("regions after a change (-want +got):\n%s", diff)
	}
	if left := stages(t, w); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestSetReferenceReplacesInOneStep(t *testing.T) {
	w := migrated(t)
	ctx := context.Background()
	sizes := [2]int{1, 40}
	var contents [2]Reference
	for i, n := range sizes {
		for range n {
			contents[i].Regions = append(contents[i].Regions, Region{Code: fmt.Sprint(i, len(contents[i].Regions))})
		}
	}
	if err := w.SetReference(ctx, "tests", contents[0]); err != nil {
		t.Fatal(err)
	}
	stop, ended := make(chan struct{}), make(chan []string)
	// A reader meanwhile sees the one or the other, never less and never both. It reads the rows: a bare
	// count() is answered from counters, which the server changes part by part.
	go func() {
		var odd []string
		for {
			select {
			case <-stop:
				ended <- odd
				return
			default:
			}
			var n uint64
			if err := w.row(ctx, "count", "regions", "SELECT uniqExact(code) FROM regions", nil, &n); err != nil {
				odd = append(odd, err.Error())
			} else if int(n) != sizes[0] && int(n) != sizes[1] {
				odd = append(odd, fmt.Sprint(n))
			}
		}
	}()
	for i := range 10 {
		if err := w.SetReference(ctx, "tests", contents[(i+1)%2]); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if odd := <-ended; len(odd) > 0 {
		t.Errorf("a reader saw %q", odd)
	}
}

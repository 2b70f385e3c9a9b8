package extract

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func removal(h qulaq.Hash) Removal {
	return Removal{Hash: h, On: noon, Kind: "exports", Rule: "3y", Size: 17}
}

// sound demands that the archive under a root has no damage.
func sound(t *testing.T, root string) {
	t.Helper()
	if _, _, err := open(t, root).Prove(t.Context(), func(d Damage) error { return fmt.Errorf("damage: %+v", d) }); err != nil {
		t.Error(err)
	}
}

func TestObjects(t *testing.T) {
	a := open(t, t.TempDir())
	old := put(t, a, "first", seen("/in/a.csv"))
	put(t, a, "second", seen("/in/a.csv"))
	put(t, a, "second", Sighting{Source: "cc109", Origin: "/other/b.csv"})
	got := map[string]string{}
	if err := a.Objects(t.Context(), func(o Object) error {
		var born, here []string
		for _, s := range o.Births {
			born = append(born, s.Source)
		}
		for _, s := range o.Here {
			here = append(here, s.Origin)
		}
		slices.Sort(born)
		slices.Sort(here)
		got[o.Hash.Short()] = fmt.Sprint(born, here, o.Bytes > 0, o.First().SeenAt.Equal(noon))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	second := put(t, a, "second", seen("/in/a.csv"))
	want := map[string]string{old.Hash.Short(): "[eotinish] [] true true", second.Hash.Short(): "[cc109 eotinish] [/in/a.csv /other/b.csv] true true"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestRemove(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	stays, goes := put(t, a, "stays", seen("/in/a.csv")), put(t, a, "goes", seen("/in/b.csv"))
	if err := a.Remove(t.Context(), []Removal{removal(goes.Hash)}); err != nil {
		t.Fatal(err)
	}
	for name, a := range map[string]*Archive{"the same": a, "another process": open(t, root)} {
		if got := a.Snapshots("eotinish"); len(got) != 1 || got[0].Hash != stays.Hash {
			t.Errorf("%s lists %v", name, got)
		}
		_, err := a.Open(goes.Hash)
		if !errors.Is(err, ErrRemoved) || qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "removed by retention on 2026-05-20 (exports: 3y)") {
			t.Errorf("%s says: %v", name, err)
		}
		if r, ok := a.Removed(goes.Hash); !ok || r.Size != 17 {
			t.Errorf("%s knows %+v, %v", name, r, ok)
		}
		if _, ok := a.Removed(stays.Hash); ok {
			t.Errorf("%s: what is kept is said to be removed", name)
		}
	}
	sound(t, root)
	// Seen again, it is kept again, and may be removed again.
	again := put(t, a, "goes", seen("/in/c.csv"))
	if _, ok := a.Removed(goes.Hash); ok || read(t, again) != "goes" {
		t.Error("what was kept anew is said to be removed")
	}
	if err := a.Remove(t.Context(), []Removal{removal(goes.Hash)}); err != nil {
		t.Fatal(err)
	}
	if _, ok := open(t, root).Removed(goes.Hash); !ok {
		t.Error("it was not removed again")
	}
	sound(t, root)
}

func TestRemoveIsKilled(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	first, second := put(t, a, "first", seen("/in/a.csv")), put(t, a, "second", seen("/in/b.csv"))
	all := []Removal{removal(first.Hash), removal(second.Hash)}
	killed, kill := context.WithCancel(t.Context())
	kill()
	if err := a.Remove(killed, all); !errors.Is(err, context.Canceled) { // written down, none removed
		t.Fatal(err)
	}
	sound(t, root)
	if got := open(t, root).Snapshots("eotinish"); len(got) != 2 {
		t.Errorf("what is still kept is not listed: %v", got)
	}
	if err := os.Remove(a.path(first.Hash, packed)); err != nil { // killed after the first
		t.Fatal(err)
	}
	sound(t, root)
	// A line that was not written to its end is none.
	path := filepath.Join(root, "archive", "removed.ndjson")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(whole, `{"hash":"ab`...), 0o600); err != nil {
		t.Fatal(err)
	}
	a = open(t, root)
	if err := a.Remove(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	if got := open(t, root).Snapshots("eotinish"); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
	sound(t, root)
	// Other hands are noticed.
	if err := os.WriteFile(path, []byte("{\"hash\":\"zz\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenArchive(root, at(noon)); qulaq.KindOf(err) != qulaq.Contract || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a damaged file: %v", err)
	}
}

func TestCopyTo(t *testing.T) {
	root, to := t.TempDir(), t.TempDir()
	a := open(t, root)
	kept, removed := put(t, a, strings.Repeat("kept ", 1000), seen("/in/a.csv")), put(t, a, "removed", seen("/in/b.csv"))
	zip := put(t, a, "PK\x03\x04 zip", seen("/in/c.zip"))
	if err := a.Remove(t.Context(), []Removal{removal(removed.Hash)}); err != nil {
		t.Fatal(err)
	}
	killed, kill := context.WithCancel(t.Context())
	kill()
	if _, err := a.CopyTo(killed, to); !errors.Is(err, context.Canceled) {
		t.Fatalf("a copy that was interrupted: %v", err)
	}
	sum, err := a.CopyTo(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := a.CopyTo(t.Context(), to); err != nil || again != sum {
		t.Errorf("again: %s and %s, %v", sum, again, err)
	}
	if diff := cmp.Diff(files(t, root), files(t, to)); diff != "" {
		t.Error(diff)
	}
	sound(t, to)
	b := open(t, to)
	for _, h := range []qulaq.Hash{kept.Hash, zip.Hash} {
		was, _ := a.Snapshot("eotinish", h)
		is, ok := b.Snapshot("eotinish", h)
		if !ok || read(t, is) != read(t, was) || !is.SeenAt.Equal(was.SeenAt) || is.Origin != was.Origin {
			t.Errorf("%v and %v, %v", was, is, ok)
		}
	}
	if _, ok := b.Removed(removed.Hash); !ok {
		t.Error("the copy does not know what was removed")
	}
}

package extract

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func TestProve(t *testing.T) {
	root := t.TempDir()
	a := open(t, root)
	good := put(t, a, "good", seen("/in/good.csv"))
	bad := put(t, a, strings.Repeat("bad ", 1000), seen("/in/bad.csv"))
	gone := put(t, a, "gone", seen("/in/gone.csv"))
	zip := put(t, a, "PK\x03\x04 damaged", seen("/in/zip.xlsx"))
	if n, size, err := open(t, root).Prove(t.Context(), func(d Damage) error { return fmt.Errorf("damage: %+v", d) }); err != nil || n != 4 || size == 0 {
		t.Fatalf("%d objects, %d bytes, %v", n, size, err)
	}
	for h, f := range map[qulaq.Hash]form{bad.Hash: packed, zip.Hash: raw} {
		path := a.path(h, f)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		content[len(content)/2] ^= 1
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(a.path(gone.Hash, packed)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(a.objects, "notes.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a = open(t, root) // what another process packed is not believed
	got := map[string]string{}
	if _, _, err := a.Prove(t.Context(), func(d Damage) error {
		got[d.First.Origin] = fmt.Sprint(d.Missing, " ", qulaq.KindOf(d.Err) == qulaq.Contract)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"/in/bad.csv": "false true", "/in/zip.xlsx": "false true", "/in/gone.csv": "true false", "": "false false"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("damages, missing or damaged (-want +got):\n%s", diff)
	}

	// Set aside, the same content is kept anew.
	to, err := a.SetAside(bad.Hash)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(to); err != nil || a.Has(bad.Hash) {
		t.Errorf("it is not set aside: %v", err)
	}
	if got := read(t, put(t, a, strings.Repeat("bad ", 1000), seen("/in/bad.csv"))); got != strings.Repeat("bad ", 1000) {
		t.Error("it is not kept anew")
	}
	if got := read(t, good); got != "good" {
		t.Errorf("the good one reads %q", got)
	}
	if _, err := a.SetAside(gone.Hash); qulaq.KindOf(err) != qulaq.Contract {
		t.Errorf("what is not there was set aside: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := a.Prove(ctx, func(Damage) error { return nil }); err == nil {
		t.Error("it goes on when told to stop")
	}
}

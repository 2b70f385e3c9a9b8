package load

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Words that are taken from complaints are not kept as an example of what they repeat; how texts repeat stays known by the
// fingerprint, as its comment says.
func TestExpireTexts(t *testing.T) {
	w := migrated(t)
	export{"eotinish", 1, "2026-05-01", []fact{{"1", "2020-03-05", "старое"}, {"2", "2026-04-05", "новое"}}}.mustLoad(t, w)
	if err := w.Do(t.Context(), "INSERT INTO systemic_groups (first_day, complaints, example) VALUES ('2020-03-05', 3, 'старое'), ('2026-04-05', 3, 'новое')"); err != nil {
		t.Fatal(err)
	}
	if err := w.Do(t.Context(), "ALTER TABLE complaints UPDATE text_fingerprint = 7 WHERE true SETTINGS mutations_sync = 2"); err != nil {
		t.Fatal(err)
	}
	before := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	if n, err := w.Expired(t.Context(), "texts", before); n != 1 || err != nil {
		t.Fatalf("%d texts are old, %v", n, err)
	}
	for range 2 { // again is the same
		if err := w.Expire(t.Context(), "texts", before); err != nil {
			t.Fatal(err)
		}
		got := append(ask(t, w, "SELECT text FROM complaints ORDER BY registered_at"), ask(t, w, "SELECT example FROM systemic_groups ORDER BY first_day")...)
		if diff := cmp.Diff([]string{"", "новое", "", "новое"}, got); diff != "" {
			t.Errorf("words (-want +got):\n%s", diff)
		}
		if got := ask(t, w, "SELECT text_fingerprint FROM complaints"); !cmp.Equal([]string{"7", "7"}, got) {
			t.Errorf("fingerprints: %q", got)
		}
	}
}

package notify

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

var night = qulaq.Date(2023, 1, 31)

func TestWords(t *testing.T) {
	keys := []string{"digest", "digest_first", "group", "continued", "change", "first", "proof", "more", "heartbeat", "life", "never"}
	for _, s := range publication.States() {
		keys = append(keys, string(s))
	}
	for _, kind := range []publication.Kind{publication.Calendar, publication.Announcement, publication.Results} {
		keys = append(keys, "kind_"+string(kind))
	}
	for _, key := range keys {
		for _, lang := range Langs {
			if words[key][lang] == "" {
				t.Errorf("%s has no words in %s", key, lang)
			}
		}
	}
	if len(words) != len(keys) {
		t.Errorf("%d sentences, %d are used", len(words), len(keys))
	}
}

func TestDigest(t *testing.T) {
	changes := []Change{
		{From: publication.NotFound, To: publication.Overdue, Akimat: "Павлодар облысы", Period: "2022-H2", Reason: "31 күн.", Hash: "abcd"},
		{From: publication.NotFound, To: publication.Late, Akimat: "Astana", Period: "2022-H2", Reason: "1 day late.", URL: "https://x/1", Hash: "ef"},
		{To: publication.Overdue, Akimat: "Astana\n•", Period: "2022-H1", Reason: "200 days.", Hash: ""},
	}
	want := []Message{{Title: "qulaq, 2023-01-31: publications that changed their state: 3", Text: `qulaq, 2023-01-31: publications that changed their state: 3

published late: 1
• Astana, 2022-H2, before: not found, not yet past the due day and grace. 1 day late.
  https://x/1

not found after the due day and grace: 2
• Astana •, 2022-H1. 200 days.
• Павлодар облысы, 2022-H2, before: not found, not yet past the due day and grace. 31 күн.
  Proof: sha256 abcd`}}
	if diff := cmp.Diff(want, Digest("en", night, changes)); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(changes)
	if diff := cmp.Diff(want, Digest("en", night, changes)); diff != "" {
		t.Errorf("in another order: %s", diff)
	}
	first := Digest("en", night, []Change{{To: publication.Overdue, Akimat: "Astana", Period: "2022-H1"}})
	if want := "qulaq, 2023-01-31: first judgement; not found after the due day and grace: 1"; len(first) != 1 || first[0].Title != want {
		t.Errorf("%v, want %s", first, want)
	}
	if got := Digest("ru", night, nil); got != nil {
		t.Errorf("nothing changed: %v", got)
	}
	for lang, word := range map[string]string{"ru": "не найден после срока и отсрочки: 2", "kk": "мерзім мен күту уақытынан кейін табылмады: 2"} {
		if got := Digest(lang, night, changes); !strings.Contains(got[0].Text, word) {
			t.Errorf("%s: %s", lang, got[0].Text)
		}
	}
}

// However many changes there are, every message is short enough, says which part it is, and up to the bound every
// change is in exactly one of them.
func TestDigestParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := publication.States()
		n := rapid.IntRange(1, 300).Draw(t, "n")
		long := rapid.IntRange(0, 1000).Draw(t, "long")
		of := map[publication.State]int{}
		var changes []Change
		for i := range n {
			state := states[rapid.IntRange(0, 2).Draw(t, "state")]
			of[state]++
			changes = append(changes, Change{To: state, Akimat: fmt.Sprintf("<%d>", i), Reason: strings.Repeat("ы", long)})
		}
		all := Digest("ru", night, changes)
		text := ""
		for i, m := range all {
			if len(m.Text) > 4096 || !utf8.ValidString(m.Text) || !strings.HasPrefix(m.Text, m.Title+"\n") {
				t.Fatalf("a message of %d bytes", len(m.Text))
			}
			if len(all) > 1 && !strings.HasSuffix(m.Title, fmt.Sprintf("(%d/%d)", i+1, len(all))) {
				t.Fatalf("title %q", m.Title)
			}
			text += m.Text
		}
		want := 0
		for _, k := range of {
			want += min(k, maxLines)
		}
		if got := strings.Count(text, "• <"); got != want {
			t.Fatalf("%d changes of %d", got, want)
		}
	})
}

func TestHeartbeat(t *testing.T) {
	l := Life{Obligations: 20, Checked: 18, Days: 7, States: map[publication.State]int{publication.Overdue: 5, publication.Published: 15}}
	got := Heartbeat("ru", night, l)
	want := Message{"qulaq, 2023-01-31: жив", "qulaq, 2023-01-31: жив\n\nОбязательств: 20, проверены за 7 дн.: 18, последняя полная проверка всех мест: ещё не было.\nопубликован: 15\nне найден после срока и отсрочки: 5"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	l.Whole = time.Date(2026, 6, 1, 20, 0, 0, 0, time.UTC)
	if got := Heartbeat("kk", night, l).Text; !strings.Contains(got, "толық тексеруі: 2026-06-02 01:00.") {
		t.Error(got)
	}
}

package words

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// show prints the words of a stretch: known ones as they are, numbers after #, others after ?.
func show(t *Text) string {
	var all []string
	for _, w := range t.Words {
		piece := string(t.Bytes[w.From:w.To])
		switch w.ID {
		case Other:
			piece = "?" + piece
		case Number:
			piece = "#" + piece
		}
		all = append(all, piece)
	}
	return strings.Join(all, " ")
}

func TestWords(t *testing.T) {
	long := strings.Repeat("ы", Longest/2)
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" \n., ", ""},
		{"Нет воды, света!", "Нет воды света"},
		{"«Самал» — (ЖК) № 5", "Самал ЖК #5"},
		{"43-үйдің 2024г.", "#43 үйдің #2024 г"},
		{"дом5 5.6", "дом #5 #5 #6"},
		{"мкр-н 12А-34 ш/а", "?мкр-н #12 ?А-34 ?ш/а"},
		{"eGov cвет iс", "?eGov ?cвет ?iс"},
		{"дом\u00adик дом\u00a0ик", "?дом\u00adик дом ик"},
		{"а\xd0 \xd0 \xff", "?а\xd0 ?\xd0 ?\xff"},
		{"[name], почта a@b.kz", "?[name] почта ?a@b ?kz"},
		{"５ 5５", "?５ ?5５"},
		{long + " " + long + "ы", long + " ?" + long + "ы"},
		{strings.Repeat("1", longestNumber) + " " + strings.Repeat("1", longestNumber+1), "#" + strings.Repeat("1", longestNumber) + " ?" + strings.Repeat("1", longestNumber+1)},
	} {
		if got := show(NewMemory().Read([]byte(c.text))); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestStretches(t *testing.T) {
	m := NewMemory()
	text := m.Read([]byte(strings.Repeat("да нет 5 ", Most)))
	if text.Whole() {
		t.Fatal("too much for a stretch")
	}
	n, to := len(text.Words), text.To
	for text.Next() {
		if text.From != to || len(text.Words) > Most {
			t.Fatalf("a stretch from %d after one to %d, of %d words", text.From, to, len(text.Words))
		}
		n, to = n+len(text.Words), text.To
	}
	if n != 3*Most || to != len(text.Bytes) {
		t.Errorf("%d words, to %d", n, to)
	}
	if text.Next() {
		t.Error("something after the end")
	}
}

// pieces are what texts are made of here.
var pieces = []string{
	"вода", "ҚАЛА", "и", "электроснабжение", "благоустройствами", "5", "2024", " ", " ", ". ", ", ", "-", "/", "«", "»", "—", "№", "і", "i", "x",
	"\u00ad", "\u200b", "\u00a0", "\xd0", "\xd1\x80", "\xe2\x80", "\xc2", "\xff", "[name]", "@", "５", "ї", "😀", "\n", "\x00",
}

func draw(t *rapid.T) []byte {
	return []byte(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "text"), ""))
}

func check(t interface{ Fatalf(string, ...any) }, m *Memory, text []byte) {
	words := m.Read(text)
	for {
		end := words.From
		for _, w := range words.Words {
			piece := string(text[w.From:w.To])
			switch {
			case w.From < end || w.To <= w.From || w.To > words.To:
				t.Fatalf("%q: a word from %d to %d after %d", text, w.From, w.To, end)
			case w.ID >= FirstWord && (strings.ContainsFunc(piece, func(r rune) bool { return r < 0x400 || r >= 0x500 }) || m.ID([]byte(piece)) != w.ID):
				t.Fatalf("%q: %q has the number %d", text, piece, w.ID)
			case w.ID == Number && strings.Trim(piece, "0123456789") != "":
				t.Fatalf("%q: %q is no number", text, piece)
			}
			for gap := string(text[end:w.From]); gap != ""; {
				r, size := utf8.DecodeRuneInString(gap)
				if unicode.IsLetter(r) || unicode.IsDigit(r) || r == utf8.RuneError {
					t.Fatalf("%q: %q is between words", text, gap)
				}
				gap = gap[size:]
			}
			end = w.To
		}
		if !words.Next() {
			return
		}
	}
}

func TestLaws(t *testing.T) {
	m := NewMemory()
	rapid.Check(t, func(t *rapid.T) { check(t, m, draw(t)) })
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(strings.Join(pieces, " ")))
	f.Add([]byte(strings.Join(pieces, "")))
	m := NewMemory()
	f.Fuzz(func(t *testing.T, text []byte) { check(t, m, text) })
}

// What Change makes is as good as cutting the new text: outside of the changes the same words, none lost.
func TestChange(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"дом ⟦15⟧, кв. ⟦42⟧ сейчас", "дом ?[x] кв ?[x] сейчас"},
		{"⟦Иванов⟧ звонил", "?[x] звонил"},
		{"звонил ⟦А.⟧", "звонил ?[x]"},
		{"у ⟦Иванов А. Б.⟧ и ⟦5⟧", "у ?[x] и ?[x]"},
		{"Б-⟦12⟧-⟦34⟧в тут", "?Б- ?[x] ?- ?[x] ?в тут"},
		{"Ива⟦нов⟧ых", "?Ива ?[x] ?ых"},
		{"нет", "нет"},
	} {
		var changes []Change
		var before, after string
		for rest := c.text; rest != ""; {
			kept, marked, found := strings.Cut(rest, "⟦")
			before, after = before+kept, after+kept
			if !found {
				break
			}
			marked, rest, _ = strings.Cut(marked, "⟧")
			changes = append(changes, Change{len(before), len(before) + len(marked), len("[x]")})
			before, after = before+marked, after+"[x]"
		}
		m := NewMemory()
		got := m.Read([]byte(before)).Change([]byte(after), changes)
		if s := show(got); s != c.want || !got.Whole() {
			t.Errorf("%q: %q, want %q", c.text, s, c.want)
		}
		// The room is used again.
		got = m.Read([]byte(before)).Change([]byte(after), changes)
		if s := show(got); s != c.want {
			t.Errorf("%q: %q again, want %q", c.text, s, c.want)
		}
	}
}

func TestMemoryIsBounded(t *testing.T) {
	m := NewMemory()
	notes := Notes[int](m)
	word := func(n int) []byte {
		var b strings.Builder
		for _, digit := range fmt.Sprintf("%06d", n) {
			b.WriteRune('а' + digit - '0')
		}
		return []byte(b.String())
	}
	for n := range Capacity - int(FirstWord) {
		w := m.Read(word(n)).Words[0]
		if w.ID == Other { // its places are taken
			continue
		}
		if notes[w.ID] != 0 {
			t.Fatalf("the note of a new word is %d", notes[w.ID])
		}
		notes[w.ID] = n + 1
	}
	for n := range Capacity {
		w := m.Read(word(n)).Words[0]
		if w.ID >= FirstWord && notes[w.ID] != 0 && notes[w.ID] != n+1 {
			t.Fatalf("the note of %d is %d", n, notes[w.ID])
		}
		if m.full {
			break
		}
	}
	for n := Capacity; !m.full; n++ {
		if m.Read(word(n)); n > 2*Capacity {
			t.Fatal("never full")
		}
	}
	if w := m.Read(word(7)).Words[0]; w.ID != FirstWord || notes[w.ID] != 0 {
		t.Errorf("after all was forgotten the first word is %d with the note %d", w.ID, notes[w.ID])
	}
}

// Words chosen to stand at the same place are not looked for without end.
func TestCollisions(t *testing.T) {
	m := NewMemory()
	m.ID([]byte("слово"))
	same := map[uint16][]string{}
	var crowd []string
	for n := 0; len(crowd) <= probes; n++ {
		word := fmt.Sprint("w", n)
		place := hash(eight([]byte(word)), 0, 0, 0)
		same[place] = append(same[place], word)
		crowd = same[place]
	}
	ids := map[ID]bool{}
	for _, word := range crowd {
		ids[m.ID([]byte(word))] = true
	}
	if len(ids) != probes+1 || !ids[Other] {
		t.Errorf("%d words of one place have %d numbers", len(crowd), len(ids))
	}
}

func TestID(t *testing.T) {
	m := NewMemory()
	m.ID([]byte("да"))
	for _, words := range [][2]string{{"a", "a\x00"}, {"мкр-н", "мкр"}, {strings.Repeat("a", Longest), strings.Repeat("a", Longest-1)}} {
		a, b := m.ID([]byte(words[0])), m.ID([]byte(words[1]))
		if a == b || a == Other || b == Other || a != m.ID([]byte(words[0])) {
			t.Errorf("%q: %d and %d", words, a, b)
		}
	}
	for _, word := range []string{"", strings.Repeat("a", Longest+1)} {
		if id := m.ID([]byte(word)); id != Other {
			t.Errorf("%q: %d", word, id)
		}
	}
}

func TestReadAllocatesNothing(t *testing.T) {
	m := NewMemory()
	text := []byte("Лифт в подъезде № 3 не работает 15 дней, ЖЭК-12 молчит.")
	if n := testing.AllocsPerRun(100, func() { m.Read(text) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

package sample

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// categories are the codes of the category table.
var categories = []string{
	"utilities", "water", "power", "gas", "roads", "transport", "telecom", "housing", "land", "social_infrastructure",
	"construction", "improvement", "ecology", "health", "education", "social_protection", "employment", "agriculture",
	"prices", "business", "public_order", "emergencies", "culture_sport", "public_services", "finance", "justice",
	"governance", "other",
}

func mustLoad(t *testing.T, s Spec) *words {
	t.Helper()
	w, err := loadWords(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestWordsCoverEverything(t *testing.T) {
	for _, s := range []Spec{
		{Format: Analytic, Encoding: UTF8}, {Format: Analytic, Encoding: Windows1251}, {Format: CC109, Encoding: Windows1251},
	} {
		w := mustLoad(t, s)
		if len(w.regions) != 20 {
			t.Errorf("%d regions", len(w.regions))
		}
		for _, r := range w.regions {
			if len(r.spellings) == 0 || len(r.districts) == 0 || r.code[2:] != "0000000" {
				t.Errorf("%s: spellings %q, %d districts", r.code, r.spellings, len(r.districts))
			}
		}
		known := map[string]bool{}
		for _, c := range categories {
			known[c] = true
			if len(w.bodies[c]) == 0 {
				t.Errorf("nobody answers for %s", c)
			}
			for l, book := range w.texts {
				if n := len(book.about[c]); n < 3 {
					t.Errorf("%d sentences in %s about %s", n, languages[l], c)
				}
			}
		}
		for _, subject := range w.subjects {
			if !known[subject.code] {
				t.Errorf("no category %s", subject.code)
			}
		}
	}
}

func TestSentences(t *testing.T) {
	w := mustLoad(t, Spec{Format: AnalyticText})
	for l, book := range w.texts {
		count := 0
		for code, list := range book.about {
			count += len(list)
			for _, s := range list {
				if text := bare(s); l == kazakh && !strings.ContainsAny(text, "әғқңөұүһі") {
					t.Errorf("%s: not Kazakh: %s", code, text)
				} else if l == russian && strings.ContainsAny(text, "әғқңөұүһі") {
					t.Errorf("%s: not Russian: %s", code, text)
				}
			}
		}
		if count < 60 {
			t.Errorf("%d sentences in %s", count, languages[l])
		}
	}
}

// bare is what a sentence says without its slots.
func bare(s sentence) string {
	var b strings.Builder
	for _, p := range s {
		b.WriteString(p.words)
	}
	return b.String()
}

// A body whose name began with a quote would make an export without quoting ambiguous.
func TestBodiesDoNotBeginWithQuotes(t *testing.T) {
	for code, list := range mustLoad(t, Spec{Format: Analytic}).bodies {
		for _, s := range list {
			if strings.HasPrefix(s[0].words, `"`) || s[0].words == "" {
				t.Errorf("%s: %s", code, bare(s))
			}
		}
	}
}

func TestUnknownSlot(t *testing.T) {
	slots, err := loadSlots()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"{nothing}", "{street", "a {} b"} {
		if _, err := slots.parse(text, russian); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

func TestWheel(t *testing.T) {
	w := newWheel([]int64{1, 0, 2, 1})
	counts := map[uint16]int{}
	for _, choice := range w {
		counts[choice]++
	}
	if counts[0] != wheelSlots/4 || counts[1] != 0 || counts[2] != wheelSlots/2 || counts[3] != wheelSlots/4 {
		t.Error(counts)
	}
	if newWheel(nil) != nil || newWheel([]int64{0}) != nil {
		t.Error("a wheel without weight")
	}
}

func TestPersonalNumber(t *testing.T) {
	// By hand: 1·9+2·9+3·1+4·2+5·1+6·5+7·5 = 108, and 108 mod 11 is 9.
	if control, ok := iinControl([11]byte{9, 9, 1, 2, 1, 5, 5}); !ok || control != 9 {
		t.Errorf("%d, %v", control, ok)
	}
	a := newAuthor(Spec{}, &words{}, calendar{}, false)
	a.rand = rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		iin := string(appendIIN(nil, a))
		sum := func(weights ...int) (s int) {
			for i, w := range weights {
				s += w * int(iin[i]-'0')
			}
			return s % 11
		}
		control := sum(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
		if control == 10 {
			control = sum(3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
		}
		if len(iin) != 12 || control != int(iin[11]-'0') {
			t.Fatalf("%s has the control digit %d", iin, control)
		}
		if day := iin[4:6]; !strings.HasPrefix(iin, "9912") || day < "01" || day > "31" || (iin[6] != '5' && iin[6] != '6') {
			t.Fatalf("%s is nobody to be born in December 2099", iin)
		}
	}
}

func TestWindows1251(t *testing.T) {
	if got := string(appendWindows1251(nil, []byte("Ақ Ёж"))); got != "\xc0? \xa8\xe6" {
		t.Errorf("%x", got)
	}
	if encodable(Windows1251, "Жетісу") != true || encodable(Windows1251, "Ұлытау") || !encodable(UTF8, "Ұлытау") {
		t.Error("windows-1251 has і and no Ұ")
	}
}

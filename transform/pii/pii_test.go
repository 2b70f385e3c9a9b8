package pii

import (
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

func redactor(t testing.TB, kinds ...string) *Redactor {
	t.Helper()
	r, err := New(Policy{Kinds: kinds})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// People, numbers and addresses are invented; checksums are right where a rule asks for them.
func TestRedact(t *testing.T) {
	r := redactor(t)
	for _, c := range []struct{ in, want string }{
		// IIN
		{"ИИН 900101300123 мой", "ИИН [iin] мой"},
		{"ЖСН:900101 300 123", "ЖСН:[iin]"},
		{"ИИН900101300123", "ИИН[iin]"},
		{"БИН 041140003456", "БИН 041140003456"},
		{"БСН 041140003456, тел. 87011234567", "БСН 041140003456, тел. [phone]"},
		// telephones
		{"+7 (701) 123-45-67", "[phone]"},
		{"8-727-272-15-16", "[phone]"},
		{"87011234567", "[phone]"},
		{"(7172) 55-12-34", "[phone]"},
		{"8\u00a0701\u00a0123\u201145\u201167", "[phone]"},
		{"８７０１１２３４５６７", "[phone]"},
		{"8701\u200b123\u200b4567", "[phone]"},
		{"тел. 25-14-36, 25-14-37", "тел. [phone], [phone]"},
		{"т. 272 15 16", "т. [phone]"},
		{"ұялы 87011234567", "ұялы [phone]"},
		{"+998 90 123 45 67", "[phone]"},
		{"звонили на 109 и 1414, потом на 8 800 080 7777", "звонили на 109 и 1414, потом на 8 800 080 7777"},
		{"лицевой счет 8701123456", "лицевой счет 8701123456"},
		{"87 011 234 567 тенге", "87 011 234 567 тенге"},
		// mail
		{"почта name.one@mail.ru.", "почта [email]."},
		{"name @ mail . ru", "[email]"},
		{"имя@почта.рф", "[email]"},
		{"5 @ 6", "5 @ 6"},
		// cards, IBAN
		{"4111 1111 1111 1111", "[card]"},
		{"4111 1111 1111 1112", "4111 1111 1111 1112"},
		{"карта 4111 1111 1111 1112", "карта [card]"},
		{"KZ86125KZT5004100100", "[iban]"},
		{"KZ86 125K ZT50 0410 0100", "[iban]"},
		{"КЗ86 125К ZТ50 0410 0100", "[iban]"},
		// plates, documents
		{"777 ABC 02 и 123АВС02, A 123 BCM", "[plate] и [plate], [plate]"},
		{"дом 101 кв 12", "дом [house] кв [flat]"},
		{"удостоверение личности № 012345678 от 12.05.2019", "удостоверение личности № [document] от 12.05.2019"},
		{"паспорт N12345678", "паспорт [document]"},
		{"КАТО 750000000", "КАТО 750000000"},
		// names
		{"Иванов И.И. и И.И. Иванов", "[name] и [name]"},
		{"обратился к Иванову Ивану Ивановичу", "обратился к [name]"},
		{"С Марией Петровной говорили", "С [name] говорили"},
		{"Ахметов Серік Болатұлы, Айгүл Серікқызы, Қ. Ахметов", "[name], [name], [name]"},
		{"АХМЕТОВ СЕРИК БОЛАТОВИЧ", "[name]"},
		{"иванов иван иванович", "[name]"},
		{"Akhmetov Serik Bolatuly", "[name]"},
		{"Меня зовут Айгуль Смагулова", "Меня зовут [name]"},
		{"менің атым Айгүл", "менің атым [name]"},
		{"житель Марат Ахметов", "житель [name]"},
		{"Уважаемый Серик Болатович!", "Уважаемый [name]!"},
		{"аким города Алматы", "аким города Алматы"},
		{"улица А. Молдагуловой, школа им. Ы. Алтынсарина", "улица А. Молдагуловой, школа им. Ы. Алтынсарина"},
		{"Бауыржан Момышұлы көшесі", "Бауыржан Момышұлы көшесі"},
		{"района имени Габита Мусрепова", "района имени Габита Мусрепова"},
		{"Қасым Қайсенов кентінде жылу жоқ", "Қасым Қайсенов кентінде жылу жоқ"},
		{"HIDDEN ***, ****** *. *.", "HIDDEN ***, ****** *. *."},
		// addresses
		{"ул. Абая, д. 15, кв. 42", "ул. Абая, д. [house], кв. [flat]"},
		{"Абая 15-42", "Абая [house]-[flat]"},
		{"дом 15/2", "дом [house]"},
		{"Абай көшесі 15 үй, 42 пәтер", "Абай көшесі [house] үй, [flat] пәтер"},
		{"мкр 5, дом 12", "мкр 5, дом [house]"},
		{"3 мкр-н 12-45", "3 мкр-н [house]-[flat]"},
		{"Абая Кунанбаева 12", "Абая Кунанбаева [house]"},
		{"улица 40 лет Победы, 9 мая, 28 панфиловцев", "улица 40 лет Победы, 9 мая, 28 панфиловцев"},
		{"дом культуры, дом престарелых, 5 домов, 12 квартир, в 9-этажном доме", "дом культуры, дом престарелых, 5 домов, 12 квартир, в 9-этажном доме"},
		{"15 үйде жарық жоқ", "15 үйде жарық жоқ"},
		{"дома 5, 7 и 9 по улице Мира", "дома [house], [house] и [house] по улице Мира"},
		// what stays
		{"ЖТ-2026-01586920, ЗТ-2026-01296751/1", "ЖТ-2026-01586920, ЗТ-2026-01296751/1"},
		{"12.04.2026 в 14:30, 1 500 000 тенге, № 826, 43.238949", "12.04.2026 в 14:30, 1 500 000 тенге, № 826, 43.238949"},
		{"20-315-045-123", "20-315-045-123"},
		{"", ""},
	} {
		if got := string(r.Redact(nil, []byte(c.in))); got != c.want {
			t.Errorf("Redact(%q)\n   = %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestPolicy(t *testing.T) {
	const text = "Иванов И.И., тел. 87011234567"
	if got := string(redactor(t, "phone").Redact(nil, []byte(text))); got != "Иванов И.И., тел. [phone]" {
		t.Errorf("only telephones: %q", got)
	}
	if _, err := New(Policy{Kinds: []string{"phones"}}); qulaq.KindOf(err) != qulaq.Configuration {
		t.Errorf("an unknown kind gives %v", err)
	}
}

func TestRedactAppends(t *testing.T) {
	r := redactor(t)
	room := append(make([]byte, 0, 100), "before "...)
	var counts Counts
	got := r.RedactCount(room, []byte("тел. 87011234567, 87017654321"), &counts)
	if string(got) != "тел. [phone], [phone]" || counts[Phone] != 2 || counts.Total() != 2 {
		t.Errorf("%q, %v", got, counts)
	}
	if string(room[:len("before ")]) != "before " || &room[:8][7] != &got[0] {
		t.Error("the masked text is not behind dst")
	}
}

func TestTablesAreSound(t *testing.T) {
	for name, words := range map[string]string{
		"unknown role": "nobody\tдом", "too short": "house\tд*", "cells": "house",
	} {
		if _, err := readLexicon(words, ""); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestApplicant(t *testing.T) {
	key := []byte("secret")
	same := [][]string{
		{"900101300123", "900101 300 123", "900101-300123"},
		{"+7 (701) 123-45-67", "87011234567", "701 123 45 67"},
		{"Иванов Иван", "ИВАНОВ  ИВАН", "иванов иван."},
	}
	seen := map[string]string{}
	for _, group := range same {
		first := Applicant(key, group[0])
		if len(first) != 32 || strings.Trim(first, "0123456789abcdef") != "" {
			t.Errorf("%q: code %q", group[0], first)
		}
		if other, ok := seen[first]; ok {
			t.Errorf("%q and %q have one code", group[0], other)
		}
		seen[first] = group[0]
		for _, s := range group {
			if got := Applicant(key, s); got != first {
				t.Errorf("%q: %s, %q: %s", group[0], first, s, got)
			}
		}
		if Applicant([]byte("other"), group[0]) == first {
			t.Errorf("%q: the key does not matter", group[0])
		}
	}
	if Applicant(nil, "Иванов") != "" || Applicant(key, " ") != "" {
		t.Error("a code without a key or an identity")
	}
}

package fold_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

func TestWords(t *testing.T) {
	var words fold.Words[int]
	for i, text := range []string{
		"Запрос", "Запрос …", "Вопросы охраны живот…", "Вопросы охраны животного мира в заповед…", "—",
	} {
		if err := words.Add(text, i+1); err != nil {
			t.Fatalf("Add(%q): %v", text, err)
		}
	}
	for _, c := range []struct {
		in   string
		want int
	}{
		{"ЗАПРОС.", 1},
		{"Запрос нотариуса", 2},
		{"Запросы адвокатов", 0}, // another word
		{"Вопросы охраны животного мира", 3},
		{"Вопросы охраны живот", 3},
		{"Вопросы охраны животного мира в заповедниках", 4},
		{"Вопросы охраны", 0},
		{"—", 5},
		{"-", 0},
		{"", 0},
	} {
		got, ok := words.Find([]byte(fold.Key(c.in)))
		if got != c.want || ok != (c.want != 0) {
			t.Errorf("Find(%q) = %d, %v, want %d", c.in, got, ok, c.want)
		}
	}
}

func TestWordsRefuses(t *testing.T) {
	for _, c := range []struct{ first, second, want string }{
		{"Запрос", "запрос.", "listed twice"},
		{"Запрос …", "ЗАПРОС …", "listed twice"},
		{"", " ", "is empty"},
	} {
		var words fold.Words[string]
		err := words.Add(c.first, "")
		if err == nil {
			err = words.Add(c.second, "")
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("adding %q and %q: error %v, want %q", c.first, c.second, err, c.want)
		}
	}
}

func TestReadTable(t *testing.T) {
	rows, err := fold.ReadTable("# for people\na\tb\r\n\n\tc\n", 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"a", "b"}, {"", "c"}}, rows); diff != "" {
		t.Error(diff)
	}
	if _, err := fold.ReadTable("a\tb\na\tb\tc\n", 2); err == nil || err.Error() != "line 2: 3 cells, want 2" {
		t.Errorf("a row of three cells: error %v", err)
	}
}

package render

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCell(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"г.Алматы", "г.Алматы"},
		{"=HYPERLINK(\"http://example.kz\")", "'=HYPERLINK(\"http://example.kz\")"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1+1", "'\t=1+1"},
		{"\r=1+1", "'\r=1+1"},
		{"\n=1+1", "'\n=1+1"},
		{"+1+1", "'+1+1"},
		{"-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"},
		{"- дорога", "'- дорога"},
		{"-", "'-"},
		{"+", "'+"},
		{"-600", "-600"},
		{"-0.5", "-0.5"},
		{"+7,5", "+7,5"},
		{"-1.5e-07", "-1.5e-07"},
		{"-12%", "-12%"},
		{"+77011234567", "+77011234567"},
		{"-1-1", "'-1-1"},
		{"-Inf", "'-Inf"},
		{"a=1", "a=1"},
		{"'=1", "'=1"},
	} {
		if got := Cell(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// Whatever comes in, what goes out begins no formula unless it is a number, is never changed twice, and loses nothing.
func TestCellIsHarmless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[=+\-@\t\r\n'0-9.,eE%а-яa-z ]{0,8}`).Draw(t, "text")
		got := Cell(text)
		if got != "" && strings.ContainsAny(got[:1], "=+-@\t\r\n") && !plainNumber.MatchString(got) {
			t.Fatalf("%q begins a formula", got)
		}
		if Cell(got) != got {
			t.Fatalf("%q becomes %q", got, Cell(got))
		}
		if strings.TrimPrefix(got, "'") != strings.TrimPrefix(text, "'") {
			t.Fatalf("%q is lost: %q", text, got)
		}
	})
}

func TestCSVHoldsNoFormulas(t *testing.T) {
	a := &answer{columns: []column{
		{"=name", "String", []any{"=1+1", "-дорога", "г.Алматы"}},
		{"n", "Int64", []any{int64(-600), int64(0), int64(7)}},
		{"share", "Float64", []any{-0.5, 0.25, -1e-7}},
		{"title", "LowCardinality(String)", []any{"@x", "\tx", ""}},
	}}
	want := "'=name,n,share,title\n'=1+1,-600,-0.5,'@x\n'-дорога,0,0.25,'\tx\nг.Алматы,7,-0.0000001,\n"
	if got := write(t, "csv", a); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

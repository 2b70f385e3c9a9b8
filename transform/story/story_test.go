package story

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq/transform/flow"
	"github.com/qulaq-kz/qulaq/transform/flow/flowtest"
	"github.com/qulaq-kz/qulaq/transform/table"
)

func show(t interface{ Fatal(...any) }, s *Story) string {
	b := flow.New(table.Limits{})
	Feed(b, s.End())
	parts, err := b.Parts()
	if err != nil {
		t.Fatal(err)
	}
	if err := flowtest.Check(parts); err != nil {
		t.Fatal(err)
	}
	return flowtest.Show(parts)
}

func TestStory(t *testing.T) {
	two := Definition{Ends: []End{{Right: 100}, {Right: 1000}}}
	for name, c := range map[string]struct {
		tell func(s *Story)
		want string
	}{
		"paragraphs":         {func(s *Story) { s.Text("а"); s.Paragraph(0); s.Text("б" + LineBreak + "в") }, "а\nб в\n"},
		"a table":            {func(s *Story) { s.Text("а"); s.Cell(1); s.Text("б"); s.Cell(1); s.Row(1, two) }, "1| а | б |\n"},
		"a row of no cells":  {func(s *Story) { s.Row(1, two); s.Text("а"); s.Paragraph(0) }, "а\n"},
		"a row that goes on": {func(s *Story) { s.Text("а"); s.Cell(1); s.Text("б"); s.Paragraph(0); s.Row(1, two) }, "1| а |\nб\n"},
		"an inner table ends": {func(s *Story) {
			s.Text("а")
			s.Cell(2)
			s.Text("б")
			s.Cell(1)
			s.Text("в")
			s.Cell(1)
			s.Row(1, two)
		}, "1| а/б | в |\n"},
		"ends in no order": {func(s *Story) {
			s.Text("а")
			s.Cell(1)
			s.Text("б")
			s.Cell(1)
			s.Row(1, Definition{Left: 500, Ends: []End{{Right: 900}, {Right: -100}}})
		}, "1| а | б |\n"},
		"merged to the left": {func(s *Story) {
			s.Text("а")
			s.Cell(1)
			s.Cell(1)
			s.Row(1, Definition{Ends: []End{{Right: 100}, {Right: 1000, Left: true}}})
		}, "1| а |\n"},
		"beside": {func(s *Story) { s.Asides = []Block{{text: "рамка"}}; s.Text("а"); s.Paragraph(0); s.Text("б") }, "а\nрамка\nб\n"},
	} {
		s := New()
		c.tell(s)
		if diff := cmp.Diff(c.want, show(t, s)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

// Whatever comes in whatever order, no word is lost and none is there twice.
func TestEveryWordStandsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := New()
		words := 0
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			depth := rapid.IntRange(1, 4).Draw(t, "depth")
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				s.Text("@ ")
				words++
			case 1:
				s.Paragraph(depth - 1)
			case 2:
				s.Cell(depth)
			case 3:
				s.Row(depth, Definition{Ends: []End{{Right: rapid.IntRange(-100, 3000).Draw(t, "end")}}})
			}
		}
		got := 0
		for _, r := range show(t, s) {
			if r == '@' {
				got++
			}
		}
		if got != words {
			t.Fatalf("%d words of %d", got, words)
		}
	})
}

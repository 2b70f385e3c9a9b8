package layout

import "testing"

// TestMarkAlone tells a heading across a table by its words, which go on over columns, where the columns have too few
// lines to say where theirs stand.
func TestMarkAlone(t *testing.T) {
	xs := []float64{40, 150, 220, 400}
	for name, c := range map[string]struct {
		row   *sheetOf
		alone bool
	}{
		"words that go on over an edge":     {newPage().write(182, 112, "Isatay is far"), true},
		"words far apart":                   {newPage().write(170, 112, "Isatay").write(227, 112, "is far"), false},
		"words that go on beside the issue": {newPage().write(110, 112, "Isatay from here to the very end"), false},
		"words that are not in the middle":  {newPage().write(205, 112, "Is far away from here"), false},
	} {
		page := newPage().
			write(50, 100, "Gas").write(160, 100, "Lay pipes").write(320, 100, "June").
			write(50, 124, "Water").write(160, 124, "Dig").write(320, 124, "July and May")
		page.Words = append(page.Words, c.row.Words...)
		levels := levelsOf(byColumn(page.Words, xs))
		markAlone(levels, len(xs)-1)
		if len(levels) != 3 || levels[1].alone != c.alone || levels[0].alone || levels[2].alone {
			t.Errorf("%s: %d levels, %+v", name, len(levels), levels)
		}
	}
}

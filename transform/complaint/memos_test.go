package complaint

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// What is kept for cells is found again, and never for others, however alike they are.
func TestMemos(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newMemos[int]()
		want := map[string]int{}
		cell := rapid.SliceOfN(rapid.SampledFrom([]byte{0, 1, 'a'}), 0, 3)
		long := rapid.SampledFrom([]string{"Алматинская область", "Акмолинская  область", "Алматинский  область"})
		for i := range rapid.IntRange(1, 60).Draw(t, "questions") {
			cells := [3][]byte{cell.Draw(t, "first"), []byte(long.Draw(t, "second")), cell.Draw(t, "third")}
			name := fmt.Sprintf("%q", cells)
			got := m.of(&cells)
			value, known := want[name]
			switch {
			case !known && got != nil:
				t.Fatalf("%s: %d was never kept", name, *got)
			case known && (got == nil || *got != value):
				t.Fatalf("%s is not %d", name, value)
			case !known:
				want[name] = i
				m.keep(&cells, &i)
			}
			if i == 40 {
				m.forget()
				clear(want)
			}
		}
	})
}

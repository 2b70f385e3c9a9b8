package sample

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever is asked for: every row is dealt out, every complaint is shown once, those that will be repeated in an
// early state first, and repeats come after what they repeat.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Spec{
			Rows: rapid.IntRange(1, 5000).Draw(t, "rows"), Seed: rapid.Uint64().Draw(t, "seed"),
			Dirty:   rapid.Float64Range(0, maxShare).Draw(t, "dirty"),
			Repeats: rapid.Float64Range(0, maxShare).Draw(t, "repeats"),
		}
		o := newOrder(s)
		counts := map[event]int64{}
		seen := map[int64]event{}
		var last int64 = -1
		for {
			what, number, more := o.next()
			if !more {
				break
			}
			counts[what]++
			before, known := seen[number]
			switch what {
			case fresh, premature:
				if number != last+1 {
					t.Fatalf("complaint %d after %d", number, last)
				}
				last = number
			case repeat:
				if !known || before != premature {
					t.Fatalf("%d is repeated, and was %v before (%v)", number, before, known)
				}
			case mishap:
				if known || number < o.complaints {
					t.Fatalf("a broken row has the number %d of a complaint", number)
				}
			}
			seen[number] = what
		}
		if total := counts[fresh] + counts[premature] + counts[repeat] + counts[mishap]; total != int64(s.Rows) {
			t.Errorf("%d rows of %d", total, s.Rows)
		}
		if counts[premature] != counts[repeat] || counts[repeat] != share(s.Rows, s.Repeats) ||
			counts[mishap] != share(s.Rows, s.Dirty) {
			t.Errorf("%v of %+v", counts, s)
		}
	})
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		rows int
		part float64
		want int64
	}{{100, 0.29, 29}, {1_000_000, 0.01, 10_000}, {150_000, 0.003, 450}, {10, 0.05, 0}, {5, 0, 0}} {
		if got := share(c.rows, c.part); got != c.want {
			t.Errorf("%v of %d is %d, not %d", c.part, c.rows, c.want, got)
		}
	}
}

package publication

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

// at moves a look to another hour of its night, Almaty's.
func (l Look) at(hour int) Look {
	l.At = time.Date(l.At.Year(), l.At.Month(), l.At.Day(), hour, 0, 0, 0, qulaq.Almaty())
	return l
}

// brokenOff is a look whose night ended before the canaries were asked.
func brokenOff(p Place, d qulaq.Day) Look {
	l := well(p, d)
	l.Examined = false
	return l
}

// doubtful is a whole look that a canary failed.
func doubtful(p Place, d qulaq.Day) Look {
	l := well(p, d)
	l.Failures = []Failure{"shrunk: 3 entries, at least 100 are usual"}
	return l
}

// A night that was run again is judged by its best look: the row of the look that broke off stays and says nothing.
func TestALookThatBrokeOff(t *testing.T) {
	o := astana(t) // grace until 02-13
	o.Places = o.Places[:1]
	p, on := o.Places[0], day(t, "2023-02-20")
	before := looks(o, on-20, on-1, well)
	newOnly := func(l Look) Look {
		l.Since = l.Day() - 14
		return l
	}
	for _, c := range []struct {
		name  string
		looks []Look // after twenty healthy nights
		today qulaq.Day
		like  []Look // looks of the same outcome without any that broke off; nil: it failed
	}{
		{"no other look of the night", []Look{brokenOff(p, on)}, on, nil},
		{"run again at once, by a clock that stands", []Look{brokenOff(p, on), well(p, on)}, on, []Look{well(p, on)}},
		{"run again later", []Look{brokenOff(p, on).at(2), well(p, on).at(5)}, on, []Look{well(p, on).at(5)}},
		{"broken off after a good one", []Look{well(p, on).at(2), brokenOff(p, on).at(5)}, on, []Look{well(p, on).at(2)}},
		{"broken off twice", []Look{brokenOff(p, on).at(2), brokenOff(p, on).at(3), well(p, on).at(5)}, on, []Look{well(p, on).at(5)}},
		{"run again in the last minute of the day", []Look{brokenOff(p, on).at(0), well(p, on).at(23)}, on, []Look{well(p, on).at(23)}},
		{"the good one is of another night", []Look{brokenOff(p, on).at(23), well(p, on+1).at(0)}, on, nil},
		{"the next night is well", []Look{brokenOff(p, on), well(p, on+1)}, on + 1, []Look{well(p, on+1)}},
		{"the next night is well, and looks at what is new: like one that was cut", []Look{brokenOff(p, on), newOnly(well(p, on+1))}, on + 1, []Look{newOnly(well(p, on+1))}},
		{"run again, and the site is down", []Look{brokenOff(p, on).at(2), bad(p, on).at(5)}, on, []Look{bad(p, on).at(5)}},
		{"run again, and a canary fails", []Look{brokenOff(p, on).at(2), doubtful(p, on).at(5)}, on, []Look{doubtful(p, on).at(5)}},
		{"a canary fails in the night before", []Look{doubtful(p, on), brokenOff(p, on+1), newOnly(well(p, on+1))}, on + 1, []Look{doubtful(p, on), newOnly(well(p, on+1))}},
		{"broken off where the good one is of another language", []Look{brokenOff(p, on), well(Place{p.Source, "kk"}, on)}, on, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			judge := func(some []Look) Verdict {
				return Judge(o, nil, slices.Concat(before, some), Verdict{}, c.today)
			}
			got := judge(c.looks)
			if c.like == nil {
				if got.State != Unverifiable || got.Since != on || got.Reason.Key != "look_failed" {
					t.Errorf("%s (%s) since %s: a look that broke off did not count as failed", got.State, got.Reason.Key, got.Since)
				}
				return
			}
			if diff := cmp.Diff(judge(c.like), got); diff != "" {
				t.Errorf("not what an undisturbed night says (-undisturbed +got):\n%s", diff)
			}
			mixed := slices.Clone(c.looks)
			slices.Reverse(mixed)
			if diff := cmp.Diff(got, judge(mixed)); diff != "" {
				t.Errorf("in another order:\n%s", diff)
			}
		})
	}
}

// Whatever a life saw, looks that broke off in nights that were looked at to the end change nothing, not even a word.
func TestLawANightThatWasRunAgain(t *testing.T) {
	o := astana(t)
	rapid.Check(t, func(t *rapid.T) {
		d := drawn(t, o)
		want := d.judge()
		var finished []Look
		for _, l := range d.looks {
			if l.Examined {
				finished = append(finished, l)
			}
		}
		if len(finished) == 0 {
			t.Skip("no night came to its end")
		}
		for range rapid.IntRange(1, 3).Draw(t, "broken off") {
			l := rapid.SampledFrom(finished).Draw(t, "in the night of")
			d.looks = append(d.looks, brokenOff(l.Place, l.Day()).at(rapid.IntRange(0, 23).Draw(t, "at")))
		}
		if diff := cmp.Diff(want, d.judge()); diff != "" {
			t.Fatalf("(-undisturbed +got):\n%s", diff)
		}
	})
}

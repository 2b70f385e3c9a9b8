package sample

import "math/rand/v2"

// event says what the next row is.
type event uint8

const (
	fresh     event = iota // a complaint in its final state
	premature              // a complaint that will be repeated, in the state of its first evening
	repeat                 // a complaint that was shown before, in its final state
	mishap                 // a row of its own that is broken
)

// maxLag is how many complaints lie at most between a complaint and its repeat: enough to fall into another block
// of any reader.
const maxLag = 20_000

// order deals rows out to complaints, repeats and mishaps: exactly as many as were asked for, evenly spread but
// not regular, without remembering what was printed. Repeats and mishaps have each their stretch of rows and fall
// somewhere in it.
type order struct {
	rows, complaints, repeats, mishaps int64
	lag                                int64
	seed                               uint64

	row, shown, broken int64 // how many rows, complaints, mishaps there were
	coming, repeated   int64 // how many of the complaints to repeat were shown once, and twice
}

func newOrder(s Spec) order {
	o := order{rows: int64(s.Rows), seed: s.Seed}
	o.mishaps = share(s.Rows, s.Dirty)
	o.repeats = share(s.Rows, s.Repeats)
	o.complaints = o.rows - o.mishaps - o.repeats
	o.lag = min(maxLag, o.complaints/4)
	return o
}

// share rounds down, but not because 100 times 0.29 is a little less than 29. The conversion keeps processors that
// multiply and add in one step from rounding otherwise.
func share(rows int, part float64) int64 { return int64(float64(float64(rows)*part) + 1e-9) }

// next returns what the row is and the number of its complaint. Mishaps have numbers after all complaints.
// After the last row it returns false.
func (o *order) next() (event, int64, bool) {
	if o.row == o.rows {
		return 0, 0, false
	}
	o.row++
	switch {
	case o.broken < o.mishaps && o.row-1 == o.within(o.broken, o.mishaps, o.rows, mishapStream):
		o.broken++
		return mishap, o.complaints + o.broken - 1, true
	case o.repeated < o.repeats && o.shown == o.lag+o.from(o.repeated+1, o.repeats, o.complaints-o.lag):
		o.repeated++
		return repeat, o.chosen(o.repeated - 1), true
	}
	o.shown++
	number := o.shown - 1
	if o.coming < o.repeats && number == o.chosen(o.coming) {
		o.coming++
		return premature, number, true
	}
	return fresh, number, true
}

const (
	mishapStream = 0xd1b54a32d192ed03
	repeatStream = 0x8cb92ba72f3d8dd7
)

// chosen returns which complaint of a stretch is repeated.
func (o *order) chosen(stretch int64) int64 {
	return o.within(stretch, o.repeats, o.complaints-o.lag, repeatStream)
}

// from returns where a stretch of a line begins.
func (o *order) from(stretch, stretches, length int64) int64 { return stretch * length / stretches }

// within returns a place in a stretch of a line, always the same for the same stretch.
func (o *order) within(stretch, stretches, length int64, stream uint64) int64 {
	from, to := o.from(stretch, stretches, length), o.from(stretch+1, stretches, length)
	var pcg rand.PCG
	pcg.Seed(o.seed^stream, uint64(stretch))
	return from + int64(pcg.Uint64()%uint64(to-from))
}

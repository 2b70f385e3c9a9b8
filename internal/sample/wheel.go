package sample

import "math/rand/v2"

// wheelSlots is how finely a wheel keeps weights. A choice that weighs less than one slot may never come up.
const wheelSlots = 4096

// wheel draws one of several choices by weight, in constant time.
type wheel []uint16

// newWheel gives each choice its share of the slots, at least the nearest whole number of them.
func newWheel(weights []int64) wheel {
	total, passed := sum(weights), int64(0)
	if total == 0 {
		return nil
	}
	w := make(wheel, wheelSlots)
	choice := 0
	for i := range w {
		for middle := (2*int64(i) + 1) * total; middle >= 2*wheelSlots*(passed+weights[choice]); {
			passed += weights[choice]
			choice++
		}
		w[i] = uint16(choice)
	}
	return w
}

// draw returns the number of a choice. The wheel must not be empty.
func (w wheel) draw(r *rand.Rand) int { return int(w[r.IntN(wheelSlots)]) }

func sum(numbers []int64) (total int64) {
	for _, n := range numbers {
		total += n
	}
	return total
}

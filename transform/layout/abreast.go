package layout

import "math"

const (
	alley      = 6.0  // points between two blocks of text side by side, at least
	nearMiddle = 0.12 // of a page's width: how far the alley may be from the page's middle
	fewAbreast = 3    // lines with words on both sides of it, at least
	headOfPage = 40   // lines of the first page among which titles stand
)

// abreast finds two blocks of text that stand side by side at the head of a paper, as titles in two languages do, however
// near to one another their words come: lines with an alley in the middle of the page that none of them crosses. It
// returns which lines they are and where the alley is; from is to when there are none.
func (s *sheet) abreast(ls []line) (from, to int, x float64) {
	if s.number != 1 {
		return 0, 0, 0
	}
	for i := range ls[:min(len(ls), headOfPage)] {
		for k := 1; k < len(ls[i].words); k++ {
			a, b := ls[i].words[k-1].X1, ls[i].words[k].X0
			if b-a < alley || math.Abs((a+b)/2-s.page.Width/2) > nearMiddle*s.page.Width {
				continue
			}
			if end, x := goOnBeside(ls, i, a, b); end > i {
				return i, end, x
			}
		}
	}
	return 0, 0, 0
}

// goOnBeside returns behind which line the alley between a and b ends that begins at a line, and where it is; the line
// itself when it is none.
func goOnBeside(ls []line, from int, a, b float64) (to int, x float64) {
	both := 1
	for to = from + 1; to < len(ls) && ls[to].y0-ls[to-1].y1 < leading*ls[to].height(); to++ {
		left, right := a, b
		for _, w := range ls[to].words {
			if middle := (a + b) / 2; w.X1 <= middle {
				left = max(left, w.X1)
			} else {
				right = min(right, w.X0)
			}
		}
		if right-left < alley {
			break
		}
		if ls[to].x0 < a && ls[to].x1 > b {
			both++
		}
		a, b = left, right
	}
	if both < fewAbreast {
		return from, 0
	}
	return to, (a + b) / 2
}

// halves parts lines at an upright line.
func halves(ls []line, x float64) (left, right []line) {
	for _, l := range ls {
		n := 0
		for n < len(l.words) && l.words[n].X1 <= x {
			n++
		}
		if n > 0 {
			left = append(left, l.part(0, n))
		}
		if n < len(l.words) {
			right = append(right, l.part(n, len(l.words)))
		}
	}
	return left, right
}

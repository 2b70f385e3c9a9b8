package papers

import "slices"

// A pair says that item got of a produced plan answers item want of the truth; -1 is none.
type pair struct{ got, want int }

// alike is how similar two items must be to be the same: what two different problems of one plan share by
// chance (common words, the same body) stays well below.
const alike = 0.35

// align pairs items in order, so that the similarity of all pairs together is the greatest. A row that was
// lost or invented therefore costs itself alone and shifts none of the others. The time is the product of
// both lengths.
func align(got, want []Item) []pair {
	gotRows, wantRows := rowsOf(got), rowsOf(want)
	// best[i][j] is the similarity of the best pairing of got[i:] with want[j:].
	best := make([][]float64, len(got)+1)
	same := make([][]float64, len(got))
	best[len(got)] = make([]float64, len(want)+1)
	for i := len(got) - 1; i >= 0; i-- {
		best[i] = make([]float64, len(want)+1)
		same[i] = make([]float64, len(want))
		for j := len(want) - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := gotRows[i].similarity(wantRows[j]); s >= alike {
				same[i][j] = s
				best[i][j] = max(best[i][j], s+best[i+1][j+1])
			}
		}
	}
	var pairs []pair
	i, j := 0, 0
	for i < len(got) && j < len(want) {
		switch {
		case same[i][j] > 0 && best[i][j] == same[i][j]+best[i+1][j+1]:
			pairs = append(pairs, pair{i, j})
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			pairs = append(pairs, pair{i, -1})
			i++
		default:
			pairs = append(pairs, pair{-1, j})
			j++
		}
	}
	for ; i < len(got); i++ {
		pairs = append(pairs, pair{i, -1})
	}
	for ; j < len(want); j++ {
		pairs = append(pairs, pair{-1, j})
	}
	return pairs
}

// row is what items are told apart by. The issue weighs most; where one issue was merged over several items
// the measure decides, and of two equal rows the number.
type row [4]bigrams

var weights = [len(row{})]float64{5, 3, 1, 1}

func rowsOf(items []Item) []row {
	rows := make([]row, len(items))
	for i, it := range items {
		for k, text := range []*string{it.Issue, it.Measure, it.Responsible, it.ItemNo} {
			if text != nil {
				rows[i][k] = bigramsOf(comparable(*text))
			}
		}
	}
	return rows
}

// similarity is 0 to 1: the weighted mean over the fields that one of the items has.
func (r row) similarity(o row) float64 {
	var sum, of float64
	for k := range r {
		if len(r[k]) == 0 && len(o[k]) == 0 {
			continue
		}
		sum += weights[k] * r[k].dice(o[k])
		of += weights[k]
	}
	if of == 0 {
		return 0
	}
	return sum / of
}

// bigrams are the pairs of neighbouring letters of a text, sorted, with repetition.
type bigrams []uint64

func bigramsOf(text string) bigrams {
	var all bigrams
	last := uint64(' ')
	for _, r := range text + " " {
		all = append(all, last<<32|uint64(r))
		last = uint64(r)
	}
	slices.Sort(all)
	return all
}

// dice is twice the number of common pairs over the number of all.
func (b bigrams) dice(o bigrams) float64 {
	common, j := 0, 0
	for _, pair := range b {
		for j < len(o) && o[j] < pair {
			j++
		}
		if j < len(o) && o[j] == pair {
			common++
			j++
		}
	}
	if len(b)+len(o) == 0 {
		return 0
	}
	return 2 * float64(common) / float64(len(b)+len(o))
}

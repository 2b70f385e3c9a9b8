package category

import (
	"strings"
	"testing"
)

func TestModelsThatContradictTheTable(t *testing.T) {
	var codes []string
	for _, c := range table(t).All() {
		codes = append(codes, c.Code)
	}
	head := "part\t" + strings.Join(codes, "\t") + "\n"
	none := strings.Repeat("\t", categories)
	for model, want := range map[string]string{
		"":                             "model.tsv: no weights",
		head:                           "model.tsv: no weights",
		"part\twater\n":                `model.tsv: "part": column "water", want "utilities": go generate`,
		head + "вода" + none + "\t\n":  `model.tsv: "вода": not 28 weights`,
		head + "вода\t1\n":             `model.tsv: "вода": not 28 weights`,
		head + "вода" + none + "x\n":   `model.tsv: "вода": weight "x"`,
		head + "вода" + none + "171\n": `model.tsv: "вода": weight "171"`,
		head + "две части" + none + "1\n":           `model.tsv: "две части": no part of a word, or listed twice`,
		head + "су" + none + "1\nсу" + none + "2\n": `model.tsv: "су": no part of a word, or listed twice`,
	} {
		if err := table(t).readModel(model); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", model, err, want)
		}
	}
	if err := table(t).readModel("# head\n" + head + "су" + none + "-170\n"); err != nil {
		t.Error(err)
	}
}

// Lanes hold the heaviest words, both for and against.
func TestLanes(t *testing.T) {
	for _, weight := range []int32{maxWeight, -maxWeight, 1, -1, 0} {
		one := sum{0: weight, 1: -weight, 2: weight, 3: -weight, categories - 1: weight}
		l := one.lanes()
		var many lanes
		for range fits {
			many.add(&l)
		}
		var got sum
		many.addTo(&got)
		for i := range got {
			if got[i] != fits*one[i] {
				t.Errorf("weight %d, category %d: %d, want %d", weight, i, got[i], fits*one[i])
			}
		}
	}
}

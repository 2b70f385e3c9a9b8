package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/qulaq-kz/qulaq/internal/labelled"
	"github.com/qulaq-kz/qulaq/transform/category"
)

// texts measures the classifier of free texts: its accuracy, in all, by language and by category, and which
// categories are taken for which.
func texts(part labelled.Part, wrong io.Writer) ([]figure, error) {
	cases, err := labelled.Texts(part)
	if err != nil {
		return nil, err
	}
	table, err := category.New()
	if err != nil {
		return nil, err
	}
	classifier := table.Classifier()
	type tally struct{ right, all int }
	byLang, byCode := map[string]*tally{}, map[string]*tally{}
	confused := map[[2]string]int{}
	add := func(m map[string]*tally, key string, right bool) {
		if m[key] == nil {
			m[key] = &tally{}
		}
		m[key].all++
		if right {
			m[key].right++
		}
	}
	sum := 0
	for _, c := range cases {
		guess := classifier.Line(c.Text)
		right := guess.Code == c.Code
		add(byLang, c.Lang, right)
		add(byCode, c.Code, right)
		if right {
			sum++
			continue
		}
		confused[[2]string{c.Code, guess.Code}]++
		fmt.Fprintf(wrong, "text\twant %s\tgot %s %.2f (%s)\t%s\n", c.Code, guess.Code, guess.Score, guess.How(), c.Text)
	}
	figures := []figure{share("categories_right", sum, len(cases)), count("categories_cases", len(cases))}
	for _, by := range []map[string]*tally{byLang, byCode} {
		var keys []string
		for key := range by {
			keys = append(keys, key)
		}
		slices.Sort(keys)
		for _, key := range keys {
			figures = append(figures, share("categories_right_"+key, by[key].right, by[key].all))
		}
	}
	var pairs [][2]string
	for pair := range confused {
		pairs = append(pairs, pair)
	}
	slices.SortFunc(pairs, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(confused[b], confused[a]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	for _, pair := range pairs {
		figures = append(figures, count("categories_"+pair[0]+"_taken_for_"+pair[1], confused[pair]))
	}
	return figures, nil
}

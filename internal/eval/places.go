package main

import (
	"fmt"
	"io"

	"github.com/qulaq-kz/qulaq/internal/labelled"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// places measures how places are named: a case is right when the answer is the labelled code, or none where
// none is right; wrong when it is another code. What is neither is an abstention.
func places(part labelled.Part, wrong io.Writer) ([]figure, error) {
	cases, err := labelled.Places(part)
	if err != nil {
		return nil, err
	}
	g, err := region.New()
	if err != nil {
		return nil, err
	}
	right, bad := 0, 0
	for _, c := range cases {
		answer := g.Resolve(c.Text, c.On)
		switch {
		case answer.Code == c.Code:
			right++
			continue
		case answer.Code != "":
			bad++
		}
		fmt.Fprintf(wrong, "place\t%s\t%s\twant %q\tgot %q (%s)\t%s\n", c.Text, c.On, c.Code, answer.Code, answer.How, c.Note)
	}
	all := len(cases)
	return []figure{
		share("regions_right", right, all), share("regions_wrong", bad, all),
		share("regions_abstained", all-right-bad, all), count("regions_cases", all),
	}, nil
}

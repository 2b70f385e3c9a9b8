package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/labelled"
	"github.com/qulaq-kz/qulaq/transform/pii"
)

// personal measures the masking of personal data: the share of marked pieces that were masked whole, and the
// share of texts that lost something outside of the marks.
func personal(part labelled.Part, wrong io.Writer) ([]figure, error) {
	cases, err := labelled.PersonalData(part)
	if err != nil {
		return nil, err
	}
	r, err := pii.New(pii.Policy{})
	if err != nil {
		return nil, err
	}
	pieces, masked, harmed := 0, 0, 0
	byKind, missed := map[string]int{}, map[string]int{}
	for i, c := range cases {
		out := string(r.Redact(nil, []byte(c.Text)))
		gone, err := lost(c.Text, out)
		if err != nil {
			return nil, fmt.Errorf("personal data, case %d: %w", i+1, err)
		}
		fair := make([]bool, len(c.Text)) // bytes that may be masked
		bad := false
		for _, m := range c.Marks {
			for at := m.From; at < m.To; at++ {
				fair[at] = true
			}
			pieces++
			byKind[m.Kind]++
			if slices.Contains(gone[m.From:m.To], false) && strings.ContainsFunc(kept(c.Text, gone, m), isSign) {
				missed[m.Kind]++
				bad = true
				continue
			}
			masked++
		}
		for at := range gone {
			if gone[at] && !fair[at] && isSign(rune(c.Text[at])) {
				harmed++
				bad = true
				break
			}
		}
		if bad {
			fmt.Fprintf(wrong, "personal\t%s\n\t\t%s\n", c.Line, out)
		}
	}
	figures := []figure{
		share("pii_masked", masked, pieces), share("pii_harm", harmed, len(cases)),
		count("pii_pieces", pieces), count("pii_texts", len(cases)),
	}
	var kinds []string
	for kind := range byKind {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		figures = append(figures, share("pii_masked_"+kind, byKind[kind]-missed[kind], byKind[kind]))
	}
	return figures, nil
}

// isSign says whether a byte matters: a letter or a digit, in whatever script, and no space or punctuation.
func isSign(r rune) bool {
	return r >= 0x80 || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// kept is what is left of a marked piece.
func kept(text string, gone []bool, m labelled.Mark) string {
	var left []byte
	for at := m.From; at < m.To; at++ {
		if !gone[at] {
			left = append(left, text[at])
		}
	}
	return string(left)
}

var masks = regexp.MustCompile(`\[(?:iin|phone|email|card|iban|plate|document|name|house|flat)\]`)

// lost says of each byte of a text whether a mask took its place: what stands between the masks of the output
// is looked for in the text, from left to right.
func lost(text, out string) ([]bool, error) {
	gone := make([]bool, len(text))
	at := 0
	literal := masks.Split(out, -1)
	for i, piece := range literal {
		found := strings.Index(text[at:], piece)
		if i == len(literal)-1 && strings.HasSuffix(text[at:], piece) {
			found = len(text) - at - len(piece)
		}
		if found < 0 || i == 0 && found > 0 {
			return nil, fmt.Errorf("%q was changed outside of the masks: %q", text, out)
		}
		instead := text[at : at+found]
		for b := range len(instead) {
			gone[at+b] = masks.FindString(instead) != instead // a mask of the source itself stays
		}
		at += found + len(piece)
	}
	return gone, nil
}

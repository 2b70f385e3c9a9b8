package report

import "strings"

// formsOf returns the forms for which a word with a tilde stands in words.tsv. The word is a verb as it is most often
// written, and its ending says how it goes on: «решил~» is решил, решила, решило and решили, «решен~» the short participle,
// «шешілді~» the Kazakh verb with its past, perfect, converb and conditional, «сегізі~» the Kazakh cases of what belongs to something.
// There are none where no ending fits.
func formsOf(base string) []string {
	for _, p := range kazakhPast {
		if stem, ok := strings.CutSuffix(base, p.past); ok {
			return kazakhForms(stem, p)
		}
	}
	for _, p := range russianForms {
		if stem, ok := strings.CutSuffix(base, p[0]); ok {
			forms := make([]string, len(p))
			for i, end := range p {
				forms[i] = stem + end
			}
			return forms
		}
	}
	for _, cases := range kazakhCases {
		if strings.HasSuffix(base, cases[0]) {
			stem := strings.TrimSuffix(base, cases[0])
			forms := make([]string, len(cases))
			for i, end := range cases {
				forms[i] = stem + end
			}
			return forms
		}
	}
	return nil
}

// kazakhCases are the endings of a Kazakh noun or number that belongs to something: сегізі, сегізін, сегізінің.
var kazakhCases = [][]string{
	{"і", "ін", "інің", "іне", "інде", "інен"},
	{"ы", "ын", "ының", "ына", "ында", "ынан"},
}

// russianForms are the endings of the past and of the short participle; the first is that of the table's word.
var russianForms = [][]string{
	{"лся", "лась", "лось", "лись"},
	{"л", "ла", "ло", "ли"},
	{"ен", "ена", "ено", "ены"},
	{"ан", "ана", "ано", "аны"},
	{"ян", "яна", "яно", "яны"},
	{"т", "та", "то", "ты"},
}

// kazakh is how a Kazakh verb goes on, by the vowels of its stem and whether the stem ends voiced.
type kazakh struct{ past, perfect, converb, conditional string }

var kazakhPast = []kazakh{
	{"ді", "ген", "іп", "се"}, {"ты", "қан", "ып", "са"}, {"ті", "кен", "іп", "се"}, {"ды", "ған", "ып", "са"},
}

// kazakhForms returns the forms of a Kazakh verb: шешілді, шешілген, шешілгені, шешіліп, шешіліпті, шешілсе, шешілдік,
// шешілдім.
func kazakhForms(stem string, k kazakh) []string {
	last := k.past[len(k.past)-len("і"):]
	converb := stem + k.converb
	for _, vowel := range []string{"а", "е", "ы", "і"} {
		if strings.HasSuffix(stem, vowel) {
			converb = stem + "п"
		}
	}
	told := converb + "т" + last                                      // as others tell it: «өткізіпті»
	for _, no := range []string{"ма", "ме", "ба", "бе", "па", "пе"} { // «өтпеді»
		if strings.HasSuffix(stem, no) {
			converb = stem + "й"
		}
	}
	ours := map[string]string{"і": "к", "ы": "қ"}[last]
	return []string{
		stem + k.past, stem + k.perfect, stem + k.perfect + last, converb, told, stem + k.conditional,
		stem + k.past + ours, stem + k.past + "м",
	}
}

// inflected returns the phrases for which one with a tilde stands, one for each form of its word, and any other as it is.
func inflected(phrase string) []string {
	before, rest, found := strings.Cut(phrase, "~")
	if !found {
		return []string{phrase}
	}
	from := strings.LastIndexByte(before, ' ') + 1
	list := formsOf(before[from:])
	for i, form := range list {
		list[i] = before[:from] + form + rest
	}
	return list
}

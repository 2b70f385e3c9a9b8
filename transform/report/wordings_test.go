package report

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// openings are what was told before a wording of testdata/wordings.tsv.
var openings = map[string]string{
	"ru":          "В 2024 году акимы Павлодарской области провели 640 встреч с населением. На них поднято 1 200 вопросов.",
	"kk":          "2024 жылы Павлодар облысының әкімдері халықпен 640 кездесу өткізді. Оларда 1 200 мәселе көтерілді.",
	"en":          "In 2024 akims of Pavlodar region held 640 meetings with residents. Residents raised 1,200 issues at the meetings.",
	"meetings_ru": "Павлодарская область: встречи акимов с населением в 2024 году.",
	"meetings_kk": "Павлодар облысы: 2024 жылғы әкімдердің халықпен кездесулері.",
	"meetings_en": "Pavlodar region: meetings of akims with residents in 2024.",
	"list_ru":     "В перечень вопросов, требующих решения на центральном уровне, за 2024 год по Казахстану вошло 80 вопросов.",
	"list_kk":     "2024 жылы Қазақстанда орталық деңгейде шешуді талап ететін мәселелердің тізіміне 80 мәселе енді.",
	"list_en":     "In 2024 the list of issues of Kazakhstan that require a solution at the central level included 80 issues.",
	"appeals_ru":  "В 2024 году в Казахстане через е-Өтініш поступило 700 обращений.",
	"appeals_kk":  "2024 жылы Қазақстанда е-Өтініш арқылы 700 өтініш түсті.",
	"appeals_en":  "In 2024 e-Otinish received 700 appeals in Kazakhstan.",
}

// How one thing is said in many ways: what a sentence claims beyond its opening. Behind a question mark stands what the reader
// leaves out, as in testdata/texts.
func TestWordings(t *testing.T) {
	data, err := os.ReadFile("testdata/wordings.tsv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := fold.ReadTable(string(data), 3)
	if err != nil || len(rows) == 0 {
		t.Fatal(len(rows), err)
	}
	r := newReader(t)
	told := func(text string) (list []string) {
		claims, _ := r.Read(Paragraphs(text), Hints{})
		for _, c := range claims {
			list = append(list, string(c.Metric)+" "+strconv.FormatFloat(float64(c.Value)/hundredths, 'f', -1, 64))
		}
		return list
	}
	for _, row := range rows {
		opening, ok := openings[row[0]]
		if !ok {
			t.Fatal("no opening", row[0])
		}
		got := told(opening + " " + row[1])
		for _, c := range told(opening) {
			if i := slices.Index(got, c); i >= 0 {
				got = slices.Delete(got, i, i+1)
			}
		}
		want := []string{}
		for claim := range strings.SplitSeq(row[2], "; ") {
			if missed, ok := strings.CutPrefix(claim, "? "); ok && slices.Contains(got, missed) {
				t.Errorf("%s: %s is read now: drop its question mark", row[1], missed)
			} else if !ok && claim != "-" {
				want = append(want, claim)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, append([]string{}, got...)); diff != "" {
			t.Error(row[1], diff)
		}
	}
}

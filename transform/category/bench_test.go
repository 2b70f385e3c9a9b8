package category

import (
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// letters are texts of training.tsv put together to the length of real ones.
func letters(t testing.TB, size int) [][]byte {
	t.Helper()
	rows, err := fold.ReadTable(trainingFile(t), 2)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for i := range rows {
		var b strings.Builder
		for k := i; b.Len() < size; k++ {
			b.WriteString(rows[k*37%len(rows)][1])
			b.WriteByte(' ')
		}
		all = append(all, []byte(b.String()))
	}
	return all
}

func BenchmarkFromText(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int
	}{{"line", 1}, {"letter", 600}, {"pages", 3000}} {
		b.Run(size.name, func(b *testing.B) {
			texts := letters(b, size.bytes)
			c := table(b).Classifier()
			total := 0
			for _, text := range texts {
				total += len(text)
			}
			b.SetBytes(int64(total))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range texts {
					c.FromText(text)
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		table(b)
	}
}

package complaint

import (
	"testing"

	"github.com/apache/arrow/go/v17/arrow"

	"github.com/qulaq-kz/qulaq/internal/sample"
)

// BenchmarkReader reads the export of `make bench`, smaller: MB/s of its bytes, facts and allocations a reading.
func BenchmarkReader(b *testing.B) {
	s := sample.Bench(20_000, 1)[0].Spec
	truth, snap := makeSample(b, s)
	o := options(b, "eotinish")
	for _, workers := range []int{1, 2} {
		b.Run(map[int]string{1: "one worker", 2: "two workers"}[workers], func(b *testing.B) {
			o.Workers = workers
			b.SetBytes(truth.Bytes)
			b.ReportAllocs()
			for b.Loop() {
				var facts int64
				if _, err := read(b, snap, o, func(r arrow.Record) { facts += r.NumRows() }); err != nil {
					b.Fatal(err)
				}
				if facts != truth.Rows {
					b.Fatalf("%d facts of %d rows", facts, truth.Rows)
				}
			}
		})
	}
}

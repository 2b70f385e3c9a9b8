package sample

import (
	"io"
	"testing"
)

func BenchmarkWrite(b *testing.B) {
	for _, f := range []Format{Analytic, AnalyticText, Text, CC109} {
		b.Run(string(f), func(b *testing.B) {
			var truth Truth
			for b.Loop() {
				var err error
				if truth, err = Write(io.Discard, Spec{Format: f, Rows: 200_000, Seed: 1}); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(truth.Bytes)
			b.ReportMetric(float64(truth.Bytes)/float64(truth.Rows), "B/row")
		})
	}
}

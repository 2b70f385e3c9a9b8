package complaint

import (
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"pgregory.net/rapid"
)

// Our builders make the columns that Arrow's own make, batch after batch from the same memory.
func TestColumnsAreThoseOfArrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mem := new(pool)
		ours, numbers := newTexts(mem), valuesOf(array.NewUint32Builder(mem))
		theirs, theirNumbers := array.NewStringBuilder(memory.DefaultAllocator), array.NewUint32Builder(memory.DefaultAllocator)
		same := func(got, want arrow.Array) {
			if !array.Equal(got, want) {
				t.Fatalf("%v is not %v", got, want)
			}
			got.Release()
		}
		for range rapid.IntRange(1, 3).Draw(t, "batches") {
			ours.reserve(rapid.IntRange(0, 40).Draw(t, "room"))
			for _, s := range rapid.SliceOf(rapid.StringN(0, 20, -1)).Draw(t, "texts") {
				ours.add([]byte(s))
				theirs.Append(s)
			}
			same(ours.finish(), theirs.NewArray())
			for _, n := range rapid.SliceOf(rapid.Uint32Range(0, 3)).Draw(t, "numbers") {
				if n == 0 {
					numbers.null()
					theirNumbers.AppendNull()
				} else {
					numbers.add(n)
					theirNumbers.Append(n)
				}
				if more := rapid.IntRange(0, 2).Draw(t, "more"); more > 0 {
					numbers.repeat(more)
					for range more {
						if n == 0 {
							theirNumbers.AppendNull()
						} else {
							theirNumbers.Append(n)
						}
					}
				}
			}
			same(numbers.finish(), theirNumbers.NewArray())
		}
	})
}

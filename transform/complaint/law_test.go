package complaint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/sample"
)

// lawful are exports that show everything: shifts, repeats, broken rows, texts, several tables, no ids. The
// first megabyte of a text file is looked at as one block, so one of them is larger.
func lawful(t testing.TB) map[string]qulaq.Snapshot {
	t.Helper()
	snaps := map[string]qulaq.Snapshot{}
	for name, s := range map[string]sample.Spec{
		"csv":   {Format: sample.Analytic, Rows: 2500, Seed: 1, Shift: true, Dirty: 0.1, Repeats: 0.1},
		"texts": {Format: sample.Text, Rows: 300, Seed: 1, Dirty: 0.1, Repeats: 0.1},
		"calls": {Format: sample.CC109, Rows: 1000, Seed: 1, Dirty: 0.1},
		"json":  {Format: sample.AnalyticText, Rows: 400, Seed: 1, Layout: sample.NDJSON, Pack: sample.Gzip, Shift: true, Dirty: 0.1},
		"xlsx":  {Format: sample.Analytic, Rows: 300, Seed: 2, Layout: sample.XLSX, Shift: true, Dirty: 0.1},
	} {
		_, snaps[name] = makeSample(t, s)
	}
	var shifted, local bytes.Buffer
	for b, s := range map[*bytes.Buffer]sample.Spec{
		&shifted: {Format: sample.Analytic, Rows: 300, Seed: 3, Shift: true, Dirty: 0.1},
		&local:   {Format: sample.Analytic, Rows: 300, Seed: 4, Separator: ';', Dirty: 0.1},
	} {
		if _, err := sample.Write(b, s); err != nil {
			t.Fatal(err)
		}
	}
	snaps["zip"] = snapshot("zip", asZip(t, member{"a.csv", shifted.Bytes()}, member{"b.csv", local.Bytes()}))
	// Calls of a few kinds, so that equal rows are far apart and fall into different blocks.
	var calls strings.Builder
	calls.WriteString(callsHeader)
	for i := range 2000 {
		fmt.Fprintf(&calls, "2026-04-14`г.Алматы`Отопление`%s %d`в работе\n", strings.Repeat("дом", 150), i%7)
	}
	snaps["equal calls"] = snapshot("equal.csv", []byte(calls.String()))
	return snaps
}

// The same snapshot gives the same facts, rejects and findings, however many work on it and into whatever
// blocks it is cut.
func TestSameFactsHoweverRead(t *testing.T) {
	for name, snap := range lawful(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(t, "")
			o.Workers = 1
			want := readAll(t, snap, o).lines(t)
			for _, workers := range []int{2, 5} {
				for _, block := range []int{40_001, 1 << 20} {
					o.Workers, o.Limits.BlockBytes = workers, block
					if got := readAll(t, snap, o).lines(t); got != want {
						t.Fatalf("with %d workers and blocks of %d bytes:\n%s", workers, block, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
					}
				}
			}
		})
	}
}

// With the same limits even the batches are the same, byte for byte.
func TestSameBatchesForAnyWorkers(t *testing.T) {
	for name, snap := range lawful(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			batches := func(workers int) []byte {
				o := options(t, "")
				o.Workers, o.Limits.BlockBytes = workers, 32<<10
				var b bytes.Buffer
				_, err := read(t, snap, o, func(r arrow.Record) {
					w := ipc.NewWriter(&b, ipc.WithSchema(r.Schema()))
					if err := errors.Join(w.Write(r), w.Close()); err != nil {
						t.Fatal(err)
					}
				})
				if err != nil {
					t.Fatal(err)
				}
				return b.Bytes()
			}
			want := batches(1)
			for _, workers := range []int{2, 5, 5} {
				if got := batches(workers); !bytes.Equal(got, want) {
					t.Errorf("%d workers make other batches: %d bytes instead of %d", workers, len(got), len(want))
				}
			}
		})
	}
}

// settled waits until no more goroutines run than before.
func settled(t *testing.T, before int) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for runtime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
		runtime.Gosched()
	}
}

// within fails the test when f does not return.
func within(t *testing.T, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(30 * time.Second):
		stacks := make([]byte, 1<<16)
		t.Fatalf("%s hangs:\n%s", what, stacks[:runtime.Stack(stacks, true)])
	}
}

// A reader may be closed at any moment. Nothing goes on behind its back.
func TestCloseEarly(t *testing.T) {
	_, snap := makeSample(t, sample.Spec{Format: sample.AnalyticText, Rows: 1000, Seed: 1, Layout: sample.NDJSON, Shift: true, Dirty: 0.1})
	before := runtime.NumGoroutine()
	rapid.Check(t, func(rt *rapid.T) {
		o := options(t, "")
		o.Workers = rapid.IntRange(1, 5).Draw(rt, "workers")
		o.Limits.BlockBytes = rapid.IntRange(8<<10, 100<<10).Draw(rt, "block")
		records := rapid.IntRange(0, 12).Draw(rt, "records")
		closes := rapid.IntRange(1, 2).Draw(rt, "closes")
		within(t, "closing", func() {
			r, err := Open(t.Context(), snap, o)
			if err != nil {
				t.Error(err)
				return
			}
			for range records {
				record, err := r.Next()
				if err != nil {
					break
				}
				record.Release()
			}
			for range closes {
				r.Close()
			}
			_ = r.Summary() // still answers
		})
	})
	settled(t, before)
}

// A cancelled reader says so, at once and every time, and never that the file has ended well.
func TestCancel(t *testing.T) {
	_, snap := makeSample(t, sample.Spec{Format: sample.AnalyticText, Rows: 1000, Seed: 1, Layout: sample.NDJSON, Shift: true})
	before := runtime.NumGoroutine()
	for records := range 6 {
		within(t, "cancelling", func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			o := options(t, "")
			o.Limits.BlockBytes = 8 << 10
			r, err := Open(ctx, snap, o)
			if err != nil {
				t.Error(err)
				return
			}
			defer r.Close()
			for range records {
				record, err := r.Next()
				if err != nil {
					t.Error(err)
					return
				}
				record.Release()
			}
			cancel()
			for {
				record, err := r.Next()
				if err == nil {
					record.Release() // was ready before
					continue
				}
				if !errors.Is(err, context.Canceled) {
					t.Errorf("after %d records a cancelled reader says %v", records, err)
				}
				break
			}
			if _, err := r.Next(); !errors.Is(err, context.Canceled) {
				t.Errorf("asked again it says %v", err)
			}
		})
	}
	settled(t, before)
}

// What failed while it was opened leaves nothing behind either.
func TestFailedOpenLeavesNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	closed := 0
	snap := snapshot("may.csv", nil)
	for _, data := range []string{"", "<!DOCTYPE html>", "PK\x03\x04", "id,name\n1,2\n", "[", "[]"} {
		opened := false
		snap.Open = func() (io.ReadCloser, error) {
			opened = true
			return closing{inMemory{bytes.NewReader([]byte(data))}, &closed}, nil
		}
		closed = 0
		within(t, "failing", func() {
			if _, err := read(t, snap, options(t, ""), nothing); err == nil {
				t.Errorf("%q is read without an error", data)
			}
		})
		if !opened || closed == 0 {
			t.Errorf("%q: opened %v, closed %d times", data, opened, closed)
		}
	}
	settled(t, before)
}

type closing struct {
	inMemory
	closed *int
}

func (c closing) Close() error {
	*c.closed++
	return nil
}

// All memory comes back: of a whole reading, and of one that was closed early.
func TestMemoryIsReleased(t *testing.T) {
	for name, snap := range lawful(t) {
		for _, records := range []int{0, 1, 3, 1 << 20} {
			mem := memory.NewCheckedAllocator(memory.NewGoAllocator())
			o := options(t, "")
			o.Memory, o.Limits.BlockBytes = mem, 32<<10
			r, err := Open(t.Context(), snap, o)
			if err != nil {
				t.Fatal(err)
			}
			for range records {
				record, err := r.Next()
				if err != nil {
					break
				}
				record.Release()
			}
			r.Close()
			if n := mem.CurrentAlloc(); n != 0 {
				t.Errorf("%s, closed after %d records: %d bytes are not released", name, records, n)
			}
		}
	}
}

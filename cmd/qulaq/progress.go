package main

import (
	"io"
	"sync"

	"github.com/schollz/progressbar/v3"
)

// bar shows how much of a file was read. Read is called from the goroutine that reads.
type bar struct {
	w  io.Writer
	mu sync.Mutex
	b  *progressbar.ProgressBar
}

func newBar(w io.Writer) *bar { return &bar{w: w} }

func (b *bar) File(name string, size int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.b = progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(b.w), progressbar.OptionSetDescription(name), progressbar.OptionShowBytes(true),
		progressbar.OptionThrottle(100_000_000), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(24))
}

func (b *bar) Read(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.b.Add(n) // a bar that cannot be drawn is no reason to stop
}

func (b *bar) Done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.b.Finish()
}

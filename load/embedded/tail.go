package embedded

import (
	"io"
	"strings"
	"sync"
	"sync/atomic"
)

// tail keeps the last bytes written to it and passes all of them on. It is safe for concurrent use.
type tail struct {
	limit int
	next  io.Writer // may be nil; its errors are ignored, for the process must not stall on them

	mu   sync.Mutex
	data []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, p...)
	if extra := len(t.data) - t.limit; extra > 0 {
		t.data = append(t.data[:0], t.data[extra:]...)
	}
	if t.next != nil {
		_, _ = t.next.Write(p)
	}
	return len(p), nil
}

// String returns what is kept, without blank space around it.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.data))
}

// watchword notes whether a process has printed a certain word. It is safe for concurrent use.
type watchword struct {
	word string
	said atomic.Bool
}

func (w *watchword) Write(p []byte) (int, error) {
	if strings.HasPrefix(string(p), w.word) {
		w.said.Store(true)
	}
	return len(p), nil
}

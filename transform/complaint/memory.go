package complaint

import (
	"math/bits"
	"sync"

	"github.com/apache/arrow/go/v17/arrow/memory"
)

// pool is an Arrow allocator that hands freed buffers out again, by size in powers of two. Every block of a
// file needs the same buffers as the one before; fresh ones from the garbage collector cost a third of the
// mapping: page faults and collections. It is safe for concurrent use.
//
// Buffers are cleared unless their user writes all of them: what stands under a null or in the padding would else tell of
// the block before, and the same file would give other bytes.
type pool struct {
	mu   sync.Mutex
	free [poolClasses][][]byte
}

const (
	smallest    = 10 // class 0 holds 1 KiB
	poolClasses = 16 // the last holds 32 MiB; larger ones go to the garbage collector
)

// classOf returns the class whose buffers hold n bytes.
func classOf(n int) int { return max(0, bits.Len(uint(max(n, 1)-1))-smallest) }

// Allocate implements memory.Allocator.
func (p *pool) Allocate(n int) []byte {
	b, used := p.take(n)
	if used {
		clear(b)
	}
	return b
}

// uncleared returns memory that may hold anything, for who writes all that is shown of it.
func uncleared(mem memory.Allocator, n int) []byte {
	if p, ok := mem.(*pool); ok {
		b, _ := p.take(n)
		return b
	}
	return mem.Allocate(n)
}

// take returns memory, and whether it was used before.
func (p *pool) take(n int) (b []byte, used bool) {
	c := classOf(n)
	if c >= poolClasses {
		return make([]byte, n), false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := len(p.free[c]) - 1; last >= 0 {
		b := p.free[c][last]
		p.free[c] = p.free[c][:last]
		return b[:n], true
	}
	return make([]byte, n, 1<<(c+smallest)), false
}

// Reallocate implements memory.Allocator.
func (p *pool) Reallocate(n int, b []byte) []byte {
	if n <= cap(b) {
		old := len(b)
		b = b[:n]
		clear(b[min(old, n):])
		return b
	}
	larger := p.Allocate(n)
	copy(larger, b)
	p.Free(b)
	return larger
}

// Free implements memory.Allocator.
func (p *pool) Free(b []byte) {
	c := classOf(cap(b))
	if cap(b) != 1<<(c+smallest) || c >= poolClasses {
		return // not ours, or too large to keep
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free[c] = append(p.free[c], b[:0])
}

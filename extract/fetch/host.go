package fetch

import (
	"context"
	"sync"
	"time"
)

// hosts gives one turn at a time per host, with a pause between the end of one and the start of the next.
type hosts struct {
	pause time.Duration
	clock func() time.Time
	sleep func(context.Context, time.Duration) error

	mu sync.Mutex
	of map[string]*host
}

type host struct {
	turn chan struct{} // holds one token while nobody has the turn
	last time.Time     // end of the turn before
}

// wait waits for the turn at a host. Who gets it calls done.
func (h *hosts) wait(ctx context.Context, name string) (done func(), err error) {
	h.mu.Lock()
	one := h.of[name]
	if one == nil {
		one = &host{turn: make(chan struct{}, 1)}
		one.turn <- struct{}{}
		h.of[name] = one
	}
	h.mu.Unlock()
	select {
	case <-one.turn:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	release := func() { one.turn <- struct{}{} }
	if !one.last.IsZero() {
		// A clock that was set back must not make us wait for long.
		if left := min(h.pause, one.last.Add(h.pause).Sub(h.clock())); left > 0 {
			if err := h.sleep(ctx, left); err != nil {
				release()
				return nil, err
			}
		}
	}
	return func() {
		one.last = h.clock()
		release()
	}, nil
}

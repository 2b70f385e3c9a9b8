package fetch

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// hosts gives one turn at a time per host, with a pause between the end of one and the start of the next.
// A host that refused too often gives no turn.
type hosts struct {
	pause    time.Duration
	refusals int
	clock    func() time.Time
	sleep    func(context.Context, time.Duration) error

	mu sync.Mutex
	of map[string]*host
}

type host struct {
	turn chan struct{} // holds one token while nobody has the turn

	// For who has the turn.
	last    time.Time // end of the turn before
	refused int       // turns in a row
	rests   time.Time // since when; zero when it does not

	delay time.Duration // what the host's robots.txt asks for; guarded by hosts.mu
}

// turn is one request's time at a host.
type turn struct {
	at *host
	in *hosts
}

func (h *hosts) host(name string) *host {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := h.of[name]
	if one == nil {
		one = &host{turn: make(chan struct{}, 1)}
		one.turn <- struct{}{}
		h.of[name] = one
	}
	return one
}

// wait waits for the turn at a host, by its name in small letters. Who gets it calls end.
func (h *hosts) wait(ctx context.Context, name string) (turn, error) {
	one := h.host(name)
	select {
	case <-one.turn:
	case <-ctx.Done():
		return turn{}, context.Cause(ctx)
	}
	got := turn{one, h}
	if !one.rests.IsZero() {
		if h.clock().Sub(one.rests) < oneRun {
			got.pass()
			return turn{}, fmt.Errorf("%w: since %s, after %d refusals in a row",
				ErrResting, one.rests.In(qulaq.Almaty()).Format(time.RFC3339), one.refused)
		}
		one.rests, one.refused = time.Time{}, 0
	}
	if !one.last.IsZero() {
		pause := h.pauseAt(one)
		// A clock that was set back must not make us wait for long.
		if left := min(pause, one.last.Add(pause).Sub(h.clock())); left > 0 {
			if err := h.sleep(ctx, left); err != nil {
				got.pass()
				return turn{}, err
			}
		}
	}
	return got, nil
}

// delay makes the pauses at a host at least so long.
func (h *hosts) delay(name string, d time.Duration) {
	one := h.host(strings.ToLower(name))
	h.mu.Lock()
	defer h.mu.Unlock()
	one.delay = d
}

func (h *hosts) pauseAt(one *host) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return max(h.pause, one.delay)
}

// end lets the next one have the turn, after the pause.
func (t turn) end() {
	t.at.last = t.in.clock()
	t.pass()
}

func (t turn) pass() { t.at.turn <- struct{}{} }

// answered says that the host talked to us.
func (t turn) answered() { t.at.refused = 0 }

// refused says that it did not, and reports whether it rests from now on.
func (t turn) refused() bool {
	t.at.refused++
	if t.at.refused < t.in.refusals {
		return false
	}
	t.at.rests = t.in.clock()
	return true
}

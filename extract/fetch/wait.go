package fetch

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"
)

// longestBackoff bounds what the client itself chooses to wait; a server may ask for more.
const longestBackoff = 30 * time.Second

// backoff returns how long to wait after the nth attempt: anything up to a bound that doubles from attempt
// to attempt, so that many clients that failed together do not come back together. share is in [0, 1).
func backoff(attempt int, first time.Duration, share float64) time.Duration {
	bound := first
	for ; attempt > 1 && bound < longestBackoff; attempt-- {
		bound *= 2
	}
	return time.Duration(share * float64(min(bound, longestBackoff)))
}

// retryAfter returns how long the server asks to wait: a number of seconds, or a date. A date is measured
// by the server's own clock where it tells it. Nothing readable is zero.
func retryAfter(h http.Header, now time.Time) time.Duration {
	asked := h.Get("Retry-After")
	if seconds, err := strconv.ParseUint(asked, 10, 64); err == nil || errors.Is(err, strconv.ErrRange) {
		return time.Duration(min(seconds, 1<<32)) * time.Second // longer than anybody waits
	}
	then, err := http.ParseTime(asked)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(0, then.Sub(now))
}

// Sleep waits on the real clock, or until ctx ends, and then returns its cause.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

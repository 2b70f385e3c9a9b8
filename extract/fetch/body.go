package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

var (
	errTooLarge = errors.New("too large")
	errSilence  = errors.New("the server fell silent")
	errDeadline = errors.New("out of time")
)

// watch ends a request that hears nothing for too long.
type watch struct {
	timer *time.Timer
	limit time.Duration
}

// watched returns a context that ends with errSilence when the watch is not stopped for limit.
func watched(ctx context.Context, limit time.Duration) (context.Context, *watch, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(limit, func() { cancel(fmt.Errorf("%w for %s", errSilence, limit)) })
	return ctx, &watch{timer, limit}, func() {
		timer.Stop()
		cancel(context.Canceled)
	}
}

func (w *watch) start() { w.timer.Reset(w.limit) }
func (w *watch) stop()  { w.timer.Stop() }

// body reads what the server sends. It remembers its own trouble, so that this can be told from trouble
// of the one who reads.
type body struct {
	ctx   context.Context
	from  io.Reader
	watch *watch
	limit int64
	count int64
	err   error // what ended the body; nil before, io.EOF for a whole one
}

func (b *body) Read(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	b.watch.start()
	n, err := b.from.Read(p)
	b.watch.stop() // the reader may take its time
	b.count += int64(n)
	switch {
	case b.count > b.limit:
		b.err = fmt.Errorf("%w: the limit is %d bytes", errTooLarge, b.limit)
	case err != nil && err != io.EOF:
		b.err = causeOr(b.ctx, err)
	default:
		b.err = err
	}
	return n, b.err
}

// trouble returns why the body ended before its time, or nil.
func (b *body) trouble() error {
	if b.err == io.EOF {
		return nil
	}
	return b.err
}

// causeOr returns why the context ended, which says more than what the network made of it, or err.
func causeOr(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

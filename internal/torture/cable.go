//go:build linux

package main

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
)

// cable joins the program and its engine. It can be cut: at once, after so many bytes, or in such a way that the
// answer to what was asked last never comes.
type cable struct {
	listener net.Listener
	engine   atomic.Pointer[string] // address

	mu     sync.Mutex
	joints map[*joint]bool

	// left is how many bytes still pass in a direction until all connections are cut; a negative one is no limit.
	toEngine, toProgram atomic.Int64
	lost                atomic.Bool // the next answer is lost, and all connections with it
	cuts                atomic.Int64
}

// joint is one connection through the cable.
type joint struct{ program, engine net.Conn }

func newCable() (*cable, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &cable{listener: listener, joints: map[*joint]bool{}}
	c.mend()
	go c.accept()
	return c, nil
}

// mend makes it a good cable again.
func (c *cable) mend() {
	c.toEngine.Store(-1)
	c.toProgram.Store(-1)
	c.lost.Store(false)
}

func (c *cable) accept() {
	for {
		program, err := c.listener.Accept()
		if err != nil {
			return
		}
		engine, err := net.Dial("tcp", *c.engine.Load())
		if err != nil { // the engine is down: so it looks to the program
			program.Close()
			continue
		}
		j := &joint{program, engine}
		c.mu.Lock()
		c.joints[j] = true
		c.mu.Unlock()
		go c.carry(j, engine, program, &c.toEngine, nil)
		go c.carry(j, program, engine, &c.toProgram, &c.lost)
	}
}

// carry takes bytes from one end to the other.
func (c *cable) carry(j *joint, to io.Writer, from io.Reader, left *atomic.Int64, lost *atomic.Bool) {
	defer c.part(j)
	buf := make([]byte, 16<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			if lost != nil && lost.CompareAndSwap(true, false) {
				c.cut()
				return
			}
			if limit := left.Load(); limit >= 0 {
				if after := left.Add(-int64(n)); after < 0 {
					_, _ = to.Write(buf[:max(0, limit)]) // half a message
					left.Store(-1)
					c.cut()
					return
				}
			}
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

func (c *cable) part(j *joint) {
	c.mu.Lock()
	delete(c.joints, j)
	c.mu.Unlock()
	j.program.Close()
	j.engine.Close()
}

// cut cuts all connections; new ones can be made.
func (c *cable) cut() {
	c.cuts.Add(1)
	c.mu.Lock()
	defer c.mu.Unlock()
	for j := range c.joints {
		j.program.Close()
		j.engine.Close()
	}
}

func (c *cable) close() error {
	err := c.listener.Close()
	c.cut()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

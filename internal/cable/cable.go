// Package cable joins a program and its server by a connection that can be cut at will: at once, after so many bytes, or in
// such a way that the answer to what was asked last never comes. Tests and internal/torture break networks with it.
package cable

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
)

// Cable leads from an address of its own to a server. Many goroutines may use it.
type Cable struct {
	listener net.Listener
	server   atomic.Pointer[string] // address

	mu     sync.Mutex
	joints map[*joint]bool

	// left is how many bytes still pass in a direction until all connections are cut; a negative one is no limit.
	toServer, toProgram atomic.Int64
	lost                atomic.Bool // the next answer is lost, and all connections with it
}

// joint is one connection through the cable.
type joint struct{ program, server net.Conn }

// New lays a cable to the server at an address. Close takes it away.
func New(server string) (*Cable, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &Cable{listener: listener, joints: map[*joint]bool{}}
	c.Lead(server)
	c.Mend()
	go c.accept()
	return c, nil
}

// Addr is where the program finds the server.
func (c *Cable) Addr() string { return c.listener.Addr().String() }

// Lead leads new connections to the server at another address.
func (c *Cable) Lead(server string) { c.server.Store(&server) }

// Mend makes it a good cable again.
func (c *Cable) Mend() {
	c.toServer.Store(-1)
	c.toProgram.Store(-1)
	c.lost.Store(false)
}

// CutInMessage cuts all connections when so many bytes more have gone to the server, if need be in the middle of a message.
func (c *Cable) CutInMessage(after int64) { c.toServer.Store(after) }

// CutInAnswer does the same with what comes back.
func (c *Cable) CutInAnswer(after int64) { c.toProgram.Store(after) }

// LoseAnswer lets the server hear everything, and cuts all connections before its next word comes back.
func (c *Cable) LoseAnswer() { c.lost.Store(true) }

func (c *Cable) accept() {
	for {
		program, err := c.listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", *c.server.Load())
		if err != nil { // the server is down: so it looks to the program
			program.Close()
			continue
		}
		j := &joint{program, server}
		c.mu.Lock()
		c.joints[j] = true
		c.mu.Unlock()
		go c.carry(j, server, program, &c.toServer, nil)
		go c.carry(j, program, server, &c.toProgram, &c.lost)
	}
}

// carry takes bytes from one end to the other.
func (c *Cable) carry(j *joint, to io.Writer, from io.Reader, left *atomic.Int64, lost *atomic.Bool) {
	defer c.part(j)
	buf := make([]byte, 16<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			if lost != nil && lost.CompareAndSwap(true, false) {
				c.Cut()
				return
			}
			if limit := left.Load(); limit >= 0 {
				if after := left.Add(-int64(n)); after < 0 {
					_, _ = to.Write(buf[:max(0, limit)]) // half a message
					left.Store(-1)
					c.Cut()
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

func (c *Cable) part(j *joint) {
	c.mu.Lock()
	delete(c.joints, j)
	c.mu.Unlock()
	j.program.Close()
	j.server.Close()
}

// Cut cuts all connections; new ones can be made.
func (c *Cable) Cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for j := range c.joints {
		j.program.Close()
		j.server.Close()
	}
}

// Close cuts all connections, and no new ones can be made.
func (c *Cable) Close() error {
	err := c.listener.Close()
	c.Cut()
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

package load

import (
	"context"
	"io"
	"net"
	"sync"
	"time"
)

// farewell is a connection that is not dropped while the server speaks. A question that is called off ends with its
// connection, and the embedded engine, when it then writes into nothing, may abort (seen with 26.7.3). So what is still to
// come is heard out for a while, by nobody.
type farewell struct {
	*net.TCPConn
	reading sync.Mutex // held while somebody reads
	state   sync.Mutex
	closed  bool
}

// hearOut is how long a server is heard out that was told to stop.
const hearOut = 5 * time.Second

// dial opens a connection that says farewell.
func dial(ctx context.Context, addr string, timeout time.Duration) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: timeout}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	return &farewell{TCPConn: conn.(*net.TCPConn)}, nil
}

// Read reads as long as nobody has closed the connection.
func (f *farewell) Read(b []byte) (int, error) {
	if f.isClosed() {
		return 0, net.ErrClosed
	}
	f.reading.Lock()
	defer f.reading.Unlock()
	if f.isClosed() {
		return 0, net.ErrClosed
	}
	return f.TCPConn.Read(b)
}

func (f *farewell) isClosed() bool {
	f.state.Lock()
	defer f.state.Unlock()
	return f.closed
}

// SetDeadline and SetReadDeadline change nothing once the connection is closed: who hears it out has a deadline of his own.
func (f *farewell) SetDeadline(t time.Time) error { return f.unlessClosed(f.TCPConn.SetDeadline, t) }

// SetReadDeadline is like SetDeadline.
func (f *farewell) SetReadDeadline(t time.Time) error {
	return f.unlessClosed(f.TCPConn.SetReadDeadline, t)
}

func (f *farewell) unlessClosed(set func(time.Time) error, t time.Time) error {
	f.state.Lock()
	defer f.state.Unlock()
	if f.closed {
		return net.ErrClosed
	}
	return set(t)
}

// Close tells the server that nothing more is asked. Who reads is told so at once.
func (f *farewell) Close() error {
	f.state.Lock()
	defer f.state.Unlock()
	if f.closed {
		return net.ErrClosed
	}
	f.closed = true
	if err := f.CloseWrite(); err != nil {
		return f.TCPConn.Close()
	}
	_ = f.TCPConn.SetReadDeadline(time.Unix(1, 0)) // wakes who reads
	go func() {
		f.reading.Lock() // nobody reads any more, nor will
		defer f.reading.Unlock()
		_ = f.TCPConn.SetReadDeadline(time.Now().Add(hearOut))
		_, _ = io.Copy(io.Discard, f.TCPConn)
		_ = f.TCPConn.Close()
	}()
	return nil
}

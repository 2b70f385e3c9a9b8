package load

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"
)

// A server that goes on speaking to who has left is heard out, and who was reading is told at once.
func TestFarewell(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	spoken := make(chan error, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			spoken <- err
			return
		}
		defer conn.Close()
		_, err = io.Copy(io.Discard, conn) // until it is told that nothing more is asked
		for range 100 {
			if err == nil {
				_, err = conn.Write(make([]byte, 64<<10))
			}
		}
		spoken <- err
	}()
	conn, err := dial(t.Context(), listener.Addr().String(), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	read := make(chan error, 1)
	go func() {
		_, err := conn.Read(make([]byte, 1))
		read <- err
	}()
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	if err := <-read; err == nil {
		t.Error("who was reading still heard something")
	}
	if err := <-spoken; err != nil {
		t.Errorf("the server spoke into nothing: %v", err)
	}
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("read after the close: %v", err)
	}
	if err := conn.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed again: %v", err)
	}
}

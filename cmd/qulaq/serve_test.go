package main

import (
	"errors"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A SIGHUP that comes while the program still starts does not end it: to a supervisor that would be an end in peace, after
// which nothing starts it again.
func TestHangupWhileStarting(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	config := filepath.Join(t.TempDir(), "qulaq.yaml")
	put(t, config, "warehouse: clickhouse://"+silent.Addr().String()+"/qulaq\ndata: ./data\n")
	var said strings.Builder
	serve := exec.Command("qulaq", "serve", "--config", config)
	serve.Stderr = &said
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	asked, err := silent.Accept() // it waits for the server's first word
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	silent.Close()
	asked.Close()
	var end *exec.ExitError
	if err := serve.Wait(); !errors.As(err, &end) || end.ExitCode() != exitFailed || !strings.Contains(said.String(), "connect to the warehouse") {
		t.Errorf("it ends with %v: %s", err, said.String())
	}
}

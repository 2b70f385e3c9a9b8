package main

import (
	"errors"
	"log/slog"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// The log of a night that failed says what to do about it, as the command line does.
func TestTheLogOfARunSaysWhatToDo(t *testing.T) {
	var said strings.Builder
	e := &pipelines.Environment{Log: slog.New(slog.NewTextHandler(&said, nil))}
	logRun(e, &pipelines.Result{Pipeline: "plans"}, &qulaq.Error{Op: "write", Err: errors.New("no space"), Hint: "make space"})
	if !strings.Contains(said.String(), `hint="make space"`) {
		t.Error(said.String())
	}
}

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

package pipelines

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/qulaq-kz/qulaq"
)

// takeLock makes this process the only one that writes from this data folder, to whatever warehouse. The system drops it when
// the process ends, however it ends.
func (e *Environment) takeLock(verb string) error {
	fail := func(kind qulaq.Kind, err error, hint string) error {
		return &qulaq.Error{Op: "lock data folder", Object: e.Config.Data, Kind: kind, Err: err, Hint: hint}
	}
	if err := os.MkdirAll(e.Config.Data, 0o700); err != nil {
		return fail(qulaq.Configuration, err, "set `data` to a folder that can be written")
	}
	path := filepath.Join(e.Config.Data, "run.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fail(qulaq.Configuration, err, "set `data` to a folder that can be written")
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		holder, _ := os.ReadFile(path) // only for the message
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			return fail(qulaq.Locked, fmt.Errorf("%s is at work", strings.TrimSpace(string(holder))), "wait until it ends, or stop it")
		}
		return fail(qulaq.Configuration, err, "")
	}
	note := fmt.Sprintf("qulaq %s, process %d, since %s\n", verb, os.Getpid(), e.Now().Format(time.RFC3339))
	if err := errors.Join(f.Truncate(0), writeAt(f, note)); err != nil {
		f.Close()
		return fail(qulaq.Configuration, err, "")
	}
	e.lock = f
	return nil
}

func writeAt(f *os.File, text string) error {
	_, err := f.WriteAt([]byte(text), 0)
	return err
}

package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"github.com/qulaq-kz/qulaq"
)

const (
	// lockPause is how long to wait between two tries for a lock.
	lockPause = 50 * time.Millisecond
	// orphanLimit is how long a new owner waits for the engine of an owner that was killed. That engine
	// ends itself within orphanGrace.
	orphanLimit = orphanGrace + 2*time.Second
)

// errLocked means that another open file holds the lock.
var errLocked = errors.New("the lock is held")

// tryLock opens a file, making it if need be, and locks it until every copy of its descriptor is closed.
// The file is never deleted: a lock on a deleted file excludes nobody.
func tryLock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		if err != unix.EINTR {
			break
		}
	}
	if err == nil {
		return f, nil
	}
	f.Close()
	if err == unix.EWOULDBLOCK {
		return nil, errLocked
	}
	return nil, fmt.Errorf("lock %s: %w", path, err)
}

// owner is what a data folder's lock file says about who holds it.
type owner struct {
	PID    int       `json:"pid"`
	Verb   string    `json:"verb,omitempty"`
	Since  time.Time `json:"since,omitzero"`
	TCP    int       `json:"tcp_port,omitempty"`
	HTTP   int       `json:"http_port,omitempty"`
	Engine int       `json:"engine_pid,omitempty"`
}

// maxOwner bounds the lock file, in bytes.
const maxOwner = 4 << 10

// readOwner reads a lock file; ok is false when it says nothing that can be understood, as in the instant
// when an owner rewrites it.
func readOwner(r io.Reader) (o owner, ok bool) {
	text, err := io.ReadAll(io.LimitReader(r, maxOwner))
	if err != nil || json.Unmarshal(text, &o) != nil || o.PID <= 0 {
		return owner{}, false
	}
	return o, true
}

// alive says whether the owning process still exists.
func (o owner) alive() bool {
	err := unix.Kill(o.PID, 0)
	return err == nil || err == unix.EPERM
}

// String tells a person who the owner is.
func (o owner) String() string {
	s := fmt.Sprintf("qulaq pid %d", o.PID)
	if o.Verb != "" {
		s += " (" + o.Verb + ")"
	}
	if !o.Since.IsZero() {
		s += " since " + o.Since.Format(time.RFC3339)
	}
	return s
}

// ownFolder takes the lock of a data folder. The lock of a living owner is refused at once, with kind
// Locked. An owner that was killed may have left an engine that is still writing: that is waited for,
// up to patience.
func ownFolder(ctx context.Context, dir string, patience time.Duration) (*os.File, error) {
	path := filepath.Join(dir, "lock")
	for waited := time.Duration(0); ; waited += lockPause {
		f, err := tryLock(path)
		if err == nil {
			err = f.Truncate(0) // what the last owner wrote is not true of this one
		}
		if err == nil {
			return f, nil
		}
		if err != errLocked {
			return nil, &qulaq.Error{Op: "open data folder", Object: dir, Kind: qulaq.Configuration, Err: err}
		}
		o, known := owner{}, false
		if f, err := os.Open(path); err == nil {
			o, known = readOwner(f)
			f.Close()
		}
		if known && o.alive() || waited >= patience {
			return nil, inUse(dir, o, known)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(lockPause):
		}
	}
}

// inUse is the refusal to share a data folder.
func inUse(dir string, o owner, known bool) error {
	e := &qulaq.Error{Op: "open data folder", Object: dir, Kind: qulaq.Locked}
	switch {
	case !known:
		e.Err = errors.New("it is in use by another program")
		e.Hint = "stop that program"
	case !o.alive():
		e.Err = fmt.Errorf("it is in use by engine pid %d, whose owner %s is gone", o.Engine, o)
		e.Hint = fmt.Sprintf("wait for pid %d to end, or end it", o.Engine)
	default:
		e.Err = fmt.Errorf("it is in use by %s", o)
		e.Hint = "stop it"
		if o.TCP != 0 && o.Verb == "clickhouse" { // another one writes by itself, and beside it nobody may
			e.Hint += fmt.Sprintf(`, or set "warehouse: clickhouse://127.0.0.1:%d/qulaq" to use it`, o.TCP)
		}
	}
	return e
}

// writeOwner says in a held lock file who holds it. In place, for a new file would not be locked.
func writeOwner(lock *os.File, o owner) error {
	text, err := json.Marshal(o)
	if err != nil {
		return err
	}
	if err := lock.Truncate(0); err != nil {
		return err
	}
	_, err = lock.WriteAt(append(text, '\n'), 0)
	return err
}

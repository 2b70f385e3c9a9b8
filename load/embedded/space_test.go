package embedded

import (
	"errors"
	"io/fs"
	"syscall"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

// A full disk is said so, wherever in the start it is met; other reasons keep their own words.
func TestStartOnAFullDisk(t *testing.T) {
	write := func(err error) error { return &fs.PathError{Op: "write", Path: "engine.xml", Err: err} }
	for _, c := range []struct {
		name string
		err  error
		hint string
		kind qulaq.Kind
	}{
		{"configuration", misconfigured("", write(syscall.ENOSPC), ""), noSpace, qulaq.Configuration},
		{"folder", misconfigured("", write(syscall.EDQUOT), "name another data folder"), noSpace, qulaq.Configuration},
		{"lock", started("data", write(syscall.ENOSPC)), noSpace, qulaq.Configuration},
		{"another reason", misconfigured("", write(syscall.EACCES), "name another data folder"), "name another data folder", qulaq.Configuration},
		{"another trouble", started("data", errors.New("no answer")), "", qulaq.Transient},
	} {
		if got := qulaq.Hint(c.err); got != c.hint || qulaq.KindOf(c.err) != c.kind {
			t.Errorf("%s: %s error with the hint %q, want %s and %q", c.name, qulaq.KindOf(c.err), got, c.kind, c.hint)
		}
	}
}

package qulaq

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestErrorPrintsOneLine(t *testing.T) {
	for _, c := range []struct {
		err  *Error
		want string
	}{
		{&Error{Op: "read export", Object: "may.csv", Err: io.ErrUnexpectedEOF, Hint: "ask again"}, "read export may.csv: unexpected EOF"},
		{&Error{Op: "read export", Object: "may.csv"}, "read export may.csv"},
		{&Error{Op: "take the lock", Err: errors.New("busy")}, "take the lock: busy"},
		{&Error{Op: "take the lock"}, "take the lock"},
		{&Error{Op: "load", Err: &Error{Op: "read", Object: "x", Err: io.EOF}}, "load: read x: EOF"},
	} {
		if got := c.err.Error(); got != c.want {
			t.Errorf("%q instead of %q", got, c.want)
		}
	}
}

func TestKindOf(t *testing.T) {
	blocked := &Error{Op: "get", Kind: Blocked, Err: io.EOF}
	locked := &Error{Op: "lock", Kind: Locked}
	plain := errors.New("plain")
	for name, c := range map[string]struct {
		err  error
		want Kind
	}{
		"nil":                          {nil, Bug},
		"nobody classified it":         {plain, Bug},
		"itself":                       {blocked, Blocked},
		"wrapped by fmt":               {fmt.Errorf("a: %w", fmt.Errorf("b: %w", blocked)), Blocked},
		"the outermost decides":        {&Error{Op: "read", Kind: Contract, Err: blocked}, Contract},
		"a bug says so":                {&Error{Op: "read", Err: blocked}, Bug},
		"below a wrapped outer one":    {fmt.Errorf("a: %w", &Error{Op: "read", Kind: Transient, Err: blocked}), Transient},
		"the first of joined":          {errors.Join(locked, blocked), Locked},
		"joined the other way":         {errors.Join(blocked, locked), Blocked},
		"unclassified ones are no one": {errors.Join(plain, locked, blocked), Locked},
		"several wrapped at once":      {fmt.Errorf("%w and %w", plain, blocked), Blocked},
		"a join within an error":       {fmt.Errorf("a: %w", errors.Join(plain, fmt.Errorf("b: %w", locked))), Locked},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("%s: %v instead of %v", name, got, c.want)
		}
	}
	if !errors.Is(blocked, io.EOF) {
		t.Error("the reason is not found behind the error")
	}
}

func TestKindNames(t *testing.T) {
	for k, want := range map[Kind]string{
		Bug: "bug", Transient: "transient", Contract: "contract", Blocked: "blocked", Configuration: "configuration",
		Locked: "locked", Locked + 1: "kind(6)", 255: "kind(255)",
	} {
		if got := k.String(); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

func TestHint(t *testing.T) {
	wait := &Error{Op: "get", Hint: "wait an hour"}
	mute := &Error{Op: "get", Err: io.EOF}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"nil":                         {nil, ""},
		"no error of ours":            {io.EOF, ""},
		"none given":                  {mute, ""},
		"itself":                      {wait, "wait an hour"},
		"below one without":           {&Error{Op: "load", Err: wait}, "wait an hour"},
		"outermost first":             {&Error{Op: "load", Err: wait, Hint: "look at the log"}, "look at the log"},
		"through wraps":               {fmt.Errorf("a: %w", &Error{Op: "load", Err: fmt.Errorf("b: %w", wait)}), "wait an hour"},
		"of a later one of joined":    {errors.Join(mute, io.EOF, wait), "wait an hour"},
		"the first one of joined":     {errors.Join(&Error{Op: "x", Hint: "first"}, wait), "first"},
		"deep in the first of joined": {errors.Join(&Error{Op: "x", Err: &Error{Op: "y", Hint: "deep"}}, wait), "deep"},
		"a join below an error":       {&Error{Op: "load", Err: errors.Join(mute, wait)}, "wait an hour"},
	} {
		if got := Hint(c.err); got != c.want {
			t.Errorf("%s: %q instead of %q", name, got, c.want)
		}
	}
}

package qulaq

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what sort of trouble an error is. The kind decides whether a run tries again, which exit
// code the program ends with and whom an alert should wake.
type Kind uint8

const (
	// Bug is the kind of an error nobody classified: the program's own fault until shown otherwise.
	Bug Kind = iota
	// Transient trouble may be gone at the next try: a cut connection, HTTP 503, an engine that died.
	Transient
	// Contract trouble is in the data: a missing column, a truncated archive, too many rejects.
	Contract
	// Blocked means somebody refused on purpose: HTTP 401 or 403, robots.txt, a captcha.
	Blocked
	// Configuration trouble is for the operator to mend: an unknown key, a missing folder, no disk space.
	Configuration
	// Locked means another run owns what this one needs.
	Locked
)

var kindNames = [...]string{"bug", "transient", "contract", "blocked", "configuration", "locked"}

// String returns the kind in lower case, as the ledger and JSON show it.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Error is the one way to report trouble: what was being done, to what, what sort of trouble it is, why,
// and what the operator can do about it.
type Error struct {
	Op     string // what was being done, as a verb phrase: "read export"
	Object string // to what: a path, a URL without credentials, a table; may be empty
	Kind   Kind
	Err    error  // why; may be nil when Op says it all
	Hint   string // what to do; may be empty
}

// Error prints operation, object and reason on one line; the hint is left to the caller who has a person
// in front of it (see Hint).
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op)
	if e.Object != "" {
		b.WriteString(" ")
		b.WriteString(e.Object)
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the outermost *Error in err's chain, and Bug when there is none.
// Of several joined errors the first decides.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Bug
}

// Hint returns the first hint found in err's tree, outermost first, then in the order of what was joined,
// or "".
func Hint(err error) string {
	if e, ok := err.(*Error); ok && e.Hint != "" {
		return e.Hint
	}
	switch x := err.(type) {
	case interface{ Unwrap() error }:
		return Hint(x.Unwrap())
	case interface{ Unwrap() []error }:
		for _, e := range x.Unwrap() {
			if h := Hint(e); h != "" {
				return h
			}
		}
	}
	return ""
}

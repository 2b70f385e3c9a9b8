package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

// What failed twice for one reason, as two languages of one site do, is said once.
func TestErrorsAreToldOnce(t *testing.T) {
	down := func(object string) error {
		return &qulaq.Error{Op: "look at", Object: object, Kind: qulaq.Transient, Err: errors.New("nobody answers"), Hint: "try again"}
	}
	for _, format := range []string{"text", "json"} {
		var out strings.Builder
		a := &app{err: &out, logFormat: format}
		if code := a.report(failure{errors.Join(errors.Join(down("sko"), down("sko")), down("aktobe"))}); code != exitFailed {
			t.Errorf("%s: code %d", format, code)
		}
		for _, site := range []string{"look at sko", "look at aktobe"} {
			if n := strings.Count(out.String(), site); n != 1 {
				t.Errorf("%s: %s is told %d times:\n%s", format, site, n, out.String())
			}
		}
	}
}

package embeddedtest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// Answer is the rows of an answer, as load.Answer has them.
type Answer interface {
	Next() bool
	Into() []any
	Scan(into ...any) error
	Err() error
	Close() error
}

// Lines reads an answer to its end, as lines of values between bars, and closes it. The columns are texts
// or numbers; null is written so.
func Lines(t testing.TB, a Answer) []string {
	t.Helper()
	defer a.Close()
	lines := []string{}
	for a.Next() {
		into := a.Into()
		if err := a.Scan(into...); err != nil {
			t.Fatal(err)
		}
		words := make([]string, len(into))
		for i, place := range into {
			v := reflect.ValueOf(place).Elem()
			for v.Kind() == reflect.Pointer && !v.IsNil() {
				v = v.Elem()
			}
			words[i] = "null"
			if v.Kind() != reflect.Pointer {
				words[i] = fmt.Sprint(v.Interface())
			}
		}
		lines = append(lines, strings.Join(words, " | "))
	}
	if err := a.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

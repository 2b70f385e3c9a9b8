package main

import (
	"bufio"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
)

// What is read comes out as it was, to the last byte, or the verb stops and says at which line: nothing is left out in
// silence.
func TestEachLine(t *testing.T) {
	longest := strings.Repeat("я", maxLine/len("я"))
	for _, c := range []struct {
		name, in, out string
		trouble       string // of the error, none for ""
	}{
		{name: "nothing"},
		{name: "an end after the last line", in: "a\n\nb\n", out: "a\n\nb\n"},
		{name: "no end after the last line", in: "a\r\nb", out: "a\r\nb"},
		{name: "the longest line", in: longest + "\nb", out: longest + "\nb"},
		{name: "the longest line without an end", in: longest, out: longest},
		{name: "one byte more", in: "a\n" + longest + "b\nc\n", out: "a\n", trouble: "line 2"},
		{name: "one byte more without an end", in: longest + "b", trouble: "line 1"},
		{name: "far more", in: "a\n" + longest + longest, out: "a\n", trouble: "line 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			a := &app{in: strings.NewReader(c.in), out: &out}
			err := a.eachLine(func(out *bufio.Writer, line, end string) error {
				_, err := out.WriteString(line + end)
				return err
			})
			if out.String() != c.out {
				t.Errorf("%d bytes came out, not the %d expected", out.Len(), len(c.out))
			}
			if (err != nil) != (c.trouble != "") || err != nil && (!strings.Contains(err.Error(), c.trouble) || qulaq.KindOf(err) != qulaq.Contract) {
				t.Errorf("error %v, want one of the data at %q", err, c.trouble)
			}
		})
	}
}

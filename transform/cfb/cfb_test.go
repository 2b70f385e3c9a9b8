package cfb

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/qulaq-kz/qulaq/transform/table"
)

func sample(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../doc/testdata/plan.doc")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestFile(t *testing.T) {
	f, err := Open(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, begins := range map[string][]byte{"WordDocument": {0xEC, 0xA5}, "worddocument": {0xEC, 0xA5}, "\x05SummaryInformation": {0xFE, 0xFF}} {
		got, err := f.Stream(name)
		if err != nil || !bytes.HasPrefix(got, begins) || !f.Has(name) {
			t.Errorf("%q: %d bytes, %v", name, len(got), err)
		}
	}
	if _, err := f.Stream("Workbook"); !errors.Is(err, table.ErrDamaged) || f.Has("Workbook") {
		t.Errorf("a stream that is not there: %v", err)
	}
}

func TestDamaged(t *testing.T) {
	whole := sample(t)
	changed := func(at int, value ...byte) []byte {
		data := bytes.Clone(whole)
		copy(data[at:], value)
		return data
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":           {nil, table.ErrFormat},
		"a zip":             {append([]byte("PK\x03\x04"), whole[4:]...), table.ErrFormat},
		"cut":               {whole[:600], table.ErrDamaged},
		"sectors of 2^30":   {changed(30, 30), table.ErrDamaged},
		"a far directory":   {changed(48, 0xff, 0xff, 0xff, 0x7f), table.ErrDamaged},
		"a far first table": {changed(76, 0xff, 0xff, 0xff, 0x7f), table.ErrDamaged},
		"a list of tables":  {changed(68, 0), table.ErrDamaged},
	} {
		if _, err := Open(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whatever the bytes, what comes out is no larger than what went in.
func FuzzOpen(f *testing.F) {
	f.Add(sample(f), uint32(513), byte(1))
	f.Fuzz(func(t *testing.T, data []byte, at uint32, value byte) {
		if len(data) > 0 {
			data = bytes.Clone(data)
			data[int(at)%len(data)] = value
		}
		c, err := Open(data)
		if err != nil {
			return
		}
		for _, s := range c.streams {
			if got, err := c.Stream(s.name); err == nil && len(got) > len(data) {
				t.Errorf("%q has %d bytes, the file %d", s.name, len(got), len(data))
			}
		}
	})
}

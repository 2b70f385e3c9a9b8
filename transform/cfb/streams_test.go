package cfb

import (
	"bytes"
	"errors"
	"testing"

	"github.com/qulaq-kz/qulaq/transform/cfb/cfbtest"
	"github.com/qulaq-kz/qulaq/transform/table"
)

func TestCompound(t *testing.T) {
	streams := map[string][]byte{"Workbook": bytes.Repeat([]byte("workbook"), 1000), "a": nil, "b": []byte("б")}
	small := cfbtest.Of(streams)

	// The same with its table of sectors named by a sector instead of the header, as in files of 7 MB and more.
	listed := append([]byte(nil), small...)
	le.PutUint32(listed[68:], uint32(len(small)/512-1))
	listed = append(listed, listed[76:512]...)
	listed = append(listed, bytes.Repeat([]byte{0xff}, 512-(512-76)-4)...)
	listed = le.AppendUint32(listed, 0xFFFFFFFE)
	for i := 76; i < 512; i++ {
		listed[i] = 0xff
	}

	for name, data := range map[string][]byte{"small sectors": small, "large sectors": cfbtest.With(12, streams), "a list of tables": listed} {
		c, err := Open(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for stream, want := range streams {
			if got, err := c.Stream(stream); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s, %s: %d bytes, %v", name, stream, len(got), err)
			}
		}
		if _, err := c.Stream("c"); !errors.Is(err, table.ErrDamaged) {
			t.Errorf("%s: a stream that is not there: %v", name, err)
		}
	}
}

func TestShortStreams(t *testing.T) {
	mini := make([]byte, 3*miniSector)
	for i := range mini {
		mini[i] = byte(i / miniSector)
	}
	c := &File{
		mini: mini, miniFAT: []uint32{2, 9, 0xFFFFFFFE, 3}, cutoff: 4096,
		streams: []entry{{"good", 0, 100}, {"nowhere", 1, 100}, {"beyond", 3, 100}, {"cut", 2, 100}},
	}
	want := append(bytes.Repeat([]byte{0}, 64), bytes.Repeat([]byte{2}, 36)...)
	if got, err := c.Stream("good"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("% x, %v", got, err)
	}
	if got, err := c.Stream("cut"); err != nil || len(got) != miniSector {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	for _, name := range []string{"nowhere", "beyond"} {
		if _, err := c.Stream(name); !errors.Is(err, table.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.miniFAT[2] = 0
	if _, err := c.Stream("good"); !errors.Is(err, table.ErrDamaged) {
		t.Errorf("a circle: %v", err)
	}
}

// Chains that never end: of sectors, of the list of tables, of the directory's tree.
func TestCircles(t *testing.T) {
	data := cfbtest.Of(map[string][]byte{"Workbook": bytes.Repeat([]byte("w"), 600)})
	fat := len(data) - 512
	chained := append([]byte(nil), data...)
	le.PutUint32(chained[fat+4:], 0) // the second sector of the stream leads to the first
	c, err := Open(chained)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Stream("Workbook"); !errors.Is(err, table.ErrDamaged) {
		t.Error(err)
	}
	tables := append([]byte(nil), data...)
	le.PutUint32(tables[68:], 0)
	le.PutUint32(tables[512+508:], 0) // sector 0 as a list of tables that goes on in sector 0
	copy(tables[512:512+508], bytes.Repeat([]byte{0xff}, 508))
	if _, err := Open(tables); !errors.Is(err, table.ErrDamaged) {
		t.Error(err)
	}
	tree := append([]byte(nil), data...)
	directory := bytes.Index(tree, []byte("R\x00o\x00o\x00t\x00 \x00E\x00n\x00t\x00r\x00y\x00"))
	le.PutUint32(tree[directory+entrySize+68:], 1)
	le.PutUint32(tree[directory+entrySize+72:], 1)
	if c, err := Open(tree); err != nil || len(c.streams) != 1 {
		t.Error(err)
	}
}

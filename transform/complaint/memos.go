package complaint

import "encoding/binary"

// memos remembers what was said of up to three cells of a row.
//
// Nearly every row repeats cells of those shortly before it, and a map would hash them at more than the cost of
// comparing: what was asked last stands in a small table besides, at the place that a few of its bytes tell.
type memos[T any] struct {
	all  map[string]*memoOf[T]
	last [1 << 9]*memoOf[T]
	key  []byte // scratch
}

type memoOf[T any] struct {
	cells [3]string
	value *T
}

func newMemos[T any]() *memos[T] { return &memos[T]{all: map[string]*memoOf[T]{}} }

// of returns what was kept for the cells; nil at their first sight.
func (m *memos[T]) of(cells *[3][]byte) *T {
	at := &m.last[placeOf(cells)%uint64(len(m.last))]
	if *at != nil && (*at).is(cells) {
		return (*at).value
	}
	got, ok := m.all[string(m.keyOf(cells))]
	if !ok {
		return nil
	}
	*at = got
	return got.value
}

// keep notes a value for cells that have none.
func (m *memos[T]) keep(cells *[3][]byte, value *T) {
	kept := &memoOf[T]{value: value}
	for i, c := range cells {
		kept.cells[i] = string(c)
	}
	m.all[string(m.keyOf(cells))] = kept
	m.last[placeOf(cells)%uint64(len(m.last))] = kept
}

func (m *memos[T]) forget() {
	clear(m.all)
	clear(m.last[:])
}

func (m *memoOf[T]) is(cells *[3][]byte) bool {
	return m.cells[0] == string(cells[0]) && m.cells[1] == string(cells[1]) && m.cells[2] == string(cells[2])
}

// keyOf writes cells as one key. A cell is told from the next by its length.
func (m *memos[T]) keyOf(cells *[3][]byte) []byte {
	m.key = m.key[:0]
	for _, c := range cells {
		m.key = append(binary.AppendUvarint(m.key, uint64(len(c))), c...)
	}
	return m.key
}

// placeOf is a cheap hash: of the size, the first and the last bytes of each cell.
func placeOf(cells *[3][]byte) uint64 {
	var h uint64
	for _, c := range cells {
		var ends uint64
		if n := len(c); n >= 8 {
			ends = binary.LittleEndian.Uint64(c)*0xd6e8feb86659fd93 ^ binary.LittleEndian.Uint64(c[n-8:])
		} else {
			for _, b := range c {
				ends = ends<<8 | uint64(b)
			}
		}
		h = (h ^ ends ^ uint64(len(c))<<56) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}

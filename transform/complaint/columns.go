package complaint

import (
	"bytes"
	"slices"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// dict builds a column of codes batch after batch. The batch's dictionary holds each of its values once,
// in the order of their first row, so that the same rows give the same bytes whoever built the batch
// before. Values met in earlier batches are only remembered to be found again without a copy.
type dict struct {
	slots  map[string]int32 // value → slot
	values []string         // of each slot
	batch  []uint32         // of each slot: the batch in which its index was given
	index  []uint16         // of each slot: its index in that batch's dictionary
	now    uint32
	recent [8]recalled

	// masked takes personal data out of a value when it is first met; nil for codes, which have none.
	masked func(room, value []byte) []byte

	order []int32 // slots of this batch's dictionary
	keys  *values[uint16]
	mem   memory.Allocator
}

// noSlot is the slot of an absent value.
const noSlot int32 = -1

// maxSlots bounds what is remembered: a column with more different values is no vocabulary.
const maxSlots = 1 << 18

func newDict(mem memory.Allocator) *dict {
	return &dict{slots: map[string]int32{}, now: 1, keys: valuesOf(array.NewUint16Builder(mem)), mem: mem}
}

// recalled is a value that was lately asked for.
type recalled struct {
	value string
	slot  int32
}

// slotOf returns the slot of a value, new or known; for an empty one noSlot.
func (d *dict) slotOf(value string) int32 {
	if value == "" {
		return noSlot
	}
	r := &d.recent[value[0]%uint8(len(d.recent))] // codes are few: a look into the map is rare
	if r.value != value {
		slot, ok := d.slots[value]
		if !ok {
			slot = d.add(value)
		}
		*r = recalled{value, slot}
	}
	return r.slot
}

func (d *dict) add(value string) int32 {
	slot := int32(len(d.values))
	d.slots[value] = slot
	d.values = append(d.values, value)
	d.batch = append(d.batch, 0)
	d.index = append(d.index, 0)
	return slot
}

// textSlot returns the slot of a value that may be empty.
func (d *dict) textSlot(value []byte) int32 {
	slot, ok := d.slots[string(value)]
	if ok {
		return slot
	}
	if d.masked != nil {
		if shown := d.masked(nil, value); !bytes.Equal(shown, value) {
			slot = d.textSlot(shown)
			d.slots[string(value)] = slot
			return slot
		}
	}
	return d.add(string(value))
}

// text appends a value that may be empty.
func (d *dict) text(value []byte) { d.code(d.textSlot(value)) }

// orNull appends a value, and null for an empty one.
func (d *dict) orNull(value []byte) {
	if len(value) == 0 {
		d.code(noSlot)
		return
	}
	d.text(value)
}

// code appends the value of a slot; null for noSlot.
func (d *dict) code(slot int32) {
	if slot == noSlot {
		d.keys.null()
		return
	}
	if d.batch[slot] != d.now {
		d.batch[slot] = d.now
		d.index[slot] = uint16(len(d.order))
		d.order = append(d.order, slot)
	}
	d.keys.add(d.index[slot])
}

// repeat appends the value of a slot so many times.
func (d *dict) repeat(slot int32, rows int) {
	if rows > 0 {
		d.code(slot)
		d.keys.repeat(rows - 1)
	}
}

// finish returns the batch's column and begins the next. The caller releases it.
func (d *dict) finish() arrow.Array {
	values := array.NewStringBuilder(d.mem)
	defer values.Release()
	for _, slot := range d.order {
		values.Append(d.values[slot])
	}
	dictionary := values.NewArray()
	defer dictionary.Release()
	keys := d.keys.finish()
	defer keys.Release()
	d.order = d.order[:0]
	d.now++
	return array.NewDictionaryArray(code, keys, dictionary)
}

// full says that too many different values are remembered; the caller forgets them between batches.
func (d *dict) full() bool { return len(d.values) > maxSlots }

// forget drops what is remembered. Slots given before are void.
func (d *dict) forget() {
	clear(d.slots)
	d.values, d.batch, d.index = d.values[:0], d.batch[:0], d.index[:0]
	d.recent = [8]recalled{}
}

// values gathers the values of a batch's rows and gives them to Arrow at once: its builders look after their room and a
// bitmap of nulls at every row.
type values[T any] struct {
	rows    []T
	valid   []bool // which rows are not null; empty while none is
	builder builder[T]
}

type builder[T any] interface {
	AppendValues(values []T, valid []bool)
	AppendNulls(n int)
	NewArray() arrow.Array
}

func valuesOf[T any](b builder[T]) *values[T] { return &values[T]{builder: b} }

func (v *values[T]) add(value T) {
	v.rows = append(v.rows, value)
	if len(v.valid) > 0 {
		v.valid = append(v.valid, true)
	}
}

func (v *values[T]) null() {
	for len(v.valid) < len(v.rows) {
		v.valid = append(v.valid, true)
	}
	var zero T
	v.rows, v.valid = append(v.rows, zero), append(v.valid, false)
}

// repeat appends the last value so many times more.
func (v *values[T]) repeat(more int) {
	from := len(v.rows)
	v.rows = slices.Grow(v.rows, more)[:from+more]
	for i := range v.rows[from:] {
		v.rows[from+i] = v.rows[from-1]
	}
	for len(v.valid) > 0 && len(v.valid) < len(v.rows) {
		v.valid = append(v.valid, v.valid[from-1])
	}
}

// fill appends nulls to a column that the file does not have.
func (v *values[T]) fill(rows int) {
	if len(v.rows) == 0 {
		v.builder.AppendNulls(rows)
	}
}

// finish returns the batch's column and begins the next. The caller releases it.
func (v *values[T]) finish() arrow.Array {
	if len(v.rows) > 0 {
		v.builder.AppendValues(v.rows, v.valid)
	}
	v.rows, v.valid = v.rows[:0], v.valid[:0]
	return v.builder.NewArray()
}

// texts builds a column of texts without nulls, for the reasons of values in the memory of its array.
type texts struct {
	offsets []int32 // where the texts of the rows end
	bytes   *memory.Buffer
	used    int // of bytes
	mem     memory.Allocator
}

// fewest is for how many bytes a column has room that has any.
const fewest = 1 << 16

func newTexts(mem memory.Allocator) *texts {
	return &texts{bytes: memory.NewResizableBuffer(mem), mem: mem}
}

// reserve makes room for so many bytes in all.
func (t *texts) reserve(bytes int) {
	switch {
	case bytes <= t.bytes.Len():
	case t.used == 0: // all that will be shown of it is written before
		t.bytes.Release()
		t.bytes = memory.NewBufferWithAllocator(uncleared(t.mem, bytes), t.mem)
	default:
		t.bytes.Resize(bytes)
	}
}

func (t *texts) add(text []byte) {
	end := t.used + len(text)
	if end > t.bytes.Len() {
		t.reserve(max(2*t.bytes.Len(), end, fewest))
	}
	copy(t.bytes.Buf()[t.used:], text)
	t.used = end
	t.offsets = append(t.offsets, int32(end))
}

// finish returns the batch's column and begins the next. The caller releases it.
func (t *texts) finish() arrow.Array {
	offsets := memory.NewResizableBuffer(t.mem)
	offsets.Resize(arrow.Int32Traits.BytesRequired(len(t.offsets) + 1))
	copy(arrow.Int32Traits.CastFromBytes(offsets.Bytes())[1:], t.offsets) // the first text begins at 0
	t.bytes.ResizeNoShrink(t.used)
	data := array.NewData(text, len(t.offsets), []*memory.Buffer{nil, offsets, t.bytes}, nil, 0, 0)
	defer data.Release()
	offsets.Release()
	t.bytes.Release()
	t.offsets, t.bytes, t.used = t.offsets[:0], memory.NewResizableBuffer(t.mem), 0
	return array.NewStringData(data)
}

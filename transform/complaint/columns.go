package complaint

import (
	"bytes"

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

	// masked takes personal data out of a value when it is first met; nil for codes, which have none.
	masked func(room, value []byte) []byte

	order   []int32  // slots of this batch's dictionary
	indexes []uint16 // of the rows of this batch
	valid   []bool   // which rows are not null; empty while none is
	keys    *array.Uint16Builder
	mem     memory.Allocator
}

// noSlot is the slot of an absent value.
const noSlot int32 = -1

// maxSlots bounds what is remembered: a column with more different values is no vocabulary.
const maxSlots = 1 << 18

func newDict(mem memory.Allocator) *dict {
	return &dict{slots: map[string]int32{}, now: 1, keys: array.NewUint16Builder(mem), mem: mem}
}

// slotOf returns the slot of a value, new or known; for an empty one noSlot.
func (d *dict) slotOf(value string) int32 {
	if value == "" {
		return noSlot
	}
	slot, ok := d.slots[value]
	if !ok {
		slot = d.add(value)
	}
	return slot
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

// code appends the value of a slot; null for noSlot. Rows are gathered in slices and given to Arrow at once: its
// builder looks after a bitmap of nulls at every row.
func (d *dict) code(slot int32) {
	if slot == noSlot {
		for len(d.valid) < len(d.indexes) {
			d.valid = append(d.valid, true)
		}
		d.indexes, d.valid = append(d.indexes, 0), append(d.valid, false)
		return
	}
	if d.batch[slot] != d.now {
		d.batch[slot] = d.now
		d.index[slot] = uint16(len(d.order))
		d.order = append(d.order, slot)
	}
	d.indexes = append(d.indexes, d.index[slot])
	if len(d.valid) > 0 {
		d.valid = append(d.valid, true)
	}
}

// repeat appends the value of a slot so many times.
func (d *dict) repeat(slot int32, rows int) {
	for range rows {
		d.code(slot)
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
	d.keys.AppendValues(d.indexes, d.valid)
	d.indexes, d.valid = d.indexes[:0], d.valid[:0]
	keys := d.keys.NewArray()
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
}

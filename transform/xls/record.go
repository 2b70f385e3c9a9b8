package xls

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/qulaq-kz/qulaq/transform/table"
)

var le = binary.LittleEndian

func damaged(format string, arguments ...any) error {
	return fmt.Errorf(format+": %w", append(arguments, table.ErrDamaged)...)
}

// The records that are read (MS-XLS 2.3). Where BIFF5 and BIFF8 differ, it is in the text of a record alone.
const (
	recFormula     = 0x0006
	recEOF         = 0x000A
	recDate1904    = 0x0022
	recFilePass    = 0x002F
	recContinue    = 0x003C
	recCodePage    = 0x0042
	recObject      = 0x005D
	recColInfo     = 0x007D
	recBoundSheet  = 0x0085
	recMulRK       = 0x00BD
	recRString     = 0x00D6
	recXF          = 0x00E0
	recMergedCells = 0x00E5
	recSST         = 0x00FC
	recObjectText  = 0x01B6
	recLabelSST    = 0x00FD
	recNumber      = 0x0203
	recLabel       = 0x0204
	recBoolErr     = 0x0205
	recString      = 0x0207
	recRow         = 0x0208
	recRK          = 0x027E
	recFormat      = 0x041E
	recBOF         = 0x0809
)

// records goes over a stream of records. A record that goes on in CONTINUE records has its pieces in more; what
// is split where depends on the record, so they are not joined.
type records struct {
	data []byte
	pos  int

	kind uint16
	body []byte
	more [][]byte // bodies of the CONTINUE records behind it
}

// next goes to the next record. It returns false at the end of the stream.
func (r *records) next() (bool, error) {
	r.more = r.more[:0]
	for {
		kind, body, ok, err := r.one()
		switch {
		case err != nil || !ok:
			return false, err
		case kind == recContinue: // of a record that is not read
			continue
		}
		r.kind, r.body = kind, body
		break
	}
	for {
		before := r.pos
		kind, body, ok, err := r.one()
		if err != nil {
			return false, err
		}
		if !ok || kind != recContinue {
			r.pos = before
			return true, nil
		}
		r.more = append(r.more, body)
	}
}

// one reads one record as it stands. Bytes too few for a head are padding.
func (r *records) one() (kind uint16, body []byte, ok bool, err error) {
	if len(r.data)-r.pos < 4 {
		return 0, nil, false, nil
	}
	kind, size := le.Uint16(r.data[r.pos:]), int(le.Uint16(r.data[r.pos+2:]))
	start := r.pos + 4
	if size > len(r.data)-start {
		return 0, nil, false, damaged("the stream of records ends inside one")
	}
	r.pos = start + size
	return kind, r.data[start:r.pos], true, nil
}

// cursor reads the values of a record, over its pieces.
type cursor struct {
	now  []byte
	more [][]byte
}

func (r *records) cursor() cursor { return cursor{r.body, r.more} }

var errShort = errors.New("the record is too short")

// turn goes to the next piece when the present one is used up. It returns false when there is none.
func (c *cursor) turn() bool {
	for len(c.now) == 0 {
		if len(c.more) == 0 {
			return false
		}
		c.now, c.more = c.more[0], c.more[1:]
	}
	return true
}

// take returns n bytes that stand in one piece.
func (c *cursor) take(n int) ([]byte, error) {
	if n > 0 && !c.turn() || len(c.now) < n {
		return nil, errShort
	}
	b := c.now[:n]
	c.now = c.now[n:]
	return b, nil
}

func (c *cursor) u8() (byte, error) {
	b, err := c.take(1)
	if err != nil {
		return 0, err
	}
	return b[0], nil
}

func (c *cursor) u16() (int, error) {
	b, err := c.take(2)
	if err != nil {
		return 0, err
	}
	return int(le.Uint16(b)), nil
}

func (c *cursor) u32() (uint32, error) {
	b, err := c.take(4)
	if err != nil {
		return 0, err
	}
	return le.Uint32(b), nil
}

// skip passes over n bytes, however they are split.
func (c *cursor) skip(n int64) error {
	for n > 0 {
		if !c.turn() {
			return errShort
		}
		step := min(n, int64(len(c.now)))
		c.now = c.now[step:]
		n -= step
	}
	return nil
}

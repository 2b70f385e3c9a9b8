package load

import (
	"context"
	"fmt"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/cespare/xxhash/v2"
)

// insertSettings of the stream of rows into the stage. The server writes what one insert brought at its
// end: where inserts end is decided here.
var insertSettings = clickhouse.Settings{
	"insert_deduplicate":              0, // a legitimate repeat of a block is no accident
	"async_insert":                    0,
	"max_partitions_per_insert_block": 0, // an export of years has as many months
	"min_insert_block_size_bytes":     1 << 40,
	"min_insert_block_size_rows":      1 << 40,
}

// insertBytes is how much one insert brings. Fewer bytes make more parts, each a hundred files, which the
// deletion of replaced rows pays for; more have to be held by the server.
const insertBytes = 128 << 20

// writers is how many inserts the server may be writing while the next one comes. With none it would write
// while the program waits, and wait while the program reads.
const writers = 1

// stream is one INSERT under way.
type stream struct {
	batch   driver.Batch
	columns []column.Interface
	bytes   int64
}

// Append sends a record. Its columns are those of the table but load_id, named alike. After an error the
// stage can only be discarded.
func (s *Stage) Append(ctx context.Context, record arrow.Record) error {
	if s.insert == nil {
		if err := s.open(ctx, record.Schema()); err != nil {
			return err
		}
	}
	in := s.insert
	n := int(record.NumRows())
	for i, c := range record.Columns() {
		if err := s.filler.fill(in.columns[i], c); err != nil {
			return s.failed("move columns", err)
		}
	}
	id := constant(s.l.ID, n)
	defer id.Release()
	if err := s.filler.fill(in.columns[len(in.columns)-1], id); err != nil {
		return s.failed("move columns", err)
	}
	s.count(record)
	if err := in.batch.Flush(); err != nil {
		return s.failed("send rows", err)
	}
	if in.bytes += size(record); in.bytes >= s.enough {
		return s.send()
	}
	return nil
}

// send ends the insert that takes rows. The server writes it while the next one comes.
func (s *Stage) send() error {
	if s.insert == nil {
		return nil
	}
	answer := make(chan error, 1)
	go func(batch driver.Batch) { answer <- batch.Send() }(s.insert.batch)
	s.sending, s.insert = append(s.sending, answer), nil
	return s.sent(writers)
}

// sent waits until no more than so many inserts are being written.
func (s *Stage) sent(left int) error {
	for len(s.sending) > left {
		err := <-s.sending[0]
		s.sending = s.sending[1:]
		if err != nil {
			// What the server made of it is unknown: the stage is dropped and the load done again.
			return s.failed("finish insert", err)
		}
	}
	return nil
}

func (s *Stage) open(ctx context.Context, schema *arrow.Schema) error {
	names := make([]string, 0, schema.NumFields()+1)
	for _, f := range schema.Fields() {
		names = append(names, Quote(f.Name))
	}
	names = append(names, Quote("load_id"))
	batch, err := s.w.conn.PrepareBatch(
		clickhouse.Context(ctx, clickhouse.WithSettings(s.w.with(insertSettings))),
		"INSERT INTO "+s.name+" ("+strings.Join(names, ", ")+")")
	if err != nil {
		return s.failed("begin insert", err)
	}
	s.insert = &stream{batch: batch, columns: batch.Columns()}
	s.texts = s.texts[:0]
	for i, c := range s.insert.columns {
		if Quote(c.Name()) != names[i] {
			return s.failed("begin insert", fmt.Errorf("column %d is %s, not %s", i, c.Name(), names[i]))
		}
		if c.Type() == "String" {
			s.texts = append(s.texts, names[i])
		}
	}
	return nil
}

// arrowMemory serves the few small columns that this package makes itself.
var arrowMemory = memory.NewGoAllocator()

// constant is a column of one value.
func constant(value string, n int) arrow.Array {
	t := &arrow.DictionaryType{IndexType: arrow.PrimitiveTypes.Uint16, ValueType: arrow.BinaryTypes.String}
	values := array.NewStringBuilder(arrowMemory)
	defer values.Release()
	values.Append(value)
	dictionary := values.NewArray()
	defer dictionary.Release()
	keys := array.NewUint16Builder(arrowMemory)
	defer keys.Release()
	keys.AppendValues(make([]uint16, n), nil)
	indexes := keys.NewArray()
	defer indexes.Release()
	return array.NewDictionaryArray(t, indexes, dictionary)
}

// count adds a record to what the server's own sums are compared with.
func (s *Stage) count(record arrow.Record) {
	s.rows += uint64(record.NumRows())
	for i, f := range record.Schema().Fields() {
		column, ok := record.Column(i).(*array.String)
		if !ok {
			continue
		}
		s.text += uint64(len(column.ValueBytes()))
		if f.Name == s.l.Table.Key {
			for j := range column.Len() {
				s.keys += xxhash.Sum64String(column.Value(j))
			}
		}
	}
}

// size is how many bytes a record takes in memory, without its dictionaries.
func size(record arrow.Record) int64 {
	var n int64
	for _, c := range record.Columns() {
		for _, b := range c.Data().Buffers() {
			if b != nil {
				n += int64(b.Len())
			}
		}
	}
	return n
}

package load

import (
	"context"
	"errors"
	"reflect"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/qulaq-kz/qulaq"
)

// Answer is the answer to a question, read row by row. The caller closes it.
type Answer struct {
	rows driver.Rows
}

// readOnly lets a question read and set its own settings, and change nothing.
var readOnly = clickhouse.Settings{"readonly": 2}

// Ask puts a question to the warehouse. A statement that would change anything is refused, whoever asks: an error of kind
// Configuration.
func (w *Warehouse) Ask(ctx context.Context, question string, args ...any) (*Answer, error) {
	rows, err := w.conn.Query(clickhouse.Context(ctx, clickhouse.WithSettings(w.with(readOnly))), question, args...)
	var x *clickhouse.Exception
	if errors.As(err, &x) && x.Code == codeReadOnly {
		return nil, &qulaq.Error{
			Op: "ask the warehouse", Kind: qulaq.Configuration, Err: err,
			Hint: "questions only read; to change data use a ClickHouse client: `qulaq clickhouse` lets one in",
		}
	}
	if err != nil {
		return nil, failed("ask the warehouse", "", err)
	}
	return &Answer{rows}, nil
}

// Columns returns the names of the columns.
func (a *Answer) Columns() []string { return a.rows.Columns() }

// Types returns ClickHouse's names of the columns' types.
func (a *Answer) Types() []string {
	types := a.rows.ColumnTypes()
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = t.DatabaseTypeName()
	}
	return names
}

// Next moves to the next row.
func (a *Answer) Next() bool { return a.rows.Next() }

// Scan reads the row's values.
func (a *Answer) Scan(into ...any) error {
	if err := a.rows.Scan(into...); err != nil {
		return failed("read the answer", "", err)
	}
	return nil
}

// Into returns new places for the values of a row, of the types that the columns have.
func (a *Answer) Into() []any {
	types := a.rows.ColumnTypes()
	into := make([]any, len(types))
	for i, t := range types {
		into[i] = newOf(t.ScanType())
	}
	return into
}

// Err returns what ended the rows early.
func (a *Answer) Err() error {
	if err := a.rows.Err(); err != nil {
		return failed("read the answer", "", err)
	}
	return nil
}

// Close ends the answer.
func (a *Answer) Close() error { return a.rows.Close() }

// Do runs a statement that answers nothing, or whose answer does not matter.
func (w *Warehouse) Do(ctx context.Context, statement string, args ...any) error {
	return w.exec(ctx, "tell the warehouse", "", statement, args...)
}

// newOf returns a pointer to a new value of a type.
func newOf(t reflect.Type) any { return reflect.New(t).Interface() }

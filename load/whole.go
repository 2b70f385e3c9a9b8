package load

import (
	"context"
	"errors"
	"fmt"

	"github.com/qulaq-kz/qulaq"
)

// Tables of facts that a source owns whole: they are made anew from all that the archive holds of it. Their
// partition key is the source alone.
var (
	Plans        = Table{Name: "plans", Key: "plan_id"}
	PlanItems    = Table{Name: "plan_items", Key: "item_id"}
	Publications = Table{Name: "publications", Key: "publication_id"}
	Claims       = Table{Name: "claims", Key: "claim_id"}
)

// PublishWhole proves what was staged, swaps it in place of all rows of the source, proves it again and
// records it. Nothing of what lived is merged: what was not staged is gone. A stage without rows empties the
// source. note is as Publish has it.
func (s *Stage) PublishWhole(ctx context.Context, note func(context.Context) error) (Result, error) {
	var none Result
	if err := errors.Join(s.send(), s.sent(0)); err != nil {
		return none, err
	}
	if err := s.l.Step(StepStaged); err != nil {
		return none, err
	}
	if s.rows > 0 {
		if err := s.proveWhole(ctx); err != nil {
			return none, err
		}
	}
	units, err := s.units(ctx)
	if err != nil {
		return none, err
	}
	var emptied []unit
	if len(units) == 0 {
		if emptied, err = s.partitions(ctx, Quote(s.l.Table.Name)); err != nil {
			return none, err
		}
	}
	return s.swapIn(ctx, units, emptied, 0, note)
}

// proveWhole compares what the server holds with what was sent. No key may be there twice, and nothing of
// another source, which the swap would not carry over.
func (s *Stage) proveWhole(ctx context.Context) error {
	var rows, keys, unique, strangers uint64
	question := "SELECT count(), " + s.keySum() + ", uniqExact(" + Quote(s.l.Table.Key) + "), countIf(source != ?) FROM " + s.name
	if err := s.w.row(ctx, "prove", s.name, question, []any{s.l.Source}, &rows, &keys, &unique, &strangers); err != nil {
		return err
	}
	switch {
	case rows != s.rows || keys != s.keys:
		return s.disproved(fmt.Sprintf("sent %d rows (keys %x), the server holds %d (%x)", s.rows, s.keys, rows, keys))
	case strangers > 0:
		return s.disproved(fmt.Sprintf("%d rows are of another source", strangers))
	case unique != rows:
		return &qulaq.Error{
			Op: "prove", Object: s.name, Kind: qulaq.Bug,
			Err: fmt.Errorf("%d rows have only %d different keys (%s)", rows, unique, s.l.Table.Key),
		}
	}
	return nil
}

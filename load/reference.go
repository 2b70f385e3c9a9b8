package load

import (
	"context"
	"encoding/json"
)

// Region is a row of the table regions. See its column comments.
type Region struct {
	Code      string  `ch:"code"`
	Level     string  `ch:"level"`
	Region    string  `ch:"region_code"`
	NameRU    string  `ch:"name_ru"`
	NameKK    string  `ch:"name_kk"`
	NameEN    string  `ch:"name_en"`
	ISO       string  `ch:"iso"`
	ValidFrom *string `ch:"valid_from"` // YYYY-MM-DD
	ValidTo   *string `ch:"valid_to"`
	TodayCode *string `ch:"today_code"`
}

// Category is a row of the table categories.
type Category struct {
	Code   string `ch:"code"`
	NameRU string `ch:"name_ru"`
	NameKK string `ch:"name_kk"`
	NameEN string `ch:"name_en"`
	Scope  string `ch:"scope"`
}

// Source is a row of the table sources.
type Source struct {
	Source string `ch:"source"`
	Title  string `ch:"title"`
	Kind   string `ch:"kind"`
}

// Body is a row of the table bodies.
type Body struct {
	Body     string  `ch:"body"`
	Key      string  `ch:"body_key"`
	Name     string  `ch:"name"`
	Kind     string  `ch:"kind"`
	Level    string  `ch:"level"`
	Scope    string  `ch:"scope"`
	Region   *string `ch:"region_code"`
	District *string `ch:"district_code"`
}

// Settlement is a row of the table settlements.
type Settlement struct {
	Code     string `ch:"code"`
	NameRU   string `ch:"name_ru"`
	NameKK   string `ch:"name_kk"`
	Region   string `ch:"region_code"`
	District string `ch:"district_code"`
}

// Reference is the content of the small tables that come with the program.
type Reference struct {
	Regions    []Region
	Categories []Category
	Sources    []Source
}

// SetReference makes the reference tables equal to what the program knows; a table that already is stays
// untouched.
func (w *Warehouse) SetReference(ctx context.Context, owner string, r Reference) error {
	if err := replace(ctx, w, "regions", owner, r.Regions,
		"SELECT * REPLACE (toString(valid_from) AS valid_from, toString(valid_to) AS valid_to) FROM regions"); err != nil {
		return err
	}
	if err := replace(ctx, w, "categories", owner, r.Categories, "SELECT * FROM categories"); err != nil {
		return err
	}
	return replace(ctx, w, "sources", owner, r.Sources, "SELECT * FROM sources")
}

// SetSettlements makes the table of settlements equal to a classifier.
func (w *Warehouse) SetSettlements(ctx context.Context, owner string, want []Settlement) error {
	return replace(ctx, w, "settlements", owner, want, "SELECT * FROM settlements")
}

// maxBodies bounds how many spellings of bodies are told apart: far more than there are bodies, less than a
// hostile export could name.
const maxBodies = 200_000

// BodyNames lists the spellings of bodies in the complaints, in order.
func (w *Warehouse) BodyNames(ctx context.Context) ([]string, error) {
	var names []struct {
		Body string `ch:"body"`
	}
	if err := w.conn.Select(ctx, &names,
		"SELECT DISTINCT assumeNotNull(body) AS body FROM complaints WHERE body IS NOT NULL ORDER BY body LIMIT ?", maxBodies); err != nil {
		return nil, failed("list", "bodies", err)
	}
	all := make([]string, len(names))
	for i := range names {
		all[i] = names[i].Body
	}
	return all, nil
}

// SetBodies makes the table of bodies equal to what the program says of the spellings.
func (w *Warehouse) SetBodies(ctx context.Context, owner string, want []Body) error {
	return replace(ctx, w, "bodies", owner, want, "SELECT * FROM bodies")
}

// replace swaps a small table's whole content in one step.
func replace[T any](ctx context.Context, w *Warehouse, table, owner string, want []T, question string) error {
	var have []T
	if err := w.conn.Select(ctx, &have, question); err != nil {
		return failed("read", table, err)
	}
	same, err := sameRows(have, want)
	if err != nil || same {
		return err
	}
	if len(want) == 0 {
		return w.empty(ctx, table)
	}
	return w.swapWhole(ctx, table, owner, func(stage string) (uint64, error) {
		return uint64(len(want)), insert(ctx, w, stage, want)
	})
}

// swapWhole puts what fill writes into a staging table in place of a small table's whole content, in one step. fill says
// how many rows it wrote.
func (w *Warehouse) swapWhole(ctx context.Context, table, owner string, fill func(stage string) (rows uint64, err error)) error {
	stage := stagePrefix + table
	if err := w.exec(ctx, "drop staging table", stage, "DROP TABLE IF EXISTS "+Quote(stage)+" SYNC"); err != nil {
		return err
	}
	if err := w.exec(ctx, "make staging table", stage, "CREATE TABLE "+Quote(stage)+" AS "+Quote(table)+" COMMENT ?", owner); err != nil {
		return err
	}
	rows, err := fill(stage)
	if err != nil {
		return err
	}
	if rows == 0 {
		err = w.empty(ctx, table)
	} else {
		err = w.exec(ctx, "swap in", table, "ALTER TABLE "+Quote(table)+" REPLACE PARTITION tuple() FROM "+Quote(stage))
	}
	if err != nil {
		return err
	}
	return w.exec(ctx, "drop staging table", stage, "DROP TABLE "+Quote(stage)+" SYNC")
}

// empty takes all rows from a small table: a partition cannot be replaced by nothing.
func (w *Warehouse) empty(ctx context.Context, table string) error {
	return w.exec(ctx, "empty", table, "TRUNCATE TABLE "+Quote(table)+" SYNC")
}

// sameRows compares two sets of rows.
func sameRows[T any](a, b []T) (bool, error) {
	if len(a) != len(b) {
		return false, nil
	}
	seen := make(map[string]int, len(a))
	for i, rows := range [...][]T{a, b} {
		for _, row := range rows {
			key, err := json.Marshal(row) // follows pointers, as comparing must
			if err != nil {
				return false, err
			}
			if i == 0 {
				seen[string(key)]++
			} else if seen[string(key)]--; seen[string(key)] < 0 {
				return false, nil
			}
		}
	}
	return true, nil
}

package load

import (
	"context"
	"reflect"
	"slices"
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

// replace swaps a small table's whole content in one step.
func replace[T any](ctx context.Context, w *Warehouse, table, owner string, want []T, question string) error {
	var have []T
	if err := w.conn.Select(ctx, &have, question); err != nil {
		return failed("read", table, err)
	}
	if sameRows(have, want) {
		return nil
	}
	stage := stagePrefix + table
	if err := w.exec(ctx, "drop staging table", stage, "DROP TABLE IF EXISTS "+Quote(stage)+" SYNC"); err != nil {
		return err
	}
	if err := w.exec(ctx, "make staging table", stage, "CREATE TABLE "+Quote(stage)+" AS "+Quote(table)+" COMMENT ?", owner); err != nil {
		return err
	}
	if err := insert(ctx, w, stage, want); err != nil {
		return err
	}
	if err := w.exec(ctx, "swap in", table, "ALTER TABLE "+Quote(table)+" REPLACE PARTITION tuple() FROM "+Quote(stage)); err != nil {
		return err
	}
	return w.exec(ctx, "drop staging table", stage, "DROP TABLE "+Quote(stage)+" SYNC")
}

// sameRows compares two sets of rows.
func sameRows[T any](a, b []T) bool {
	if len(a) != len(b) {
		return false
	}
	for _, x := range a {
		if !slices.ContainsFunc(b, func(y T) bool { return reflect.DeepEqual(x, y) }) {
			return false
		}
	}
	return true
}

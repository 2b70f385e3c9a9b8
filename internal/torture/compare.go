//go:build linux

package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/load"
)

// journals say what happened, and so rightly hold more after a fault, such as a look that came to nothing. Of their
// rows only what must be there is compared: by this question, without how often. What a load of plans was made of is not
// asked: a night that looked twice has more pages in its archive.
var journals = map[string]string{
	"runs":          "DISTINCT toString((pipeline, state)) AS row FROM runs WHERE state = 'ok'",
	"loads":         "DISTINCT toString((target, source, unit)) AS row FROM loads WHERE step = 'done'",
	"looks":         "DISTINCT toString((at, source, lang, outcome, complete)) AS row FROM looks WHERE complete",
	"attempts":      "DISTINCT toString((url, status)) AS row FROM attempts WHERE status = 200",
	"notifications": "DISTINCT toString((at, step)) AS row FROM notifications",
}

// bookkeeping are columns that say which run or load brought a row.
var bookkeeping = []string{"run_id", "load_id", "owner"}

// contents are the rows of every table as text, with how often each is there.
type contents map[string]map[string]int64

// read reads all tables. Staging tables are named by it, too: none may be left.
func read(ctx context.Context, w *load.Warehouse) (contents, error) {
	names, err := list(ctx, w, "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' AND name != 'schema_migrations' ORDER BY name")
	if err != nil {
		return nil, err
	}
	all := contents{}
	for _, table := range names {
		question := journals[table]
		if question == "" {
			columns, err := list(ctx, w, "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '"+table+"' AND name NOT IN ('"+strings.Join(bookkeeping, "', '")+"') ORDER BY name")
			if err != nil {
				return nil, err
			}
			question = "toString(tuple(" + strings.Join(columns, ", ") + ")) AS row FROM " + table
		}
		if all[table], err = count(ctx, w, question); err != nil {
			return nil, fmt.Errorf("read %s: %w", table, err)
		}
	}
	return all, nil
}

// count counts how often each row is there.
func count(ctx context.Context, w *load.Warehouse, question string) (map[string]int64, error) {
	a, err := w.Ask(ctx, "SELECT row, count() FROM (SELECT "+question+") GROUP BY row")
	if err != nil {
		return nil, err
	}
	defer a.Close()
	rows := map[string]int64{}
	for a.Next() {
		var row string
		var n uint64
		if err := a.Scan(&row, &n); err != nil {
			return nil, err
		}
		rows[row] = int64(n)
	}
	return rows, a.Err()
}

func list(ctx context.Context, w *load.Warehouse, question string) (names []string, err error) {
	a, err := w.Ask(ctx, question)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	for a.Next() {
		var name string
		if err := a.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, a.Err()
}

// difference is what a table lacks, and has too much of.
type difference struct {
	table         string
	lost, doubled int64
	examples      []string // some of these rows
}

// shown is how many rows a difference names.
const shown = 4

func (d *difference) add(sign, row string, n int64) int64 {
	if n > 0 && len(d.examples) < shown {
		d.examples = append(d.examples, sign+" "+row)
	}
	return max(0, n)
}

// against compares with what should be there. More rows are no fault of a journal.
func (got contents) against(want contents) (all []difference) {
	tables := maps.Clone(want)
	maps.Copy(tables, got)
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		d := difference{table: table}
		for row, n := range want[table] {
			d.lost += d.add("-", row, n-got[table][row])
		}
		if _, journal := journals[table]; !journal {
			for row, n := range got[table] {
				d.doubled += d.add("+", row, n-want[table][row])
			}
			if _, known := want[table]; !known {
				d.doubled++ // a table that nobody knows is a staging table that was left
			}
		}
		if d.lost+d.doubled > 0 {
			all = append(all, d)
		}
	}
	return all
}

package load

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// comparing is what the database beside the warehouse is called.
const comparing = "_as_it_should_be"

// Drift says in what the schema differs from the one that migrations and views make, a line each: other hands changed a
// table, or a migration ended in the middle. It makes a database beside the warehouse for the time of the question, and
// an error says that it may not.
func (w *Warehouse) Drift(ctx context.Context) (differences []string, err error) {
	name := w.database + comparing
	if err := w.exec(ctx, "make a database", name, "CREATE DATABASE "+Quote(name)); err != nil {
		return nil, err
	}
	defer func() {
		dropping := context.WithoutCancel(ctx)
		err = errors.Join(err, w.exec(dropping, "drop a database", name, "DROP DATABASE IF EXISTS "+Quote(name)+" SYNC"))
	}()
	options := *w.options
	options.Auth.Database = name
	conn, err := clickhouse.Open(&options)
	if err != nil {
		return nil, failed("connect to", name, err)
	}
	should := &Warehouse{conn: conn, options: &options, database: name, memory: w.memory}
	defer func() { err = errors.Join(err, should.Close()) }()
	if _, err := should.Migrate(ctx); err != nil {
		return nil, err
	}
	want, err := should.columns(ctx)
	if err != nil {
		return nil, err
	}
	got, err := w.columns(ctx)
	if err != nil {
		return nil, err
	}
	all := maps.Clone(want)
	maps.Copy(all, got)
	tables := map[string]bool{} // that are there
	for column := range got {
		tables[tableOf(column)] = true
	}
	for _, column := range slices.Sorted(maps.Keys(all)) {
		is, there := got[column]
		as, wanted := want[column]
		switch table := tableOf(column); {
		case !tables[table]: // said once for all its columns
			if what := table + " is missing"; !slices.Contains(differences, what) {
				differences = append(differences, what)
			}
		case !there:
			differences = append(differences, fmt.Sprintf("%s is missing (%s)", column, as))
		case !wanted:
			differences = append(differences, fmt.Sprintf("%s is not of this program (%s)", column, is))
		case is != as:
			differences = append(differences, fmt.Sprintf("%s is %s and should be %s", column, is, as))
		}
	}
	return differences, nil
}

func tableOf(column string) string {
	table, _, _ := strings.Cut(column, ".")
	return table
}

// columns are the types of all columns, by table.column. Staging tables are left out.
func (w *Warehouse) columns(ctx context.Context) (map[string]string, error) {
	rows, err := w.conn.Query(ctx, "SELECT concat(table, '.', name), type FROM system.columns WHERE database = currentDatabase() AND NOT startsWith(table, ?)", stagePrefix)
	if err != nil {
		return nil, failed("read", "system.columns", err)
	}
	defer rows.Close()
	all := map[string]string{}
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, failed("read", "system.columns", err)
		}
		all[name] = kind
	}
	if err := rows.Err(); err != nil {
		return nil, failed("read", "system.columns", err)
	}
	return all, nil
}

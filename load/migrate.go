package load

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"

	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// migrationsTable remembers which migrations were applied.
const migrationsTable = "schema_migrations"

// Migrate brings the schema up to date and makes all views anew. It returns the names of the migrations it
// applied. Tables are changed by migrations only; views hold no data, so their files are simply applied.
func (w *Warehouse) Migrate(ctx context.Context) (applied []string, err error) {
	migrations, err := warehousesql.Migrations()
	if err != nil {
		return nil, failed("read", "migrations", err)
	}
	provider, db, err := w.provider(migrations)
	if err != nil {
		return nil, failed("prepare", "migrations", err)
	}
	defer db.Close()
	results, err := provider.Up(ctx)
	for _, r := range results {
		applied = append(applied, r.Source.Path)
	}
	if err != nil {
		return applied, failed("migrate", w.database, err)
	}
	views, err := warehousesql.Views()
	if err != nil {
		return applied, failed("read", "views", err)
	}
	for _, v := range views {
		for _, statement := range split(v.Text) {
			if err := w.exec(ctx, "make view", v.Name, statement); err != nil {
				return applied, err
			}
		}
	}
	return applied, nil
}

// HasSchema says whether any migration was ever applied.
func (w *Warehouse) HasSchema(ctx context.Context) (bool, error) {
	var n uint64
	err := w.row(ctx, "look for", migrationsTable,
		"SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = ?", []any{migrationsTable}, &n)
	return n > 0, err
}

func (w *Warehouse) provider(migrations fs.FS) (*goose.Provider, *sql.DB, error) {
	options := *w.options
	options.MaxOpenConns, options.MaxIdleConns = 0, 0 // the sql.DB has its own
	db := clickhouse.OpenDB(&options)
	provider, err := goose.NewProvider(goose.DialectClickHouse, db, migrations,
		goose.WithTableName(migrationsTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return provider, db, nil
}

// split cuts a file into statements; none of ours holds a semicolon in a string at a line's end.
func split(text string) []string {
	var list []string
	for _, s := range strings.SplitAfter(text, ";\n") {
		s = strings.TrimSuffix(strings.TrimSpace(s), ";")
		if strings.TrimSpace(s) != "" {
			list = append(list, s)
		}
	}
	return list
}

package load

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"

	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// migrationsTable remembers which migrations were applied.
const migrationsTable = "schema_migrations"

// MigrateIfNew does what Migrate does where the schema is not yet the one of this program, and nothing where it is: to make
// all views anew takes a second or two, which every run would pay.
func (w *Warehouse) MigrateIfNew(ctx context.Context) (applied []string, err error) {
	mark, err := schemaMark()
	if err != nil {
		return nil, err
	}
	var same uint64
	if err := w.row(ctx, "look for", migrationsTable,
		"SELECT count() FROM system.tables WHERE database = currentDatabase() AND name = ? AND comment = ?", []any{migrationsTable, mark}, &same); err != nil {
		return nil, err
	}
	if same > 0 {
		return nil, nil
	}
	return w.Migrate(ctx)
}

// schemaMark tells the schema of this program from others: a hash of all its migrations and views. The table of migrations
// carries it as its comment.
func schemaMark() (string, error) {
	sum := sha256.New()
	migrations, err := warehousesql.Migrations()
	if err == nil {
		err = fs.WalkDir(migrations, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := fs.ReadFile(migrations, path)
			fmt.Fprintf(sum, "%s\x00%s\x00", path, text)
			return err
		})
	}
	if err != nil {
		return "", failed("read", "migrations", err)
	}
	views, err := warehousesql.Views()
	if err != nil {
		return "", failed("read", "views", err)
	}
	for _, v := range views {
		fmt.Fprintf(sum, "%s\x00%s\x00", v.Name, v.Text)
	}
	return fmt.Sprintf("schema %x", sum.Sum(nil)), nil
}

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
	mark, err := schemaMark()
	if err != nil {
		return applied, err
	}
	return applied, w.exec(ctx, "mark", migrationsTable, "ALTER TABLE "+migrationsTable+" MODIFY COMMENT '"+mark+"'")
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

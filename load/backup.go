package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/pressly/goose/v3"

	"github.com/qulaq-kz/qulaq"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

// TableSum is what a table holds, short: two tables with the same rows have the same one, in whatever parts and order.
type TableSum struct {
	Table    string `json:"table"`
	Rows     uint64 `json:"rows"`
	Checksum uint64 `json:"checksum"` // of all columns but load_id and run_id
	Origins  uint64 `json:"origins"`  // of those
}

// Place is where ClickHouse's BACKUP writes, in its own words: File('/mnt/x'), Disk('backups', 'x'),
// S3(named_collection, 'x').
type Place string

// InFolder is a folder on the machine of the server.
func InFolder(path string) Place { return Place("File(" + literal(path) + ")") }

// A place is one call with names, numbers and strings: whatever else somebody writes there is no place. The parts are what is
// called, its first argument, and whatever follows the second.
var placePattern = func() *regexp.Regexp {
	const argument = `(?:\w+|'(?:[^'\\]|\\.)*')`
	const next = `\s*,\s*` + argument
	return regexp.MustCompile(`^(File|Disk|S3|AzureBlobStorage)\(\s*(` + argument + `)(?:` + next + `)?((?:` + next + `)*)\s*\)$`)
}()

// Check says why it is no place. Keys are refused: a statement stands in the server's log and list of processes.
func (p Place) Check() error {
	m := placePattern.FindStringSubmatch(string(p))
	if m == nil {
		return errors.New("it is not one of File('…'), Disk('…', '…'), S3(…), AzureBlobStorage(…)")
	}
	call, first, more := m[1], m[2], m[3]
	if (call == "S3" || call == "AzureBlobStorage") && (strings.HasPrefix(first, "'") || more != "") {
		return errors.New("it holds an address and maybe keys: name a collection of the server's configuration, S3(backups, 'night')")
	}
	return nil
}

// literal writes a string for a statement.
func literal(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}

// Tables lists the tables that hold rows of the warehouse, by name: no views, no staging tables.
func (w *Warehouse) Tables(ctx context.Context) (names []string, err error) {
	err = w.row(ctx, "list tables", w.database,
		"SELECT arraySort(groupArray(name)) FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree%' AND NOT startsWith(name, ?)",
		[]any{stagePrefix}, &names)
	return names, err
}

// Contents sums up every table.
func (w *Warehouse) Contents(ctx context.Context) ([]TableSum, error) {
	names, err := w.Tables(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]TableSum, len(names))
	for i, name := range names {
		facts, err := w.Checksum(ctx, name)
		if err != nil {
			return nil, err
		}
		var origins []string
		if err := w.row(ctx, "list columns", name,
			"SELECT groupArray(name) FROM (SELECT name FROM system.columns WHERE database = currentDatabase() AND table = ? AND name IN ('load_id', 'run_id') ORDER BY name)",
			[]any{name}, &origins); err != nil {
			return nil, err
		}
		from := "toUInt64(0)"
		if len(origins) > 0 {
			from = "sum(cityHash64(toString(" + strings.Join(origins, "), toString(") + ")))"
		}
		all[i].Table = name
		if err := w.row(ctx, "sum up", name, "SELECT count(), "+facts+", "+from+" FROM "+Quote(name), nil,
			&all[i].Rows, &all[i].Checksum, &all[i].Origins); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// SchemaVersion is the number of the newest migration that the warehouse has had; 0 for none.
func (w *Warehouse) SchemaVersion(ctx context.Context) (version int64, err error) {
	err = w.row(ctx, "read", migrationsTable, "SELECT max(version_id) FROM "+migrationsTable+" WHERE is_applied = 1", nil, &version)
	return version, err
}

// ProgramSchema is the number of the newest migration that this program has.
func ProgramSchema() (newest int64, err error) {
	migrations, err := warehousesql.Migrations()
	if err != nil {
		return 0, failed("read", "migrations", err)
	}
	files, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return 0, failed("read", "migrations", err)
	}
	for _, name := range files {
		number, err := goose.NumericComponent(name)
		if err != nil {
			return 0, failed("read", "migrations", err)
		}
		newest = max(newest, number)
	}
	return newest, nil
}

// ServerVersion is the version of the ClickHouse that answers.
func (w *Warehouse) ServerVersion(ctx context.Context) (version string, err error) {
	err = w.row(ctx, "ask for", "version", "SELECT version()", nil, &version)
	return version, err
}

// backupTries is how often a backup is begun in which somebody wrote.
const backupTries = 3

// Backup writes all tables to a place and returns what they hold. While it works nobody may write: the sums before and
// after must be the same. A backup that was disturbed is given up, and made again at the next place; places gives them.
// Views are not in it, the program has them.
func (w *Warehouse) Backup(ctx context.Context, places func(try int) Place) (sums []TableSum, to Place, err error) {
	before, err := w.Contents(ctx)
	if err != nil {
		return nil, "", err
	}
	if len(before) == 0 {
		return nil, "", &qulaq.Error{Op: "back up", Object: w.database, Kind: qulaq.Configuration, Err: errors.New("there are no tables"), Hint: "nothing was ever loaded: is this the right configuration?"}
	}
	list := make([]string, len(before))
	for i, t := range before {
		list[i] = "TABLE " + Quote(w.database) + "." + Quote(t.Table)
	}
	for try := range backupTries {
		to = places(try)
		if err := w.exec(ctx, "back up", w.database, "BACKUP "+strings.Join(list, ", ")+" TO "+string(to)); err != nil {
			return nil, to, misplaced(err)
		}
		after, err := w.Contents(ctx)
		if err != nil {
			return nil, to, err
		}
		if slices.Equal(before, after) {
			return after, to, nil
		}
		before = after
	}
	return nil, to, &qulaq.Error{
		Op: "back up", Object: w.database, Kind: qulaq.Transient, Err: errors.New("somebody wrote while it was made, every time"),
		Hint: "make it when no run is at work",
	}
}

// misplaced says what to do where the server may not write or read at a place.
func misplaced(err error) error {
	var x *clickhouse.Exception
	var ours *qulaq.Error
	if errors.As(err, &x) && errors.As(err, &ours) && x.Code == codeInvalidConfig {
		ours.Kind = qulaq.Configuration
		ours.Hint = "a server writes backups only where its configuration allows, <backups><allowed_path>; or name another place for it, such as Disk('backups', '…')"
	}
	return err
}

// ErrBroken is the reason of an error about a backup that does not give back what it should hold.
var ErrBroken = errors.New("the backup is broken")

// restoring is what the database is called until all of it was restored and compared.
const restoring = "_being_restored"

// Restore reads the tables of a backup into the warehouse, which must be empty, and compares them with what they should
// hold. Everything happens in a database beside it that takes its name at the very end: killed anywhere, or of a broken
// backup, the warehouse is as empty as before. from is the database's name in the backup. The views are not there
// afterwards: Migrate makes them.
func (w *Warehouse) Restore(ctx context.Context, place Place, from string, want []TableSum) (err error) {
	if err := w.WantEmpty(ctx); err != nil {
		return err
	}
	beside := w.database + restoring
	conn, err := w.beside()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	do := func(op, statement string) error {
		if err := conn.Exec(ctx, statement); err != nil {
			return failed(op, w.database, err)
		}
		return nil
	}
	// What a restore that was killed left.
	if err := w.drop(ctx, conn, beside); err != nil {
		return err
	}
	if err := do("make a database beside", "CREATE DATABASE "+Quote(beside)); err != nil {
		return err
	}
	list := make([]string, len(want))
	for i, t := range want {
		list[i] = "TABLE " + Quote(from) + "." + Quote(t.Table) + " AS " + Quote(beside) + "." + Quote(t.Table)
	}
	if err := do("restore", "RESTORE "+strings.Join(list, ", ")+" FROM "+string(place)); err != nil {
		return w.broken(misplaced(err))
	}
	got, err := w.contentsOf(ctx, beside)
	if err != nil {
		return w.broken(err)
	}
	if differences := compare(want, got); len(differences) > 0 {
		return w.broken(errors.New(strings.Join(differences, "; ")))
	}
	// The mark says that views are there; they are not.
	if err := do("mark", "ALTER TABLE "+Quote(beside)+"."+migrationsTable+" MODIFY COMMENT 'restored'"); err != nil {
		return err
	}
	if err := w.WantEmpty(ctx); err != nil { // still
		return err
	}
	if err := w.drop(ctx, conn, w.database); err != nil {
		return err
	}
	return do("name", "RENAME DATABASE "+Quote(beside)+" TO "+Quote(w.database))
}

// broken says that a backup cannot be believed, unless it is known that something else went wrong: a place that may not be
// read, a connection that was cut.
func (w *Warehouse) broken(err error) error {
	if qulaq.KindOf(err) != qulaq.Bug && !isBrokenPart(err) {
		return err
	}
	return &qulaq.Error{
		Op: "restore", Object: w.database, Kind: qulaq.Contract, Err: fmt.Errorf("%w: %w", ErrBroken, err),
		Hint: "the warehouse is as empty as before; take another backup",
	}
}

// remade are the tables that the program fills by itself: they may hold rows where nothing was ever loaded.
var remade = []string{
	AnomalyMonths.Table, "bodies", "categories", "meeting_norms", "population", "regions", migrationsTable, "settlements", "sources", SystemicGroups.Table,
}

// ours says whether a name in a database is that of a table or view of the program, or of a staging table for one.
func ours(name string, program []warehousesql.Access) bool {
	return slices.ContainsFunc(program, func(a warehousesql.Access) bool {
		return name == a.Name || name == stagePrefix+a.Name || strings.HasPrefix(name, stagePrefix+a.Name+"_")
	})
}

// WantEmpty demands that nothing was ever loaded or recorded here, and that nothing is here of anybody else: a restore drops
// the database. The schema and its reference tables may be there, and what a load that died had staged.
func (w *Warehouse) WantEmpty(ctx context.Context) error {
	var names, views []string
	if err := w.row(ctx, "list tables", w.database,
		"SELECT arraySort(groupArray(name)), groupArrayIf(name, engine = 'View') FROM system.tables WHERE database = currentDatabase()",
		nil, &names, &views); err != nil {
		return err
	}
	program := warehousesql.Accesses()
	refuse := func(why string, args ...any) error {
		return &qulaq.Error{
			Op: "restore", Object: w.database, Kind: qulaq.Configuration, Err: fmt.Errorf("the warehouse is not empty: "+why, args...),
			Hint: "a restore overwrites nothing: name an empty data folder, or another database in `warehouse`",
		}
	}
	for _, name := range names {
		if !ours(name, program) {
			return refuse("%s is no table of this program", name)
		}
		if slices.Contains(remade, name) || slices.Contains(views, name) || strings.HasPrefix(name, stagePrefix) {
			continue
		}
		var rows uint64
		if err := w.row(ctx, "count", name, "SELECT count() FROM "+Quote(name), nil, &rows); err != nil {
			return err
		}
		if rows > 0 {
			return refuse("%s has %d rows", name, rows)
		}
	}
	return nil
}

// Holds says whether the warehouse holds what a backup of some schema does: every table that grows by loads and runs the same
// rows. The others are made anew by every program. Where migrations came since, only their number is compared.
func (w *Warehouse) Holds(ctx context.Context, want []TableSum, schema int64) (bool, error) {
	got, err := w.Contents(ctx)
	if err != nil {
		return false, err
	}
	grown := slices.DeleteFunc(slices.Clone(want), func(t TableSum) bool { return t.Origins == 0 })
	if len(grown) == 0 || len(compare(grown, got)) == 0 {
		return len(grown) > 0, nil
	}
	if !slices.ContainsFunc(got, func(t TableSum) bool { return t.Table == migrationsTable }) {
		return false, nil
	}
	version, err := w.SchemaVersion(ctx)
	if err != nil || version == schema {
		return false, err
	}
	return !slices.ContainsFunc(grown, func(t TableSum) bool {
		return !slices.ContainsFunc(got, func(g TableSum) bool { return g.Table == t.Table && g.Rows == t.Rows })
	}), nil
}

// TakeBack empties a warehouse of what a restore put there, as far as it came: want and schema are those of its backup. A
// warehouse that holds anything else stays as it is, with an error.
func (w *Warehouse) TakeBack(ctx context.Context, want []TableSum, schema int64) (err error) {
	conn, err := w.beside()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if err := w.drop(ctx, conn, w.database+restoring); err != nil {
		return err
	}
	empty := w.WantEmpty(ctx)
	if empty == nil {
		return nil
	}
	whole, err := w.Holds(ctx, want, schema)
	if err != nil {
		return err
	}
	var foreign []string
	if err := w.row(ctx, "list tables", w.database, "SELECT arraySort(groupArray(name)) FROM system.tables WHERE database = currentDatabase()", nil, &foreign); err != nil {
		return err
	}
	program := warehousesql.Accesses()
	foreign = slices.DeleteFunc(foreign, func(name string) bool { return ours(name, program) })
	if !whole || len(foreign) > 0 {
		return &qulaq.Error{
			Op: "take back a restore in", Object: w.database, Kind: qulaq.Configuration,
			Err:  fmt.Errorf("the warehouse holds something else than the restore put there: %w", empty),
			Hint: "is `warehouse` of the configuration the one that was restored into? name an empty one to begin again",
		}
	}
	if err := w.drop(ctx, conn, w.database); err != nil {
		return err
	}
	if err := conn.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+Quote(w.database)); err != nil {
		return failed("take back a restore in", w.database, err)
	}
	return nil
}

// drop drops a database. The last statement of a program that was killed may still be at work in it.
func (w *Warehouse) drop(ctx context.Context, conn clickhouse.Conn, database string) error {
	for end := time.Now().Add(10 * time.Second); ; {
		err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+Quote(database)+" SYNC")
		if err == nil {
			return nil
		}
		var x *clickhouse.Exception
		if !errors.As(err, &x) || x.Code != codeDatabaseNotEmpty || time.Now().After(end) || ctx.Err() != nil {
			return failed("drop", database, err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// beside is a connection that names no database, and so outlives the end of one.
func (w *Warehouse) beside() (clickhouse.Conn, error) {
	bare := *w.options
	bare.Auth.Database = ""
	conn, err := clickhouse.Open(&bare)
	if err != nil {
		return nil, failed("connect to", w.database, err)
	}
	return conn, nil
}

// contentsOf sums up the tables of another database of the server.
func (w *Warehouse) contentsOf(ctx context.Context, database string) (sums []TableSum, err error) {
	options := *w.options
	options.Auth.Database = database
	conn, err := clickhouse.Open(&options)
	if err != nil {
		return nil, failed("connect to", database, err)
	}
	other := &Warehouse{conn: conn, options: &options, database: database, memory: w.memory}
	defer func() { err = errors.Join(err, other.Close()) }()
	return other.Contents(ctx)
}

// compare says in what tables differ from what they should hold.
func compare(want, got []TableSum) (differences []string) {
	for _, t := range want {
		i := slices.IndexFunc(got, func(g TableSum) bool { return g.Table == t.Table })
		switch {
		case i < 0:
			differences = append(differences, t.Table+" is missing")
		case got[i].Rows != t.Rows:
			differences = append(differences, fmt.Sprintf("%s has %d rows and should have %d", t.Table, got[i].Rows, t.Rows))
		case got[i] != t:
			differences = append(differences, t.Table+" holds other values than it should")
		}
	}
	return differences
}

package load

import (
	"context"
	"fmt"
	"strings"
)

// fewRows is how many rows of a partition are read as fast as their projections.
const fewRows = 10_000

// MakeProjections has the server make the projections of complaints that are missing, in the background: those of months
// that were loaded or changed. Nothing depends on it but speed, for the server reads the rows of a part without them; so
// nobody waits, and a server that stops goes on with it when it starts again. It returns for how many partitions they were
// asked for.
func (w *Warehouse) MakeProjections(ctx context.Context) (int, error) {
	const here = " WHERE database = currentDatabase() AND table = 'complaints'"
	var under uint64
	if err := w.row(ctx, "look for projections", Complaints.Name,
		"SELECT count() FROM system.mutations"+here+" AND NOT is_done AND command LIKE '%MATERIALIZE PROJECTION%'", nil, &under); err != nil {
		return 0, err
	}
	if under > 0 {
		return 0, nil // the next run asks again
	}
	var names, partitions []string
	if err := w.row(ctx, "look for projections", Complaints.Name, "SELECT groupArray(name) FROM system.projections"+here, nil, &names); err != nil {
		return 0, err
	}
	question := "SELECT groupArray(partition_id) FROM (SELECT partition_id FROM system.parts" + here + " AND active GROUP BY partition_id HAVING sum(rows) >= ? " +
		"AND countIf(name NOT IN (SELECT parent_name FROM system.projection_parts" + here + " AND active GROUP BY parent_name HAVING uniqExact(name) >= ?)) > 0 ORDER BY partition_id)"
	if err := w.row(ctx, "look for projections", Complaints.Name, question, []any{fewRows, len(names)}, &partitions); err != nil {
		return 0, err
	}
	if len(names) == 0 || len(partitions) == 0 {
		return 0, nil
	}
	var commands []string
	for _, id := range partitions {
		for _, name := range names {
			commands = append(commands, fmt.Sprintf("MATERIALIZE PROJECTION %s IN PARTITION ID '%s'", Quote(name), id))
		}
	}
	return len(partitions), w.exec(ctx, "make projections", Complaints.Name,
		"ALTER TABLE "+Quote(Complaints.Name)+" "+strings.Join(commands, ", ")+" SETTINGS mutations_sync = 0")
}

// Kept is a view whose answer takes long, and the table that keeps it.
type Kept struct{ Table, View string }

// What complaints repeat, and in which months there were more than usual.
var (
	SystemicGroups = Kept{"systemic_groups", "systemic_issues"}
	AnomalyMonths  = Kept{"anomaly_months", "anomalies"}
)

// Keep asks a view and swaps its answer in, unless this version of the program has asked it since the last load of complaints
// was begun. The ledger says so by the id of that load, recorded after the swap: a run that dies before it leaves the old
// answer, and the next one asks anew. e tells who asks and when; the rest is filled in here.
func (w *Warehouse) Keep(ctx context.Context, k Kept, owner string, e Entry) error {
	var newest, known, by string
	if err := w.row(ctx, "read", "loads", "SELECT maxIf(load_id, target = ?), maxIf(load_id, target = ?), argMaxIf(version, load_id, target = ?) FROM loads",
		[]any{Complaints.Name, k.Table, k.Table}, &newest, &known, &by); err != nil || newest == "" || newest <= known && by == e.Version {
		return err
	}
	if newest <= known { // the view may answer with what was kept, which an older version made
		if err := w.empty(ctx, k.Table); err != nil {
			return err
		}
	}
	err := w.swapWhole(ctx, k.Table, owner, func(stage string) (rows uint64, err error) {
		if err := w.exec(ctx, "keep "+k.View, k.Table, "INSERT INTO "+Quote(stage)+" SELECT * FROM "+Quote(k.View)); err != nil {
			return 0, err
		}
		err = w.row(ctx, "count", stage, "SELECT count() FROM "+Quote(stage), nil, &rows)
		e.Rows = rows
		return rows, err
	})
	if err != nil {
		return err
	}
	e.LoadID, e.Step, e.Target = newest, "done", k.Table
	return w.Record(ctx, e)
}

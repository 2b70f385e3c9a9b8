package load

import "context"

// TableSize is what a table takes on the disk of the warehouse.
type TableSize struct {
	Table string `ch:"table"`
	Rows  uint64 `ch:"rows"`
	Bytes uint64 `ch:"bytes"` // packed, of the parts that live
	Parts uint64 `ch:"parts"`
	// Waste are the bytes of parts that were replaced and are not removed yet.
	Waste uint64 `ch:"waste"`
}

// Sizes returns what every table takes, the largest first.
func (w *Warehouse) Sizes(ctx context.Context) ([]TableSize, error) {
	var all []TableSize
	if err := w.conn.Select(ctx, &all,
		"SELECT table, sumIf(rows, active) AS rows, sumIf(bytes_on_disk, active) AS bytes, countIf(active) AS parts, sumIf(bytes_on_disk, NOT active) AS waste "+
			"FROM system.parts WHERE database = currentDatabase() GROUP BY table ORDER BY bytes DESC, table"); err != nil {
		return nil, failed("read", "system.parts", err)
	}
	return all, nil
}

// Disk is where the warehouse lies.
type Disk struct {
	Name  string `ch:"name"`
	Free  uint64 `ch:"free_space"`
	Total uint64 `ch:"total_space"`
}

// Disks returns the disks of the server that have a size.
func (w *Warehouse) Disks(ctx context.Context) ([]Disk, error) {
	var all []Disk
	if err := w.conn.Select(ctx, &all, "SELECT name, free_space, total_space FROM system.disks WHERE total_space > 0 ORDER BY name"); err != nil {
		return nil, failed("read", "system.disks", err)
	}
	return all, nil
}

package pipelines

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/internal/metrics"
	"github.com/qulaq-kz/qulaq/internal/render"
)

// month is the time over which growth is measured.
const month = 30 * 24 * time.Hour

// Size is what a kind of objects of the archive, or a table of the warehouse, takes.
type Size struct {
	Room  string // archive or warehouse
	Name  string
	Count uint64 // objects or rows
	Bytes uint64 // on the disk
	// Grown are the bytes of Bytes that came in the last 30 days; of a table as many as its rows take by the average. Nil
	// where nothing tells: such a table is made anew and grows with the others.
	Grown *uint64
}

// Disk is a disk that archive or warehouse lie on.
type Disk struct {
	Name        string
	Free, Total uint64
	// Days until it is full, when it grows on as in the last 30; nil when it does not grow.
	Days *uint64
}

// newRows count the rows that a table got since a moment, for the tables that tell. Complaints grow by what loads brought,
// less what it replaced.
var newRows = map[string]string{
	"complaints":    "SELECT greatest(sum(toInt64(rows)) - sum(toInt64(repeated)), 0) FROM loads WHERE target = 'complaints' AND step = 'done' AND unit = '' AND at >= toDateTime64(?, 3)",
	"runs":          "SELECT toInt64(count()) FROM runs WHERE started_at >= toDateTime64(?, 3)",
	"loads":         "SELECT toInt64(count()) FROM loads WHERE at >= toDateTime64(?, 3)",
	"snapshots":     "SELECT toInt64(count()) FROM snapshots WHERE seen_at >= toDateTime64(?, 3)",
	"looks":         "SELECT toInt64(count()) FROM looks WHERE at >= toDateTime64(?, 3)",
	"attempts":      "SELECT toInt64(count()) FROM attempts WHERE at >= toDateTime64(?, 3)",
	"verdicts":      "SELECT toInt64(count()) FROM verdicts WHERE judged_on >= toDate(toDateTime64(?, 3, 'Asia/Almaty'))",
	"notifications": "SELECT toInt64(count()) FROM notifications WHERE at >= toDateTime64(?, 3)",
	"removals":      "SELECT toInt64(count()) FROM removals WHERE at >= toDateTime64(?, 3)",
}

// Sizes measures the archive, where there is one on this machine, by kind and the warehouse by table, the largest first, and
// the disks that they lie on.
func (e *Environment) Sizes(ctx context.Context) (sizes []Size, disks []Disk, err error) {
	objects, err := e.archiveSizes(ctx)
	if err != nil {
		return nil, nil, err
	}
	tables, err := e.tableSizes(ctx)
	if err != nil {
		return nil, nil, err
	}
	disks, err = e.disks(ctx, grownBy(objects), grownBy(tables))
	return append(objects, tables...), disks, err
}

func (e *Environment) archiveSizes(ctx context.Context) (all []Size, err error) {
	if e.Archive == nil {
		if _, err := os.Stat(filepath.Join(e.Config.Data, "archive")); errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err := e.OpenArchive(); err != nil {
			return nil, err
		}
	}
	since := e.Now().Add(-month)
	err = e.Archive.Objects(ctx, func(o extract.Object) error {
		name := kindOf(o)
		if name == "" {
			name = "other"
		}
		i := slices.IndexFunc(all, func(s Size) bool { return s.Name == name })
		if i < 0 {
			i = len(all)
			all = append(all, Size{Room: inArchive, Name: name, Grown: new(uint64)})
		}
		all[i].Count++
		all[i].Bytes += uint64(o.Bytes)
		if o.First().SeenAt.After(since) {
			*all[i].Grown += uint64(o.Bytes)
		}
		return nil
	})
	slices.SortFunc(all, func(a, b Size) int { return cmp.Or(cmp.Compare(b.Bytes, a.Bytes), cmp.Compare(a.Name, b.Name)) })
	return all, err
}

func (e *Environment) tableSizes(ctx context.Context) ([]Size, error) {
	tables, err := e.Warehouse.Sizes(ctx)
	if err != nil {
		return nil, err
	}
	var all []Size
	for _, t := range tables {
		s := Size{Room: inWarehouse, Name: t.Table, Count: t.Rows, Bytes: t.Bytes}
		if question, ok := newRows[t.Table]; ok && t.Rows > 0 {
			rows, err := e.number(ctx, question, e.Now().Add(-month).Unix())
			if err != nil {
				return nil, err
			}
			grown := uint64(float64(t.Bytes) * float64(min(rows, int64(t.Rows))) / float64(t.Rows))
			s.Grown = &grown
		}
		all = append(all, s)
	}
	return all, nil
}

// number asks a question whose answer is one number.
func (e *Environment) number(ctx context.Context, question string, args ...any) (n int64, err error) {
	a, err := e.Warehouse.Ask(ctx, question, args...)
	if err != nil {
		return 0, err
	}
	defer a.Close()
	for a.Next() {
		if err := a.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, a.Err()
}

func grownBy(sizes []Size) (sum uint64) {
	for _, s := range sizes {
		if s.Grown != nil {
			sum += *s.Grown
		}
	}
	return sum
}

// disks returns that of the data folder, and those of a server. The embedded engine lies in the data folder.
func (e *Environment) disks(ctx context.Context, archive, warehouse uint64) (all []Disk, err error) {
	days := func(free, grown uint64) *uint64 {
		if grown == 0 {
			return nil
		}
		n := uint64(float64(free) / float64(grown) * month.Hours() / 24)
		return &n
	}
	embedded := e.Config.Warehouse == Embedded
	grown := archive
	if embedded {
		grown += warehouse
	}
	var disk unix.Statfs_t
	switch err := unix.Statfs(e.Config.Data, &disk); {
	case errors.Is(err, fs.ErrNotExist): // somebody else's warehouse is looked at from here
	case err != nil:
		return nil, &qulaq.Error{Op: "look at the disk", Object: e.Config.Data, Kind: qulaq.Configuration, Err: err}
	default:
		free := disk.Bavail * uint64(disk.Bsize)
		all = append(all, Disk{Name: "data", Free: free, Total: disk.Blocks * uint64(disk.Bsize), Days: days(free, grown)})
	}
	if embedded {
		return all, nil
	}
	servers, err := e.Warehouse.Disks(ctx)
	for _, d := range servers {
		all = append(all, Disk{Name: "warehouse " + d.Name, Free: d.Free, Total: d.Total, Days: days(d.Free, warehouse)})
	}
	return all, err
}

// sizes writes them as a table, or as JSON lines.
func (e *Environment) sizes(ctx context.Context, w io.Writer, format string) error {
	sizes, disks, err := e.Sizes(ctx)
	if err != nil {
		return err
	}
	if format == "table" {
		fmt.Fprintf(w, "Sizes, and what came in 30 days\n\n")
	}
	list := render.NewListing(w, format, "where", "what", "count", "bytes", "in 30 days")
	for _, column := range []int{2, 3, 4} {
		list.Right(column)
	}
	for _, s := range sizes {
		var grown any
		in30 := ""
		if s.Grown != nil {
			grown, in30 = *s.Grown, render.Bytes(*s.Grown)
		}
		if err := list.Row(render.Object{
			{Name: "kind", Value: "size"},
			{Name: "room", Value: s.Room},
			{Name: "name", Value: s.Name},
			{Name: "count", Value: s.Count},
			{Name: "bytes", Value: s.Bytes},
			{Name: "bytes_in_30_days", Value: grown},
		}, s.Room, s.Name, fmt.Sprint(s.Count), render.Bytes(s.Bytes), in30); err != nil {
			return err
		}
	}
	if err := list.Flush(); err != nil {
		return err
	}
	if format == "table" {
		fmt.Fprintf(w, "\nDisks\n\n")
	}
	list = render.NewListing(w, format, "disk", "free", "of", "full in days")
	for _, column := range []int{1, 2, 3} {
		list.Right(column)
	}
	for _, d := range disks {
		var days any
		full := ""
		if d.Days != nil {
			days, full = *d.Days, fmt.Sprint(*d.Days)
		}
		if err := list.Row(render.Object{
			{Name: "kind", Value: "disk"},
			{Name: "disk", Value: d.Name},
			{Name: "free_bytes", Value: d.Free},
			{Name: "total_bytes", Value: d.Total},
			{Name: "full_in_days", Value: days},
		}, d.Name, render.Bytes(d.Free), render.Bytes(d.Total), full); err != nil {
			return err
		}
	}
	if err := list.Flush(); err != nil {
		return err
	}
	if format == "table" {
		fmt.Fprintln(w)
	}
	return nil
}

// measureSizes puts the sizes among the figures.
func (e *Environment) measureSizes(ctx context.Context, set *metrics.Set) error {
	tables, err := e.Warehouse.Sizes(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := set.Put("qulaq_table_bytes", float64(t.Bytes), t.Table); err != nil {
			return err
		}
	}
	disks, err := e.disks(ctx, 0, 0)
	if err != nil {
		return err
	}
	for _, d := range disks {
		if err := set.Put("qulaq_disk_free_bytes", float64(d.Free), d.Name); err != nil {
			return err
		}
	}
	return nil
}

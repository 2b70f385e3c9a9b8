package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) backupVerb() *cobra.Command {
	var o pipelines.BackupOptions
	var place, format string
	c := &cobra.Command{
		Use:   "backup FOLDER",
		Short: "Copy warehouse and archive into a new folder",
		Long: `Writes the warehouse (by ClickHouse's BACKUP), the archive and the reference files
into a folder that is new or empty, reads the archive's copy back, and writes
manifest.json last, with rows and checksum of every table: a folder without it is
no backup. The configuration is not in it, for it may hold secrets.

It may be made while ` + "`qulaq serve`" + ` is up. When somebody writes meanwhile it is begun
again, three times at most.

A server writes its part itself, as the user that it runs as, and only where its
configuration allows. --warehouse-to names such a place in ClickHouse's words;
keys stand in a named collection of the server and not in it.`,
		Example: `  qulaq backup /mnt/backup/$(date +%F)
  qulaq backup /mnt/backup/$(date +%F) --no-archive      the archive is copied by rsync
  qulaq backup ./night --warehouse-to "Disk('backups', 'qulaq/night')"`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if o.Warehouse, err = placeOf("warehouse-to", place); err != nil {
				return err
			}
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			o.Folder = args[0]
			return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
				if err := e.EnsureSchema(ctx); err != nil {
					return err
				}
				if err := e.OpenArchive(); err != nil {
					return err
				}
				m, err := e.Backup(ctx, o)
				if err != nil {
					return err
				}
				return a.manifest("backup", o.Folder, format, m)
			})
		},
	}
	f := c.Flags()
	f.StringVar(&place, "warehouse-to", "", "`place` for the server's part: File('…'), Disk('…', '…'), S3(collection, '…')")
	f.BoolVar(&o.NoArchive, "no-archive", false, "without the archive")
	f.StringVar(&format, "format", "text", "`format` of the summary: text or json")
	return c
}

func (a *app) restoreVerb() *cobra.Command {
	var o pipelines.RestoreOptions
	var place, format string
	var undo bool
	c := &cobra.Command{
		Use:   pipelines.RestoreVerb + " FOLDER | --undo",
		Short: "Read a backup into an empty warehouse and archive",
		Long: `Reads what ` + "`qulaq backup`" + ` wrote into the data folder and the warehouse of the
configuration, both empty: it overwrites nothing. Every object of the archive is
proved by its hash, every table is compared with the manifest. Until all is there
and proved, no other verb uses the data folder. A restore that was killed goes on
by the same call, and --undo takes back what it put there, and nothing else. A
backup that does not give back what it should is an error, with code 1.`,
		Example: `  qulaq restore /mnt/backup/2026-11-22
  qulaq restore ./night --warehouse-from "Disk('backups', 'qulaq/night')"
  qulaq restore --undo`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if undo != (len(args) == 0) {
				return usage("restore wants the folder of a backup, or --undo")
			}
			if undo {
				return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error { return e.UndoRestore(ctx) })
			}
			var err error
			if o.Warehouse, err = placeOf("warehouse-from", place); err != nil {
				return err
			}
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			o.Folder = args[0]
			return a.withWarehouse(c, pipelines.Own, func(ctx context.Context, e *pipelines.Environment) error {
				m, err := e.Restore(ctx, o)
				if err != nil {
					return err
				}
				return a.manifest("restore", o.Folder, format, m)
			})
		},
	}
	f := c.Flags()
	f.BoolVar(&undo, "undo", false, "take back a restore that was begun and did not end")
	f.StringVar(&place, "warehouse-from", "", "`place` of the server's part, as it was named for the backup")
	f.StringVar(&format, "format", "text", "`format` of the summary: text or json")
	return c
}

// placeOf reads a flag that names a place in ClickHouse's words.
func placeOf(flag, value string) (load.Place, error) {
	p := load.Place(value)
	if value == "" {
		return p, nil
	}
	if err := p.Check(); err != nil {
		return p, usage("--%s: %w", flag, err)
	}
	return p, nil
}

// manifest prints what a backup holds.
func (a *app) manifest(verb, folder, format string, m *pipelines.Manifest) error {
	if a.quiet && format != "json" {
		return nil
	}
	var objects, damaged any
	archive := "without the archive"
	if m.Archive != nil {
		objects, damaged = m.Archive.Objects, len(m.Archive.Damaged)
		archive = fmt.Sprintf("%s objects of the archive, %s", number(int64(m.Archive.Objects)), render.Bytes(uint64(m.Archive.Bytes)))
		if n := len(m.Archive.Damaged); n > 0 {
			archive += fmt.Sprintf(", %d more damaged or missing (`qulaq doctor` names them)", n)
		}
	}
	if format == "json" {
		return render.WriteLine(a.out, render.Object{
			{Name: "kind", Value: verb},
			{Name: "folder", Value: folder},
			{Name: "made_at", Value: m.MadeAt.Format(time.RFC3339)},
			{Name: "tables", Value: len(m.Tables)},
			{Name: "rows", Value: m.Rows()},
			{Name: "objects", Value: objects},
			{Name: "damaged", Value: damaged},
		})
	}
	_, err := fmt.Fprintf(a.out, "%s of %s: %d tables, %s rows; %s\n", verb, m.MadeAt.Format("2006-01-02 15:04"), len(m.Tables), number(int64(m.Rows())), archive)
	return err
}

// Command bench measures the road of complaints: a generated export through the whole pipeline, against
// ClickHouse's own bare load of the same file into an equal table, in the same run on the same machine.
// It prints one line a figure: bench NAME VALUE UNIT.
//
// The bare load is one INSERT … SELECT … FROM file(…): it parses the file and the times, and writes the
// words as they stand. It normalises nothing, proves nothing, keeps no archive and no ledger.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq/internal/sample"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == embedded.Verb {
		os.Exit(embedded.Main(os.Args[2:]))
	}
	var b bench
	flag.StringVar(&b.qulaq, "qulaq", "bin/qulaq", "the program that is measured")
	flag.StringVar(&b.dir, "dir", "build/bench", "folder for the export and the data")
	flag.Int64Var(&b.rows, "rows", 1_000_000, "rows of the export")
	flag.IntVar(&b.rounds, "rounds", 3, "rounds; medians are printed")
	normalisers := flag.Bool("speeds", false, "only print how fast normalisers and readers of papers are")
	views := flag.Int64("views", 0, "only print how fast the views answer over so many generated complaints")
	gather := flag.Bool("gather", false, "only print what gathering plans takes, network aside")
	profile := flag.String("cpuprofile", "", "run the pipeline in this process once and write its profile")
	flag.Parse()
	work := func() error { return b.run(context.Background(), *profile) }
	if *normalisers {
		work = speeds
	}
	if *gather {
		work = func() error { return gatherSpeeds(context.Background(), b.dir) }
	}
	if *views > 0 {
		work = func() error { return viewSpeeds(context.Background(), b.dir, *views) }
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type bench struct {
	qulaq, dir string
	// folders of this run, each used once and all removed at its end: a file system without a journal
	// avoids the inodes of files that were just removed, and looks for others so long that it shows.
	folders string
	rows    int64
	rounds  int
}

// figures of one round.
type figures struct {
	ours, bare, rerun float64 // seconds
	peak              float64 // MB, of the Go process
	loaded            int64
}

func (b *bench) run(ctx context.Context, profile string) error {
	dir, err := filepath.Abs(b.dir)
	if err != nil {
		return err
	}
	b.dir = dir
	files := sample.Bench(int(b.rows), 1)
	made, err := sample.Make(ctx, dir, files, false)
	if err != nil {
		return err
	}
	file := files[0]
	truth := made.Files[file.Name].Truth
	inbox := filepath.Join(dir, fmt.Sprintf("inbox_%d", b.rows))
	if err := os.MkdirAll(inbox, 0o755); err != nil {
		return err
	}
	link := filepath.Join(inbox, file.Name)
	if err := errors.Join(os.RemoveAll(link), os.Link(filepath.Join(dir, file.Name), link)); err != nil {
		return err
	}
	if b.folders, err = os.MkdirTemp(dir, "run"); err != nil {
		return err
	}
	defer os.RemoveAll(b.folders)
	if profile != "" {
		return b.profile(ctx, inbox, profile)
	}
	var rounds []figures
	for range b.rounds {
		var f figures
		if f.bare, err = b.bareLoad(ctx, filepath.Join(inbox, file.Name)); err != nil {
			return err
		}
		if err := b.ourLoad(inbox, &f); err != nil {
			return err
		}
		if f.loaded != int64(truth.Complaints) {
			return fmt.Errorf("%d complaints were loaded, the export holds %d", f.loaded, truth.Complaints)
		}
		rounds = append(rounds, f)
	}
	b.print(rounds, float64(truth.Bytes)/1e6)
	return nil
}

// bareLoad times ClickHouse alone.
func (b *bench) bareLoad(ctx context.Context, file string) (float64, error) {
	folder, err := os.MkdirTemp(b.folders, "bare")
	if err != nil {
		return 0, err
	}
	e := pipelines.Environment{Config: pipelines.DefaultConfig(), Now: time.Now, Log: slog.New(slog.DiscardHandler), Version: "bench"}
	e.Config.Data = folder
	if err = e.OpenWarehouse(ctx, "bench", pipelines.Own); err != nil {
		return 0, errors.Join(err, e.Close(ctx))
	}
	if _, err := e.Migrate(ctx); err != nil {
		return 0, errors.Join(err, e.Close(ctx))
	}
	seconds, err := bareLoad(ctx, e.Warehouse, file)
	return seconds, errors.Join(err, e.Close(ctx))
}

func bareLoad(ctx context.Context, w *load.Warehouse, file string) (float64, error) {
	if err := w.Do(ctx, "CREATE TABLE bare AS complaints"); err != nil {
		return 0, err
	}
	statement := `INSERT INTO bare (source, complaint_id, reg_number, kind, state_raw, status, category_raw, region_raw, district_raw,
			registered_at, registered_raw, due_at, due_raw, text)
		SELECT 'eotinish', appeal_id, reg_number, appeal_type, current_working_state, current_working_state, category, region, raion,
			created_date, created_date, deadline, deadline, text
		FROM file('` + strings.ReplaceAll(file, "'", "\\'") + `', 'CSVWithNames',
			'appeal_id String, reg_number String, appeal_type LowCardinality(String), current_working_state LowCardinality(String),
			category LowCardinality(String), region LowCardinality(String), raion LowCardinality(String),
			created_date DateTime64(3, \'Asia/Almaty\'), deadline DateTime64(3, \'Asia/Almaty\'), text String')`
	start := time.Now()
	if err := w.Do(ctx, statement); err != nil {
		return 0, err
	}
	return time.Since(start).Seconds(), nil
}

// ourLoad times the whole pipeline in a process of its own, twice: the second time there is nothing new.
func (b *bench) ourLoad(inbox string, f *figures) error {
	folder, err := os.MkdirTemp(b.folders, "data")
	if err != nil {
		return err
	}
	config := folder + ".yaml"
	text := fmt.Sprintf("data: %q\ncomplaints:\n  - source: eotinish\n    path: %q\n", folder, inbox)
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return err
	}
	// The table of the bare load is there when its clock starts, and so are ours.
	if out, err := exec.Command(b.qulaq, "migrate", "--config", config).CombinedOutput(); err != nil {
		return fmt.Errorf("migrate: %w: %s", err, out)
	}
	first, _, err := b.qulaqRun(config)
	if err != nil {
		return err
	}
	f.ours, f.peak, f.loaded = first.Seconds, first.Peak, first.Loaded
	again, wall, err := b.qulaqRun(config)
	if err != nil {
		return err
	}
	if again.Loaded != 0 {
		return fmt.Errorf("the second run loaded %d rows", again.Loaded)
	}
	f.rerun = wall // as the operator waits: start and stop of the engine included
	return nil
}

// summary is the last line of `qulaq run --format json`.
type summary struct {
	Kind    string  `json:"kind"`
	Seconds float64 `json:"seconds"`
	Loaded  int64   `json:"loaded"`
	Peak    float64 `json:"peak_memory_mb"`
}

func (b *bench) qulaqRun(config string) (s summary, wall float64, err error) {
	c := exec.Command(b.qulaq, "run", "complaints", "--config", config, "--format", "json")
	var out, problems bytes.Buffer
	c.Stdout, c.Stderr = &out, &problems
	start := time.Now()
	err = c.Run()
	wall = time.Since(start).Seconds()
	if err != nil {
		return s, wall, fmt.Errorf("%w: %s", err, problems.String())
	}
	for lines := bufio.NewScanner(&out); lines.Scan(); {
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return s, wall, err
		}
	}
	if s.Kind != "run" {
		return s, wall, errors.New("the run printed no summary")
	}
	return s, wall, nil
}

// profile runs the pipeline here, watched.
func (b *bench) profile(ctx context.Context, inbox, path string) error {
	folder := filepath.Join(b.folders, "data")
	steps := time.Now()
	e := pipelines.Environment{
		Config: pipelines.DefaultConfig(), Now: time.Now, Log: slog.New(slog.DiscardHandler), Version: "bench",
		Step: func(s load.Step) error {
			fmt.Fprintf(os.Stderr, "%6.2f s  before %s\n", time.Since(steps).Seconds(), s)
			return nil
		},
	}
	e.Config.Data = folder
	e.Config.Complaints = []pipelines.ComplaintSource{{Source: "eotinish", Path: inbox}}
	if err := e.OpenWarehouse(ctx, "bench", pipelines.Own); err != nil {
		return errors.Join(err, e.Close(ctx))
	}
	defer e.Close(ctx)
	if err := e.OpenArchive(); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	steps = time.Now()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	r, err := e.RunComplaints(ctx)
	pprof.StopCPUProfile()
	fmt.Fprintf(os.Stderr, "%6.2f s  done\n", time.Since(steps).Seconds())
	return errors.Join(err, r.Err())
}

func (b *bench) print(rounds []figures, megabytes float64) {
	size := fmt.Sprintf("%dm", b.rows/1_000_000)
	if b.rows%1_000_000 != 0 {
		size = fmt.Sprint(b.rows)
	}
	median := func(value func(figures) float64) float64 {
		var all []float64
		for _, f := range rounds {
			all = append(all, value(f))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	line := func(name string, value float64, unit string) {
		fmt.Printf("bench %s_%s %.2f %s\n", name, size, value, unit)
	}
	line("export", megabytes, "MB")
	line("load", median(func(f figures) float64 { return f.ours }), "s")
	line("bare", median(func(f figures) float64 { return f.bare }), "s")
	line("load_ratio", median(func(f figures) float64 { return f.ours / f.bare }), "ratio")
	line("peak_rss", median(func(f figures) float64 { return f.peak }), "MB")
	line("rerun", median(func(f figures) float64 { return f.rerun }), "s")
}

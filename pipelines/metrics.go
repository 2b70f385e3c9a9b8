package pipelines

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/metrics"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// Metrics says where figures for Prometheus are written.
type Metrics struct {
	// Textfile is written anew by every run, for the textfile collector of node_exporter; "" is nowhere.
	Textfile string `yaml:"textfile"`
}

func (m Metrics) validate() error {
	if m.Textfile != "" && !strings.HasSuffix(m.Textfile, ".prom") {
		return errors.New("metrics.textfile ends with .prom: the collector reads no other files")
	}
	return nil
}

// measurement is a question to the warehouse: the labels of a figure in their order, then its value.
type measurement struct{ name, question string }

// ofRuns ask for what runs did: the first ? is now, in milliseconds since 1970, the second the pipelines.
var ofRuns = []measurement{
	// Nobody wrote down when a dead run ended.
	{"qulaq_run_last_timestamp_seconds", `SELECT pipeline, state, toFloat64(max(ifNull(finished_at, started_at))) FROM runs
		WHERE state != 'running' AND toUnixTimestamp64Milli(started_at) <= ? AND pipeline IN (?) GROUP BY pipeline, state`},
	{"qulaq_run_duration_seconds", lastRuns(`toFloat64(assumeNotNull(finished_at)) - toFloat64(started_at)`)},
	{"qulaq_rows_loaded", lastRuns(`toFloat64(loaded)`)},
	{"qulaq_rejects", lastRuns(`toFloat64(rejected)`)},
}

// ofLooks ask for what looks saw: ? is now.
var ofLooks = []measurement{
	{"qulaq_look_healthy", lastLooks(`toFloat64(` + lookIsHealthy + `)`)},
	{"qulaq_look_age_seconds", lastLooks(`toFloat64(now) - toFloat64(at)`)},
}

func lastRuns(figure string) string {
	return "SELECT pipeline, " + figure + " FROM runs WHERE finished_at IS NOT NULL AND toUnixTimestamp64Milli(started_at) <= ? AND pipeline IN (?) ORDER BY started_at DESC, run_id DESC LIMIT 1 BY pipeline"
}

// lookIsHealthy is publication.Look.Healthy in SQL, over the columns of looks.
const lookIsHealthy = `complete AND outcome IN ('healthy', 'empty') AND examined AND empty(failures)`

func lastLooks(figure string) string {
	return "SELECT source, lang, " + figure + " FROM (SELECT *, fromUnixTimestamp64Milli(toInt64(?)) AS now FROM looks) WHERE at <= now ORDER BY at DESC, run_id DESC LIMIT 1 BY source, lang"
}

// measure writes the figures of this moment, where the configuration names a file for them. What a run did stays done
// when that fails.
func (e *Environment) measure(ctx context.Context) error {
	path := e.Config.Metrics.Textfile
	if path == "" {
		return nil
	}
	set, err := e.figures(ctx, e.jobs())
	if err != nil {
		return err
	}
	return set.Write(path)
}

// figures are the figures of this moment. Of runs they are those of the jobs: what somebody ran once by hand, or what the
// configuration does not want any more, is not missed when it does not run again.
func (e *Environment) figures(ctx context.Context, jobs []job) (*metrics.Set, error) {
	set, at := metrics.New(), e.Now().UnixMilli()
	var pipelines []string
	for _, j := range jobs {
		pipelines = append(pipelines, j.pipeline)
	}
	for _, m := range ofRuns {
		if err := e.ask(ctx, set, m, at, pipelines); err != nil {
			return nil, err
		}
	}
	for _, m := range ofLooks {
		if err := e.ask(ctx, set, m, at); err != nil {
			return nil, err
		}
	}
	if err := e.measurePublications(ctx, set); err != nil {
		return nil, err
	}
	if err := e.measureArchive(ctx, set); err != nil {
		return nil, err
	}
	if err := e.measureSizes(ctx, set); err != nil {
		return nil, err
	}
	return set, nil
}

// ask puts the figures that a question answers with.
func (e *Environment) ask(ctx context.Context, set *metrics.Set, m measurement, args ...any) error {
	a, err := e.Warehouse.Ask(ctx, m.question, args...)
	if err != nil {
		return err
	}
	defer a.Close()
	labels := make([]string, len(a.Columns())-1)
	var value float64
	into := make([]any, 0, len(labels)+1)
	for i := range labels {
		into = append(into, &labels[i])
	}
	into = append(into, &value)
	for a.Next() {
		if err := a.Scan(into...); err != nil {
			return err
		}
		if err := set.Put(m.name, value, labels...); err != nil {
			return err
		}
	}
	return a.Err()
}

// measurePublications counts the verdicts of the last night that was judged. Every state of a sort of
// obligations and a period has a figure, so that the last one to leave a state is seen to leave it.
func (e *Environment) measurePublications(ctx context.Context, set *metrics.Set) error {
	last, err := e.Warehouse.LastVerdicts(ctx, e.Now())
	if err != nil {
		return err
	}
	var night time.Time
	for _, v := range last {
		if v.JudgedOn.After(night) {
			night = v.JudgedOn
		}
	}
	type owed struct{ obligation, period string }
	counts := map[owed]map[publication.State]int{}
	for _, v := range last {
		if v.JudgedOn.Before(night) {
			continue // nobody owes it any more
		}
		of := owed{v.Obligation, v.Period}
		if counts[of] == nil {
			counts[of] = map[publication.State]int{}
		}
		state := publication.State(v.State)
		counts[of][state]++
		if state == publication.Overdue {
			if err := set.Put("qulaq_publication_overdue", 1, v.Obligation, placeOf(v), v.Period); err != nil {
				return err
			}
		}
	}
	for of, byState := range counts {
		for _, state := range publication.States() {
			if err := set.Put("qulaq_publications", float64(byState[state]), of.obligation, string(state), of.period); err != nil {
				return err
			}
		}
	}
	return nil
}

// placeOf is the code of the akimat's place.
func placeOf(v load.Verdict) string {
	if v.District != nil {
		return *v.District
	}
	return v.Region
}

// measureArchive adds up the files of the archive, where this run opened it.
func (e *Environment) measureArchive(ctx context.Context, set *metrics.Set) error {
	if e.Archive == nil {
		return nil
	}
	var bytes int64
	err := filepath.WalkDir(e.Archive.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // was being written, and is kept under another name
		}
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	if err != nil {
		return &qulaq.Error{Op: "measure archive", Object: e.Archive.Dir(), Kind: qulaq.Configuration, Err: fmt.Errorf("its files cannot be counted: %w", err)}
	}
	return set.Put("qulaq_archive_bytes", float64(bytes))
}

package pipelines

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

// Diagnosis is what the doctor found at one of its examinations.
type Diagnosis struct {
	Examination string
	About       string
	Troubles    []Trouble
	Err         error // why it could not be examined; then nothing is known
}

// Trouble is something that is not as it should be.
type Trouble struct {
	Object string
	What   string
	Hint   string // what a person can do
	Mended string // what was done about it; "" when nothing was

	mend func(context.Context) (string, error) // nil: it is not safe, or not possible
}

// DoctorOptions say how far the doctor goes.
type DoctorOptions struct {
	Fix     bool // mend what is safe to mend
	Network bool // ask every site whether it answers: one request each
}

// examination is one thing that the doctor looks at.
type examination struct {
	name, about string
	look        func(context.Context) ([]Trouble, error)
}

// Doctor looks for what is wrong, tells of every examination as it ends, and mends what is safe when told to. What it
// removes is only what nobody can use: staging tables of dead runs. Damaged objects of the archive are set aside, not
// removed. It wants the warehouse owned, so that nobody is at work.
func (e *Environment) Doctor(ctx context.Context, o DoctorOptions, tell func(Diagnosis) error) error {
	if err := e.EnsureSchema(ctx); err != nil {
		return err
	}
	examinations := []examination{
		{"clock", "The clock, against the ledger and the warehouse; the time zone of the warehouse", e.examineClock},
		{"disk", "Space where the data folder and the warehouse lie", e.examineDisk},
		{"schema", "The schema, against the one that this program makes", e.examineSchema},
		{"runs", "Runs that are said to be running and are not", e.examineRuns},
		{"staging", "Staging tables that nobody uses", e.examineStaging},
		{"loads", "Loads that were begun and never ended", e.examineLoads},
		{"archive", "Every object of the archive, against its hash", e.examineArchive},
		{"snapshots", "Files that the warehouse knows and the archive does not, or the other way round", e.examineSnapshots},
		{"facts", "Facts of files that the warehouse does not know", e.examineFacts},
		{"sources", "Folders of exports and reports", e.examineFolders},
	}
	if o.Network {
		examinations = append(examinations, examination{"sites", "Whether every site answers", e.examineSites})
	}
	for _, x := range examinations {
		d := Diagnosis{Examination: x.name, About: x.about}
		d.Troubles, d.Err = x.look(ctx)
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range d.Troubles {
			t := &d.Troubles[i]
			if !o.Fix || t.mend == nil {
				continue
			}
			done, err := t.mend(ctx)
			if err != nil {
				t.What += "; it could not be mended: " + err.Error()
				continue
			}
			t.Mended = done
		}
		if err := tell(d); err != nil {
			return err
		}
	}
	return nil
}

// clockSlack is how far two clocks may be apart.
const clockSlack = 2 * time.Minute

func (e *Environment) examineClock(ctx context.Context) (all []Trouble, err error) {
	now := e.Now()
	a, err := e.Warehouse.Ask(ctx, `SELECT toUnixTimestamp64Milli(now64(3)), (SELECT toUnixTimestamp64Milli(max(started_at)) FROM runs),
		toString(toTimeZone(toDateTime('2024-03-01 12:00:00', 'UTC'), 'Asia/Almaty')), toString(toTimeZone(toDateTime('2024-02-01 12:00:00', 'UTC'), 'Asia/Almaty'))`)
	if err != nil {
		return nil, err
	}
	defer a.Close()
	var server, last int64
	var after, before string
	for a.Next() {
		if err := a.Scan(&server, &last, &after, &before); err != nil {
			return nil, err
		}
	}
	if err := a.Err(); err != nil {
		return nil, err
	}
	if apart := now.Sub(time.UnixMilli(server)).Abs(); apart > clockSlack {
		all = append(all, Trouble{
			Object: "clock", What: fmt.Sprintf("this program's clock says %s, that of the warehouse %s", now.Format(time.RFC3339), time.UnixMilli(server).In(qulaq.Almaty()).Format(time.RFC3339)),
			Hint: "set both clocks by NTP; with --now they differ on purpose",
		})
	}
	if behind := time.UnixMilli(last).Sub(now); last > 0 && behind > clockSlack {
		all = append(all, Trouble{
			Object: "ledger", What: fmt.Sprintf("the last run began at %s, which is still to come", time.UnixMilli(last).In(qulaq.Almaty()).Format(time.RFC3339)),
			Hint: "the clock was set back, or a run was told another time by --now; until then schedules may think that nothing is due",
		})
	}
	if after != "2024-03-01 17:00:00" || before != "2024-02-01 18:00:00" {
		all = append(all, Trouble{
			Object: "time zone", What: "the warehouse does not know that Kazakhstan has had one zone, UTC+5, since 1 March 2024",
			Hint: "its database of time zones is older than 2024a: update the server",
		})
	}
	return all, nil
}

// Disks should keep this much free: less fits no night.
const (
	leastFree  = 2 << 30
	leastShare = 0.05
)

func (e *Environment) examineDisk(ctx context.Context) (all []Trouble, err error) {
	scarce := func(object string, free, total uint64) {
		if free < leastFree || float64(free) < leastShare*float64(total) {
			all = append(all, Trouble{
				Object: object, What: fmt.Sprintf("%d MB of %d MB are free", free>>20, total>>20),
				Hint: "make space: a load needs about twice the size of its export; `qulaq status` shows what takes it",
			})
		}
	}
	var disk unix.Statfs_t
	if err := unix.Statfs(e.Config.Data, &disk); err != nil {
		return nil, &qulaq.Error{Op: "look at the disk", Object: e.Config.Data, Kind: qulaq.Configuration, Err: err}
	}
	scarce(e.Config.Data, disk.Bavail*uint64(disk.Bsize), disk.Blocks*uint64(disk.Bsize))
	if e.engine != nil {
		return all, nil // it lies in the data folder
	}
	a, err := e.Warehouse.Ask(ctx, "SELECT name, free_space, total_space FROM system.disks WHERE total_space > 0")
	if err != nil {
		return all, err
	}
	defer a.Close()
	for a.Next() {
		var name string
		var free, total uint64
		if err := a.Scan(&name, &free, &total); err != nil {
			return all, err
		}
		scarce("disk "+name+" of the warehouse", free, total)
	}
	return all, a.Err()
}

func (e *Environment) examineSchema(ctx context.Context) (all []Trouble, err error) {
	differences, err := e.Warehouse.Drift(ctx)
	for _, d := range differences {
		all = append(all, Trouble{
			Object: "schema", What: d,
			Hint: "`qulaq migrate` makes views anew and what a newer program brings; tables that other hands changed they must change back, or " +
				"`qulaq restore` brings them from a backup, or a new warehouse is loaded by the next run from the archive",
		})
	}
	return all, err
}

func (e *Environment) examineRuns(ctx context.Context) ([]Trouble, error) {
	// Another owner's run may be at work.
	return e.each(ctx, "SELECT run_id, concat(pipeline, ' since ', toString(started_at)) FROM runs WHERE state = 'running' AND owner = ?", func(id, what string) Trouble {
		return Trouble{
			Object: "run " + id, What: what + " is said to be running, and nobody is at work here", Hint: "`qulaq doctor --fix`, or the next run, marks it as dead",
			mend: func(ctx context.Context) (string, error) {
				_, err := e.Warehouse.Bury(ctx, e.owner)
				return "marked as dead", err
			},
		}
	}, e.owner)
}

func (e *Environment) examineStaging(ctx context.Context) ([]Trouble, error) {
	return e.each(ctx, "SELECT name, comment FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'stage_') ORDER BY name", func(name, owner string) Trouble {
		t := Trouble{Object: name, What: "a staging table of " + owner}
		if owner != e.owner {
			t.Hint = "when nobody is at work there any more, drop it"
			return t
		}
		t.Hint = "`qulaq doctor --fix`, or the next run, drops it"
		t.mend = func(ctx context.Context) (string, error) {
			_, err := e.Warehouse.Sweep(ctx, e.owner)
			return "dropped", err
		}
		return t
	})
}

// examineLoads looks for intents that nothing followed: no completion, no failure that was said, and no later load of the
// same source that was completed.
func (e *Environment) examineLoads(ctx context.Context) ([]Trouble, error) {
	const question = `SELECT toString(target), concat(source, '\n', snapshot) FROM loads AS l
		LEFT JOIN (SELECT target, source, max(at) AS done FROM loads WHERE step = 'done' AND unit = '' GROUP BY target, source) AS d USING (target, source)
		GROUP BY target, source, snapshot, load_id
		HAVING countIf(step = 'intent') > 0 AND countIf(step IN ('done', 'failed') AND unit = '') = 0 AND any(d.done) < max(at)
		ORDER BY target, source, snapshot`
	return e.each(ctx, question, func(target, whose string) Trouble {
		source, snapshot, _ := strings.Cut(whose, "\n")
		t := Trouble{Object: target + " of " + source, What: fmt.Sprintf("a load of %.12s was begun and never ended", snapshot), Hint: "the next run does it again"}
		if target == "complaints" {
			t.Hint = "`qulaq doctor --fix`, or the next run, does it again from the archive"
			t.mend = func(ctx context.Context) (string, error) {
				r, err := e.Reload(ctx, snapshot)
				return "loaded again from the archive", errors.Join(err, r.Err())
			}
		}
		return t
	})
}

func (e *Environment) examineArchive(ctx context.Context) (all []Trouble, err error) {
	_, _, err = e.Archive.Prove(ctx, func(d extract.Damage) error {
		t := Trouble{Object: d.Hash.Short(), What: d.Err.Error()}
		if d.First.Origin != "" {
			t.What = fmt.Sprintf("%s of %s: %v", d.First.Origin, d.First.Source, d.Err)
		}
		switch {
		case d.Hash == qulaq.Hash{}:
			t.Hint = "it is not of this program: move it away"
		case d.Missing:
			t.Hint = "restore it from a copy; an export that still lies in its folder is kept again by the next run that reads it"
		default:
			t.Hint = "`qulaq doctor --fix` sets it aside, so that it is kept anew when it is seen again; then look at the disk's health"
			t.mend = func(context.Context) (string, error) {
				to, err := e.Archive.SetAside(d.Hash)
				return "set aside as " + to, err
			}
		}
		all = append(all, t)
		return nil
	})
	return all, err
}

// examineSnapshots compares what the warehouse read with what the archive keeps, for exports of complaints.
func (e *Environment) examineSnapshots(ctx context.Context) (all []Trouble, err error) {
	for _, s := range e.Config.Complaints {
		known := map[string]bool{}
		_, err := e.each(ctx, "SELECT snapshot, name FROM snapshots WHERE source = ?", func(snapshot, name string) Trouble {
			known[snapshot] = true
			h, err := qulaq.ParseHash(snapshot)
			if _, removed := e.Archive.Removed(h); err != nil || !e.Archive.Has(h) && !removed {
				all = append(all, Trouble{
					Object: fmt.Sprintf("%.12s", snapshot), What: fmt.Sprintf("%s of %s was read, and the archive does not have it", name, s.Source),
					Hint: "its facts stay; they cannot be made again without the file: restore the archive from a copy",
				})
			}
			return Trouble{}
		}, s.Source)
		if err != nil {
			return all, err
		}
		for _, snap := range e.Archive.Snapshots(s.Source) {
			if !known[snap.Hash.String()] {
				all = append(all, Trouble{
					Object: snap.Hash.Short(), What: fmt.Sprintf("%s of %s is in the archive, and the warehouse never read it", snap.Name, s.Source),
					Hint: "`qulaq run complaints` reads it",
				})
			}
		}
	}
	return all, nil
}

// examineFacts looks for facts whose file nobody wrote down.
func (e *Environment) examineFacts(ctx context.Context) (all []Trouble, err error) {
	for _, table := range []string{"complaints", "claims"} {
		some, err := e.each(ctx, "SELECT toString(snapshot), toString(count()) FROM "+table+" WHERE snapshot NOT IN (SELECT snapshot FROM snapshots) GROUP BY snapshot ORDER BY snapshot", func(snapshot, n string) Trouble {
			return Trouble{
				Object: fmt.Sprintf("%s of %.12s", table, snapshot), What: n + " rows rest on a file that the warehouse does not know",
				Hint: "`qulaq replay` makes the facts anew from the archive",
			}
		})
		if err != nil {
			return all, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (e *Environment) examineFolders(context.Context) (all []Trouble, err error) {
	var folders []string
	for _, s := range e.Config.Complaints {
		folders = append(folders, s.Path)
	}
	for _, s := range e.Config.Reports {
		folders = append(folders, s.Path)
	}
	for _, folder := range folders {
		if folder == "" {
			continue
		}
		if _, err := os.ReadDir(folder); err != nil {
			all = append(all, Trouble{Object: folder, What: err.Error(), Hint: "make the folder, let the program read it, or correct the configuration"})
		}
	}
	return all, nil
}

// examineSites asks every host for its robots.txt: whatever it answers, it answers.
func (e *Environment) examineSites(ctx context.Context) (all []Trouble, err error) {
	addresses := []string{e.Config.Plans.BaseURL}
	if !e.Config.Plans.Wanted {
		addresses = nil
	}
	for _, s := range e.Config.Complaints {
		addresses = append(addresses, s.URL)
	}
	for _, s := range e.Config.Reports {
		addresses = append(addresses, s.URL)
	}
	var asked []string
	for _, address := range addresses {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || slices.Contains(asked, u.Host) {
			continue
		}
		asked = append(asked, u.Host)
		client, err := fetch.New(fetch.Options{
			UserAgent: e.userAgent(), Hosts: []string{u.Hostname()}, AllowPrivate: e.Config.Network.AllowPrivate, Tries: 1,
			Deadline: time.Minute, MaxBytes: 1 << 20, Clock: e.Now,
		})
		if err != nil {
			return all, err
		}
		robots := (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}).String()
		attempts, err := client.Get(ctx, fetch.Request{URL: robots}, func(*fetch.Response) error { return nil })
		client.Close()
		if slices.ContainsFunc(attempts, func(a fetch.Attempt) bool { return a.Status > 0 && a.Status < http.StatusInternalServerError }) {
			continue // that there is no such page is an answer, too
		}
		all = append(all, Trouble{Object: u.Host, What: fmt.Sprint("it does not answer: ", err), Hint: "look whether the site answers in a browser; until it does, its akimats are unverifiable and nobody is accused"})
	}
	return all, nil
}

// each asks a question of two texts and makes troubles of the rows.
func (e *Environment) each(ctx context.Context, question string, of func(a, b string) Trouble, args ...any) (all []Trouble, err error) {
	answer, err := e.Warehouse.Ask(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	for answer.Next() {
		var a, b string
		if err := answer.Scan(&a, &b); err != nil {
			return nil, err
		}
		all = append(all, of(a, b))
	}
	return all, answer.Err()
}

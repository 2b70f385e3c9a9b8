package pipelines

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/govkz"
	"github.com/qulaq-kz/qulaq/extract/site"
	"github.com/qulaq-kz/qulaq/load"
)

// Retention says what is removed when it is old. Where it is silent everything is kept.
type Retention struct {
	Archive struct {
		Listings  Age `yaml:"listings"`  // pages of listings, by when they were last shown
		Documents Age `yaml:"documents"` // pages and files of publications that nothing was read from any more
		Exports   Age `yaml:"exports"`   // exports of complaints
		// EvenProof are kinds of which that is removed, too, on which facts rest: only exports.
		EvenProof []string `yaml:"even_proof"`
	} `yaml:"archive"`
	Warehouse struct {
		Texts    Age `yaml:"texts"`    // the words of complaints, by their registration; the complaints stay
		Rejects  Age `yaml:"rejects"`  // of exports, by when these were first read
		Findings Age `yaml:"findings"` // the same
		Attempts Age `yaml:"attempts"` // requests to sites
		Looks    Age `yaml:"looks"`    // never: verdicts are made of them
	} `yaml:"warehouse"`
}

// Age is how old something must be: "400d", "6m" for months, "3y"; "" is kept for ever.
type Age string

var agePattern = regexp.MustCompile(`^([1-9][0-9]{0,3})([dmy])$`)

// Before returns the moment before which things are old; not ok when they never are.
func (a Age) Before(now time.Time) (t time.Time, ok bool) {
	m := agePattern.FindStringSubmatch(string(a))
	if m == nil {
		return t, false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return t, false
	}
	now = now.In(qulaq.Almaty())
	switch m[2] {
	case "d":
		return now.AddDate(0, 0, -n), true
	case "m":
		return now.AddDate(0, -n, 0), true
	}
	return now.AddDate(-n, 0, 0), true
}

// youngest is the least age: what is younger somebody may still look at to see what went wrong.
const youngest = 30

// rule is an age of the configuration with the name of its key.
type rule struct {
	room, kind string
	age        Age
}

const (
	inArchive   = "archive"
	inWarehouse = "warehouse"
	exports     = "exports"
)

func (r Retention) rules() (all []rule) {
	for _, x := range []rule{
		{inArchive, "listings", r.Archive.Listings},
		{inArchive, "documents", r.Archive.Documents},
		{inArchive, exports, r.Archive.Exports},
		{inWarehouse, "texts", r.Warehouse.Texts},
		{inWarehouse, "rejects", r.Warehouse.Rejects},
		{inWarehouse, "findings", r.Warehouse.Findings},
		{inWarehouse, "attempts", r.Warehouse.Attempts},
	} {
		if x.age != "" {
			all = append(all, x)
		}
	}
	return all
}

// Wanted says whether anything is ever removed.
func (r Retention) Wanted() bool { return len(r.rules()) > 0 }

func (r Retention) validate() error {
	if r.Warehouse.Looks != "" {
		return errors.New("retention.warehouse.looks: they stay, for every night's verdicts are made of all of them")
	}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, x := range r.rules() {
		before, ok := x.age.Before(now)
		if !ok {
			return fmt.Errorf("retention.%s.%s is an age such as 400d, 6m (months) or 3y, not %q", x.room, x.kind, string(x.age))
		}
		if now.AddDate(0, 0, -youngest).Before(before) {
			return fmt.Errorf("retention.%s.%s is at least %dd", x.room, x.kind, youngest)
		}
	}
	for _, kind := range r.Archive.EvenProof {
		switch {
		case kind != exports:
			return fmt.Errorf("retention.archive.even_proof knows only %s: the facts of plans are made anew from the archive, and would be lost with %q", exports, kind)
		case r.Archive.Exports == "":
			return errors.New("retention.archive.even_proof needs an age of the kind: retention.archive.exports")
		}
	}
	return nil
}

// Removed is what one rule removed, or would.
type Removed struct {
	Room, Kind string
	Age        Age
	Before     time.Time
	Objects    int
	Bytes      int64
	Rows       uint64
	Proof      int // of the objects: those that facts rested on
	Kept       int // old enough, and kept: facts or verdicts rest on them, no run has read them, or they lie where they came from
}

// Prune removes what the configuration says is old, and writes down what. It may be killed at any moment; the next one
// does the rest.
func (e *Environment) Prune(ctx context.Context) (*Result, error) {
	return e.recorded(ctx, "prune", func(r *Result) error {
		var err error
		r.Removed, err = e.prune(ctx, r.RunID, false)
		return err
	})
}

// WouldPrune says what Prune would remove, and changes nothing.
func (e *Environment) WouldPrune(ctx context.Context) ([]Removed, error) {
	return e.prune(ctx, "", true)
}

func (e *Environment) prune(ctx context.Context, runID string, dry bool) ([]Removed, error) {
	now := e.Now()
	var all []Removed
	for _, x := range e.Config.Retention.rules() {
		before, _ := x.age.Before(now)
		all = append(all, Removed{Room: x.room, Kind: x.kind, Age: x.age, Before: before})
	}
	objects, err := e.oldObjects(ctx, all)
	if err != nil {
		return nil, err
	}
	if !dry {
		for i := range objects {
			objects[i].On = now
		}
		if err := e.Archive.Remove(ctx, objects); err != nil {
			return nil, err
		}
		if err := e.noteRemoved(ctx, runID); err != nil {
			return nil, err
		}
	}
	for i := range all {
		if all[i].Room != inWarehouse {
			continue
		}
		if err := e.expire(ctx, runID, &all[i], dry); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// expire removes rows of the warehouse. They are written down first: of a run that was killed they may be there twice.
func (e *Environment) expire(ctx context.Context, runID string, x *Removed, dry bool) (err error) {
	if x.Rows, err = e.Warehouse.Expired(ctx, x.Kind, x.Before); err != nil || x.Rows == 0 || dry {
		return err
	}
	if err := e.Warehouse.NoteRemovals(ctx, []load.Removal{{
		RunID: runID, At: e.Now(), Room: inWarehouse, Kind: x.Kind, Rule: string(x.Age), Rows: x.Rows,
	}}); err != nil {
		return err
	}
	return e.Warehouse.Expire(ctx, x.Kind, x.Before)
}

// noteRemoved writes into the warehouse what the archive says was removed and the warehouse does not know yet.
func (e *Environment) noteRemoved(ctx context.Context, runID string) error {
	noted, err := e.Warehouse.NotedRemovals(ctx)
	if err != nil {
		return err
	}
	var rows []load.Removal
	for _, r := range e.Archive.Removals() {
		if at, known := noted[r.Hash]; known && !r.On.Truncate(time.Millisecond).After(at) {
			continue
		}
		rows = append(rows, load.Removal{
			RunID: runID, At: r.On, Room: inArchive, Kind: r.Kind, Rule: r.Rule, SHA256: r.Hash.String(), Source: r.Source, Name: r.Name,
			Bytes: uint64(r.Size), WasProof: r.Proof,
		})
	}
	return e.Warehouse.NoteRemovals(ctx, rows)
}

// oldObjects finds the objects of the archive that the rules remove, and counts them there.
func (e *Environment) oldObjects(ctx context.Context, rules []Removed) (old []extract.Removal, err error) {
	of := map[string]*Removed{}
	for i := range rules {
		if rules[i].Room == inArchive {
			of[rules[i].Kind] = &rules[i]
		}
	}
	if len(of) == 0 {
		return nil, nil
	}
	proof, err := e.Warehouse.Proof(ctx)
	if err != nil {
		return nil, err
	}
	read, err := e.Warehouse.Read(ctx)
	if err != nil {
		return nil, err
	}
	// The last table of a source's plans: when it is loaded, all are. Until then nothing in the warehouse can rest on what the
	// archive holds of the source, and everything looks superfluous.
	registered, err := e.Warehouse.LoadedSources(ctx, planTables[len(planTables)-1].table)
	if err != nil {
		return nil, err
	}
	shown, err := e.Warehouse.LastShown(ctx)
	if err != nil {
		return nil, err
	}
	err = e.Archive.Objects(ctx, func(o extract.Object) error {
		kind := kindOf(o)
		x := of[kind]
		if x == nil {
			return nil
		}
		last := shown[o.Hash]
		for _, s := range o.Births {
			if s.SeenAt.After(last) {
				last = s.SeenAt
			}
		}
		if !last.Before(x.Before) {
			return nil
		}
		rests := proof[o.Hash]
		switch {
		case rests && !slices.Contains(e.Config.Retention.Archive.EvenProof, kind),
			kind == exports && !read[o.Hash],
			kind != exports && slices.ContainsFunc(o.Births, func(s extract.Sighting) bool { return !registered[s.Source] }),
			kind != "listings" && slices.ContainsFunc(o.Here, lies):
			x.Kept++
			return nil
		}
		x.Objects++
		x.Bytes += o.Bytes
		if rests {
			x.Proof++
		}
		first := o.First()
		old = append(old, extract.Removal{Hash: o.Hash, Kind: kind, Rule: string(x.Age), Size: o.Bytes, Source: first.Source, Name: first.Name, Proof: rests})
		return nil
	})
	return old, err
}

// lies says whether content is still where it was seen last: a file that was not taken away, and whatever an address gave.
// Removed, it would only be kept anew by the next run.
func lies(s extract.Sighting) bool {
	if !filepath.IsAbs(s.Origin) {
		return true
	}
	_, err := os.Lstat(s.Origin)
	return err == nil
}

// kindOf is what an object is, as the rules call it; "" where no rule may touch it: it is of several kinds, or of none.
func kindOf(o extract.Object) (kind string) {
	for _, s := range o.Births {
		k := kindOfSighting(s)
		if kind != "" && k != kind {
			return ""
		}
		kind = k
	}
	return kind
}

// kindOfSighting tells listings, documents, reports and exports by their source and where they were seen.
func kindOfSighting(s extract.Sighting) string {
	switch {
	case s.Source == reportSource:
		return reportSource
	case !strings.HasPrefix(s.Source, "govkz/") && !strings.HasPrefix(s.Source, "site/"):
		return exports
	case govkz.IsListing(s.Origin), site.IsListing(s.Origin):
		return "listings"
	}
	return "documents"
}

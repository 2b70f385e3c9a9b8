package pipelines

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Result says what a run did.
type Result struct {
	Pipeline string
	RunID    string
	Files    []FileResult
	Twins    []Twin       // files that are others, byte by byte
	Looks    []LookResult // at the sites of plans
	Judged   []Judged     // by the monitor
	Told     []Delivery   // what the monitor told people, by service
	Removed  []Removed    // by retention
	Errors   []error      // of sources as a whole: a folder that is not there, a server that does not answer
	Took     time.Duration
}

// Twin is a file whose content another one of the same source brought already.
type Twin struct {
	Source, Name string
	Of           string // name of the other
	Snapshot     qulaq.Hash
}

// FileResult says what became of one file.
type FileResult struct {
	Source   string
	Name     string
	Snapshot qulaq.Hash
	New      bool // not loaded before
	Rows     int64
	Loaded   uint64 // rows that live in the warehouse now
	Replaced uint64 // of the loaded: rows that took the place of an older word, so the warehouse did not grow by them
	Repeated uint64 // rows that a newer word replaced, of this file or of the warehouse: rows = loaded + repeated + rejected
	Rejected map[qulaq.Reason]int64
	Findings []qulaq.Finding
	Dialect  string
	Shift    time.Duration
	Err      error // why nothing of it was loaded

	// Of a source of plans, which is loaded whole.
	Plans, Publications int
}

// Total adds the files up.
func (r *Result) Total() (t FileResult) {
	t.Rejected = map[qulaq.Reason]int64{}
	for _, f := range r.Files {
		t.Rows += f.Rows
		t.Loaded += f.Loaded
		t.Replaced += f.Replaced
		t.Repeated += f.Repeated
		for reason, n := range f.Rejected {
			t.Rejected[reason] += n
		}
	}
	return t
}

// NotLoaded returns how many rows were in order, but in files that were refused.
func (r *Result) NotLoaded() (n int64) {
	for _, f := range r.Files {
		if f.Err != nil {
			n += f.Rows - f.RejectedRows()
		}
	}
	return n
}

// New returns how many files were not loaded before.
func (r *Result) New() int {
	n := 0
	for _, f := range r.Files {
		if f.New {
			n++
		}
	}
	return n
}

// Err joins everything that failed, the worst first, so that the kind of the whole is that of its worst
// part; nil when all went well.
func (r *Result) Err() error {
	all := slices.Clone(r.Errors)
	for _, f := range r.Files {
		if f.Err != nil {
			all = append(all, f.Err)
		}
	}
	return Worst(all...)
}

// Worst joins errors, the worst first; nil when there is none.
func Worst(all ...error) error {
	all = slices.DeleteFunc(slices.Clone(all), func(err error) bool { return err == nil })
	slices.SortStableFunc(all, func(a, b error) int { return badness(b) - badness(a) })
	return errors.Join(all...)
}

// OfPlans says whether the run was about plans, whose parts are sites and not files.
func (r *Result) OfPlans() bool {
	return r.Pipeline == "plans" || r.Pipeline == "replay" || r.Pipeline == "backfill"
}

// badness orders kinds of errors: what the operator must mend comes before what the data did, and that
// before what may be gone tomorrow.
func badness(err error) int {
	return map[qulaq.Kind]int{
		qulaq.Bug: 6, qulaq.Configuration: 5, qulaq.Locked: 4, qulaq.Contract: 3, qulaq.Blocked: 2, qulaq.Transient: 1,
	}[qulaq.KindOf(err)]
}

// RejectedRows returns how many rows were rejected.
func (f FileResult) RejectedRows() (n int64) {
	for _, c := range f.Rejected {
		n += c
	}
	return n
}

// Reasons writes counts of rejects, the most frequent first: "12 bad_date, 3 empty_id".
func Reasons(counts map[qulaq.Reason]int64) string {
	list := slices.SortedFunc(maps.Keys(counts), func(a, b qulaq.Reason) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	parts := make([]string, len(list))
	for i, r := range list {
		parts[i] = fmt.Sprintf("%d %s", counts[r], r)
	}
	return strings.Join(parts, ", ")
}

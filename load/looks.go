package load

import (
	"context"
	"time"
)

// Look is a row of the table looks. See its column comments.
type Look struct {
	RunID       string     `ch:"run_id"`
	At          time.Time  `ch:"at"`
	Source      string     `ch:"source"`
	Lang        string     `ch:"lang"`
	Since       *time.Time `ch:"since"`
	Outcome     string     `ch:"outcome"`
	Complete    bool       `ch:"complete"`
	Pages       uint32     `ch:"pages"`
	Entries     uint32     `ch:"entries"`
	Candidates  uint32     `ch:"candidates"`
	Bytes       uint64     `ch:"bytes"`
	FirstAt     *time.Time `ch:"first_at"`
	LastAt      *time.Time `ch:"last_at"`
	PageHashes  []string   `ch:"page_hashes"`
	FilesNew    uint32     `ch:"files_new"`
	FilesFailed uint32     `ch:"files_failed"`
	Error       string     `ch:"error"`

	Listed       []string `ch:"listed"`
	KnownSeen    uint32   `ch:"known_seen"`
	KnownMissing uint32   `ch:"known_missing"`
	PlansKept    uint32   `ch:"plans_kept"`
	PlansLost    uint32   `ch:"plans_lost"`
	Examined     bool     `ch:"examined"`
	Failures     []string `ch:"failures"`

	OldestOn []time.Time `ch:"oldest_on"`
	MovedOn  *time.Time  `ch:"moved_on"`
}

// Attempt is a row of the table attempts. See its column comments.
type Attempt struct {
	RunID    string    `ch:"run_id"`
	At       time.Time `ch:"at"`
	Source   string    `ch:"source"`
	URL      string    `ch:"url"`
	Status   uint16    `ch:"status"`
	Bytes    uint64    `ch:"bytes"`
	Duration uint32    `ch:"duration_ms"`
	Error    string    `ch:"error"`
}

// Acceptance is a row of the table acceptances. See its column comments.
type Acceptance struct {
	RunID  string    `ch:"run_id"`
	At     time.Time `ch:"at"`
	Source string    `ch:"source"`
	Who    string    `ch:"who"`
	Reason string    `ch:"reason"`
	Doubts []string  `ch:"doubts"`
}

// NoteAcceptances appends rows, all or none.
func (w *Warehouse) NoteAcceptances(ctx context.Context, all []Acceptance) error {
	return insert(ctx, w, "acceptances", all)
}

// Acceptances returns the acceptances up to a moment, oldest first.
func (w *Warehouse) Acceptances(ctx context.Context, until time.Time) ([]Acceptance, error) {
	var all []Acceptance
	if err := w.conn.Select(ctx, &all, "SELECT * FROM acceptances WHERE at <= ? ORDER BY source, at", until); err != nil {
		return nil, failed("read", "acceptances", err)
	}
	return all, nil
}

// NoteLook appends a look and the requests that it took.
func (w *Warehouse) NoteLook(ctx context.Context, l Look, attempts []Attempt) error {
	if err := insert(ctx, w, "attempts", attempts); err != nil {
		return err
	}
	return insert(ctx, w, "looks", []Look{l})
}

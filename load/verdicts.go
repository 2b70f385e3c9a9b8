package load

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Verdict is a row of the table verdicts. See its column comments.
type Verdict struct {
	RunID         string     `ch:"run_id"`
	JudgedOn      time.Time  `ch:"judged_on"`
	ObligationID  string     `ch:"obligation_id"`
	Region        string     `ch:"region_code"`
	District      *string    `ch:"district_code"`
	Name          string     `ch:"name"`
	Obligation    string     `ch:"obligation"`
	Period        string     `ch:"period"`
	PeriodFrom    time.Time  `ch:"period_from"`
	PeriodTo      time.Time  `ch:"period_to"`
	DueOn         *time.Time `ch:"due_on"`
	GraceUntil    *time.Time `ch:"grace_until"`
	Basis         string     `ch:"basis"`
	Norm          string     `ch:"norm"`
	State         string     `ch:"state"`
	Event         string     `ch:"event"`
	StateBefore   string     `ch:"state_before"`
	Since         *time.Time `ch:"since"`
	PublishedOn   *time.Time `ch:"published_on"`
	DaysLate      *int32     `ch:"days_late"`
	PublicationID string     `ch:"publication_id"`
	URL           string     `ch:"url"`
	Hash          string     `ch:"evidence_sha256"`
	Evidence      string     `ch:"evidence"`
	CheckedAt     *time.Time `ch:"checked_at"`
	ReasonKey     string     `ch:"reason_key"`
	ReasonRU      string     `ch:"reason_ru"`
	ReasonKK      string     `ch:"reason_kk"`
	ReasonEN      string     `ch:"reason_en"`
	Was           string     `ch:"was"`
	Openness      *float64   `ch:"openness"`
	OpennessKnown float64    `ch:"openness_known"`
	OpennessParts Parts      `ch:"openness_parts"`
}

// NoteVerdicts appends verdicts, all or none.
func (w *Warehouse) NoteVerdicts(ctx context.Context, all []Verdict) error {
	return insert(ctx, w, "verdicts", all)
}

// Parts are the parts of a score by their names. They are written in the order of the names: a map of Go has none, and
// the same verdict would have other bytes every time.
type Parts map[string]float64

// Keys are the names in their order. With Get and Put it is what the driver asks of a map that has an order.
func (p Parts) Keys() <-chan any {
	keys := make(chan any, len(p))
	for _, name := range slices.Sorted(maps.Keys(p)) {
		keys <- name
	}
	close(keys)
	return keys
}

// Get returns a part.
func (p Parts) Get(name any) (any, bool) {
	value, ok := p[name.(string)]
	return value, ok
}

// Put sets a part.
func (p Parts) Put(name, value any) { p[name.(string)] = value.(float64) }

// Scan implements sql.Scanner.
func (p *Parts) Scan(src any) error {
	parts, ok := src.(map[string]float64)
	if !ok {
		return fmt.Errorf("parts of a score are %T", src)
	}
	*p = parts
	return nil
}

// LastVerdicts returns the last verdict on every obligation up to a day.
func (w *Warehouse) LastVerdicts(ctx context.Context, until time.Time) ([]Verdict, error) {
	var all []Verdict
	if err := w.conn.Select(ctx, &all,
		"SELECT * FROM verdicts WHERE judged_on <= toDate(?) ORDER BY judged_on DESC, run_id DESC LIMIT 1 BY obligation_id", until.Format(time.DateOnly)); err != nil {
		return nil, failed("read", "verdicts", err)
	}
	return all, nil
}

// Looks returns the looks at the site of a source, "" means all sources, up to a moment, oldest first.
func (w *Warehouse) Looks(ctx context.Context, source string, until time.Time) ([]Look, error) {
	var all []Look
	if err := w.conn.Select(ctx, &all, "SELECT * FROM looks WHERE (source = ? OR ? = '') AND at <= ? ORDER BY source, at, lang", source, source, until); err != nil {
		return nil, failed("read", "looks", err)
	}
	return all, nil
}

// Known is an entry of a listing that is among the publications.
type Known struct {
	ID     string     `ch:"id"`
	Stamp  *time.Time `ch:"stamp"`
	SeenAt time.Time  `ch:"seen_at"`
	Files  []string   `ch:"files"` // SHA-256 of its files
	Plan   bool       `ch:"plan"`  // a plan in its newest form, or a calendar of meetings that could be read
}

// KnownEntries returns the entries of a listing that are among the publications.
func (w *Warehouse) KnownEntries(ctx context.Context, source, lang string) ([]Known, error) {
	var all []Known
	if err := w.conn.Select(ctx, &all,
		"SELECT splitByChar('/', publication_id)[1] AS id, max(published_at) AS stamp, min(exported_at) AS seen_at, groupUniqArrayArray(splitByChar(' ', file_hashes)) AS files, argMax(kind, exported_at) = 'plan' "+
			"OR id IN (SELECT splitByChar('/', publication_id)[1] FROM meeting_papers WHERE source = ? AND lang = ? AND sort = 'calendar' AND meetings > 0) AS plan "+
			"FROM publications WHERE source = ? AND lang = ? GROUP BY id ORDER BY id", source, lang, source, lang); err != nil {
		return nil, failed("read", "publications", err)
	}
	return all, nil
}

// Publication is what the table publications says of one that is a plan, or may be one.
type Publication struct {
	Source     string     `ch:"source"`
	ID         string     `ch:"publication_id"`
	Lang       string     `ch:"lang"`
	URL        string     `ch:"url"`
	Stamp      *time.Time `ch:"published_at"`
	DatedOn    *time.Time `ch:"dated_on"`
	Kind       string     `ch:"kind"`
	Role       string     `ch:"role"`
	PlanID     string     `ch:"plan_id"`
	Region     string     `ch:"region"`
	District   string     `ch:"district"`
	PeriodFrom *time.Time `ch:"period_from"`
	PeriodTo   *time.Time `ch:"period_to"`
	Items      uint32     `ch:"items"`
	Hash       string     `ch:"hash"`
	File       string     `ch:"file"` // of its first file; "" when it has none
	SeenAt     time.Time  `ch:"exported_at"`
	ListedAt   time.Time  `ch:"listed_at"`
}

// PlanPublications returns all publications that are plans, or that could not be read.
func (w *Warehouse) PlanPublications(ctx context.Context) ([]Publication, error) {
	var all []Publication
	if err := w.conn.Select(ctx, &all,
		"SELECT source, publication_id, lang, url, published_at, dated_on, kind, role, plan_id, ifNull(region_code, '') AS region, ifNull(district_code, '') AS district, "+
			"period_from, period_to, items, if(empty(file_hashes), snapshot, splitByChar(' ', file_hashes)[1]) AS hash, splitByChar(' ', file_hashes)[1] AS file, exported_at, listed_at "+
			"FROM publications WHERE kind IN ('plan', 'unreadable') ORDER BY source, publication_id"); err != nil {
		return nil, failed("read", "publications", err)
	}
	return all, nil
}

// PlanFigures are what the score of openness asks of a plan.
type PlanFigures struct {
	PlanID    string `ch:"plan_id"`
	Items     uint64 `ch:"items"`
	Answered  uint64 `ch:"answered"`
	Languages uint64 `ch:"languages"`
}

// Figures returns the figures of all plans.
func (w *Warehouse) Figures(ctx context.Context) (map[string]PlanFigures, error) {
	var all []PlanFigures
	if err := w.conn.Select(ctx, &all,
		"SELECT p.plan_id AS plan_id, toUInt64(any(p.items)) AS items, countIf(i.item_id != '' AND i.vanished_on IS NULL AND i.responsible != '' AND i.deadline_to IS NOT NULL) AS answered, "+
			"any(u.languages) AS languages FROM plans AS p "+
			"LEFT JOIN plan_items AS i ON i.source = p.source AND i.plan_id = p.plan_id "+
			"LEFT JOIN (SELECT source, plan_id, uniqExact(lang) AS languages FROM publications WHERE kind = 'plan' AND role != 'replaced' GROUP BY source, plan_id) AS u ON u.source = p.source AND u.plan_id = p.plan_id "+
			"GROUP BY p.source, p.plan_id"); err != nil {
		return nil, failed("read", "plans", err)
	}
	figures := make(map[string]PlanFigures, len(all))
	for _, f := range all {
		figures[f.PlanID] = f
	}
	return figures, nil
}

package load

import (
	"context"
	"time"
)

// Notification is a row of the table notifications. See its column comments.
type Notification struct {
	RunID     string            `ch:"run_id"`
	At        time.Time         `ch:"at"`
	Night     time.Time         `ch:"night"`
	MessageID string            `ch:"message_id"`
	Kind      string            `ch:"kind"`
	Part      uint16            `ch:"part"`
	Step      string            `ch:"step"`
	Service   string            `ch:"service"`
	Services  []string          `ch:"services"`
	Title     string            `ch:"title"`
	Text      string            `ch:"text"`
	Told      map[string]string `ch:"told"`
	Error     string            `ch:"error"`
}

// NoteNotifications appends rows, all or none.
func (w *Warehouse) NoteNotifications(ctx context.Context, all []Notification) error {
	return insert(ctx, w, "notifications", all)
}

// Notifications returns the rows of the nights from one day to another, in the order in which messages became due.
func (w *Warehouse) Notifications(ctx context.Context, from, to time.Time) ([]Notification, error) {
	var all []Notification
	if err := w.conn.Select(ctx, &all, "SELECT * FROM notifications WHERE night BETWEEN toDate(?) AND toDate(?) ORDER BY night, kind, part, at, run_id",
		from.Format(time.DateOnly), to.Format(time.DateOnly)); err != nil {
		return nil, failed("read", "notifications", err)
	}
	return all, nil
}

// Told returns the state of every obligation that people were told last up to a day, or that counts as told.
func (w *Warehouse) Told(ctx context.Context, to time.Time) (map[string]string, error) {
	var rows []struct {
		Obligation string `ch:"obligation"`
		State      string `ch:"state"`
	}
	if err := w.conn.Select(ctx, &rows, "SELECT obligation, argMax(told_state, (at, run_id)) AS state FROM notifications "+
		"ARRAY JOIN mapKeys(told) AS obligation, mapValues(told) AS told_state WHERE step = 'due' AND night <= toDate(?) GROUP BY obligation",
		to.Format(time.DateOnly)); err != nil {
		return nil, failed("read", "notifications", err)
	}
	told := make(map[string]string, len(rows))
	for _, r := range rows {
		told[r.Obligation] = r.State
	}
	return told, nil
}

// Night is the state of an obligation on a day on which it was judged.
type Night struct {
	Obligation string    `ch:"obligation_id"`
	On         time.Time `ch:"judged_on"`
	State      string    `ch:"night_state"`
	LookedOn   time.Time `ch:"looked_on"` // of the looks that the state rests on; the epoch when that is not known
}

// Nights returns the last word of every day from one to another on every obligation, oldest first.
func (w *Warehouse) Nights(ctx context.Context, from, to time.Time) ([]Night, error) {
	var all []Night
	if err := w.conn.Select(ctx, &all, "SELECT obligation_id, judged_on, argMax(toString(state), run_id) AS night_state, "+
		"argMax(ifNull(toDate(checked_at, 'Asia/Almaty'), toDate(0)), run_id) AS looked_on FROM verdicts "+
		"WHERE judged_on BETWEEN toDate(?) AND toDate(?) GROUP BY obligation_id, judged_on ORDER BY obligation_id, judged_on",
		from.Format(time.DateOnly), to.Format(time.DateOnly)); err != nil {
		return nil, failed("read", "verdicts", err)
	}
	return all, nil
}

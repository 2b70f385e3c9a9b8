package pipelines

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/notify"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// Notify says whom the monitor tells what.
type Notify struct {
	URLs      []Secret `yaml:"urls"`      // addresses of services, each a secret: ${QULAQ_NOTIFY_URL}
	Lang      string   `yaml:"lang"`      // ru, kk or en
	After     int      `yaml:"after"`     // a state is told when it was the same so many nights; of an absence those with looks of their own
	Heartbeat string   `yaml:"heartbeat"` // daily, weekly or never
}

// heartbeats are how many days lie between two heartbeats.
var heartbeats = map[string]int{"daily": 1, "weekly": 7, "never": 0}

// maxAfter is the most nights to wait: a state that was the same for a month is not going to settle any more.
const maxAfter = 30

func (n Notify) validate() error {
	if _, ok := heartbeats[n.Heartbeat]; !ok {
		return fmt.Errorf("notify.heartbeat is daily, weekly or never, not %q", n.Heartbeat)
	}
	if !slices.Contains(notify.Langs[:], n.Lang) {
		return fmt.Errorf("notify.lang is one of %v, not %q", notify.Langs, n.Lang)
	}
	if n.After < 1 || n.After > maxAfter {
		return fmt.Errorf("notify.after is a number of nights from 1 to %d, not %d", maxAfter, n.After)
	}
	if _, err := notify.New(n.addresses()); err != nil {
		return fmt.Errorf("notify: %w", err)
	}
	return nil
}

func (n Notify) addresses() []string {
	all := make([]string, len(n.URLs))
	for i, u := range n.URLs {
		all[i] = string(u)
	}
	return all
}

// Notifier sends messages to services. Its errors hold no secrets.
type Notifier interface {
	// Services names the services, each once and always alike: what they were sent is written down under these names.
	Services() []string
	Send(ctx context.Context, service string, m notify.Message) error
}

// The steps and kinds of the table notifications.
const (
	stepDue, stepSent, stepFailed        = "due", "sent", "failed"
	kindDigest, kindHeartbeat, kindKnown = "digest", "heartbeat", "known"
)

// memory is how many days back nights are compared and messages that did not get through are tried again.
const memory = 90

// tell tells people of the night that was just judged. First it writes down what is due, then it sends, then it writes
// down what was sent. So a run of the same night sends nothing again, and what did not get through is sent by the
// next run; only a message that was sent when the program was killed, before this could be written down, is sent once
// more. Services that fail are errors of the run.
func (e *Environment) tell(ctx context.Context, r *Result) error {
	if e.Notify == nil {
		if len(e.Config.Notify.URLs) == 0 {
			return nil
		}
		sender, err := notify.New(e.Config.Notify.addresses())
		if err != nil {
			return err
		}
		e.Notify = sender
	}
	tonight := qulaq.DayOf(e.Now())
	from := (tonight - memory).Time()
	rows, err := e.Warehouse.Notifications(ctx, from, tonight.Time())
	if err != nil {
		return err
	}
	fresh, err := e.messages(ctx, r, tonight, rows)
	if err != nil {
		return err
	}
	if err := e.Warehouse.NoteNotifications(ctx, fresh); err != nil {
		return err
	}
	return e.deliver(ctx, r, append(rows, fresh...))
}

// messages returns the rows of what is due and was not due before: the digest, once a night, and the heartbeat.
func (e *Environment) messages(ctx context.Context, r *Result, tonight qulaq.Day, rows []load.Notification) ([]load.Notification, error) {
	row := func(kind string, part int, m notify.Message, told map[string]string) load.Notification {
		return load.Notification{
			RunID: r.RunID, At: e.Now(), Night: tonight.Time(), MessageID: fmt.Sprintf("%s %s %d", kind, tonight, part), Kind: kind, Part: uint16(part),
			Step: stepDue, Services: e.Notify.Services(), Title: m.Title, Text: m.Text, Told: told,
		}
	}
	last := func(kind string) (day qulaq.Day) {
		for _, x := range rows {
			if x.Kind == kind && x.Step == stepDue {
				day = max(day, qulaq.DayOf(x.Night))
			}
		}
		return day
	}
	var due []load.Notification
	if last(kindDigest) != tonight { // one digest a night: what a later run of it finds is told tomorrow
		changes, told, known, err := e.news(ctx, r, tonight)
		if err != nil {
			return nil, err
		}
		for i, m := range notify.Digest(e.Config.Notify.Lang, tonight, changes) {
			if i > 0 {
				told = map[string]string{} // all of it stands in the first part; the rows are written together
			}
			due = append(due, row(kindDigest, i+1, m, told))
		}
		if len(known) > 0 {
			x := row(kindKnown, 1, notify.Message{}, known)
			x.Services = nil
			due = append(due, x)
		}
	}
	if days := heartbeats[e.Config.Notify.Heartbeat]; days > 0 && tonight >= last(kindHeartbeat)+qulaq.Day(days) {
		due = append(due, row(kindHeartbeat, 1, notify.Heartbeat(e.Config.Notify.Lang, tonight, e.life(r)), nil))
	}
	return due, nil
}

// news returns the changes that people are to be told, the states that they are told by that, and those that count as
// told: the first state of an obligation is no change, and is told only when it is overdue.
func (e *Environment) news(ctx context.Context, r *Result, tonight qulaq.Day) (changes []notify.Change, told, known map[string]string, err error) {
	before, err := e.Warehouse.Told(ctx, tonight.Time())
	if err != nil {
		return nil, nil, nil, err
	}
	rows, err := e.Warehouse.Nights(ctx, (tonight - memory).Time(), tonight.Time())
	if err != nil {
		return nil, nil, nil, err
	}
	nights := map[string][]publication.Night{}
	for _, n := range rows {
		nights[n.Obligation] = append(nights[n.Obligation], publication.Night{On: qulaq.DayOf(n.On), State: publication.State(n.State), Looked: qulaq.DayOf(n.LookedOn)})
	}
	told, known = map[string]string{}, map[string]string{}
	for _, j := range r.Judged {
		key := j.Obligation.Key
		from, ok := settled(nights[key], publication.State(before[key]), j.Verdict.State, e.Config.Notify.After)
		switch {
		case !ok:
		case from == "" && j.Verdict.State != publication.Overdue:
			known[key] = string(j.Verdict.State)
		default:
			told[key] = string(j.Verdict.State)
			changes = append(changes, j.change(from, e.Config.Notify.Lang))
		}
	}
	return changes, told, known, nil
}

// settled says whether people are to be told of the state of tonight: the nights settled to it, and it is not what they
// were told last ("" when nothing was). That need not have happened tonight, so nothing is lost when a run dies. from
// is the state before, "" when none had settled.
func settled(nights []publication.Night, told, tonight publication.State, n int) (from publication.State, ok bool) {
	if len(nights) == 0 || tonight == told {
		return "", false
	}
	var all []publication.Night
	if told != "" { // what people know has settled, whatever of it lies further back than the nights reach
		for i := range n {
			all = append(all, publication.Night{On: nights[0].On - qulaq.Day(n-i), State: told})
		}
	}
	known := len(all)
	all = append(all, nights...)
	for end := len(all); end > known; end-- {
		if from, to, ok := publication.Settled(all[:end], n); ok && to == tonight {
			return cmp.Or(told, from), true
		} else if ok {
			return "", false
		}
	}
	return "", false
}

// change is what people are told of a verdict.
func (j Judged) change(from publication.State, lang string) notify.Change {
	name := j.Name
	if lang == "kk" && j.NameKK != "" {
		name = j.NameKK
	}
	return notify.Change{
		From: from, To: j.Verdict.State, Akimat: name, Kind: j.Obligation.Kind, Period: j.Obligation.Period.Label, Reason: j.Verdict.Reason.Text(lang),
		URL: j.Verdict.URL, Hash: j.Hash(),
	}
}

// life is what a heartbeat says: a look at a whole listing is good until the next one is due.
func (e *Environment) life(r *Result) notify.Life {
	l := notify.Life{Obligations: len(r.Judged), Days: e.Config.Plans.FullLook, States: map[publication.State]int{}}
	fresh := e.Now().AddDate(0, 0, -l.Days)
	for i, j := range r.Judged {
		at := j.Verdict.CheckedAt
		l.States[j.Verdict.State]++
		if !at.Before(fresh) {
			l.Checked++
		}
		if i == 0 || at.Before(l.Whole) {
			l.Whole = at
		}
	}
	return l
}

// maxFailures is how often a service may fail before it is left alone until the next run. It is more than one, so that
// a message that a service never takes does not keep the others from it.
const maxFailures = 3

// Delivery says what one service was sent in a run.
type Delivery struct {
	Service    string
	Messages   int // that it took: digests, each of one or more parts, and heartbeats
	Changes    int // of verdicts, that they tell
	Heartbeats int
	Failed     int // messages that it did not take; the next run tries again
}

// deliver sends what is due and was not sent, to each service in the order of the nights. Of heartbeats only the last
// is still worth sending.
func (e *Environment) deliver(ctx context.Context, r *Result, rows []load.Notification) error {
	type delivery struct{ message, service string }
	sent := map[delivery]bool{}
	var due []load.Notification
	heartbeat := "" // the last one
	for _, x := range rows {
		switch x.Step {
		case stepSent:
			sent[delivery{x.MessageID, x.Service}] = true
		case stepDue:
			due = append(due, x)
			if x.Kind == kindHeartbeat {
				heartbeat = x.MessageID
			}
		}
	}
	for i, service := range e.Notify.Services() {
		r.Told = append(r.Told, Delivery{Service: service})
		d := &r.Told[i]
		for _, x := range due {
			if d.Failed == maxFailures {
				break
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if sent[delivery{x.MessageID, service}] || !slices.Contains(x.Services, service) || x.Kind == kindHeartbeat && x.MessageID != heartbeat {
				continue
			}
			failure := e.Notify.Send(ctx, service, notify.Message{Title: x.Title, Text: x.Text})
			if err := e.noteSent(ctx, r, x, service, failure); err != nil {
				return err
			}
			d.count(x, failure)
			if failure != nil {
				r.Errors = append(r.Errors, failure)
			}
		}
	}
	return nil
}

func (d *Delivery) count(x load.Notification, failure error) {
	switch {
	case failure != nil:
		d.Failed++
		return
	case x.Kind == kindHeartbeat:
		d.Heartbeats++
	}
	d.Messages++
	d.Changes += len(x.Told)
}

// noteSent writes down what became of a message, even when the run is being interrupted: it is known only here.
func (e *Environment) noteSent(ctx context.Context, r *Result, due load.Notification, service string, failure error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	row := due
	row.RunID, row.At, row.Step, row.Service = r.RunID, e.Now(), stepSent, service
	row.Services, row.Title, row.Text, row.Told = nil, "", "", nil
	if failure != nil {
		row.Step, row.Error = stepFailed, failure.Error()
		e.Log.Warn("not notified", "service", service, "message", due.MessageID, "why", failure)
	} else {
		e.Log.Info("notified", "service", service, "message", due.MessageID)
	}
	err := e.Warehouse.NoteNotifications(ctx, []load.Notification{row})
	if err != nil && failure != nil {
		return errors.Join(err, failure)
	}
	return err
}

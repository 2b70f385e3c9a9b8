package pipelines

import (
	"context"
	"errors"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"
	"github.com/jonboulle/clockwork"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/web"
)

// Serving says how a program stays up.
type Serving struct {
	// Listen is where the status page, the figures for Prometheus and the answers for supervisors are; "" is nowhere.
	Listen string `yaml:"listen"`
	// Token is asked of whoever comes. On loopback it may be missing.
	Token Secret `yaml:"token"`
	// StopWithin is how long the run under way has to end when the program is told to stop.
	StopWithin time.Duration `yaml:"stop_within"`
}

// maxJitter keeps a delayed run on its night.
const maxJitter = 6 * time.Hour

func (s Serving) validate() error {
	if s.Listen != "" {
		if _, _, err := net.SplitHostPort(s.Listen); err != nil {
			return errors.New("serve.listen is host:port, such as 127.0.0.1:8077, or \"\" for none")
		}
		if !web.Loopback(s.Listen) && s.Token == "" {
			return errors.New("serve.listen can be reached from other machines: it needs serve.token, such as ${QULAQ_TOKEN}")
		}
	}
	if s.Token != "" && len(s.Token) < minKey {
		return errors.New("serve.token is shorter than 16 characters, and so is guessed")
	}
	if s.StopWithin <= 0 {
		return errors.New("serve.stop_within is longer than nothing")
	}
	return nil
}

// Service is what a program that stays up is given from outside.
type Service struct {
	Clock clockwork.Clock
	Done  func(*Result, error) // told of every run
	// Reload asks for the configuration to be read again, by Read; nil: never.
	Reload <-chan struct{}
	Read   func() (Config, error)
	// Delay picks the delay of a run from 0 to the jitter of the schedule; nil: none.
	Delay func(jitter time.Duration) time.Duration
	// Up is told where the status page is; nil: nobody asks.
	Up func(net.Addr)
}

// serving is a service at work.
type serving struct {
	Service
	e *Environment
	// still is the environment as it was at the start, for whoever asks while a reload writes the configuration of e. What the
	// page wants of it, the warehouse and the folders, is not changed by one.
	still *Environment
	turn  chan struct{} // holds one token: a run or a reload takes it, so that neither meets another

	mu         sync.Mutex // guards what the status page reads while runs and reloads go on
	jobs       []job
	goodConfig bool
}

// Serve runs the pipelines by their schedules until the context ends: one run at a time, and at the start one for
// each pipeline that the ledger shows as missed while the program was down. It returns when the run that was under way
// has ended, or why the warehouse is no more.
func (e *Environment) Serve(ctx context.Context, service Service) error {
	if err := e.Prepare(ctx); err != nil {
		return err
	}
	still := *e
	s := &serving{Service: service, e: e, still: &still, turn: make(chan struct{}, 1), goodConfig: true}
	// The runs have a context of their own: the scheduler cancels it when it is told to stop.
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(qulaq.Almaty()), gocron.WithClock(s.Clock),
		gocron.WithStopTimeout(e.Config.Serve.StopWithin))
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	if err := s.schedule(ctx, scheduler); err != nil {
		return errors.Join(err, scheduler.Shutdown())
	}
	shown := make(chan error, 1)
	at := e.Config.Serve // read here: a reload writes the configuration
	go func() { shown <- s.show(ctx, at) }()
	scheduler.Start()
	var dead <-chan struct{}
	if e.engine != nil {
		dead = e.engine.Dead()
	}
	why := s.wait(ctx, scheduler, dead, shown)
	stop()
	return errors.Join(why, scheduler.Shutdown())
}

// wait stays until the context ends or the program cannot go on, and reads the configuration again when asked.
func (s *serving) wait(ctx context.Context, scheduler gocron.Scheduler, dead <-chan struct{}, shown <-chan error) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-dead:
			return s.e.engine.Err()
		case err := <-shown:
			if err != nil { // a page that was asked for and is not there would be missed by who watches it
				return err
			}
			shown = nil
		case <-s.Reload:
			if err := s.reload(ctx, scheduler); err != nil {
				s.e.Log.Error("the configuration was not read anew, the one before holds", "why", err, "hint", qulaq.Hint(err))
			}
		}
	}
}

// queued is a pipeline of the schedule. asked is that a run of it waits for its turn or is under way: to ask again is then
// nothing new.
type queued struct {
	job
	asked atomic.Bool
}

// schedule gives the scheduler the pipelines of the configuration, and begins those at once that are late, in the order of a
// night, for the later ones rest on what the earlier ones bring.
func (s *serving) schedule(ctx context.Context, scheduler gocron.Scheduler) error {
	jobs, jitter := s.e.jobs(), s.e.Config.Schedule.Jitter
	var all, late []*queued
	for _, j := range jobs {
		q := &queued{job: j}
		all = append(all, q)
		missed, last, err := s.e.missed(ctx, j)
		if err != nil {
			return err
		}
		if missed {
			s.e.Log.Info("a run was missed, catching up", "pipeline", j.pipeline, "last", last)
			q.asked.Store(true)
			late = append(late, q)
		}
	}
	for _, q := range all {
		if _, err := scheduler.NewJob(gocron.CronJob(q.schedule, false), gocron.NewTask(func(ctx context.Context) {
			if !q.asked.CompareAndSwap(false, true) {
				s.e.Log.Info("the run before is not over, this one is left out", "pipeline", q.pipeline)
				return
			}
			s.run(ctx, q, jitter)
		}), gocron.WithName(q.pipeline), gocron.WithContext(ctx)); err != nil {
			return err
		}
		if next, err := Next(q.schedule, s.e.Now()); err == nil {
			s.e.Log.Info("scheduled", "pipeline", q.pipeline, "next", next)
		}
	}
	s.mu.Lock()
	s.jobs = jobs
	s.mu.Unlock()
	if len(late) == 0 {
		return nil
	}
	_, err := scheduler.NewJob(gocron.OneTimeJob(gocron.OneTimeJobStartImmediately()), gocron.NewTask(func(ctx context.Context) {
		for _, q := range late {
			s.run(ctx, q, 0) // what is late already is not delayed
		}
	}), gocron.WithName("missed"), gocron.WithContext(ctx))
	return err
}

// run runs a pipeline once, after its delay.
func (s *serving) run(ctx context.Context, q *queued, jitter time.Duration) {
	if s.Delay != nil && jitter > 0 {
		select {
		case <-ctx.Done():
			return // the ledger shows the run as missed
		case <-s.Clock.After(s.Delay(jitter)):
		}
	}
	select {
	case <-ctx.Done():
		return
	case s.turn <- struct{}{}:
	}
	defer func() { <-s.turn }()
	r, err := s.e.Traced(ctx, q.job.run)
	q.asked.Store(false)
	s.Done(r, err)
}

// reload reads the configuration anew and holds to it from the next run on. One that cannot be read changes nothing.
func (s *serving) reload(ctx context.Context, scheduler gocron.Scheduler) error {
	c, err := s.Read()
	s.mu.Lock()
	s.goodConfig = err == nil
	s.mu.Unlock()
	if err != nil {
		return err
	}
	select {
	case s.turn <- struct{}{}:
	default:
		s.e.Log.Info("the new configuration holds after the run under way")
		select {
		case <-ctx.Done():
			return nil
		case s.turn <- struct{}{}:
		}
	}
	defer func() { <-s.turn }()
	for _, key := range s.e.adopt(c) {
		s.e.Log.Warn("this key changes only when the program starts anew", "key", key)
	}
	for _, j := range scheduler.Jobs() {
		if err := scheduler.RemoveJob(j.ID()); err != nil {
			return err
		}
	}
	if err := s.schedule(ctx, scheduler); err != nil {
		return err
	}
	s.e.Log.Info("the configuration was read anew")
	return nil
}

// adopt takes a configuration, but for what the program has built on at its start; it returns the keys of those that
// the new one would change.
func (e *Environment) adopt(c Config) (kept []string) {
	old := e.Config
	for _, k := range []struct {
		key     string
		differs bool
	}{
		{"warehouse", c.Warehouse != old.Warehouse},
		{"data", c.Data != old.Data},
		{"engine", c.Engine != old.Engine},
		{"serve", c.Serve != old.Serve},
	} {
		if k.differs {
			kept = append(kept, k.key)
		}
	}
	c.Warehouse, c.Data, c.Engine, c.Serve = old.Warehouse, old.Data, old.Engine, old.Serve
	e.Config = c
	if e.http != nil {
		e.http.Close()
	}
	e.http = nil // its hosts and pauses are those of the old one
	return kept
}

// show answers over HTTP until the context ends.
func (s *serving) show(ctx context.Context, at Serving) error {
	if at.Listen == "" {
		return nil
	}
	return web.Serve(ctx, at.Listen, web.Handler(s, string(at.Token), s.e.Log), func(a net.Addr) {
		s.e.Log.Info("the status page is up", "address", "http://"+a.String())
		if s.Up != nil {
			s.Up(a)
		}
	})
}

// planned are the pipelines and their schedules, for the page.
func (s *serving) planned() []job {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.jobs)
}

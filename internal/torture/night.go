//go:build linux

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// nightVerb makes this program run one night.
const nightVerb = "one-night"

// order is what a night's process is told.
type order struct {
	Warehouse string // "embedded", or the address of the cable
	Data      string
	Engine    string // folder of the engine's library
	Inbox     string
	Reports   string
	Site      string // address of the small internet
	Now       time.Time
	// Pause stops it before this step, the first being 1, until a line comes on standard input; 0 is never.
	Pause int
}

// said is what a night's process says on standard output, a line each.
type said struct {
	Step     int           `json:"step,omitempty"` // it waits before this step
	Name     string        `json:"name,omitempty"`
	Engine   int           `json:"engine,omitempty"` // process of its own engine
	Steps    int           `json:"steps,omitempty"`  // at the end: how many steps there were
	Took     time.Duration `json:"took,omitempty"`
	Error    string        `json:"error,omitempty"`
	Finished bool          `json:"finished,omitempty"`
}

// night runs the pipelines in their order, as nightly cron does. The monitor judges only after the others went well: what
// it says of a broken night is true, but another night would have said it otherwise.
func night(text string, in io.Reader, out io.Writer) int {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	ctx := context.Background()
	lines := bufio.NewReader(in)
	say := json.NewEncoder(out)
	end := said{Finished: true}
	c := pipelines.DefaultConfig()
	c.Warehouse, c.Data, c.Engine.Folder = pipelines.Secret(o.Warehouse), o.Data, o.Engine
	c.Complaints = []pipelines.ComplaintSource{{Source: "eotinish", Path: o.Inbox}}
	c.Reports = []pipelines.ReportSource{{Path: o.Reports}}
	c.Plans.BaseURL, c.Plans.Only, c.Plans.Wanted, c.Plans.Pause, c.Plans.FullLook = o.Site, slugs, true, time.Millisecond, 1
	c.Network.AllowPrivate, c.Network.Pause, c.Network.Tries, c.Network.Timeout = true, time.Millisecond, 2, time.Minute
	e := &pipelines.Environment{Config: c, Now: func() time.Time { return o.Now }, Log: slog.New(slog.DiscardHandler), Version: "torture"}
	e.Step = func(s load.Step) error {
		if end.Steps++; end.Steps != o.Pause {
			return nil
		}
		if err := say.Encode(said{Step: end.Steps, Name: string(s)}); err != nil {
			return err
		}
		_, err := lines.ReadString('\n')
		return err
	}
	began := time.Now()
	err := func() error {
		if err := e.OpenWarehouse(ctx, "torture", pipelines.Own); err != nil {
			return err
		}
		if engine := e.Engine(); engine != nil {
			if err := say.Encode(said{Engine: engine.PID()}); err != nil {
				return err
			}
		}
		if err := e.OpenArchive(); err != nil {
			return err
		}
		for _, run := range []func(context.Context) (*pipelines.Result, error){e.RunComplaints, e.RunReports, e.RunPlans, e.RunMonitor} {
			r, err := run(ctx)
			if err = errors.Join(err, r.Err()); err != nil {
				return err
			}
		}
		return nil
	}()
	if err = errors.Join(err, e.Close(ctx)); err != nil {
		end.Error = err.Error()
	}
	end.Took = time.Since(began)
	if err := say.Encode(end); err != nil || end.Error != "" {
		return 1
	}
	return 0
}

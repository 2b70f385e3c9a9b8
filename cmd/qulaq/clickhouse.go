package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) clickhouseVerb() *cobra.Command {
	var tcp, http int
	var fetch bool
	c := &cobra.Command{
		Use:   "clickhouse",
		Short: "Run the embedded ClickHouse in the foreground, for any client",
		Long: `Runs the engine on the data folder until it is interrupted, so that any SQL client
can ask: over the native protocol, over HTTP, or in a browser at /play.
It listens on this machine only and asks no password. Besides the user default,
who may all, it has analyst, who reads everything but the texts of complaints, and
monitor, who reads runs, looks and verdicts: they keep from mistakes, not from
people, for anybody may say that he is default.`,
		Example: `  qulaq clickhouse
  qulaq clickhouse --tcp-port 9000 --http-port 8123
  qulaq clickhouse --fetch       only bring the engine to the cache`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if fetch {
				return a.fetchEngine(c)
			}
			e, err := a.environment(c)
			if err != nil {
				return err
			}
			if e.Config.Warehouse != pipelines.Embedded {
				return usage("the configuration names a server; there is nothing to run")
			}
			if c.Flags().Changed("tcp-port") {
				e.Config.Engine.TCPPort = tcp
			}
			if c.Flags().Changed("http-port") {
				e.Config.Engine.HTTPPort = http
			}
			ctx := c.Context()
			if err := e.OpenWarehouse(ctx, pipelines.ClickhouseVerb, pipelines.Own); err != nil {
				return errors.Join(err, e.Close(context.WithoutCancel(ctx)))
			}
			if err := e.Prepare(ctx); err != nil {
				return errors.Join(err, e.Close(context.WithoutCancel(ctx)))
			}
			engine := e.Engine()
			fmt.Fprintf(a.out, "native  clickhouse://%s/%s\nhttp    http://%s/?database=%s\nbrowser http://%s/play\nreader  http://%s/?database=%s&user=analyst\n",
				engine.Addr(), e.Warehouse.Database(), engine.HTTPAddr(), e.Warehouse.Database(), engine.HTTPAddr(), engine.HTTPAddr(), e.Warehouse.Database())
			fmt.Fprintln(a.err, "Ctrl-C ends it")
			select {
			case <-ctx.Done():
				return e.Close(context.WithoutCancel(ctx))
			case <-engine.Dead():
				return errors.Join(engine.Err(), e.Close(ctx))
			}
		},
	}
	f := c.Flags()
	f.IntVar(&tcp, "tcp-port", 0, "`port` of the native protocol; 0 picks a free one")
	f.IntVar(&http, "http-port", 0, "`port` of HTTP; 0 picks a free one")
	f.BoolVar(&fetch, "fetch", false, "only bring the engine to the cache")
	return c
}

// fetchEngine brings the engine to the cache and says where it is.
func (a *app) fetchEngine(c *cobra.Command) error {
	e, err := a.environment(c)
	if err != nil {
		return err
	}
	var stage embedded.Stage
	library, err := embedded.Fetch(c.Context(), embedded.FetchOptions{
		Dir: e.Config.Engine.Folder,
		Progress: func(s embedded.Stage, _ int64) {
			if s != stage && !a.quiet {
				stage = s
				fmt.Fprintf(a.err, "engine: %s\n", s)
			}
		},
	})
	if err != nil || a.quiet {
		return err
	}
	_, err = fmt.Fprintln(a.out, library)
	return err
}

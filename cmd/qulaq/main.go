// Command qulaq loads citizens' complaints into ClickHouse and lets people ask. Each verb has a file of
// its own, which reads flags and prints results; the work is done in package pipelines.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/internal/traces"
	"github.com/qulaq-kz/qulaq/load/embedded"
	"github.com/qulaq-kz/qulaq/pipelines"
	"github.com/qulaq-kz/qulaq/transform/pdf"
)

func main() { os.Exit(run(os.Args)) }

func run(args []string) int {
	if len(args) > 1 && args[1] == embedded.Verb {
		return embedded.Main(args[2:])
	}
	// A reader that has seen enough, `| head`, must not kill the program: the engine that it asks aborts when a connection
	// breaks off. Writing fails then, and the verb ends in peace.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() { // a second signal ends the program at once
		<-ctx.Done()
		stop()
	}()
	a := &app{in: os.Stdin, out: os.Stdout, err: os.Stderr, environ: os.LookupEnv}
	root := a.root()
	root.SetArgs(args[1:])
	return a.report(root.ExecuteContext(ctx))
}

// Exit codes. Scripts rely on them.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitContract    = 3
	exitOverdue     = 4
	exitLocked      = 5
	exitInterrupted = 130
)

// app is what all verbs share.
type app struct {
	in       io.Reader
	out, err io.Writer
	environ  func(string) (string, bool)

	configPath string
	nowText    string
	logFormat  string
	quiet      bool
}

// failure is an error of a verb at work, as opposed to one of the command line.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "qulaq",
		Short: "Citizens' complaints and akimats' promises, in ClickHouse",
		Long: `qulaq (құлақ, the ear) loads exports of citizens' complaints into ClickHouse and lets you ask.

It needs no server: without an address in the configuration it runs a real
ClickHouse by itself, in the folder ` + "`data`" + `.`,
		Example: `  qulaq run complaints                 load what is new, as nightly cron does
  qulaq preview export.csv             see what would be loaded
  qulaq sql "SELECT count() FROM complaints"
  qulaq clickhouse                     a ClickHouse for any SQL client`,
		SilenceUsage: true, SilenceErrors: true, Version: version(),
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	f := root.PersistentFlags()
	f.StringVar(&a.configPath, "config", "qulaq.yaml", "configuration `file`")
	f.StringVar(&a.nowText, "now", "", "pretend that it is `time` (RFC 3339, or YYYY-MM-DD)")
	f.StringVar(&a.logFormat, "log-format", "text", "`format` of logs: text or json")
	f.BoolVar(&a.quiet, "quiet", false, "no progress, no summary, warnings only; what --format json asks for is printed")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		return oneOf("log-format", a.logFormat, "text", "json")
	}
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	for _, verb := range []func() *cobra.Command{
		a.runVerb, a.serveVerb, a.replayVerb, a.backfillVerb, a.publicationsVerb, a.previewVerb, a.sourcesVerb, a.statusVerb, a.rejectsVerb, a.normalizeVerb, a.redactVerb, a.referenceVerb,
		a.sqlVerb, a.checkVerb, a.doctorVerb, a.pruneVerb, a.backupVerb, a.restoreVerb, a.migrateVerb, a.clickhouseVerb, a.configVerb,
	} {
		c := verb()
		root.AddCommand(c)
		wrapAll(c)
	}
	return root
}

// wrapAll marks the errors of a verb's work.
func wrapAll(c *cobra.Command) {
	if work := c.RunE; work != nil {
		c.RunE = func(c *cobra.Command, args []string) error {
			if err := work(c, args); err != nil {
				return failure{err}
			}
			return nil
		}
	}
	for _, sub := range c.Commands() {
		wrapAll(sub)
	}
}

// group is a verb that only has verbs below it: alone it is wrong usage, answered with its help, and so is a word it
// does not know, which cobra would let pass.
func group(c *cobra.Command, verbs ...*cobra.Command) *cobra.Command {
	c.Args = cobra.NoArgs
	c.RunE = func(c *cobra.Command, _ []string) error {
		fmt.Fprintf(c.ErrOrStderr(), "%s\n\n%s\n", c.Short, c.UsageString())
		return usage("`%s` alone does nothing: one of its verbs must follow", c.CommandPath())
	}
	c.AddCommand(verbs...)
	return c
}

// usage is an error of how a verb was called.
func usage(format string, args ...any) error {
	return &qulaq.Error{Op: "read the command line", Kind: qulaq.Configuration, Err: fmt.Errorf(format, args...), Hint: "`qulaq --help` and `qulaq VERB --help` show how"}
}

// report prints an error and returns the exit code.
func (a *app) report(err error) int {
	if err == nil {
		return exitOK
	}
	var f failure
	if !errors.As(err, &f) {
		fmt.Fprintf(a.err, "qulaq: %v\n  help: qulaq --help\n", err)
		return exitUsage
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(a.err, "qulaq: interrupted; what was loaded stays, the rest follows at the next run")
		return exitInterrupted
	}
	if errors.Is(err, syscall.EPIPE) && qulaq.KindOf(err) == qulaq.Bug { // nobody reads the answer any more; a server's is Transient
		return exitFailed
	}
	told := map[string]bool{} // two looks at one site fail for one reason
	for _, e := range parts(f.error) {
		if told[e.Error()] {
			continue
		}
		told[e.Error()] = true
		if a.logFormat == "json" {
			a.log().Error(e.Error(), "kind", qulaq.KindOf(e).String(), "hint", qulaq.Hint(e))
			continue
		}
		fmt.Fprintf(a.err, "qulaq: %s\n", render.Plain(e.Error()))
		if hint := qulaq.Hint(e); hint != "" {
			fmt.Fprintf(a.err, "  help: %s\n", render.Plain(hint))
		}
	}
	return codeOf(f.error)
}

// parts takes joined errors apart.
func parts(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, parts(e)...)
		}
		return all
	}
	return []error{err}
}

var codes = map[qulaq.Kind]int{
	qulaq.Bug: exitFailed, qulaq.Transient: exitFailed, qulaq.Blocked: exitFailed,
	qulaq.Configuration: exitUsage, qulaq.Contract: exitContract, qulaq.Locked: exitLocked,
}

func codeOf(err error) int {
	if errors.Is(err, errOverdue) {
		return exitOverdue
	}
	if errors.Is(err, pipelines.ErrBroken) { // no data of anybody broke a contract
		return exitFailed
	}
	return codes[qulaq.KindOf(err)]
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return strings.Trim(info.Main.Version, "()")
}

// clock returns the clock of this run: the real one, or one that started at --now.
func (a *app) clock() (func() time.Time, error) {
	if a.nowText == "" {
		return func() time.Time { return time.Now().In(qulaq.Almaty()) }, nil
	}
	at, err := time.Parse(time.RFC3339, a.nowText)
	if err != nil {
		if at, err = time.ParseInLocation(time.DateOnly, a.nowText, qulaq.Almaty()); err != nil {
			return nil, usage("--now %q is neither RFC 3339 nor YYYY-MM-DD", a.nowText)
		}
	}
	start := time.Now()
	return func() time.Time { return at.Add(time.Since(start)).In(qulaq.Almaty()) }, nil
}

func (a *app) log() *slog.Logger {
	level := slog.LevelInfo
	if a.quiet {
		level = slog.LevelWarn
	}
	o := &slog.HandlerOptions{Level: level}
	if a.logFormat == "json" {
		return slog.New(slog.NewJSONHandler(a.err, o))
	}
	return slog.New(slog.NewTextHandler(a.err, o))
}

// waitForServer waits for a server that is being restarted, ten seconds in all.
func waitForServer(ctx context.Context, attempts int) bool {
	pauses := []time.Duration{time.Second, 3 * time.Second, 6 * time.Second}
	if attempts > len(pauses) {
		return false
	}
	select {
	case <-time.After(pauses[attempts-1]):
		return true
	case <-ctx.Done():
		return false
	}
}

// environment reads the configuration and makes an environment without a warehouse.
func (a *app) environment(c *cobra.Command) (*pipelines.Environment, error) {
	now, err := a.clock()
	if err != nil {
		return nil, err
	}
	config, err := a.config(c)
	if err != nil {
		return nil, err
	}
	e := &pipelines.Environment{Config: config, Now: now, Log: a.log(), Version: version(), Wait: waitForServer}
	if config.Plans.Recognise {
		e.Outside = pdf.Find()
	}
	return e, nil
}

// config reads the configuration.
func (a *app) config(c *cobra.Command) (pipelines.Config, error) {
	config, _, err := pipelines.ReadConfig(a.configPath, c.Flags().Changed("config"), a.environ)
	if err != nil {
		return config, err
	}
	if folder, ok := a.environ("QULAQ_ENGINE_DIR"); ok && config.Engine.Folder == "" {
		config.Engine.Folder = folder
	}
	return config, nil
}

// configured refuses to look for nothing in a folder that has no configuration: whoever runs there is in the wrong folder,
// and would be told for ever that all is well.
func (a *app) configured(c *cobra.Command) error {
	if _, err := a.clock(); err != nil {
		return err
	}
	config, found, err := pipelines.ReadConfig(a.configPath, c.Flags().Changed("config"), a.environ)
	if err != nil || found || config.Wanted() {
		return err
	}
	return &qulaq.Error{
		Op: "read configuration", Object: a.configPath, Kind: qulaq.Configuration, Err: errors.New("it is not in this folder, and so there is nothing to look at"),
		Hint: "change into the folder that has it, or name it with --config",
	}
}

// withWarehouse runs a verb on a warehouse and closes it.
func (a *app) withWarehouse(c *cobra.Command, how pipelines.Attach, work func(context.Context, *pipelines.Environment) error) (err error) {
	e, err := a.environment(c)
	if err != nil {
		return err
	}
	ctx := c.Context()
	var endTraces func(context.Context)
	e.Traces, endTraces = traces.Open(ctx, a.environ, e.Version, e.Log)
	defer func() {
		// An interrupted verb still stops its engine in peace.
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		if e := e.Close(closing); err == nil {
			err = e
		}
		endTraces(context.WithoutCancel(ctx))
	}()
	if err := e.OpenWarehouse(ctx, c.Name(), how); err != nil {
		return err
	}
	return work(ctx, e)
}

// onTerminal says whether somebody watches the error stream.
func (a *app) onTerminal() bool {
	f, ok := a.err.(*os.File)
	return ok && !a.quiet && term.IsTerminal(int(f.Fd()))
}

// oneOf checks a flag that has a few values.
func oneOf(name, value string, allowed ...string) error {
	for _, v := range allowed {
		if v == value {
			return nil
		}
	}
	return usage("--%s is %s, not %q", name, strings.Join(allowed, ", "), value)
}

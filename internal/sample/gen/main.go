// Command gen makes the complaint exports of the demo or of the benchmark:
//
//	go run ./internal/sample/gen -kind demo|bench -out DIR [-rows N] [-seed S] [-force]
//
// A file that is already there with the same parameters is left alone. DIR/truth.json says what is in the files.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/sample"
)

// kinds are what can be made, with the usual number of rows.
var kinds = map[string]struct {
	files func(rows int, seed uint64) []sample.File
	rows  int
}{
	"demo":  {sample.Demo, 200_000},
	"bench": {sample.Bench, 1_000_000},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run returns the exit code: 0 when all is made, 2 for wrong usage or a folder that cannot be used, 130 when
// interrupted, 1 for the rest.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	name := flags.String("kind", "", "what to make: demo or bench")
	out := flags.String("out", "", "folder for the files")
	rows := flags.Int("rows", 0, "rows of all files together (default 200000 for demo, 1000000 for bench)")
	seed := flags.Uint64("seed", 1, "seed of the randomness")
	force := flags.Bool("force", false, "make the files even if they are there")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	kind, known := kinds[*name]
	if !known || *out == "" || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "gen: -kind demo|bench and -out DIR are needed, and nothing else stands without a dash")
		return 2
	}
	if *rows == 0 {
		*rows = kind.rows
	}
	files := kind.files(*rows, *seed)
	made, err := sample.Make(ctx, *out, files, *force)
	if err != nil {
		fmt.Fprintln(stderr, "gen:", err)
		if hint := qulaq.Hint(err); hint != "" {
			fmt.Fprintln(stderr, hint)
		}
		switch {
		case errors.Is(err, context.Canceled):
			return 130
		case qulaq.KindOf(err) == qulaq.Configuration:
			return 2
		}
		return 1
	}
	for _, f := range files {
		t := made.Files[f.Name].Truth
		fmt.Fprintf(stdout, "%s: %d rows, %d complaints, %d bytes\n", f.Name, t.Rows, t.Complaints, t.Bytes)
	}
	return 0
}

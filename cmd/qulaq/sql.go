package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/pipelines"
	warehousesql "github.com/qulaq-kz/qulaq/sql"
)

func (a *app) sqlVerb() *cobra.Command {
	var format, name string
	var params []string
	var list bool
	c := &cobra.Command{
		Use:   `sql "SELECT …" | --query NAME | --list`,
		Short: "Ask the warehouse",
		Long: `Puts one question to the warehouse and prints the answer. Tables and views, with
their meaning: SELECT name, comment FROM system.tables WHERE database = currentDatabase()

Questions that the Government's reports raise have names: --list shows them, --query
asks one. Their answers stand beside what officials published. A parameter, which
stands in SQL as {name:Type}, is set by --param; those of a named question have defaults.`,
		Example: `  qulaq sql "SELECT status, count() FROM complaints GROUP BY status"
  qulaq sql "SELECT * FROM complaint_trends" --format csv > trends.csv
  qulaq sql "SELECT * FROM complaints" --format parquet > complaints.parquet
  qulaq sql --list
  qulaq sql --query plans_not_published --param period=2023-H1`,
		Args: func(c *cobra.Command, args []string) error {
			if list || name != "" {
				return cobra.NoArgs(c, args)
			}
			return cobra.ExactArgs(1)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if list {
				if err := oneOf("format", format, "table", "json"); err != nil {
					return err
				}
				return a.listQueries(format)
			}
			if err := oneOf("format", format, render.Formats...); err != nil {
				return err
			}
			if f, ok := a.out.(*os.File); ok && format == "parquet" && term.IsTerminal(int(f.Fd())) {
				return usage("Parquet is not for a terminal: send it to a file with > file.parquet")
			}
			set, err := parameters(params)
			if err != nil {
				return err
			}
			query := warehousesql.Query{}
			if name == "" {
				query.Text = args[0]
			} else if query, err = namedQuery(name, set); err != nil {
				return err
			}
			return a.withWarehouse(c, pipelines.Visit, func(ctx context.Context, e *pipelines.Environment) error {
				if name != "" { // its views are there even before the first run
					if err := e.EnsureSchema(ctx); err != nil {
						return err
					}
				}
				var values []any
				for name, value := range set {
					values = append(values, clickhouse.Named(name, value))
				}
				answer, err := e.Warehouse.Ask(ctx, query.Text, values...)
				if err != nil {
					return err
				}
				defer answer.Close()
				if query.Question != "" && format == "table" && !a.quiet {
					fmt.Fprintf(a.out, "%s\n\n", query.Question)
				}
				return render.Write(a.out, format, answer)
			})
		},
	}
	c.Flags().StringVar(&format, "format", "table", "`format`: table, csv, json or parquet; of the list: table or json")
	c.Flags().StringVar(&name, "query", "", "ask the question of this `name`")
	c.Flags().StringArrayVar(&params, "param", nil, "set a parameter, `name=value`; may be repeated")
	c.Flags().BoolVar(&list, "list", false, "show the questions that have names")
	c.MarkFlagsMutuallyExclusive("query", "list")
	return c
}

// parameters reads name=value.
func parameters(params []string) (map[string]string, error) {
	set := make(map[string]string, len(params))
	for _, p := range params {
		name, value, ok := strings.Cut(p, "=")
		if !ok || name == "" {
			return nil, usage("--param %s: want name=value", p)
		}
		set[name] = value
	}
	return set, nil
}

// namedQuery returns a query by its name and adds the defaults of its parameters to those that are set.
func namedQuery(name string, set map[string]string) (warehousesql.Query, error) {
	queries, err := warehousesql.Queries()
	if err != nil {
		return warehousesql.Query{}, err
	}
	i := slices.IndexFunc(queries, func(q warehousesql.Query) bool { return q.Name == name })
	if i < 0 {
		return warehousesql.Query{}, usage("no query is named %s; `qulaq sql --list` shows the names", name)
	}
	q := queries[i]
	for given := range set {
		if !slices.ContainsFunc(q.Parameters, func(p warehousesql.Parameter) bool { return p.Name == given }) {
			return q, usage("query %s has no parameter %s; `qulaq sql --list` shows them", name, given)
		}
	}
	for _, p := range q.Parameters {
		if _, given := set[p.Name]; !given {
			set[p.Name] = p.Default
		}
	}
	return q, nil
}

// listQueries prints the named questions.
func (a *app) listQueries(format string) error {
	queries, err := warehousesql.Queries()
	if err != nil {
		return err
	}
	for _, q := range queries {
		if format == "table" {
			fmt.Fprintf(a.out, "%s\n    %s\n", q.Name, q.Question)
		}
		defaults := render.Object{}
		for _, p := range q.Parameters {
			if format == "table" {
				fmt.Fprintf(a.out, "    --param %s=%s    %s\n", p.Name, p.Default, p.About)
			}
			defaults = append(defaults, render.Field{Name: p.Name, Value: p.Default})
		}
		if format == "table" {
			continue
		}
		if err := render.WriteLine(a.out, render.Object{
			{Name: "query", Value: q.Name},
			{Name: "question", Value: q.Question},
			{Name: "parameters", Value: defaults},
		}); err != nil {
			return err
		}
	}
	return nil
}

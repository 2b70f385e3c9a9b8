package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/status"
)

func (a *app) normalizeVerb() *cobra.Command {
	c := &cobra.Command{
		Use: "normalize", Short: "Words to codes, line by line",
		Example: `  echo "Область Ұлытау" | qulaq normalize region
  echo "Көшеде жарық жоқ" | qulaq normalize category
  echo "на исполнении" | qulaq normalize status`,
	}
	return group(c, a.normalizeRegionVerb(), a.normalizeCategoryVerb(), a.normalizeStatusVerb())
}

func (a *app) normalizeRegionVerb() *cobra.Command {
	var on string
	c := &cobra.Command{
		Use:   "region",
		Short: "Names of places to KATO codes",
		Long: `Reads one text a line and prints one answer a line, in order:
input TAB code TAB name TAB how. The text may be a name or hold one («Аппарат акима
Бостандыкского района города Алматы»). The code is empty where it names no place, or
more than one. Settlements are known after ` + "`qulaq reference import`" + `.`,
		Example: `  echo "Область Ұлытау" | qulaq normalize region
  echo "ЮКО" | qulaq normalize region --on 2018-01-01
  qulaq normalize region --format json < names.txt`,
	}
	c.Flags().StringVar(&on, "on", "", "territorial division of that `day`, YYYY-MM-DD; today's if not given")
	return a.lineVerb(c, func() (func(string) []render.Field, error) {
		var day qulaq.Day
		if on != "" {
			var err error
			if day, err = qulaq.ParseDay(on); err != nil {
				return nil, usage("--on %v", err)
			}
		}
		e, err := a.environment(c)
		if err != nil {
			return nil, err
		}
		places, err := e.Places()
		if err != nil {
			return nil, err
		}
		memo := region.Cached(places)
		return func(line string) []render.Field {
			answer := memo.Resolve(line, day)
			return []render.Field{
				{Name: "code", Value: orNull(answer.Code)},
				{Name: "name_ru", Value: orNull(answer.NameRU)},
				{Name: "how", Value: string(answer.How)},
			}
		}, nil
	})
}

func (a *app) normalizeCategoryVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "category",
		Short: "Complaints to categories",
		Long: `Reads one text a line and prints one answer a line, in order:
input TAB code TAB score TAB how. The text may be a source's own category («КАТЕГОРИЯ /
вопрос / подвопрос», or any one of them), or what a person wrote, in Russian or Kazakh.
The score is between 0 and 1: about the probability that the code is right. A text that does
not tell enough is other with a low score. How names the words that decided, or says triple.`,
		Example: `  echo "Подача питьевой воды" | qulaq normalize category
  qulaq normalize category --format json < complaints.txt`,
	}
	return a.lineVerb(c, func() (func(string) []render.Field, error) {
		table, err := category.New()
		if err != nil {
			return nil, err
		}
		classifier := table.Classifier()
		return func(line string) []render.Field {
			guess := classifier.Line(line)
			return []render.Field{
				{Name: "code", Value: orNull(guess.Code)},
				{Name: "score", Value: score(guess.Score)},
				{Name: "how", Value: guess.How()},
			}
		}, nil
	})
}

func (a *app) normalizeStatusVerb() *cobra.Command {
	c := &cobra.Command{
		Use:   "status",
		Short: "States of complaints and plan items to statuses",
		Long: `Reads one text a line and prints one answer a line, in order: input TAB status.
A state of a complaint («Завершено с просрочкой») gives open, open_overdue, closed,
closed_overdue, withdrawn or forwarded; a note in an action plan («орындалуда», «ПСД
разрабатывается») resolved, in_progress, planned, funded, funding_considered,
no_documents, not_supported, long_term or explained; anything else unknown.`,
		Example: `  echo "Завершено с просрочкой" | qulaq normalize status`,
	}
	return a.lineVerb(c, func() (func(string) []render.Field, error) {
		table, err := status.New()
		if err != nil {
			return nil, err
		}
		return func(line string) []render.Field {
			return []render.Field{{Name: "status", Value: table.Line(line)}}
		}, nil
	})
}

// oneColumn keeps a text within its column of TSV: what parts columns or lines, in any program, becomes a space.
var oneColumn = strings.NewReplacer("\t", " ", "\r", " ", "\v", " ", "\f", " ", "\x1c", " ", "\x1d", " ", "\x1e", " ", "\u0085", " ", "\u2028", " ", "\u2029", " ")

// score prints with two digits in every format.
type score float64

func (s score) String() string { return strconv.FormatFloat(float64(s), 'f', 2, 64) }

// MarshalJSON keeps it a number.
func (s score) MarshalJSON() ([]byte, error) { return []byte(s.String()), nil }

// lineVerb completes a verb that answers line by line: prepare returns how.
func (a *app) lineVerb(c *cobra.Command, prepare func() (func(line string) []render.Field, error)) *cobra.Command {
	var format string
	c.Flags().StringVar(&format, "format", "tsv", "`format`: tsv or json")
	c.Args = cobra.NoArgs
	c.RunE = func(*cobra.Command, []string) error {
		if err := oneOf("format", format, "tsv", "json"); err != nil {
			return err
		}
		answer, err := prepare()
		if err != nil {
			return err
		}
		return a.eachLine(func(out *bufio.Writer, line, _ string) error {
			line = strings.TrimSuffix(line, "\r") // Windows
			fields := answer(line)
			if format == "json" {
				return render.WriteLine(out, append(render.Object{{Name: "input", Value: line}}, fields...))
			}
			if _, err := oneColumn.WriteString(out, line); err != nil {
				return err
			}
			for _, f := range fields {
				value := f.Value
				if value == nil {
					value = ""
				}
				if _, err := fmt.Fprintf(out, "\t%v", value); err != nil {
					return err
				}
			}
			return out.WriteByte('\n')
		})
	}
	return c
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

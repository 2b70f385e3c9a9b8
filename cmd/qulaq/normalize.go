package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/render"
	"github.com/qulaq-kz/qulaq/transform/region"
)

func (a *app) normalizeVerb() *cobra.Command {
	var on, format string
	c := &cobra.Command{
		Use: "normalize", Short: "Words to codes, line by line",
		Example: `  echo "Область Ұлытау" | qulaq normalize region`,
	}
	places := &cobra.Command{
		Use:   "region",
		Short: "Names of places to KATO codes",
		Long: `Reads one name a line and prints one answer a line, in order:
input TAB code TAB name TAB how. The code is empty where the text names no place,
or more than one.`,
		Example: `  echo "Область Ұлытау" | qulaq normalize region
  echo "ЮКО" | qulaq normalize region --on 2018-01-01
  qulaq normalize region --format json < names.txt`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "tsv", "json"); err != nil {
				return err
			}
			var day qulaq.Day
			if on != "" {
				var err error
				if day, err = qulaq.ParseDay(on); err != nil {
					return usage("--on %v", err)
				}
			}
			g, err := region.New()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.out)
			lines := bufio.NewScanner(a.in)
			lines.Buffer(nil, 16<<20)
			for lines.Scan() {
				line := strings.TrimSuffix(lines.Text(), "\r")
				answer := g.Resolve(line, day)
				if format == "json" {
					err = render.WriteLine(out, render.Object{
						{Name: "input", Value: line},
						{Name: "code", Value: orNull(answer.Code)},
						{Name: "name_ru", Value: orNull(answer.NameRU)},
						{Name: "how", Value: string(answer.How)},
					})
				} else {
					_, err = fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", line, answer.Code, answer.NameRU, answer.How)
				}
				if err != nil {
					return err
				}
			}
			return first(lines.Err(), out.Flush())
		},
	}
	places.Flags().StringVar(&on, "on", "", "territorial division of that `day`, YYYY-MM-DD; today's if not given")
	places.Flags().StringVar(&format, "format", "tsv", "`format`: tsv or json")
	return group(c, places)
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/pipelines"
)

func (a *app) configVerb() *cobra.Command {
	c := &cobra.Command{Use: "config", Short: "About the configuration", Example: "  qulaq config validate"}
	return group(c, &cobra.Command{
		Use:     "validate",
		Short:   "Check the configuration and say what it means",
		Example: "  qulaq config validate --config qulaq.yaml",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			config, found, err := pipelines.ReadConfig(a.configPath, c.Flags().Changed("config"), a.environ)
			if err != nil {
				return err
			}
			if err := config.CheckProfiles(); err != nil {
				return err
			}
			if a.quiet {
				return nil
			}
			from := a.configPath
			if !found {
				from = "no file, defaults only"
			}
			warehouse := string(config.Warehouse)
			if warehouse != pipelines.Embedded {
				warehouse = load.Redact(warehouse)
			}
			fmt.Fprintf(a.out, "configuration  %s\nwarehouse      %s\ndata           %s\nschedule       %s (Asia/Almaty)\n",
				from, warehouse, config.Data, config.Schedule.Complaints)
			for _, s := range config.Complaints {
				place := s.Path
				if s.URL != "" {
					place = pipelines.RedactURL(s.URL)
				}
				fmt.Fprintf(a.out, "complaints     %s from %s\n", s.Source, place)
			}
			for _, r := range config.Reports {
				place := r.Path
				if r.URL != "" {
					place = pipelines.RedactURL(r.URL)
				}
				fmt.Fprintf(a.out, "reports        from %s\n", place)
			}
			if config.Plans.Wanted {
				fmt.Fprintf(a.out, "plans          from %s and the sites of the file of sources\n", pipelines.RedactURL(config.Plans.BaseURL))
			}
			if !config.Wanted() {
				fmt.Fprintln(a.out, "sources        none: `run` has nothing to do")
			}
			return nil
		},
	})
}

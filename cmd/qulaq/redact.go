package main

import (
	"bufio"

	"github.com/spf13/cobra"
)

func (a *app) redactVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "redact",
		Short: "Mask personal data, line by line",
		Long: `Reads text and prints it with personal data masked: [iin], [phone], [email], [card],
[iban], [plate], [document], [name], [house], [flat]. The rest stays byte for byte. Which
kinds are masked is said by personal_data.mask in the configuration; all by default.
A line of more than 16 MiB is not masked: the verb stops there and says so.`,
		Example: `  echo "Ахметов Серік Болатұлы, тел. 8 701 123 45 67" | qulaq redact
  qulaq redact < letter.txt > letter.masked.txt`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			e, err := a.environment(c)
			if err != nil {
				return err
			}
			personal, err := e.Redactor()
			if err != nil {
				return err
			}
			var room []byte
			return a.eachLine(func(out *bufio.Writer, line, end string) error {
				text := personal.Redact(room[:0], []byte(line))
				if _, err := out.Write(text); err != nil {
					return err
				}
				_, err := out.WriteString(end)
				return err
			})
		},
	}
}

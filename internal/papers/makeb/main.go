// Command makeb writes the half of the corpus that is named b_*: documents as offices really produce them
// and programs trip over, each with its truth.
//
// What a paper says stands in papers/NAME.txt, in the notation of notation.go: one text gives both the
// document and its truth, so that the two cannot drift apart. How it is dressed stands in builders.go.
//
// The results are kept as data under internal/papers/data, because office programs are no build
// dependency. Running makeb again needs LibreOffice, Chromium, poppler and tesseract with rus and kaz;
// what the generator writes itself (DOCX, XLSX, HTML, the noise of scans) comes out the same every time, what
// those programs write carries their own dates and ids.
//
//	go run ./internal/papers/makeb [-out internal/papers/data] [-only NAME]
//
// Where to look:
//
//	notation.go  the notation of papers, and the truth that follows from it
//	builders.go  the list of papers: which program writes which
//	docx.go      DOCX by hand, as Word writes it
//	docxtext.go  its texts: runs, tracked changes, fields, footnotes, hyphens
//	docxodd.go   DOCX with what only some documents have: text boxes, content controls, pictures
//	xlsx.go      workbooks by hand
//	html.go      HTML bodies
//	office.go    the outside programs
//	scan.go      pages as pictures: turned, noisy, put into a PDF
package main

import (
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

//go:embed papers/*.txt
var sources embed.FS

func main() {
	out := flag.String("out", "internal/papers/data", "folder with dev and test")
	only := flag.String("only", "", "make this paper alone")
	flag.Parse()
	if err := run(*out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "makeb:", err)
		os.Exit(1)
	}
}

func run(out, only string) error {
	names := make([]string, 0, len(builders))
	for name := range builders {
		if only == "" || only == name {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("no paper is named %q", only)
	}
	sort.Strings(names)
	o, err := newOffice()
	if err != nil {
		return err
	}
	defer o.close()
	for _, name := range names {
		if err := makeOne(out, name, o); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Println(name)
	}
	return nil
}

// makeOne writes the document and the truth of one paper.
func makeOne(out, name string, o *office) error {
	text, err := sources.ReadFile("papers/" + name + ".txt")
	if err != nil {
		return err
	}
	p, err := parse(string(text))
	if err != nil {
		return err
	}
	data, err := builders[name](p, o)
	if err != nil {
		return err
	}
	truth, err := json.MarshalIndent(p.truth, "", "  ")
	if err != nil {
		return err
	}
	base := filepath.Join(out, p.half, "b_"+name)
	if err := os.MkdirAll(filepath.Dir(base), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(base+"."+p.ext, data, 0o644); err != nil {
		return err
	}
	return os.WriteFile(base+".json", append(truth, '\n'), 0o644)
}

// Command make writes the documents a_* of package papers, each with its truth, from the sources beside it.
// Run it in the root of the repository:
//
//	go run ./internal/papers/make [-only NAME]
//
// A source is one page of HTML under a head of lines "key: value"; text and truth stand in the same place, so
// that they cannot drift apart. Office documents are made of it by LibreOffice (Writer and Calc, 7.4), because readers must
// meet what real programs write. The results are kept in the repository as data: an office program is no
// dependency of the build. Times inside of the results are those of the source, not of the run; the words of
// a document change only when its source does (a newer LibreOffice will write other bytes).
//
//	main.go    from sources to files
//	source.go  the head of a source and the marks in its tables
//	truth.go   what the marks say
//	web.go     the source as a page without marks, for Writer or as a body of a content management system
//	sheet.go   the source as a workbook
//	office.go  LibreOffice, and how its results are made independent of the hour
//	sources/   the documents
package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

//go:embed sources
var sources embed.FS

func main() {
	only := flag.String("only", "", "make only the sources whose name begins so")
	out := flag.String("out", "internal/papers/data", "folder of the halves")
	flag.Parse()
	if err := run(*only, *out); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run(only, out string) (err error) {
	entries, err := sources.ReadDir("sources")
	if err != nil {
		return err
	}
	office, err := newOffice()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, office.close()) }()
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), path.Ext(e.Name()))
		if !strings.HasPrefix(name, only) {
			continue
		}
		raw, err := sources.ReadFile("sources/" + e.Name())
		if err != nil {
			return err
		}
		if err := makeOne(office, name, raw, out); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// makeOne writes the document and the truth of one source.
func makeOne(office *office, name string, raw []byte, out string) error {
	s, err := parse(raw)
	if err != nil {
		return err
	}
	truth, err := s.truth()
	if err != nil {
		return err
	}
	file, ext, err := s.document(office)
	if err != nil {
		return err
	}
	var j bytes.Buffer
	e := json.NewEncoder(&j)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(truth); err != nil {
		return err
	}
	stem := filepath.Join(out, s.head["half"], name)
	if err := os.WriteFile(stem+".json", j.Bytes(), 0o644); err != nil {
		return err
	}
	fmt.Printf("%s.%s: %d bytes, %d items\n", stem, ext, len(file), len(truth.Items))
	return os.WriteFile(stem+"."+ext, file, 0o644)
}

// document returns the file that the source describes, and its extension.
func (s *source) document(office *office) (file []byte, ext string, err error) {
	created := s.head["created"]
	switch s.head["out"] {
	case "docx":
		file, err = office.convert(s.page(), "html", "HTML (StarWriter)", "docx", "MS Word 2007 XML", created)
		return file, "docx", err
	case "pdf":
		file, err = office.convert(s.page(), "html", "HTML (StarWriter)", "pdf", "writer_pdf_Export", created)
		return file, "pdf", err
	case "xlsx":
		file, err = office.convert(s.workbook(), "fods", "", "xlsx", "Calc MS Excel 2007 XML", created)
		return file, "xlsx", err
	case "xls":
		file, err = office.convert(s.workbook(), "fods", "", "xls", "MS Excel 97", created)
		return file, "xls", err
	case "pdf-calc":
		file, err = office.convert(s.workbook(), "fods", "", "pdf", "calc_pdf_Export", created)
		return file, "pdf", err
	case "html":
		return s.body(), "html", nil
	case "html-1251":
		file, err = charmap.Windows1251.NewEncoder().Bytes(s.body())
		return file, "html", err
	}
	return nil, "", fmt.Errorf("out: %q is nothing that can be made", s.head["out"])
}

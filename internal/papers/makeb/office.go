package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// office runs the outside programs in a folder of its own.
type office struct{ dir string }

func newOffice() (*office, error) {
	dir, err := os.MkdirTemp("", "makeb")
	return &office{dir}, err
}

func (o *office) close() { _ = os.RemoveAll(o.dir) }

func (o *office) run(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, name, args...)
	c.Dir = o.dir
	c.WaitDelay = 5 * time.Second
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %.300s", name, err, out)
	}
	return nil
}

// convert lets LibreOffice turn data of one extension into another; to may carry a filter and its options.
func (o *office) convert(data []byte, from, to string) ([]byte, error) {
	ext, _, _ := strings.Cut(to, ":")
	in := filepath.Join(o.dir, "in."+from)
	outDir := filepath.Join(o.dir, "out")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, err
	}
	if err := o.run("soffice", "--headless", "-env:UserInstallation=file://"+o.dir+"/profile", "--convert-to", to, "--outdir", outDir, in); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(outDir, "in."+ext))
}

// chromium prints a page to PDF.
func (o *office) chromium(page string) ([]byte, error) {
	in, out := filepath.Join(o.dir, "in.html"), filepath.Join(o.dir, "chromium.pdf")
	if err := os.WriteFile(in, []byte(page), 0o600); err != nil {
		return nil, err
	}
	if err := o.run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+o.dir+"/chromium", "--no-pdf-header-footer", "--print-to-pdf="+out, "file://"+in); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}

// pages renders a PDF to gray PNG pictures.
func (o *office) pages(pdf []byte, dpi int) ([][]byte, error) {
	in := filepath.Join(o.dir, "pages.pdf")
	if err := os.WriteFile(in, pdf, 0o600); err != nil {
		return nil, err
	}
	old, _ := filepath.Glob(filepath.Join(o.dir, "page-*.png"))
	for _, f := range old {
		_ = os.Remove(f)
	}
	if err := o.run("pdftoppm", "-r", fmt.Sprint(dpi), "-gray", "-png", in, filepath.Join(o.dir, "page")); err != nil {
		return nil, err
	}
	names, err := filepath.Glob(filepath.Join(o.dir, "page-*.png"))
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for _, name := range names {
		png, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		out = append(out, png)
	}
	return out, nil
}

// recognise lets tesseract make a PDF of pictures with a text layer of what it believes to read.
func (o *office) recognise(pictures [][]byte, dpi int) ([]byte, error) {
	var list strings.Builder
	for i, p := range pictures {
		name := filepath.Join(o.dir, fmt.Sprintf("ocr%d.jpeg", i))
		if err := os.WriteFile(name, p, 0o600); err != nil {
			return nil, err
		}
		list.WriteString(name + "\n")
	}
	in := filepath.Join(o.dir, "ocr.txt")
	if err := os.WriteFile(in, []byte(list.String()), 0o600); err != nil {
		return nil, err
	}
	if err := o.run("tesseract", in, filepath.Join(o.dir, "ocr"), "-l", "rus+kaz", "--dpi", fmt.Sprint(dpi), "pdf"); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(o.dir, "ocr.pdf"))
}

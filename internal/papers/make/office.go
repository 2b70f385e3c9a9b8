package main

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// office is LibreOffice with a folder of its own.
type office struct{ folder string }

func newOffice() (*office, error) {
	folder, err := os.MkdirTemp("", "papers")
	return &office{folder}, err
}

func (o *office) close() error { return os.RemoveAll(o.folder) }

// convert turns data, whose import filter may be "", into a file of another kind. Created is the day that the
// result says it was made on, YYYY-MM-DD.
func (o *office) convert(data []byte, from, filter, to, export, created string) ([]byte, error) {
	in := filepath.Join(o.folder, "paper."+from)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	args := []string{
		"--headless", "-env:UserInstallation=file://" + filepath.Join(o.folder, "profile"),
		"--convert-to", to + ":" + export, "--outdir", o.folder, in,
	}
	if filter != "" {
		args = append([]string{"--infilter=" + filter}, args...)
	}
	said, err := exec.CommandContext(ctx, "soffice", args...).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("soffice: %w: %s", err, said)
	}
	out := filepath.Join(o.folder, "paper."+to)
	result, err := os.ReadFile(out)
	if err != nil {
		return nil, fmt.Errorf("soffice wrote nothing: %s", said)
	}
	if err := os.Remove(out); err != nil {
		return nil, err
	}
	switch to {
	case "pdf":
		return settlePDF(result, created), nil
	case "docx", "xlsx":
		return settleZip(result)
	}
	return result, nil
}

// settleZip gives all members the same time, that of the oldest day of the format.
func settleZip(data []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		out, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
		if err != nil {
			return nil, err
		}
		if _, err := io.Copy(out, in); err != nil {
			return nil, err
		}
		if err := in.Close(); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

var (
	pdfDate = regexp.MustCompile(`/CreationDate\(D:[0-9]{14}`)
	pdfID   = regexp.MustCompile(`(/DocChecksum /|<)[0-9A-F]{32}`)
)

// settlePDF overwrites date and identity by text of the same length, so that no offset moves.
func settlePDF(data []byte, created string) []byte {
	data = pdfDate.ReplaceAll(data, []byte("/CreationDate(D:"+strings.ReplaceAll(created, "-", "")+"100000"))
	return pdfID.ReplaceAllFunc(data, func(id []byte) []byte {
		same := bytes.Clone(id)
		for i := len(same) - 32; i < len(same); i++ {
			same[i] = '0'
		}
		return same
	})
}

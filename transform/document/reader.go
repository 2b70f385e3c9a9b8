// Package document reads a paper of whatever format: it takes off the container (.gz, .zip) and chooses the
// reader. It believes bytes, never the extension: half of what is called .xls on the sites of akimats is HTML.
//
// Where to look:
//
//	reader.go    Reader and Read
//	kind.go      which format it is, and what is said of one that is not read
//	archive.go   the files inside a zip, and their errors as findings
//	pictures.go  a DOCX whose pages are pictures
//	text.go      plain text
package document

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/pdf"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
)

// Reader reads papers. It is safe for concurrent use.
type Reader struct {
	Limits  table.Limits
	Outside pdf.Tools // programs that recognise scans; without them scans stay unread
}

// Read reads a file. name is a label for people; documents out of a zip have the member's name, those of a zip
// inside a zip both. A file that is no zip gives one document. The members of a zip are read in the order of
// the zip, and one that cannot be read does not stop the others: it is a finding of the first document and
// counts among its unread parts, as do pictures. Limits.DocumentBytes and Limits.Members hold for a zip with all that is
// inside it.
//
// Errors are *qulaq.Error of kind Contract with one of the reasons of package table, or ctx's error. A zip is an
// error when nothing in it could be read.
func (r *Reader) Read(ctx context.Context, data []byte, name string) ([]*table.Document, error) {
	l := r.Limits.Defaults()
	j := &job{Reader: r, ctx: ctx, limits: l, bytes: l.DocumentBytes, members: l.Members}
	if err := j.spend(uint64(len(data)), name); err != nil {
		return nil, err
	}
	docs, err := j.read(file{data: data, name: unpack.Printable(name), object: name})
	if err != nil {
		return nil, err
	}
	docs[0].Findings = append(docs[0].Findings, j.findings...)
	docs[0].Unread += j.unread
	return docs, nil
}

// job is one call of Read.
type job struct {
	*Reader
	ctx      context.Context
	limits   table.Limits
	bytes    int64 // that may still come out of containers
	members  int   // of zips that may still come
	findings []qulaq.Finding
	unread   int // members of zips that were not read
}

// file is bytes to be read: the file itself, a member, or what a gzip holds.
type file struct {
	data   []byte
	name   string // of its document
	object string // in errors
	depth  int    // of containers around it
}

// maxDepth is how many containers may be inside one another.
const maxDepth = 3

func (j *job) read(f file) ([]*table.Document, error) {
	if err := j.ctx.Err(); err != nil {
		return nil, err
	}
	kind, err := j.kindOf(f)
	if err != nil {
		return nil, err
	}
	if read, ok := readers[kind]; ok {
		d, err := read(j, f)
		if err != nil {
			return nil, err
		}
		d.Name = f.name
		return []*table.Document{d}, nil
	}
	switch kind {
	case archive:
		return j.archive(f)
	case gzipped:
		return j.gunzip(f)
	}
	said := refusals[kind]
	return nil, fail(f.object, fmt.Errorf("%s: %w", said.what, said.reason), said.hint)
}

// gunzip reads what a gzip holds.
func (j *job) gunzip(f file) ([]*table.Document, error) {
	if f.depth == maxDepth {
		return nil, tooDeep(f.object)
	}
	g, err := gzip.NewReader(bytes.NewReader(f.data))
	if err != nil {
		return nil, fail(f.object, fmt.Errorf("the gzip stream: %w: %w", err, table.ErrDamaged), fetchAgain)
	}
	data, err := io.ReadAll(io.LimitReader(g, j.bytes+1))
	if err != nil {
		return nil, fail(f.object, fmt.Errorf("the gzip stream: %w: %w", err, table.ErrDamaged), fetchAgain)
	}
	if err := j.spend(uint64(len(data)), f.object); err != nil {
		return nil, err
	}
	f.data, f.depth = data, f.depth+1
	return j.read(f)
}

// spend takes n bytes from what all containers together may hold.
func (j *job) spend(n uint64, object string) error {
	if n > uint64(max(j.bytes, 0)) {
		return fail(object, fmt.Errorf("more than %d bytes unpacked: %w", j.limits.DocumentBytes, table.ErrTooLarge), "")
	}
	j.bytes -= int64(n)
	return nil
}

func tooDeep(object string) error {
	return fail(object, fmt.Errorf("more than %d containers inside one another: %w", maxDepth, table.ErrTooLarge), "unpack it by hand")
}

func fail(object string, err error, hint string) error {
	return &qulaq.Error{Op: "read document", Object: object, Kind: qulaq.Contract, Err: err, Hint: hint}
}

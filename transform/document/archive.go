package document

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
)

func (j *job) openZip(f file) (*unpack.ZipFile, error) {
	l := j.limits
	l.UnpackedBytes = l.DocumentBytes
	return unpack.OpenZip(bytes.NewReader(f.data), int64(len(f.data)), f.object, l)
}

// archive reads the members of a zip.
func (j *job) archive(f file) ([]*table.Document, error) {
	if f.depth == maxDepth {
		return nil, tooDeep(f.object)
	}
	z, err := j.openZip(f)
	if err != nil {
		return nil, err
	}
	entries := z.Entries()
	if j.members -= len(entries); j.members < 0 {
		return nil, fail(f.object, fmt.Errorf("more than %d files in all: %w", j.limits.Members, table.ErrTooLarge), "")
	}
	if err := j.spend(z.ClaimedTotal(), f.object); err != nil {
		return nil, err
	}
	var docs []*table.Document
	var first error // why a member could not be read
	pictures := int64(0)
	for _, e := range entries {
		if e.Litter != "" {
			continue
		}
		got, err := j.member(z, e, f)
		switch {
		case j.ctx.Err() != nil:
			return nil, j.ctx.Err()
		case errors.Is(err, errPicture):
			pictures++
		case err != nil:
			if first == nil {
				first = err
			}
			j.found(join(f, e.Name), because(err), 1)
		}
		docs = append(docs, got...)
	}
	if pictures > 0 {
		j.found(f.name, fmt.Sprintf("pictures: %d; not read", pictures), pictures)
	}
	if len(docs) > 0 {
		return docs, nil
	}
	why := fmt.Errorf("no file in the zip can be read: %w", table.ErrFormat)
	if first != nil {
		why = fmt.Errorf("no file in the zip can be read: %w", first)
	}
	return nil, fail(f.object, why, "")
}

// errPicture is why a picture is not read.
var errPicture = errors.New("a picture")

// member reads a file of a zip.
func (j *job) member(z *unpack.ZipFile, e unpack.Entry, f file) ([]*table.Document, error) {
	data, err := z.Bytes(e)
	if err != nil {
		return nil, err
	}
	if unpack.Sniff(data[:min(len(data), unpack.SniffLen)]) == unpack.Image {
		return nil, errPicture
	}
	// An office document is a zip too: what its parts unpack to counts as what the members of a zip do.
	inner := file{data: data, name: join(f, e.Name), object: f.object + ", " + e.Name, depth: f.depth + 1}
	if k, err := j.kindOf(inner); err == nil && (k == docxFile || k == xlsxFile || k == openDocument) {
		office, err := j.openZip(inner)
		if err != nil {
			return nil, err
		}
		if err := j.spend(office.ClaimedTotal(), inner.object); err != nil {
			return nil, err
		}
	}
	return j.read(inner)
}

// join names a member, and the zip where that is inside another.
func join(f file, member string) string {
	if f.depth == 0 {
		return member
	}
	return f.name + "/" + member
}

// found tells of members that were not read: the paper as a whole is not, and may be what they are.
func (j *job) found(subject, detail string, count int64) {
	j.unread += int(count)
	j.findings = append(j.findings, qulaq.Finding{
		Kind: qulaq.NothingToRead, Subject: subject, Table: subject, Detail: detail, Count: count,
	})
}

// because returns why a member could not be read, without what the finding's subject says already.
func because(err error) string {
	var e *qulaq.Error
	if errors.As(err, &e) && e.Err != nil {
		return e.Err.Error()
	}
	return err.Error()
}

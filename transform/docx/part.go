package docx

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/markup"
	"github.com/qulaq-kz/qulaq/transform/table"
	"github.com/qulaq-kz/qulaq/transform/unpack"
)

// parts is the package of a document: a zip, read part by part into memory.
type parts struct {
	zip    *unpack.ZipFile
	folder string // of the document's part: "word"
	base   string // its name in there: "document.xml"
	limits table.Limits
	left   int64 // bytes that may still be unpacked
}

func open(data []byte, object string, l table.Limits) (*parts, error) {
	l.UnpackedBytes = min(l.UnpackedBytes, l.DocumentBytes)
	z, err := unpack.OpenZip(bytes.NewReader(data), int64(len(data)), object, l)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", table.ErrDamaged, err)
	}
	return &parts{zip: z, limits: l, left: l.DocumentBytes}, nil
}

// trusted is how much memory is made ready because a member claims to need it.
const trusted = 16 << 20

// part reads a member; nil when there is none.
func (p *parts) part(name string) ([]byte, error) {
	if !p.zip.Has(name) {
		return nil, nil
	}
	claimed := p.zip.Claimed(name)
	if claimed > uint64(p.left) {
		return nil, p.tooLarge()
	}
	r, err := p.zip.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", table.ErrDamaged, err)
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(min(claimed, trusted)) + bytes.MinRead)
	n, err := b.ReadFrom(io.LimitReader(r, p.left+1))
	if p.left -= n; p.left < 0 {
		return nil, p.tooLarge()
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", table.ErrDamaged, err)
	}
	return b.Bytes(), nil
}

func (p *parts) tooLarge() error {
	return fmt.Errorf("%w: its parts unpack to more than %d bytes", table.ErrTooLarge, p.limits.DocumentBytes)
}

// each calls f at the start of every child of the root of a part, if there is one.
func (p *parts) each(name string, f func(x *markup.Scanner) error) error {
	data, err := p.part(name)
	if err != nil || data == nil {
		return err
	}
	x := markup.New(data, p.limits.Depth)
	t, err := x.Next()
	if err == nil && t == markup.ElementStart {
		err = x.Children(func() error { return f(x) })
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// main reads the part with the text, and learns its folder. The package says which part that is (ECMA-376,
// part 2, "relationships"); nearly always it is word/document.xml.
func (p *parts) main() ([]byte, error) {
	name := ""
	err := p.each("_rels/.rels", func(x *markup.Scanner) error {
		if name == "" && strings.HasSuffix(x.Attribute("Type"), "/officeDocument") {
			name = strings.TrimPrefix(path.Clean("/"+x.Attribute("Target")), "/")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !p.zip.Has(name) {
		name = "word/document.xml"
	}
	text, err := p.part(name)
	if err != nil {
		return nil, err
	}
	if text == nil {
		return nil, fmt.Errorf("%w: a zip without a document", table.ErrFormat)
	}
	p.folder, p.base = path.Dir(name), path.Base(name)
	return text, nil
}

// title returns the title that the document's properties give.
func (p *parts) title() (string, error) {
	var title []byte
	err := p.each("docProps/core.xml", func(x *markup.Scanner) error {
		if string(x.Name) != "title" {
			return nil
		}
		return x.Content(func(text []byte) { title = append(title, text...) })
	})
	return strings.Join(strings.Fields(strings.ToValidUTF8(string(title), "\ufffd")), " "), err
}

package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/pdf"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// program writes a program of a few lines that stands in for an outside one.
func program(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// encoded is a white picture with a dark stroke.
func encoded(t testing.TB, width, height int, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	for x := range width / 2 {
		img.SetGray(x, height/2, color.Gray{})
	}
	var b bytes.Buffer
	if err := encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(b *bytes.Buffer, img image.Image) error  { return png.Encode(b, img) }
func asJPEG(b *bytes.Buffer, img image.Image) error { return jpeg.Encode(b, img, nil) }
func asGIF(b *bytes.Buffer, img image.Image) error  { return gif.Encode(b, img, nil) }

// bomb is a PNG that says it has so many points, and has none.
func bomb(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
	head = append(head, 8, 0, 0, 0, 0)
	out := binary.BigEndian.AppendUint32([]byte("\x89PNG\r\n\x1a\n"), 13)
	out = append(out, head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

// pictured is a DOCX of a heading and pictures that fill a page each.
func pictured(t testing.TB, heading string, pictures ...[]byte) string {
	t.Helper()
	body, relations := `<w:p><w:r><w:t>`+heading+`</w:t></w:r></w:p>`, ""
	members := []string{"word/_rels/document.xml.rels", ""}
	for i, data := range pictures {
		id := string(rune('a' + i))
		body += `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="6000000" cy="8000000"/><a:graphic><pic:blipFill><a:blip r:embed="` + id + `"/></pic:blipFill></a:graphic></wp:inline></w:drawing></w:r></w:p>`
		relations += `<Relationship Id="` + id + `" Target="media/` + id + `"/>`
		members = append(members, "word/media/"+id, string(data))
	}
	members[1] = `<Relationships>` + relations + `</Relationships>`
	return pack(t, append(members, "word/document.xml", `<w:document><w:body>`+body+`</w:body></w:document>`)...)
}

func TestPicturesOfAPaper(t *testing.T) {
	pgm := filepath.Join(t.TempDir(), "page.pgm")
	if err := os.WriteFile(pgm, append([]byte("P5\n500 700\n255\n"), bytes.Repeat([]byte{255}, 500*700)...), 0o600); err != nil {
		t.Fatal(err)
	}
	tools := pdf.Tools{
		PdfToPpm: program(t, `test -s page.pdf && cp "`+pgm+`" out.pgm`),
		Tesseract: program(t, `printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n`+
			`5\t1\t1\t1\t1\t1\t40\t60\t60\t20\t90\tRoads\n'`),
	}
	jpg, gray := encoded(t, 600, 800, asJPEG), encoded(t, 600, 800, asPNG)
	for name, c := range map[string]struct {
		file   string
		tools  pdf.Tools
		want   string
		unread int
		found  string
	}{
		"a JPEG and a PNG":        {pictured(t, "План", jpg, gray), tools, "План Roads Roads", 0, ""},
		"without programs":        {pictured(t, "План", jpg, gray), pdf.Tools{}, "План", 2, ""},
		"with one of them":        {pictured(t, "План", jpg), pdf.Tools{Tesseract: tools.Tesseract}, "План", 1, ""},
		"a text with pictures":    {pictured(t, strings.Repeat("дорога ", 300), jpg), tools, strings.TrimSpace(strings.Repeat("дорога ", 300)), 1, ""},
		"one cannot be read":      {pictured(t, "План", encoded(t, 600, 800, asGIF), jpg), tools, "План Roads", 1, "format that is not read"},
		"none can":                {pictured(t, "План", []byte("x")), tools, "План", 1, "format that is not read"},
		"more points than a page": {pictured(t, "План", bomb(60_000, 60_000), jpg), tools, "План Roads", 1, "larger than a page"},
		"of no points":            {pictured(t, "План", bomb(0, 600)), tools, "План", 1, "not recognised"},
		"points that are missing": {pictured(t, "План", bomb(600, 800)), tools, "План", 1, "cannot be read"},
		"a line":                  {pictured(t, "План", encoded(t, 600, 10, asPNG)), tools, "План", 1, "is no page"},
		"a program that fails":    {pictured(t, "План", jpg), pdf.Tools{PdfToPpm: tools.PdfToPpm, Tesseract: program(t, "exit 1")}, "План", 1, "not recognised"},
	} {
		t.Run(name, func(t *testing.T) {
			r := Reader{Outside: c.tools}
			docs, err := r.Read(t.Context(), []byte(c.file), "план.docx")
			if err != nil {
				t.Fatal(err)
			}
			d := docs[0]
			var found []string
			for _, f := range d.Findings {
				found = append(found, f.Detail)
				if f.Kind != qulaq.NothingToRead {
					t.Errorf("%+v", f)
				}
			}
			said := strings.Join(found, "; ")
			if words(d) != c.want || d.Unread != c.unread || d.Recognised != strings.Contains(c.want, "Roads") || !strings.Contains(said, c.found) || (c.found == "") != (said == "") {
				t.Errorf("%q, %d unread, recognised %t, findings %q", words(d), d.Unread, d.Recognised, said)
			}
			if d.Format != table.DOCX || d.Name != "план.docx" {
				t.Errorf("%s %s", d.Format, d.Name)
			}
		})
	}
}

// What the pictures become is a PDF of as many pages, each of which is a scan.
func TestPDFOfPictures(t *testing.T) {
	var w pageWriter
	for _, data := range [][]byte{encoded(t, 600, 800, asJPEG), encoded(t, 800, 600, asPNG), encoded(t, 600, 800, asPNG)} {
		if err := w.add(data); err != nil {
			t.Fatal(err)
		}
	}
	d, err := pdf.Read(t.Context(), w.pdf(), "x.pdf", table.Limits{}, pdf.Tools{})
	if err != nil || d.Pages != 3 || d.Unread != 3 {
		t.Errorf("%+v, %v", d, err)
	}
	if w.size() < 100 || w.size() > len(w.pdf()) {
		t.Errorf("%d bytes of %d", w.size(), len(w.pdf()))
	}
}

// A picture that packs well is not small once it is a page.
func TestManyBytesOfPictures(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewPaletted(image.Rect(0, 0, 2000, 2000), color.Palette{color.White, color.Black})); err != nil {
		t.Fatal(err)
	}
	file := pictured(t, "План", b.Bytes(), b.Bytes(), b.Bytes())
	r := Reader{Outside: pdf.Tools{PdfToPpm: "/nowhere", Tesseract: "/nowhere"}, Limits: table.Limits{DocumentBytes: 8_000}}
	if _, err := r.Read(t.Context(), []byte(file), "план.docx"); !errors.Is(err, table.ErrTooLarge) || !strings.Contains(err.Error(), "pictures unpack") {
		t.Errorf("a DOCX of %d bytes: %v", len(file), err)
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(encoded(f, 60, 80, asJPEG))
	f.Add(encoded(f, 60, 80, asPNG))
	f.Add(bomb(60_000, 60_000))
	f.Fuzz(func(t *testing.T, data []byte) {
		var w pageWriter
		if w.add(data) != nil {
			return
		}
		if len(w.pages) != 1 || !bytes.HasPrefix(w.pdf(), []byte("%PDF-")) {
			t.Error("no page")
		}
	})
}

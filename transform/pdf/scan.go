package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/outside"
	"github.com/qulaq-kz/qulaq/transform/layout"
)

// Tools names the outside programs that recognise scans, and what they may cost. Without them scans stay
// unread; text is read without them. The zero value is no tools.
type Tools struct {
	PdfToPpm  string        // poppler's program that draws pages; "" when it is not there
	Tesseract string        // the program that recognises letters; "" when it is not there
	Languages string        // as tesseract names them; default rus+kaz
	PageTime  time.Duration // for each program and page; default one minute
	Memory    int64         // bytes, for each program; default 2 GiB
	Pages     int           // how many pages of a document are recognised at most; default 100
}

// Find looks for the programs on PATH.
func Find() Tools {
	var t Tools
	if path, err := exec.LookPath("pdftoppm"); err == nil {
		t.PdfToPpm = path
	}
	if path, err := exec.LookPath("tesseract"); err == nil {
		t.Tesseract = path
	}
	return t
}

func (t Tools) defaults() Tools {
	if t.Languages == "" {
		t.Languages = "rus+kaz"
	}
	if t.PageTime <= 0 {
		t.PageTime = time.Minute
	}
	if t.Pages <= 0 {
		t.Pages = 100
	}
	return t
}

const (
	resolution = 200 // dots per inch
	dot        = 72.0 / resolution
	poor       = 20 // tesseract's confidence, of 100, below which a word is dirt
	poorMark   = 60 // and a lone mark that is no letter and no digit
)

// scanner recognises pages of one document.
type scanner struct {
	ctx      context.Context
	data     []byte
	tools    Tools
	done     int
	findings []qulaq.Finding
}

// page recognises a page; ok is false when it could not. seen is the page as its own content shows it.
func (s *scanner) page(number int, seen layout.Page) (p layout.Page, ok bool) {
	if s.tools.PdfToPpm == "" || s.tools.Tesseract == "" || !s.allowed(number) {
		return seen, false
	}
	img, err := s.draw(number)
	if err == nil {
		rules := img.rules()
		img.erase(rules)
		img.despeckle()
		p = layout.Page{Width: float64(img.width) * dot, Height: float64(img.height) * dot, Rules: points(rules)}
		p.Words, err = s.recognise(img, "11")
	}
	if err == nil {
		var missed []layout.Word
		missed, err = s.again(img, layout.Empty(p))
		p.Words = append(p.Words, missed...)
	}
	if err != nil {
		s.failed(number, err)
		return seen, false
	}
	return p, true
}

// again recognises cells in which nothing was found although there is ink: single digits, as a rule. They
// are put below one another into a picture of their own.
func (s *scanner) again(img *picture, cells []layout.Box) ([]layout.Word, error) {
	sheet, pieces := img.cut(cells)
	if len(pieces) == 0 {
		return nil, nil
	}
	words, err := s.recognise(sheet, "6")
	if err != nil {
		return nil, err
	}
	var out []layout.Word
	for _, w := range words {
		y := (w.Y0 + w.Y1) / 2
		for _, p := range pieces {
			if y >= p.top && y < p.bottom {
				w.X0, w.X1, w.Y0, w.Y1 = w.X0+p.right, w.X1+p.right, w.Y0+p.down, w.Y1+p.down
				out = append(out, w)
				break
			}
		}
	}
	return out, nil
}

func (s *scanner) allowed(number int) bool {
	s.tools = s.tools.defaults()
	if s.done++; s.done <= s.tools.Pages {
		return true
	}
	if s.done == s.tools.Pages+1 {
		s.failed(number, fmt.Errorf("more than %d pages are not recognised", s.tools.Pages))
	}
	return false
}

func (s *scanner) failed(number int, err error) {
	s.findings = append(s.findings, qulaq.Finding{
		Kind: qulaq.NothingToRead, Subject: "page " + strconv.Itoa(number), Detail: "not recognised: " + err.Error(), Count: 1,
	})
}

func (s *scanner) limits() outside.Limits {
	return outside.Limits{Wall: s.tools.PageTime, Memory: s.tools.Memory}
}

// draw makes a gray picture of a page.
func (s *scanner) draw(number int) (*picture, error) {
	n := strconv.Itoa(number)
	r, err := outside.Run(s.ctx, outside.Command{
		Program: s.tools.PdfToPpm,
		Args:    []string{"-r", strconv.Itoa(resolution), "-gray", "-f", n, "-l", n, "-singlefile", "page.pdf", "out"},
		Files:   map[string][]byte{"page.pdf": s.data},
		Collect: "out.pgm",
	}, s.limits())
	if err != nil {
		return nil, err
	}
	return parsePGM(r.Files["out.pgm"])
}

// recognise reads the words of a picture; mode is tesseract's way to look for lines.
func (s *scanner) recognise(img *picture, mode string) ([]layout.Word, error) {
	env := []string{"OMP_THREAD_LIMIT=1"} // one page at a time, one core each
	if folder := os.Getenv("TESSDATA_PREFIX"); folder != "" {
		env = append(env, "TESSDATA_PREFIX="+folder)
	}
	r, err := outside.Run(s.ctx, outside.Command{
		Program: s.tools.Tesseract,
		Args:    []string{"page.pgm", "stdout", "-l", s.tools.Languages, "--dpi", strconv.Itoa(resolution), "--psm", mode, "tsv"},
		Files:   map[string][]byte{"page.pgm": img.pgm()},
		Env:     env,
	}, s.limits())
	if err != nil {
		return nil, err
	}
	words, err := parseTSV(r.Stdout)
	return unframed(words), err
}

var errTSV = errors.New("an answer of tesseract that is not in its format")

// parseTSV reads tesseract's table of words: level, page, block, paragraph, line, word, left, top, width,
// height, confidence, text. Boxes are in dots.
func parseTSV(data []byte) ([]layout.Word, error) {
	header, rest, _ := bytes.Cut(data, []byte("\n"))
	if !bytes.HasPrefix(header, []byte("level\t")) {
		return nil, errTSV
	}
	var out []layout.Word
	for l := range bytes.Lines(rest) {
		f := strings.Split(strings.TrimRight(string(l), "\r\n"), "\t")
		if len(f) < 12 || f[0] != "5" {
			continue
		}
		var n [4]float64
		for i := range n {
			v, err := strconv.Atoi(f[6+i])
			if err != nil || v < -maxSide || v > maxSide {
				return nil, errTSV
			}
			n[i] = float64(v) * dot
		}
		confidence, err := strconv.ParseFloat(f[10], 64)
		if err != nil {
			return nil, errTSV
		}
		if t := strings.TrimSpace(clean(f[11])); t != "" && confidence >= poor && (confidence >= poorMark || hasLetter(t)) {
			out = append(out, layout.Word{X0: n[0], Y0: n[1], X1: n[0] + n[2], Y1: n[1] + n[3], Text: t, Apart: true})
		}
	}
	return out, nil
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
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
	kazakhModel = "kaz"

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
	kazakh   bool // what was recognised last stands beside Kazakh
}

// page recognises a page; ok is false when it could not. seen is the page as its own content shows it.
func (s *scanner) page(number int, seen layout.Page) (p layout.Page, ok bool) {
	if s.tools.PdfToPpm == "" || s.tools.Tesseract == "" || !s.allowed(number) {
		return seen, false
	}
	img, err := s.draw(number)
	if err == nil {
		var boxes []layout.Box
		img.level()
		p, boxes = img.frame()
		p.Words, err = s.words(img, img.cut(boxes))
	}
	if err != nil {
		s.failed(number, err)
		return seen, false
	}
	return p, true
}

// words recognises what stands beside the tables of a page, and every cell of them for itself: a line of the page goes
// over all columns, and words of neighbouring cells would become one. What stands beside tells the language.
func (s *scanner) words(img *picture, pieces []piece) ([]layout.Word, error) {
	found, err := s.recognise([]*picture{img}, "11")
	if err != nil {
		return nil, err
	}
	out := found[0]
	if len(pieces) == 0 {
		return out, nil
	}
	if len(out) >= fewWords {
		s.kazakh = inKazakh(out)
	}
	var pictures []*picture
	var cells []piece
	for _, p := range pieces {
		if w, ok := p.dash(); ok {
			out = append(out, w)
			continue
		}
		pictures, cells = append(pictures, p.picture), append(cells, p)
	}
	if found, err = s.recognise(pictures, "6"); err != nil {
		return nil, err
	}
	for i, words := range found {
		for _, w := range words {
			if s.kazakh {
				w.Text = layout.Spell(w.Text)
			}
			w.X0, w.X1, w.Y0, w.Y1 = w.X0+cells[i].right, w.X1+cells[i].right, w.Y0+cells[i].down, w.Y1+cells[i].down
			out = append(out, w)
		}
	}
	return out, nil
}

const (
	fewWords  = 8   // words that tell nothing of a page's language
	ownKazakh = 0.2 // share of words with letters that Russian has not in a Kazakh text; half of its words have some
)

// inKazakh says whether words are Kazakh.
func inKazakh(words []layout.Word) bool {
	n := 0
	for _, w := range words {
		if strings.ContainsAny(strings.ToLower(w.Text), "әғқңөұүһі") {
			n++
		}
	}
	return float64(n) > ownKazakh*float64(len(words))
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

// recognise reads the words of pictures, of each for itself; mode is tesseract's way to look for lines.
func (s *scanner) recognise(pictures []*picture, mode string) ([][]layout.Word, error) {
	env := []string{"OMP_THREAD_LIMIT=1"} // one page at a time, one core each
	if folder := os.Getenv("TESSDATA_PREFIX"); folder != "" {
		env = append(env, "TESSDATA_PREFIX="+folder)
	}
	files := map[string][]byte{}
	var list strings.Builder
	for i, p := range pictures {
		name := "page" + strconv.Itoa(i+1) + ".pgm"
		files[name] = p.pgm()
		list.WriteString(name + "\n")
	}
	files["pages.txt"] = []byte(list.String())
	languages := strings.Split(s.tools.Languages, "+")
	if i := slices.Index(languages, kazakhModel); s.kazakh && i > 0 { // the first decides where letters are doubtful
		languages = slices.Insert(slices.Delete(languages, i, i+1), 0, kazakhModel)
	}
	r, err := outside.Run(s.ctx, outside.Command{
		Program: s.tools.Tesseract,
		Args:    []string{"pages.txt", "stdout", "-l", strings.Join(languages, "+"), "--dpi", strconv.Itoa(resolution), "--psm", mode, "tsv"},
		Files:   files,
		Env:     env,
	}, s.limits())
	if err != nil {
		return nil, err
	}
	found, err := parseTSV(r.Stdout, len(pictures))
	for i := range found {
		found[i] = romans(unframed(found[i]))
	}
	return found, err
}

var errTSV = errors.New("an answer of tesseract that is not in its format")

// parseTSV reads tesseract's table of the words of so many pictures: level, picture, block, paragraph, line, word, left,
// top, width, height, confidence, text. Boxes are in dots.
func parseTSV(data []byte, pictures int) ([][]layout.Word, error) {
	header, rest, _ := bytes.Cut(data, []byte("\n"))
	if !bytes.HasPrefix(header, []byte("level\t")) {
		return nil, errTSV
	}
	out := make([][]layout.Word, pictures)
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
			number, err := strconv.Atoi(f[1])
			if err != nil || number < 1 || number > pictures {
				return nil, errTSV
			}
			out[number-1] = append(out[number-1], layout.Word{X0: n[0], Y0: n[1], X1: n[0] + n[2], Y1: n[1] + n[3], Text: t, Apart: true})
		}
	}
	return out, nil
}

// Roman numbers look like Cyrillic letters: which ones, before which words.
var (
	romanLetters = map[string]string{"Ш": "III", "П": "II", "Г": "I", "ІІІ": "III", "ІІ": "II", "І": "I", "ІV": "IV", "ІУ": "IV", "ГУ": "IV", "IУ": "IV"}
	romanBefore  = []string{"квартал", "кв", "полугоди", "тоқсан", "жарты", "очеред", "этап", "кезең"}
)

// romans puts right the Roman numbers of quarters and half-years, which follow one another on a line.
func romans(words []layout.Word) []layout.Word {
	for i := range words {
		right, known := romanLetters[words[i].Text]
		if known && i+1 < len(words) && slices.ContainsFunc(romanBefore, func(s string) bool {
			return strings.HasPrefix(strings.ToLower(words[i+1].Text), s)
		}) {
			words[i].Text = right
		}
	}
	return words
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

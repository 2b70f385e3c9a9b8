package pdf

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
	poor       = 20      // tesseract's confidence, of 100, below which a word is dirt
	poorMark   = 60      // and a lone mark that is no letter and no digit
	lowest     = 6 * dot // what is lower is no letter; marks may be wider
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
// over all columns, and words of neighbouring cells would become one. What stands beside tells the language. What has ink
// and no word is looked at once more, as one word each: lone digits are passed over in the midst of a page.
func (s *scanner) words(img *picture, pieces []piece) ([]layout.Word, error) {
	found, err := s.recognise([]*picture{img}, "11")
	if err != nil {
		return nil, err
	}
	out := found[0]
	if len(out) >= fewWords {
		s.kazakh = inKazakh(out)
	}
	passed := img.cut(img.passed(out))
	cells, words, err := s.pieces(pieces, "6")
	if err != nil {
		return nil, err
	}
	for i, c := range cells {
		if len(words[i]) == 0 {
			passed = append(passed, c)
		}
	}
	again, more, err := s.pieces(passed, "8")
	if err != nil {
		return nil, err
	}
	for i, c := range again {
		if len(more[i]) == 1 && shortText(more[i][0].Text) {
			cells, words = append(cells, c), append(words, more[i])
		}
	}
	count(cells, words)
	for _, w := range words {
		out = append(out, w...)
	}
	return out, nil
}

// shortText says whether a lone word is a number or a dash, or has letters enough not to be dirt.
func shortText(s string) bool {
	return itemNumber.MatchString(s) || s == "–" || utf8.RuneCountInString(strings.Trim(s, ".,-–—'’‘:;_")) > 1 && !strings.ContainsFunc(s, unicode.IsDigit)
}

// pieces recognises pieces of a page, each for itself, and returns them with their words where those stand on the page.
func (s *scanner) pieces(pieces []piece, mode string) (cells []piece, words [][]layout.Word, err error) {
	var pictures []*picture
	var dashes []piece
	var dashWords [][]layout.Word
	for _, p := range pieces {
		if w, ok := p.dash(); ok {
			dashes, dashWords = append(dashes, p), append(dashWords, []layout.Word{w})
			continue
		}
		pictures, cells = append(pictures, p.picture), append(cells, p)
	}
	if len(pictures) > 0 {
		if words, err = s.recognise(pictures, mode); err != nil {
			return nil, nil, err
		}
	}
	for i := range words {
		single(words[i])
		mend(words[i])
		for j := range words[i] {
			w := &words[i][j]
			if s.kazakh {
				w.Text = layout.Spell(w.Text)
			}
			w.X0, w.X1, w.Y0, w.Y1 = w.X0+cells[i].right, w.X1+cells[i].right, w.Y0+cells[i].down, w.Y1+cells[i].down
		}
	}
	return append(cells, dashes...), append(words, dashWords...), nil
}

// mend puts right what recognition makes of the sign of a number before one, and of 3G/4G, and parts the name of a budget
// from its sum.
func mend(words []layout.Word) {
	for i := range words {
		w := &words[i]
		if i+1 < len(words) && slices.Contains(numberSigns, w.Text) && words[i+1].Text != "" && unicode.IsDigit(rune(words[i+1].Text[0])) {
			w.Text = "№"
		}
		w.Text = budgetSum.ReplaceAllString(w.Text, "$1 $2")
		w.Text = mobile.ReplaceAllString(w.Text, "${1}G/${2}G")
	}
}

// numberSigns are what № is read as; none of them is a word.
var numberSigns = []string{"Мо", "Ме", "Ле", "Ло", "№о", "No", "Ne", "Nо", "Nе", "М№"}

var (
	budgetSum = regexp.MustCompile(`^(РБ|ОБ|МБ|ЖБ)(\d)`)
	mobile    = regexp.MustCompile(`([2-5])[СC]/([2-5])[СC]`)
)

// itemNumber is what stands in a column of numbers.
var itemNumber = regexp.MustCompile(`^\d{1,3}[.)]?$`)

const (
	sameColumn = 6.0 // points: how far apart the left sides of cells of one column are
	wrongMost  = 3   // letters of a number that was read wrong, with its full stop
	wrongRow   = 2   // of them one below the other
)

// count puts right the numbers in the first column of a table: one or two cells between numbers that differ by as much as
// they are apart, and of which one has its neighbour beyond, hold the numbers between; what is no number but letters, below
// two that follow one another, is the next one.
func count(cells []piece, words [][]layout.Word) {
	left := math.Inf(1)
	for _, c := range cells {
		together := 0
		for _, o := range cells {
			if math.Abs(o.right-c.right) <= sameColumn {
				together++
			}
		}
		if together > wrongRow { // what stands alone beside the table is none of its cells
			left = min(left, c.right)
		}
	}
	var column []int // cells that hold a number, or one that was read wrong
	for i, c := range cells {
		if math.Abs(c.right-left) <= sameColumn && short(words[i]) {
			column = append(column, i)
		}
	}
	slices.SortFunc(column, func(a, b int) int { return cmp.Compare(cells[a].down, cells[b].down) })
	at := func(k int) int { // 0 where there is none
		if k < 0 || k >= len(column) || !itemNumber.MatchString(words[column[k]][0].Text) {
			return 0
		}
		n, _ := strconv.Atoi(strings.TrimRight(words[column[k]][0].Text, ".)"))
		return n
	}
	for i := range column {
		for gap := 1; gap <= wrongRow; gap++ {
			j := i + gap + 1
			first, last := at(i), at(j)
			if first == 0 || last-first != j-i || first > 1 && at(i-1) != first-1 && at(j+1) != last+1 {
				continue
			}
			mark := strings.TrimLeft(words[column[i]][0].Text, "0123456789")
			for k := i + 1; k < j; k++ {
				words[column[k]][0].Text = strconv.Itoa(first+k-i) + mark
			}
		}
	}
	for i := range column { // a letter below two numbers that follow one another
		if last := at(i - 1); at(i) == 0 && last > 1 && at(i-2) == last-1 && hasLetter(words[column[i]][0].Text) {
			words[column[i]][0].Text = strconv.Itoa(last+1) + strings.TrimLeft(words[column[i-1]][0].Text, "0123456789")
		}
	}
}

// single drops quotation marks that have no partner in their cell: dirt looks like them.
func single(words []layout.Word) {
	const marks = "“”„‘’‚"
	n := 0
	for _, w := range words {
		n += len([]rune(w.Text)) - len([]rune(strings.Map(func(r rune) rune {
			if strings.ContainsRune(marks, r) {
				return -1
			}
			return r
		}, w.Text)))
	}
	if n != 1 {
		return
	}
	for i := range words {
		if t := strings.Trim(words[i].Text, marks); t != "" {
			words[i].Text = t
		}
	}
}

// short says whether a cell holds one word that may be a number that was read wrong.
func short(words []layout.Word) bool {
	return len(words) == 1 && utf8.RuneCountInString(words[0].Text) <= wrongMost
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
	rows := make([][]string, pictures) // of each word, which line it belongs to
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
		page, err := strconv.Atoi(f[1])
		if err != nil || page < 1 || page > pictures {
			return nil, errTSV
		}
		t := strings.TrimSpace(clean(f[11]))
		if t == "" || confidence < poor {
			continue
		}
		if hasLetter(t) && n[3] < lowest || !hasLetter(t) && (confidence < poorMark || max(n[2], n[3]) < lowest) {
			continue
		}
		out[page-1] = append(out[page-1], layout.Word{X0: n[0], Y0: n[1], X1: n[0] + n[2], Y1: n[1] + n[3], Text: t, Apart: true})
		rows[page-1] = append(rows[page-1], strings.Join(f[2:5], " "))
	}
	for i := range out {
		asHighAsLines(out[i], rows[i])
	}
	return out, nil
}

// asHighAsLines gives words the height of their lines. Their boxes are those of their letters: «лет» is lower than «двух»,
// and words of two heights would not seem to stand beside one another.
func asHighAsLines(words []layout.Word, rows []string) {
	const most = 2.0 // times the highest word: more is no line
	type reach struct{ y0, y1, word float64 }
	lines := map[string]reach{}
	for i, w := range words {
		r, ok := lines[rows[i]]
		if !ok {
			r = reach{y0: w.Y0, y1: w.Y1}
		}
		lines[rows[i]] = reach{min(r.y0, w.Y0), max(r.y1, w.Y1), max(r.word, w.Y1-w.Y0)}
	}
	for i := range words {
		if r := lines[rows[i]]; r.y1-r.y0 <= most*r.word {
			words[i].Y0, words[i].Y1 = r.y0, r.y1
		}
	}
}

// Roman numbers look like Cyrillic letters: which ones, before which words.
var (
	romanLetters = map[string]string{
		"Г": "I", "І": "I", "П": "II", "ІІ": "II", "Ш": "III", "ІІІ": "III", "ПІ": "III", "ІП": "III",
		"ІV": "IV", "ІУ": "IV", "ГУ": "IV", "IУ": "IV", "ТУ": "IV", "ТV": "IV", "TV": "IV", "1У": "IV", "1V": "IV", "ЛУ": "IV",
	}
	romanBefore = []string{"квартал", "кв", "полугоди", "тоқсан", "жарты", "очеред", "этап", "кезең"}
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

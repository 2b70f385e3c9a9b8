package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/qulaq-kz/qulaq"
)

// maxLine is the most bytes of one line of input. A longer one ends the verb: cut in two it would be read otherwise,
// and a name or a number at the cut would stay.
const maxLine = 16 << 20

// eachLine calls answer for every line of the input and writes what it puts out. The line comes without its end, which
// is given apart: a line feed, or nothing after the last line. Answers are written through when the input pauses, so
// that the verb works in a dialogue of two programs.
func (a *app) eachLine(answer func(out *bufio.Writer, line, end string) error) error {
	in := bufio.NewReaderSize(a.in, 1<<16)
	out := bufio.NewWriterSize(a.out, 1<<16)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if errors.Is(err, errLongLine) {
			err = &qulaq.Error{
				Op: "read the input", Object: fmt.Sprintf("line %d", n), Kind: qulaq.Contract, Err: err,
				Hint: "part it by line feeds where nothing belongs together; the lines before it are answered",
			}
			return first(err, out.Flush())
		}
		if err != nil && (!errors.Is(err, io.EOF) || line == "") {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return first(err, out.Flush())
		}
		line, ended := strings.CutSuffix(line, "\n")
		end := ""
		if ended {
			end = "\n"
		}
		if err := answer(out, line, end); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

var errLongLine = fmt.Errorf("it has more than %d bytes", maxLine)

// readLine reads up to and with the next line feed.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		if len(line)+len(piece) > maxLine+len("\n") {
			return "", errLongLine
		}
		line = append(line, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			if len(line) > maxLine && line[maxLine] != '\n' {
				return "", errLongLine
			}
			return string(line), err
		}
	}
}

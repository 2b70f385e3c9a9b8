package main

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// maxLine is the most bytes of one line of input; a longer one is cut there and the rest of it passed over.
const maxLine = 16 << 20

// eachLine calls answer for every line of the input, without its end, and writes what it puts out. A last line
// needs no end. Answers are written through when the input pauses, so that the verb works in a dialogue of two
// programs.
func (a *app) eachLine(answer func(out *bufio.Writer, line string) error) error {
	in := bufio.NewReaderSize(a.in, 1<<16)
	out := bufio.NewWriterSize(a.out, 1<<16)
	for {
		line, err := readLine(in)
		if err != nil && (!errors.Is(err, io.EOF) || line == "") {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return first(err, out.Flush())
		}
		line = strings.TrimSuffix(line, "\n")
		if err := answer(out, line); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

// readLine reads up to and with the next line feed.
func readLine(in *bufio.Reader) (string, error) {
	var line []byte
	for {
		piece, err := in.ReadSlice('\n')
		if room := maxLine - len(line); len(piece) > room {
			piece = piece[:room]
		}
		line = append(line, piece...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(line), err
		}
	}
}

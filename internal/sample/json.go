package sample

import "io"

// jsonSink writes objects whose values are strings: one array, or one object a line.
type jsonSink struct {
	w      io.Writer
	lines  bool
	keys   [][]byte // with quotes and colon
	buffer []byte
	rows   int
}

func newJSONSink(w io.Writer, s Spec) *jsonSink { return &jsonSink{w: w, lines: s.Layout == NDJSON} }

func (j *jsonSink) heading(columns []column) error {
	for _, c := range columns {
		j.keys = append(j.keys, append(appendString(nil, []byte(c.name)), ':'))
	}
	return nil
}

func (j *jsonSink) row(cells [][]byte) error {
	switch {
	case j.lines:
	case j.rows == 0:
		j.buffer = append(j.buffer, "[\n"...)
	default:
		j.buffer = append(j.buffer, ",\n"...)
	}
	j.rows++
	for i, cell := range cells {
		opening := byte(',')
		if i == 0 {
			opening = '{'
		}
		j.buffer = append(append(j.buffer, opening), j.keys[i]...)
		j.buffer = appendString(j.buffer, cell)
	}
	j.buffer = append(j.buffer, '}')
	if j.lines {
		j.buffer = append(j.buffer, '\n')
	}
	if len(j.buffer) < bufferBytes {
		return nil
	}
	return j.flush()
}

func (j *jsonSink) close() error {
	if !j.lines {
		j.buffer = append(j.buffer, "\n]\n"...)
	}
	return j.flush()
}

func (j *jsonSink) flush() error {
	_, err := j.w.Write(j.buffer)
	j.buffer = j.buffer[:0]
	return err
}

// appendString prints a JSON string. The words of this package need only these escapes.
func appendString(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, b := range text {
		switch {
		case b == '"' || b == '\\':
			dst = append(dst, '\\', b)
		case b == '\n':
			dst = append(dst, '\\', 'n')
		default:
			dst = append(dst, b)
		}
	}
	return append(dst, '"')
}

package pdf

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// errImage is the reason why a stream of an image is not unpacked: nobody looks at its pixels here.
var errImage = errors.New("a picture's filter")

// unpack returns the bytes of a stream. Damage in the middle of a stream loses the rest of it, not what came
// before. Errors are table.ErrTooLarge when the file's allowance is spent, errImage, or that a filter is
// unknown.
func (f *file) unpack(s *stream) ([]byte, error) {
	data := s.raw
	if f.crypt != nil {
		data = f.crypt.decrypt(data, s)
	}
	filters, params := f.filters(s.dict)
	for i, filter := range filters {
		var err error
		switch filter {
		case "FlateDecode", "Fl":
			data, err = f.inflate(data)
		case "LZWDecode", "LZW":
			early := f.int(params[i]["EarlyChange"], 1)
			data, err = f.bounded(func(limit int) []byte { return unLZW(data, limit, early) })
		case "ASCIIHexDecode", "AHx":
			l := lexer{data: append([]byte("<"), data...)}
			data = []byte(l.hex())
		case "ASCII85Decode", "A85":
			data = unASCII85(data)
		case "RunLengthDecode", "RL":
			data, err = f.bounded(func(limit int) []byte { return unRunLength(data, limit) })
		case "Crypt":
		case "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode":
			return nil, errImage
		default:
			return nil, fmt.Errorf("the filter %q is not known", string(filter))
		}
		if err != nil {
			return nil, err
		}
		data = f.unpredict(data, params[i])
	}
	return data, f.spend(len(data))
}

// maxFilters is how many filters one stream may have on top of one another.
const maxFilters = 8

// filters returns the names of a stream's filters and the parameters of each.
func (f *file) filters(d dict) (names []name, params []dict) {
	filter, param := f.get(d, "Filter", "F"), f.get(d, "DecodeParms", "DP")
	list, ok := filter.(array)
	if !ok {
		list = array{filter}
	}
	plist, ok := param.(array)
	if !ok {
		plist = array{param}
	}
	for i, o := range list {
		n, ok := f.resolve(o).(name)
		if !ok || i >= maxFilters {
			continue
		}
		var p dict
		if i < len(plist) {
			p, _ = f.resolve(plist[i]).(dict)
		}
		names, params = append(names, n), append(params, p)
	}
	return names, params
}

// bounded runs a filter that stops by itself at a limit of bytes.
func (f *file) bounded(filter func(limit int) []byte) ([]byte, error) {
	out := filter(f.left + 1)
	if len(out) > f.left {
		return nil, table.ErrTooLarge
	}
	return out, nil
}

// inflate unpacks a zlib stream. Its checksum is not looked at: streams that were cut by one byte are common,
// and their text is fine.
func (f *file) inflate(data []byte) ([]byte, error) {
	if len(data) < 2 {
		return nil, nil
	}
	if data[0]&0x0f == 8 && (int(data[0])<<8|int(data[1]))%31 == 0 {
		data = data[2:]
	}
	return f.bounded(func(limit int) []byte {
		var out bytes.Buffer
		// The error is left: what came before the damage is kept, see unpack.
		_, _ = io.Copy(&out, io.LimitReader(flate.NewReader(bytes.NewReader(data)), int64(limit)))
		return out.Bytes()
	})
}

// unpredict undoes the differences between neighbours that were taken before packing.
func (f *file) unpredict(data []byte, p dict) []byte {
	predictor := f.int(p["Predictor"], 1)
	colors, bits, columns := f.int(p["Colors"], 1), f.int(p["BitsPerComponent"], 8), f.int(p["Columns"], 1)
	if predictor < 10 || colors < 1 || colors > 32 || bits < 1 || bits > 32 || columns < 1 || columns > len(data)*8 {
		return data // 2 is for pictures alone
	}
	pixel := max(1, colors*bits/8)
	row := min((colors*bits*columns+7)/8, len(data))
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		kind := data[0]
		n := min(row, len(data)-1)
		line := append([]byte(nil), data[1:1+n]...)
		data = data[1+n:]
		for i := range line {
			var left, upLeft byte
			if i >= pixel {
				left, upLeft = line[i-pixel], above[i-pixel]
			}
			switch kind {
			case 1:
				line[i] += left
			case 2:
				line[i] += above[i]
			case 3:
				line[i] += byte((int(left) + int(above[i])) / 2)
			case 4:
				line[i] += paeth(left, above[i], upLeft)
			}
		}
		out = append(out, line...)
		copy(above, line)
	}
	return out
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	da, db, dc := distance(p, a), distance(p, b), distance(p, c)
	switch {
	case da <= db && da <= dc:
		return a
	case db <= dc:
		return b
	}
	return c
}

func distance(p int, x byte) int {
	return max(p-int(x), int(x)-p)
}

func unRunLength(data []byte, limit int) []byte {
	var out []byte
	for i := 0; i < len(data) && len(out) < limit && data[i] != 128; {
		n := int(data[i])
		i++
		if n < 128 {
			end := min(i+n+1, len(data))
			out = append(out, data[i:end]...)
			i = end
		} else if i < len(data) {
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
	}
	return out
}

func unASCII85(data []byte) []byte {
	var out []byte
	var group [5]byte
	n := 0
	flush := func() {
		v := uint32(0)
		for i := range group {
			if i >= n {
				group[i] = 84
			}
			v = v*85 + uint32(group[i])
		}
		b := [4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)}
		out = append(out, b[:max(0, n-1)]...)
		n = 0
	}
	for _, c := range data {
		switch {
		case c == '~':
			flush()
			return out
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			group[n] = c - '!'
			if n++; n == 5 {
				flush()
			}
		}
	}
	flush()
	return out
}

// unLZW unpacks codes of nine to twelve bits, highest bit first. early is 1 when the width of codes grows one
// code before it must.
func unLZW(data []byte, limit, early int) []byte {
	const clear, end, most = 256, 257, 4096
	var prefix [most]int16
	var last [most]byte
	var stack [most]byte
	var out []byte
	next, width, before := 258, 9, -1
	var first byte
	bits, have := uint32(0), 0
	for _, b := range data {
		bits, have = bits<<8|uint32(b), have+8
		if have < width {
			continue
		}
		have -= width
		code := int(bits>>have) & (1<<width - 1)
		switch {
		case code == clear:
			next, width, before = 258, 9, -1
			continue
		case code == end || code > next || len(out) >= limit || before < 0 && code > 255:
			return out
		}
		depth, c := 0, code
		if code == next { // the string that is just being made: the one before and its own first byte
			stack[0], depth, c = first, 1, before
		}
		for c > 255 {
			stack[depth] = last[c]
			depth, c = depth+1, int(prefix[c])
		}
		first = byte(c)
		out = append(out, first)
		for depth--; depth >= 0; depth-- {
			out = append(out, stack[depth])
		}
		if before >= 0 && next < most {
			prefix[next], last[next] = int16(before), first
			next++
		}
		if next+early >= 1<<width && width < 12 {
			width++
		}
		before = code
	}
	return out
}

package html

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
)

// decode returns a page in UTF-8, without a byte order mark.
func decode(data []byte) []byte {
	e := findEncoding(data)
	if e == nil {
		return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	}
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil { // none of them refuses bytes; the page would be read as it is
		return data
	}
	return decoded
}

// declarationBytes is how much of a page is looked at for what it declares, as the standard has it.
const declarationBytes = 1024

// findEncoding tells the encoding of a page; nil means UTF-8. In this order:
//
//   - a byte order mark;
//   - zero bytes at every second place: UTF-16;
//   - bytes that are valid UTF-8, whatever the page declares: pages are stored anew in UTF-8 and keep their
//     old declaration, while Cyrillic in another encoding is never valid by chance;
//   - UTF-8 with a few bytes damaged;
//   - what the page declares, Latin alphabets aside: editors declare them without asking;
//   - of the three that write Cyrillic in single bytes, the one that gives Russian or Kazakh.
func findEncoding(data []byte) encoding.Encoding {
	little := utf16.UTF16(utf16.LittleEndian, utf16.UseBOM)
	big := utf16.UTF16(utf16.BigEndian, utf16.UseBOM)
	first := data[:min(len(data), declarationBytes)]
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return nil
	case bytes.HasPrefix(data, []byte("\xff\xfe")), len(first) > 3 && first[0] != 0 && first[1] == 0 && first[3] == 0:
		return little
	case bytes.HasPrefix(data, []byte("\xfe\xff")), len(first) > 3 && first[0] == 0 && first[1] != 0 && first[2] == 0:
		return big
	case utf8.Valid(data) || nearlyUTF8(data):
		return nil
	}
	switch e, name, _ := charset.DetermineEncoding(first, ""); name {
	case "utf-8", "utf-16le", "utf-16be": // the bytes have shown that it is none of these
	case "windows-1252": // Latin; also the answer to a page that declares nothing
	default:
		return e
	}
	return likeliest(data)
}

// nearlyUTF8 says that of the characters beyond ASCII at most one in fifty is damaged.
func nearlyUTF8(data []byte) bool {
	var good, bad int
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good >= 50*bad
}

// cyrillic lists the single-byte encodings, the likeliest first: it wins a draw.
var cyrillic = []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866}

// sampleBytes is how many bytes beyond ASCII are looked at for the encoding.
const sampleBytes = 16 << 10

// likeliest returns the encoding under which most letters are small and frequent in Russian or Kazakh.
// A wrong encoding turns small letters into capitals, lines of frames and signs.
func likeliest(data []byte) encoding.Encoding {
	var counts [256]int
	seen := 0
	for _, c := range data {
		if c >= utf8.RuneSelf {
			counts[c]++
			if seen++; seen == sampleBytes {
				break
			}
		}
	}
	best, most := cyrillic[0], -1
	for _, m := range cyrillic {
		points := 0
		for c, n := range counts {
			points += n * worth(m.DecodeByte(byte(c)))
		}
		if points > most {
			best, most = m, points
		}
	}
	return best
}

// worth says how much a character speaks for Russian or Kazakh text.
func worth(r rune) int {
	switch r {
	case 'о', 'е', 'а', 'и', 'н', 'т', 'с', 'р', 'л', 'ы', 'д':
		return 3
	}
	if unicode.Is(unicode.Cyrillic, r) && unicode.IsLower(r) {
		return 1
	}
	return 0
}

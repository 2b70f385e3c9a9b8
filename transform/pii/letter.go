package pii

// letterAt returns the size of the letter that begins at i, 0 if none does. What is invisible or an accent counts as
// a letter: it parts no words.
func letterAt(text []byte, i int) int {
	if i >= len(text) {
		return 0
	}
	switch size := letterSize[text[i]]; size {
	case 0, 1:
		return int(size)
	case 2:
		if i+1 < len(text) && text[i+1]&0xc0 == 0x80 {
			return 2
		}
		return 0
	}
	return invisibleAt(text, i)
}

// letterSize says by the first byte how long a letter is; 3 for what may be invisible.
var letterSize = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b|0x20 >= 'a' && b|0x20 <= 'z':
			t[b] = 1
		case b >= 0xc3 && b <= 0xc9 || b == 0xcc || b == 0xcd || b >= 0xd0 && b <= 0xd4:
			t[b] = 2
		case b == 0xc2 || b == 0xe2 || b == 0xef:
			t[b] = 3
		}
	}
	return t
}()

// invisibleAt returns the size of the soft hyphen, zero width character, direction mark or BOM that begins at i.
func invisibleAt(text []byte, i int) int {
	switch rest := text[i:]; {
	case len(rest) >= 2 && rest[0] == 0xc2 && rest[1] == 0xad:
		return 2
	case len(rest) < 3:
		return 0
	case rest[0] == 0xe2 && rest[1] == 0x80 && (rest[2] >= 0x8b && rest[2] <= 0x8f || rest[2] >= 0xaa && rest[2] <= 0xae),
		rest[0] == 0xe2 && rest[1] == 0x81 && rest[2] >= 0xa0 && rest[2] <= 0xa9,
		rest[0] == 0xef && rest[1] == 0xbb && rest[2] == 0xbf:
		return 3
	}
	return 0
}

// letterBefore returns the size of the letter that ends at i.
func letterBefore(text []byte, i int) int {
	if i == 0 {
		return 0
	}
	if b := text[i-1]; b < 0x80 {
		return int(letterSize[b])
	}
	if i >= 2 && letterSize[text[i-2]] == 2 && text[i-1]&0xc0 == 0x80 {
		return 2
	}
	for size := 1; size <= 3 && size <= i; size++ {
		if letterAt(text, i-size) == size {
			return size
		}
	}
	return 0
}

func isDigit(b byte) bool { return b-'0' < 10 }

// digitAt returns the value and size of the digit that begins at i: ordinary, full width, Arabic or Persian.
func digitAt(text []byte, i int) (value byte, size int) {
	if i >= len(text) || text[i] >= 0xd9 {
		return otherDigit(text, i)
	}
	if value = text[i] - '0'; value < 10 {
		return value, 1
	}
	return 0, 0
}

func otherDigit(text []byte, i int) (value byte, size int) {
	text = text[min(i, len(text)):]
	switch {
	case len(text) > 2 && text[0] == 0xef && text[1] == 0xbc && text[2]-0x90 < 10:
		return text[2] - 0x90, 3
	case len(text) > 1 && (text[0] == 0xd9 && text[1]-0xa0 < 10 || text[0] == 0xdb && text[1]-0xb0 < 10):
		return text[1] & 0x0f, 2
	}
	return 0, 0
}

func digitBefore(text []byte, i int) int {
	if i == 0 {
		return 0
	}
	if b := text[i-1]; b < 0x80 {
		if isDigit(b) {
			return 1
		}
		return 0
	}
	for size := 2; size <= min(i, 3); size++ {
		if _, n := digitAt(text, i-size); n == size {
			return size
		}
	}
	return 0
}

// signAt returns the meaning and size of the sign that begins at i, which is no letter and no digit.
func signAt(text []byte, i int) (gap, int) {
	b := text[i]
	switch b {
	case ' ', '\t':
		return spaces, 1
	case '-', '~':
		return dashes, 1
	case '.':
		return dots, 1
	case ',', ';':
		return commas, 1
	case ':':
		return colons, 1
	case '/', '\\':
		return slashes, 1
	case '(', ')', '[', ']':
		return parens, 1
	case '&':
		return entityAt(text, i)
	case '#':
		return numero, 1
	case '"', '\'', '`':
		return quotes, 1
	case '+':
		return pluses, 1
	case '\n', '\r':
		return breaks, 1
	case '!', '?':
		return ends, 1
	}
	if n := i + 2; b == 0xc2 && n <= len(text) {
		switch text[i+1] {
		case 0xa0:
			return spaces, 2
		case 0xab, 0xbb:
			return quotes, 2
		}
		return others, 2
	}
	if i+3 <= len(text) {
		switch {
		case b == 0xe2 && text[i+1] == 0x80:
			switch c := text[i+2]; {
			case c >= 0x80 && c <= 0x8a, c == 0xaf:
				return spaces, 3
			case c >= 0x90 && c <= 0x95:
				return dashes, 3
			case c >= 0x98 && c <= 0x9f, c == 0xb9, c == 0xba:
				return quotes, 3
			}
			return others, 3
		case b == 0xe2 && text[i+1] == 0x84 && text[i+2] == 0x96:
			return numero, 3
		case b == 0xe2 && text[i+1] == 0x88 && text[i+2] == 0x92: // minus
			return dashes, 3
		case b == 0xe2 && text[i+1] == 0x81 && text[i+2] == 0x83: // hyphen bullet
			return dashes, 3
		case b == 0xef && text[i+1] == 0xbc:
			switch text[i+2] {
			case 0x8b:
				return pluses, 3
			case 0x8d:
				return dashes, 3
			case 0x88, 0x89:
				return parens, 3
			}
			return others, 3
		case b == 0xef && text[i+1] == 0xb9 && (text[i+2] == 0x98 || text[i+2] == 0xa3):
			return dashes, 3
		case b == 0xe3 && text[i+1] == 0x80 && text[i+2] == 0x80:
			return spaces, 3
		}
	}
	return others, 1
}

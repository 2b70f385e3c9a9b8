package pii

// iin masks the individual identification number that begins at i.
//
// Twelve digits: the birth date YYMMDD, a digit for century and sex (1 to 6), four of the register, a checksum. A
// company's number (БИН) has the form of its own: YYMM, then 4 to 6 for its type, so no day.
func (p *pass) iin(i int, f *figures) int {
	const context = iinWord | binWord
	if first := f.first; first != 12 && (first == 11 || first == 13) && p.near(i, context|phoneWord, 3)&iinWord != 0 {
		p.mask(i, f.next, IIN) // mistyped, but somebody's
		return f.next
	}
	var room shapeRoom
	shape, ok := f.shape(&room, 12)
	if !ok {
		return 0
	}
	switch shape {
	case "12", "6-6", "6-3-3", "3-3-3-3", "4-4-4", "2-2-2-2-2-2", "2-2-2-6", "2-2-2-3-3", "2-2-2-2-4", "6-2-4", "6-4-2", "6-1-5", "6-2-2-2":
	default:
		return 0
	}
	born := bornOn(f)
	to := f.end[11]
	switch word := p.near(i, context, 4); {
	case word&binWord != 0 && !(born && validIIN(f) && p.near(i, iinWord, 5) != 0):
		if shape == "12" || !born {
			return to
		}
	case word&iinWord != 0 && (born || !companyForm(f)), born && validIIN(f):
		p.mask(i, to, IIN)
		return to
	}
	if shape == "12" {
		return to
	}
	return 0
}

// bornOn tells whether the digits begin with a birth date and the digit of a century.
func bornOn(f *figures) bool {
	month, day := f.value(2, 4), f.value(4, 6)
	days := [...]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month] && f.digit[6] >= 1 && f.digit[6] <= 6
}

// companyForm tells whether the digits have the form of a company's number and its checksum.
func companyForm(f *figures) bool {
	month := f.value(2, 4)
	return month >= 1 && month <= 12 && f.digit[4] >= 4 && f.digit[4] <= 6 && validIIN(f)
}

// validIIN checks the twelfth digit: the sum of the first eleven, weighted 1 to 11, modulo 11; when that is ten,
// once more with the weights moved on by two.
func validIIN(f *figures) bool {
	for _, shift := range [...]int{0, 2} {
		sum := 0
		for k := range 11 {
			sum += int(f.digit[k]) * ((k+shift)%11 + 1)
		}
		if sum %= 11; sum < 10 {
			return sum == int(f.digit[11])
		}
	}
	return false
}

// card masks the number of a bank card: sixteen digits with the checksum of Luhn, or after the word.
func (p *pass) card(i int, f *figures) int {
	var room shapeRoom
	k := 16
	switch shape, _ := f.shape(&room, 16); shape {
	case "16", "4-4-4-4", "8-8", "4-12":
	default:
		if shape, _ = f.shape(&room, 15); shape != "15" && shape != "4-6-5" || f.digit[0] != 3 {
			return 0
		}
		k = 15
	}
	word := p.near(i, cardWord|accountWord, 4)
	issuer := f.digit[0] >= 2 && f.digit[0] <= 6
	if word&cardWord != 0 || word == 0 && issuer && luhn(f.digit[:k]) {
		p.mask(i, f.end[k-1], Card)
	}
	return f.end[k-1]
}

// luhn checks the last digit by the formula of Luhn (ISO/IEC 7812-1).
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i])
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

const ibanLength = 20 // of Kazakhstan: KZ, two digits of the checksum, three of the bank, thirteen letters or digits

// iban masks the account number whose checksum digits begin at i, after KZ. Its checksum is ISO 7064 mod 97-10;
// after a word for accounts a number with a wrong one is masked too.
func (p *pass) iban(i int, f *figures) int {
	if i < 2 || f.first < 2 {
		return 0
	}
	from, ok := country(p.text, i)
	if !ok {
		return 0
	}
	var code [ibanLength]byte
	code[0], code[1] = 'K', 'Z'
	n, at := 2, i
	for signs := 0; n < ibanLength && at < len(p.text); {
		c, size := ibanSign(p.text, at)
		if size == 0 {
			s, size := signAt(p.text, at)
			if signs++; signs > 3 || s&(spaces|dashes) == 0 {
				return 0
			}
			at += size
			continue
		}
		signs = 0
		code[n] = c
		n++
		at += size
	}
	if n < ibanLength {
		return 0
	}
	if _, size := ibanSign(p.text, at); size > 0 {
		return 0
	}
	for _, c := range code[2:7] {
		if !isDigit(c) {
			return 0
		}
	}
	if !mod97(code) && p.near(from, ibanWord|cardWord, 4) == 0 {
		return 0
	}
	p.mask(from, at, IBAN)
	return at
}

// country finds KZ before i, perhaps with a sign between, in either alphabet.
func country(text []byte, i int) (from int, ok bool) {
	for k := 1; k <= i; k++ { // most numbers have no Z or З before them
		b := text[i-k]
		if b|0x20 == 'z' || b == 0x97 || b == 0xb7 {
			break
		}
		if k == 3 || k == i || b > ' ' && b != '-' && b < 0x80 {
			return 0, false
		}
	}
	t, g := before(text, i)
	if t.what != aWord || g&^(spaces|dashes) != 0 || t.to-t.from > 4 {
		return 0, false
	}
	k, n := ibanSign(text, t.from)
	z, m := ibanSign(text, t.from+n)
	return t.from, n > 0 && m > 0 && k == 'K' && z == 'Z' && t.from+n+m == t.to
}

// ibanSign returns the Latin capital or digit at i; Cyrillic letters that look like Latin ones are these.
func ibanSign(text []byte, i int) (byte, int) {
	if i >= len(text) {
		return 0, 0
	}
	b := text[i]
	switch {
	case isDigit(b), b-'A' < 26:
		return b, 1
	case b-'a' < 26:
		return b - 0x20, 1
	}
	if i+1 < len(text) {
		if c := latinTwin(b, text[i+1]); c > 0 {
			return c, 2
		}
	}
	return 0, 0
}

// latinTwin returns the Latin capital that a Cyrillic letter looks like; 0 for none.
func latinTwin(lead, next byte) byte {
	const cyrillic, latin = "АВЕКМНОРСТУХавекмнорстухІіЗз", "ABEKMHOPCTYXABEKMHOPCTYXIIZZ"
	for i := 0; i < len(cyrillic); i += 2 {
		if cyrillic[i] == lead && cyrillic[i+1] == next {
			return latin[i/2]
		}
	}
	return 0
}

// mod97 checks an account number.
func mod97(code [ibanLength]byte) bool {
	rest := 0
	for i := range code {
		if c := code[(i+4)%ibanLength]; isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(c-'A') + 10) % 97
		}
	}
	return rest == 1
}

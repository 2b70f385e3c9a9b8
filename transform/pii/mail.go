package pii

// mail masks the address around the @ at i: name@mail.ru, also with spaces around the signs, and with letters of any
// alphabet. It returns where to go on.
func (p *pass) mail(i int) int {
	from, after := i, i+1
	said := p.text[i] != '@' // «name (at) mail.ru», «name собака mail.ru»
	if said {
		from, after = atSign(p.text, i)
	}
	i = from
	from = mailboxStart(p.text, i)
	spaced := from == i
	if spaced { // «name @ mail . ru»
		at := i
		for at > 0 && i-at < 3 && p.text[at-1] == ' ' {
			at--
		}
		from = mailboxStart(p.text, at)
		if from == at || p.text[from] >= 0x80 {
			return after
		}
	}
	to := after
	for range 2 {
		if to < len(p.text) && p.text[to] == ' ' {
			to++
		}
	}
	label := labelEnd(p.text, to)
	if label == to {
		return after
	}
	to = label
	last := label
	dotted := false
	for {
		next := to
		for next < len(p.text) && next-to < 2 && p.text[next] == ' ' {
			next++
		}
		if next >= len(p.text) || p.text[next] != '.' && (dotted || p.text[next] != ',' || next > to) {
			break
		}
		next++
		gap := next
		for next < len(p.text) && next-gap < 1 && p.text[next] == ' ' {
			next++
		}
		end := labelEnd(p.text, next)
		if end == next || next > to+1 && (dotted && !spaced || !domain(p.text[next:end])) || p.text[to] == ',' && !domain(p.text[next:end]) {
			break
		}
		to, dotted, last = end, true, next
	}
	if !dotted && (spaced || to-i < 3) || said && (!dotted || p.text[from] >= 0x80 || !domain(p.text[last:to])) {
		return after
	}
	p.mask(from, to, Email)
	return to
}

// atSign returns where the word for @ that begins at i begins and ends, with brackets around it: «(at)», «[собака]».
func atSign(text []byte, i int) (from, to int) {
	from, to = i, wordEnd(text, i)
	if from > 0 && to < len(text) && (text[from-1] == '(' && text[to] == ')' || text[from-1] == '[' && text[to] == ']') {
		from, to = from-1, to+1
	}
	return from, to
}

// isAt tells the words that stand for @.
func isAt(word []byte) bool {
	switch string(word) {
	case "at", "AT", "собака", "собачка":
		return true
	}
	return false
}

const longestMailbox = 64 // bytes, RFC 5321

func mailboxStart(text []byte, i int) int {
	to := i
	for to-i < longestMailbox && i > 0 {
		b := text[i-1]
		if b|0x20 >= 'a' && b|0x20 <= 'z' || isDigit(b) || b == '.' || b == '_' || b == '-' || b == '+' || b == '%' {
			i--
			continue
		}
		n := letterBefore(text, i)
		if n == 0 {
			break
		}
		i -= n
	}
	for i < to && (text[i] == '.' || text[i] == '-' || text[i] == '+') {
		i++
	}
	return i
}

// labelEnd returns where a part of a domain ends.
func labelEnd(text []byte, i int) int {
	from := i
	for i-from < 63 {
		if i < len(text) && (isDigit(text[i]) || (text[i] == '-' || text[i] == '_') && i > from) {
			i++
			continue
		}
		n := letterAt(text, i)
		if n == 0 {
			break
		}
		i += n
	}
	for i > from && (text[i-1] == '-' || text[i-1] == '_') {
		i--
	}
	return i
}

// domain tells the top domains that people write after a stray space or comma.
func domain(label []byte) bool {
	switch string(label) {
	case "ru", "kz", "com", "net", "org", "su", "info", "рф", "қаз", "by", "uz", "RU", "KZ", "COM", "edu", "gov":
		return true
	}
	return false
}

package pii

import "bytes"

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
		if !said && (from == at || p.text[from] >= 0x80 || messengers[string(p.text[from:at])]) {
			return p.handle(i)
		}
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
	if !dotted && spaced && !said { // «@aigerim_s @serik_k»
		return p.handle(i)
	}
	if !dotted && (spaced || to-i < 3) || said && (!dotted || p.text[from] >= 0x80 || !domain(p.text[last:to])) {
		return after
	}
	p.mask(from, to, Email)
	return to
}

// handle masks the name in a messenger that the @ at i begins: «@aigerim_s». It returns where to go on.
func (p *pass) handle(i int) int {
	from := i + len("@")
	to := nickname(p.text, from)
	if to == from || letterBefore(p.text, i) > 0 || digitBefore(p.text, i) > 0 {
		return from
	}
	if last := bytes.LastIndexByte(p.text[from:to], '.'); last >= 0 && domain(p.text[from+last+1:to]) || mailers[string(p.text[from:to])] {
		return from // «@mail.ru», the rest of an address
	}
	p.mask(i, to, Email)
	return to
}

// link masks a name in a messenger behind the host that begins at i: «t.me/aigerim_s». A post or a picture behind it is
// nobody's address.
func (p *pass) link(i int) int {
	for _, host := range hosts {
		from := i + len(host)
		if from > len(p.text) || string(p.text[i:from]) != host {
			continue
		}
		to := nickname(p.text, from)
		if to == from || notNicknames[string(p.text[from:to])] || to+1 < len(p.text) && p.text[to] == '/' && (letterAt(p.text, to+1) > 0 || isDigit(p.text[to+1])) {
			return 0
		}
		p.mask(i, to, Email)
		return to
	}
	return 0
}

// isHost tells that the host of a messenger begins at i.
func isHost(text []byte, i int) bool {
	for _, host := range hosts {
		if to := i + len(host); to <= len(text) && text[i] == host[0] && string(text[i:to]) == host {
			return true
		}
	}
	return false
}

// nickname returns where the name in a messenger ends that begins at from, from when none does. One has at least four
// Latin letters, digits and signs, and a letter among them.
func nickname(text []byte, from int) int {
	to, letters := from, 0
	for to < len(text) && to-from <= longestNickname {
		b := text[to]
		if latin(b) {
			letters++
		} else if !isDigit(b) && b != '_' && b != '.' {
			break
		}
		to++
	}
	long := to-from > longestNickname
	for to > from && text[to-1] == '.' {
		to--
	}
	if long || letters == 0 || to-from < 4 || to < len(text) && text[to] == '@' || letterAt(text, to) > 0 {
		return from
	}
	return to
}

const longestNickname = 32 // bytes: of Telegram; of Instagram 30

var (
	hosts        = [...]string{"t.me/", "telegram.me/", "instagram.com/"}
	notNicknames = exactly("joinchat addstickers share proxy reel reels explore stories accounts")
	messengers   = exactly("instagram insta inst telegram tg tiktok threads facebook")
	mailers      = exactly("mail gmail yandex inbox list rambler outlook icloud yahoo hotmail")
)

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

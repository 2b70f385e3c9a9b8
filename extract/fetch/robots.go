package fetch

import (
	"bytes"
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read, the least that RFC 9309 allows. What follows is left out.
const maxRobots = 500 << 10

// rules are what a robots.txt says to us, by RFC 9309: those of the groups that name us, else those for
// everybody. The zero value allows everything.
type rules struct {
	list  []rule
	delay time.Duration // Crawl-delay; not in the RFC, and a wish all the same
}

type rule struct {
	pattern string // plain, see plainPath; * is any text, $ at the end is the end
	allow   bool
}

// readRobots reads the rules for a product token such as "qulaq". A line that it does not understand says
// nothing, so a page of HTML in place of a robots.txt allows everything, as the RFC has it.
func readRobots(text []byte, agent string) rules {
	var ours, everybodys rules
	var forUs, forAll, named bool // of the group that is being read; whether any group named us
	inRules := true               // a user-agent line behind rules begins a new group
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		key, value, ok := strings.Cut(string(line), ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		key = strings.ToLower(strings.TrimSpace(key))
		if key == "user-agent" {
			if inRules {
				forUs, forAll, inRules = false, false, false
			}
			forUs = forUs || strings.EqualFold(token(value), agent)
			forAll = forAll || strings.HasPrefix(value, "*")
			named = named || forUs
			continue
		}
		var add func(*rules)
		switch key {
		case "allow", "disallow":
			if value != "" && value[0] != '/' && value[0] != '*' {
				value = "/" + value
			}
			add = func(r *rules) {
				if value != "" {
					r.list = append(r.list, rule{plainPath(value), key == "allow"})
				}
			}
		case "crawl-delay":
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || !(seconds > 0) {
				continue
			}
			add = func(r *rules) { r.delay = time.Duration(min(seconds, 1e6) * float64(time.Second)) }
		default:
			continue
		}
		inRules = true
		if forUs {
			add(&ours)
		}
		if forAll {
			add(&everybodys)
		}
	}
	if named {
		return ours
	}
	return everybodys
}

// token returns the product token that a user agent begins with: "qulaq" of "qulaq/1.2 (+https://…)".
func token(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || r == '-' || r == '_')
	})
	if end < 0 {
		return agent
	}
	return agent[:end]
}

// allows reports whether an address may be read: target is its escaped path with the query. The longest
// pattern decides; of two that are as long, the one that allows.
func (r rules) allows(target string) bool {
	target = plainPath(target)
	longest, allowed := -1, true
	for _, one := range r.list {
		if c := cmp.Compare(len(one.pattern), longest); c < 0 || c == 0 && allowed || !matches(one.pattern, target) {
			continue
		}
		longest, allowed = len(one.pattern), one.allow
	}
	return allowed
}

// matches reports whether a pattern fits the beginning of a path, or all of it where the pattern ends in $.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok || !starred {
		return ok && (!whole || path == "")
	}
	for {
		part, more, another := strings.Cut(rest, "*")
		if !another && whole {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		if !another {
			return true
		}
		path, rest = path[at+len(part):], more
	}
}

// plainPath writes a path so that equal ones are equal strings: what need not be escaped is not, what must
// be is, in capital digits.
func plainPath(path string) string {
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if code, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				i += 2
				if unreserved(byte(code)) {
					b.WriteByte(byte(code))
				} else {
					fmt.Fprintf(&b, "%%%02X", code)
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

package fetch

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRobots(t *testing.T) {
	for name, c := range map[string]struct {
		text            string
		allowed, denied []string
		delay           time.Duration
	}{
		"nothing":          {"", []string{"/", "/uploads/a.docx"}, nil, 0},
		"everybody, all":   {"User-agent: *\nDisallow: /\n", nil, []string{"/", "/a?b=1"}, 0},
		"everybody, none":  {"User-agent: *\nDisallow:\n", []string{"/"}, nil, 0},
		"a folder":         {"user-agent:*\r\ndisallow:/uploads/\r\n", []string{"/", "/uploads", "/up"}, []string{"/uploads/", "/uploads/1.docx"}, 0},
		"others only":      {"User-agent: googlebot\nDisallow: /\n", []string{"/a"}, nil, 0},
		"us and everybody": {"User-agent: *\nDisallow: /\nUser-agent: Qulaq/2\nDisallow: /b\n", []string{"/a"}, []string{"/b"}, 0},
		"two groups of us": {"User-agent: qulaq\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: qulaq\nDisallow: /b\n", []string{"/c"}, []string{"/a", "/b"}, 0},
		"several names":    {"User-agent: x\nUser-agent: qulaq\nDisallow: /a\n", []string{"/b"}, []string{"/a"}, 0},
		"free by an empty line of rules": {
			"User-agent: qulaq\nDisallow:\nUser-agent: *\nDisallow: /\n", []string{"/a"}, nil, 0,
		},
		"a name that begins like ours": {"User-agent: qulaqbot\nDisallow: /\n", []string{"/"}, nil, 0},
		"a name that ours begins with": {"User-agent: q\nDisallow: /\n", []string{"/"}, nil, 0},
		"the longest decides":          {"User-agent: *\nDisallow: /api\nAllow: /api/v1/public\n", []string{"/api/v1/public/x"}, []string{"/api/v1", "/apis"}, 0},
		"as long, allowed":             {"User-agent: *\nDisallow: /a\nAllow: /a\n", []string{"/a"}, nil, 0},
		"stars":                        {"User-agent: *\nDisallow: /*.docx\n", []string{"/a.pdf"}, []string{"/a.docx", "/x/a.docx?y"}, 0},
		"stars and an end":             {"User-agent: *\nDisallow: /*/b*c$\n", []string{"/a/bxcd", "/b/c"}, []string{"/a/bc", "/a/bxcxc"}, 0},
		"an end":                       {"User-agent: *\nDisallow: /a$\n", []string{"/ab"}, []string{"/a"}, 0},
		"no text between star and end": {"User-agent: *\nDisallow: /a*$\n", []string{"/b"}, []string{"/a", "/abc"}, 0},
		"a query":                      {"User-agent: *\nDisallow: /*?page=\n", []string{"/a?size=1"}, []string{"/a?page=1"}, 0},
		"escapes":                      {"User-agent: *\nDisallow: /план\nDisallow: /%61%2f\n", []string{"/a/"}, []string{"/%D0%BF%D0%BB%D0%B0%D0%BD", "/%d0%bf%d0%bb%d0%b0%d0%bd", "/a%2F"}, 0},
		"without a slash":              {"User-agent: *\nDisallow: uploads\n", []string{"/a"}, []string{"/uploads/1"}, 0},
		"remarks":                      {"# no\nUser-agent: * # all\nDisallow: /a # here\n\n\nDisallow: /b", []string{"/c"}, []string{"/a", "/b"}, 0},
		"a delay":                      {"User-agent: *\nCrawl-delay: 2.5\nDisallow: /a\n", []string{"/b"}, []string{"/a"}, 2500 * time.Millisecond},
		"a delay that is none":         {"User-agent: *\nCrawl-delay: NaN\nCrawl-delay: -1\nCrawl-delay: soon\nDisallow: /a\n", nil, []string{"/a"}, 0},
		"a delay for ever":             {"User-agent: *\nCrawl-delay: 1e300\n", nil, nil, 1e6 * time.Second},
		"BOM":                          {"\uFEFFUser-agent: *\nDisallow: /\n", nil, []string{"/"}, 0},
		"rules of nobody":              {"Disallow: /\nUser-agent: *\nAllow: /\n", []string{"/"}, nil, 0},
		"a page":                       {"<!doctype html><html><head><title>gov: kz</title></head></html>", []string{"/"}, nil, 0},
	} {
		r := readRobots([]byte(c.text), "qulaq")
		for _, path := range c.allowed {
			if !r.allows(path) {
				t.Errorf("%s: %s is denied", name, path)
			}
		}
		for _, path := range c.denied {
			if r.allows(path) {
				t.Errorf("%s: %s is allowed", name, path)
			}
		}
		if r.delay != c.delay {
			t.Errorf("%s: delay %s", name, r.delay)
		}
	}
}

// TestMatches holds the matcher against one that tries everything.
func TestMatches(t *testing.T) {
	var slow func(pattern, path string) bool
	slow = func(pattern, path string) bool {
		switch {
		case pattern == "":
			return true
		case pattern == "$":
			return path == ""
		case pattern[0] == '*':
			return slow(pattern[1:], path) || path != "" && slow(pattern, path[1:])
		}
		return path != "" && path[0] == pattern[0] && slow(pattern[1:], path[1:])
	}
	rapid.Check(t, func(t *rapid.T) {
		pattern := rapid.StringMatching(`[ab*]{0,8}\$?`).Draw(t, "pattern")
		path := rapid.StringMatching(`[ab]{0,10}`).Draw(t, "path")
		if got, want := matches(pattern, path), slow(pattern, path); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1", "/axb")
	f.Add("\uFEFFuser-agent:qulaq\rallow:%", "/%zz?%")
	f.Fuzz(func(t *testing.T, text, path string) {
		r := readRobots([]byte(text), "qulaq")
		if r.delay < 0 {
			t.Errorf("delay %s", r.delay)
		}
		if !r.allows(path) && !strings.Contains(strings.ToLower(text), "disallow") {
			t.Error("denied by nobody")
		}
		if once := plainPath(path); plainPath(once) != once {
			t.Errorf("%q is not plain", once)
		}
	})
}

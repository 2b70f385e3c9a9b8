package listing

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
)

func TestLookCloses(t *testing.T) {
	var l Look
	l.Close(nil)
	if l.Outcome != Empty || !l.Complete {
		t.Errorf("%+v", l)
	}
	first, last := time.Unix(1, 0), time.Unix(9, 0)
	l = Look{}
	for _, e := range []Entry{{CreatedAt: time.Unix(5, 0)}, {CreatedAt: last}, {CreatedAt: first}, {}, {CreatedAt: time.Unix(0, 0), Migrated: true}} {
		l.Note(e)
	}
	l.Close(nil)
	if l.Outcome != Healthy || l.Entries != 5 || !l.First.Equal(first) || !l.Last.Equal(last) {
		t.Errorf("%+v", l)
	}
	l = Look{}
	l.Note(Entry{})
	l.Close(errors.New("x"))
	if l.Complete || l.Outcome == Healthy || l.Detail != "x" {
		t.Errorf("%+v", l)
	}
}

func TestJudge(t *testing.T) {
	of := func(kind qulaq.Kind, err error) error { return &qulaq.Error{Op: "fetch", Kind: kind, Err: err} }
	for _, c := range []struct {
		err  error
		want Outcome
	}{
		{Fail("read", "x", &Trouble{Captcha, "c"}), Captcha},
		{fmt.Errorf("twice wrapped: %w", Fail("read", "x", &Trouble{LoginPage, "l"})), LoginPage},
		{of(qulaq.Transient, context.Canceled), Cut},
		{of(qulaq.Transient, fmt.Errorf("waiting: %w", context.DeadlineExceeded)), Cut},
		{of(qulaq.Transient, fetch.StatusError(429)), Refused},
		{of(qulaq.Blocked, fetch.StatusError(403)), Refused},
		{of(qulaq.Blocked, fetch.ErrRobots), Refused},
		{of(qulaq.Transient, fetch.StatusError(500)), Unreachable},
		{of(qulaq.Transient, fetch.StatusError(503)), Unreachable},
		{of(qulaq.Transient, fetch.ErrResting), Unreachable},
		{of(qulaq.Transient, errors.New("connection refused")), Unreachable},
		{of(qulaq.Configuration, errors.New("the certificate is none")), Unreachable},
		{of(qulaq.Configuration, fetch.StatusError(404)), ChangedShape},
		{of(qulaq.Configuration, fetch.StatusError(410)), ChangedShape},
		{of(qulaq.Contract, fetch.StatusError(400)), ChangedShape},
		{of(qulaq.Contract, errors.New("more than 5 redirects")), ChangedShape},
		{errors.New("a bug of ours"), Cut},
	} {
		if got, detail := Judge(c.err); got != c.want || detail == "" {
			t.Errorf("%v: %s, want %s", c.err, got, c.want)
		}
	}
}

func TestEveryTroubleHasAKindAndAHint(t *testing.T) {
	for _, o := range []Outcome{LoginPage, Captcha, ChangedShape, Cut} {
		err := Fail("read", "x", &Trouble{o, "why"})
		if qulaq.KindOf(err) == qulaq.Bug || qulaq.Hint(err) == "" || err.Error() != "read x: why" {
			t.Errorf("%s: %v", o, err)
		}
	}
}

func TestUnexpected(t *testing.T) {
	cp1251, err := charmap.Windows1251.NewEncoder().String("<title>Авторизация</title>")
	if err != nil {
		t.Fatal(err)
	}
	for page, want := range map[string]Outcome{
		"<title>gov.kz</title><div id=root></div>":                           ChangedShape,
		"<form><input type=PASSWORD></form>":                                 LoginPage,
		"<form action='/auth/realms/x/protocol/openid-connect/auth'></form>": LoginPage,
		"<title>ВХОД В КАБИНЕТ</title>":                                      LoginPage,
		cp1251: LoginPage,
		"<div class='g-recaptcha' data-sitekey=x></div>":             Captcha,
		"<iframe src='https://x/hCaptcha/1'></iframe>":               Captcha,
		"<title>Just a moment...</title>":                            Captcha,
		"<p>Подтвердите,\n что Вы не\n робот</p>":                    Captcha,
		"<form><input type=password><img src='/CAPTCHA.png'></form>": Captcha,
		"<script>var text = 'вы не робот'</script><p>Бет табылмады":  ChangedShape,
		"": ChangedShape,
		"<html>" + strings.Repeat("<div>", 10_000): ChangedShape,
	} {
		got := Unexpected([]byte(page))
		if got.Outcome != want || got.Detail == "" {
			t.Errorf("%.60s: %s (%s), want %s", page, got.Outcome, got.Detail, want)
		}
	}
}

// TestMarks reads every row of the table.
func TestMarks(t *testing.T) {
	rows := 0
	for line := range strings.Lines(marksTable) {
		if !strings.HasPrefix(line, "#") {
			rows++
		}
	}
	if rows != len(marks) {
		t.Errorf("%d of %d rows", len(marks), rows)
	}
	for _, m := range marks {
		page := "<title>" + m.what + "</title>"
		switch m.where {
		case "text":
			page = "<p>" + m.what
		case "selector":
			page = "" // held by TestUnexpected; a selector that is none finds nothing
		case "title":
		default:
			t.Errorf("%+v", m)
		}
		if m.outcome != LoginPage && m.outcome != Captcha || m.what != strings.ToLower(m.what) {
			t.Errorf("%+v", m)
		}
		if page != "" && Unexpected([]byte(page)).Outcome != m.outcome {
			t.Errorf("%+v finds nothing", m)
		}
	}
}

func TestIsPage(t *testing.T) {
	for text, want := range map[string]bool{
		"<!DOCTYPE html>": true, "\uFEFF \n<html>": true, "<?xml": true, "<P>": true,
		"": false, "<": false, "[": false, "PK\x03\x04": false, "< 5": false, "<5": false,
	} {
		if IsPage([]byte(text)) != want {
			t.Errorf("%q", text)
		}
	}
}

func TestLink(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "www.gov.kz", Path: "/a/b"}
	const hex = "0123456789abcdef0123456789abcdef_original.294208.docx"
	for text, want := range map[string]File{
		"/uploads/2024/1/20/" + hex:  {"https://www.gov.kz/uploads/2024/1/20/" + hex, hex, 294208},
		" c.PDF#page=2 ":             {"https://www.gov.kz/a/c.PDF", "c.PDF", -1},
		"?q=а б #":                   {"https://www.gov.kz/a/b?q=%D0%B0%20%D0%B1%20", "b", -1},
		"//b.kz/":                    {"https://b.kz/", "b.kz", -1},
		"http://b.kz/a%20b.x?q":      {"http://b.kz/a%20b.x?q", "a b.x", -1},
		"/a.1234567890123456789.pdf": {"https://www.gov.kz/a.1234567890123456789.pdf", "a.1234567890123456789.pdf", -1},
		"":                           {}, "javascript:x": {}, "mailto:a@b.kz": {}, "https://u:p@b.kz/": {}, "/%zz": {}, "https:///x": {},
		"/" + strings.Repeat("a", 2000): {}, "a\x00b": {}, "//::": {},
	} {
		got, err := Link(base, text)
		if got != want || (err == nil) != (want.URL != "") {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func FuzzLink(f *testing.F) {
	base := &url.URL{Scheme: "https", Host: "www.gov.kz", Path: "/"}
	f.Add("/uploads/a_original.5.docx")
	f.Add("//[::1]:80/%2e%2e?#")
	f.Add("//::")
	f.Add("?\xd2 #")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Link(base, text)
		if err != nil {
			return
		}
		again, err := Link(base, got.URL)
		if err != nil || again != got || !strings.HasPrefix(got.URL, "http") || strings.Contains(got.URL, "#") {
			t.Errorf("%+v, then %+v, %v", got, again, err)
		}
	})
}

func TestFindings(t *testing.T) {
	var f Findings
	for i := range 300 {
		f.Add(BadField, fmt.Sprint("field ", i%150), "why", i)
	}
	list := f.List()
	if len(list) != maxFindings+1 || list[0].Count != 2 || list[0].Line != 0 || list[maxFindings].Kind != qulaq.ManyFindings || list[maxFindings].Count != 100 {
		t.Errorf("%d findings, the last %+v", len(list), list[len(list)-1])
	}
}

func TestClip(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "  а\n\t б  ": "а б", "абвгд": "абвгд", "абвгде": "абвгд…", "абвгд ": "абвгд", "\x00a\u200bb\u00ad": "ab", "a     b     c": "a b c", "\xff": "\uFFFD",
	} {
		if got := Clip(text, 5); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestUTF8(t *testing.T) {
	encode := func(c *charmap.Charmap, s string) []byte {
		b, err := c.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, c := range map[string]struct {
		text []byte
		want string
	}{
		"UTF-8":          {[]byte("Жол"), "Жол"},
		"BOM":            {[]byte("\uFEFFЖол"), "Жол"},
		"windows-1251":   {encode(charmap.Windows1251, "План"), "План"},
		"meta KOI8":      {encode(charmap.KOI8R, "<meta charset=koi8-r>План"), "<meta charset=koi8-r>План"},
		"one bad letter": {[]byte("\xc6ol"), "Жol"},
	} {
		if diff := cmp.Diff(c.want, string(UTF8(c.text))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func FuzzUnexpected(f *testing.F) {
	f.Add([]byte("<html><title>\xc2\xf5\xee\xe4</title><input type=password>"))
	f.Add([]byte("<svg><style><template><table><select>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		got := Unexpected(page)
		if got.Outcome == Healthy || got.Outcome == Empty || got.Detail == "" || !utf8.ValidString(got.Detail) {
			t.Errorf("%+v", got)
		}
	})
}

func TestReadYAML(t *testing.T) {
	var into []struct {
		A int `yaml:"a"`
	}
	for text, says := range map[string]string{"- a: 1\n- b: 2\n": "[2:3]", "! 000000000000": "cannot be read", "- {": ""} {
		if err := ReadYAML([]byte(text), &into); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

package notify

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		name      string
		addresses []string
		services  []string
		wrong     string
	}{
		{"none", nil, []string{}, ""},
		{"two of a kind", []string{"telegram://1:aaaa@telegram?chats=1", "smtp://h/?to=a@b", "telegram://2:bbbb@telegram?chats=2"}, []string{"telegram", "smtp", "telegram-2"}, ""},
		{"by the scheme before the plus", []string{"generic+https://example.org/x", "GENERIC://example.org"}, []string{"generic", "generic-2"}, ""},
		{"empty", []string{""}, nil, "urls[0]: the address is empty"},
		{"unknown", []string{"logger://", "pigeon://sesame"}, nil, "urls[1]: the program knows no service"},
		{"no address", []string{"telegram://ses ame\x00@x"}, nil, "urls[0]: this is no address"},
		{"a token alone", []string{"sesame"}, nil, "urls[0]: the program knows no service"},
		{"too long", []string{"generic://h/" + strings.Repeat("sesame", 1000)}, nil, "urls[0]: the address is longer than 2000 bytes"},
		{"too many", strings.Split(strings.Repeat("logger:// ", MaxServices)+"logger://", " "), nil, "21 addresses are more than 20"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New(c.addresses)
			if c.wrong != "" {
				if err == nil || qulaq.KindOf(err) != qulaq.Configuration || !strings.Contains(err.Error(), c.wrong) || strings.Contains(err.Error(), "sesame") {
					t.Fatalf("error %v, want %q", err, c.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.services, s.Services()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// webhook is a server that keeps what it is sent and answers with a status.
func webhook(t *testing.T, status int) (address string, got chan string) {
	t.Helper()
	got = make(chan string, 10)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		if err != nil {
			t.Error(err)
		}
		got <- r.URL.Path + " " + string(body)
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return "generic+" + server.URL + "/sesame-7777/hook?disabletls=yes", got
}

func TestSend(t *testing.T) {
	address, got := webhook(t, http.StatusNoContent)
	s, err := New([]string{address})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), "generic", Message{"қазақша", "қазақша\n\nекінші жол & <b>"}); err != nil {
		t.Fatal(err)
	}
	if g, want := <-got, "/sesame-7777/hook қазақша\n\nекінші жол & <b>"; g != want {
		t.Errorf("got %q, want %q", g, want)
	}
	if err := s.Send(t.Context(), "telegram", Message{}); qulaq.KindOf(err) != qulaq.Bug || err == nil {
		t.Errorf("an unknown service: %v", err)
	}
}

func TestSendFails(t *testing.T) {
	refusing, _ := webhook(t, http.StatusForbidden)
	nobody := httptest.NewServer(nil)
	nobody.Close()
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer slow.Close()
	defer close(release)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name, address string
		ctx           context.Context
		says          string
		is            error
	}{
		{"refused", refusing, t.Context(), "403", nil},
		{"nobody there", "generic+" + nobody.URL + "/sesame-7777?disabletls=yes", t.Context(), "refused", nil},
		{"slow", "generic+" + slow.URL + "/sesame-7777?disabletls=yes", t.Context(), "deadline", context.DeadlineExceeded},
		{"interrupted", "generic+" + slow.URL + "/sesame-7777?disabletls=yes", cancelled, "canceled", context.Canceled},
		{"wrong in itself", "slack://sesame-7777", t.Context(), "slack", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := New([]string{c.address})
			if err != nil {
				t.Fatal(err)
			}
			s.patience = 500 * time.Millisecond
			err = s.Send(c.ctx, s.Services()[0], Message{"t", "t"})
			if err == nil || qulaq.KindOf(err) != qulaq.Transient {
				t.Fatalf("error %v, want a transient one", err)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v is not %v", err, c.is)
			}
			if text := err.Error(); !strings.Contains(text, c.says) || strings.Contains(text, "sesame") || strings.Contains(text, "7777") || strings.Contains(text, "http:") {
				t.Errorf("it says %q", text)
			}
		})
	}
}

func TestRedact(t *testing.T) {
	for _, c := range []struct{ name, address, text, want string }{
		{
			"telegram", "telegram://110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw@telegram?chats=@news",
			`Post "https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage": 401 Unauthorized`,
			"Post \"(hidden) 401 Unauthorized",
		},
		{"token alone", "telegram://1:AAHdqTcv@telegram?chats=@news", "bad token AAHdqTcv, chat @news", "bad token (hidden), chat (hidden)"},
		{"mail", "smtp://me%40example.org:p%40ss%3A1@mail.example.org:587/?to=you@example.org", "535 for me@example.org with p@ss:1 at MAIL.example.org", "535 for (hidden) with (hidden) at (hidden)"},
		{"slack", "slack://hook:T00-B11-Xyzzyq@webhook", "invalid token T00-B11-Xyzzyq / XYZZYQ", "invalid token (hidden) / (hidden)"},
		{"short password", "smtp://u:zq@mail/", "zq is wrong", "(hidden) is wrong"},
		{"lines", "logger://", "a\n\x1b[31m  b\x00", "a [31m b"},
		{"cut", "smtp://u:" + strings.Repeat("s", 1000) + "@h/", strings.Repeat(strings.Repeat("s", 1000)+" ", 4) + strings.Repeat("s", 999) + "s", "the service did not say why"},
		{"cut later", "smtp://u:sesame@h/", strings.Repeat("Ы", 4993) + "sesame sesame", strings.Repeat("Ы", maxReason-1) + "…"},
		{"nothing", "logger://", "\n", "the service did not say why"},
		{"long", "logger://", strings.Repeat("ы", 1000), strings.Repeat("ы", maxReason-1) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := redact(c.text, c.address); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// No part of an address that could be a secret comes out, wherever the service puts it.
func TestRedactLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[A-Z0-9]{6,20}`).Draw(t, "secret")
		form := rapid.SampledFrom([]string{
			"telegram://1:%@telegram?chats=1", "slack://hook:T-B-%@webhook", "discord://%@1", "pushbullet://%", "smtp://u:%@h/?to=a", "generic+https://h/a/%/b",
			"generic://h/?token=%", "gotify://h/%", "matrix://u:%@h", "generic+https://%.example.org/",
		}).Draw(t, "form")
		address := strings.ReplaceAll(form, "%", secret)
		around := rapid.SampledFrom([]string{"%", "Bearer %.", `"%"`, "https://x/%/y", "/bot%/send", "%%", "T-B-% ", "a=%&b", "(hidden%)"}).Draw(t, "around")
		said := secret
		if rapid.Bool().Draw(t, "lower") {
			said = strings.ToLower(secret)
		}
		if got := redact(strings.ReplaceAll(around, "%", said), address); strings.Contains(strings.ToLower(got), strings.ToLower(secret)) {
			t.Fatalf("%s: %q", address, got)
		}
	})
}

func FuzzRedact(f *testing.F) {
	f.Add("403 at https://h/x", "generic+https://u:pass@h/x?y=z")
	f.Add("\xff\x00(", "smtp://%zz:[(\xff@h")
	f.Add("535 for me", "smtp://me:me@h/?to=me")
	f.Fuzz(func(t *testing.T, text, address string) {
		address = address[:min(len(address), maxAddress)]
		got := redact(text, address)
		if n := len([]rune(got)); n == 0 || n > maxReason || strings.ContainsAny(got, "\n\x00") {
			t.Errorf("%q", got)
		}
		if len(address) >= 30 && strings.Contains(got, address) {
			t.Errorf("the address is in %q", got)
		}
	})
}

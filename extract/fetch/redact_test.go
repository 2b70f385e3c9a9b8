package fetch

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRedact(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.kz/export.csv":                          "https://a.kz/export.csv",
		"https://user:pass@a.kz/x":                         "https://a.kz/x",
		"https://user@a.kz/x":                              "https://a.kz/x",
		"https://a.kz/x#access_token=1":                    "https://a.kz/x",
		"https://a.kz/x?apiKey=1&source={\"from\":0}":      "https://a.kz/x?apiKey=***&source={\"from\":0}",
		"https://a.kz/x?page=2&size=100":                   "https://a.kz/x?page=2&size=100",
		"https://a.kz/x?keyword=su&monkey=1&author=2":      "https://a.kz/x?keyword=su&monkey=1&author=2",
		"https://a.kz/x?KEY=1&api_key=1&API-KEY=1&apikey=": "https://a.kz/x?KEY=***&api_key=***&API-KEY=***&apikey=***",
		"https://a.kz/x?accesstoken=1&access_token=1":      "https://a.kz/x?accesstoken=***&access_token=***",
		"https://a.kz/x?X-Amz-Signature=1&X-Amz-Date=2":    "https://a.kz/x?X-Amz-Signature=***&X-Amz-Date=2",
		"https://a.kz/x?AWSAccessKeyId=1&sig=2&se=3":       "https://a.kz/x?AWSAccessKeyId=***&sig=***&se=3",
		"https://a.kz/x?api%4bey=1":                        "https://a.kz/x?api%4bey=***",
		"https://a.kz/x?%zz=1":                             "https://a.kz/x?%zz=***",
		"https://a.kz/x?password=1;token=2":                "https://a.kz/x?password=***",
		"mailto:token@a.kz":                                unreadable,
		"https://user:s3cret@a.kz:port/":                   unreadable,
		"":                                                 "",
	} {
		if got := Redact(address); got != want {
			t.Errorf("Redact(%q) = %q, want %q", address, got, want)
		}
	}
}

func FuzzRedact(f *testing.F) {
	f.Add("https://user:pa@a.kz/x?apiKey=1&b=2#c", "s3cret")
	f.Fuzz(func(t *testing.T, address, secret string) {
		Redact(address)
		if len(secret) < 6 || strings.ContainsAny(secret, "&#") || strings.Contains("https://user@a.kz/?access_token=***", secret) {
			return
		}
		if got := Redact("https://user@a.kz/?access_token=" + secret); strings.Contains(got, secret) {
			t.Errorf("%q shows %q", got, secret)
		}
	})
}

func TestBackoff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		attempt := rapid.IntRange(1, 1<<30).Draw(t, "attempt")
		first := time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "first"))
		share := rapid.Float64Range(0, 0.999).Draw(t, "share")
		d := backoff(attempt, first, share)
		if d < 0 || d > longestBackoff {
			t.Fatalf("waits %s", d)
		}
		if full := backoff(attempt, first, 0.999); full > 0 && attempt > 1 && full < backoff(attempt-1, first, 0.999) {
			t.Fatalf("waits less after more attempts")
		}
	})
}

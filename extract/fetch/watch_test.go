package fetch

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Who watches a context is told every attempt as it is written down, the failed ones and robots.txt too.
func TestWatch(t *testing.T) {
	s := serve(t, answer(
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, // robots.txt
		func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok")) },
	))
	o := options(&fakeTime{now: noon})
	o.Hosts = []string{"127.0.0.1"}
	c := client(t, o)
	var told []Attempt
	r := Request{URL: s.URL + "/a?token=s3cr3t", Crawl: true}
	attempts, err := c.Get(Watch(t.Context(), func(a Attempt) { told = append(told, a) }), r, func(*Response) error { return nil })
	if err != nil || len(attempts) != 3 {
		t.Fatalf("%+v, %v", attempts, err)
	}
	if diff := cmp.Diff(attempts, told); diff != "" {
		t.Errorf("told (-written +told):\n%s", diff)
	}
	if told[2].URL != s.URL+"/a?token="+Hidden || told[2].Status != http.StatusOK {
		t.Errorf("the last: %+v", told[2])
	}
	if _, err := c.Get(t.Context(), r, func(*Response) error { return nil }); err != nil || len(told) != 3 {
		t.Errorf("under another context: %v, %d told", err, len(told))
	}
}

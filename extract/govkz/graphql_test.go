package govkz

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
)

func TestVerify(t *testing.T) {
	s := newStage(t)
	s.Akimat("aqmola", "Акимат Акмолинской области", "")
	s.Akimat("aqmola-burabay", "Акимат Бурабайского района", "aqmola")
	s.Spoil("/graphql", govsim.Mishap{Body: "upstream connect error", Media: "text/plain", Times: 2})
	moved := source("akimvko")
	moved.Slug = "moved"
	checks, err := s.Verify(t.Context(), []Source{source("aqmola"), moved})
	if err != nil {
		t.Fatal(err)
	}
	want := []Check{
		{Key: "aqmola", Slug: "aqmola", State: Found, Name: "Акимат Акмолинской области"},
		{Key: "akimvko", Slug: "moved", State: NotFound},
	}
	if diff := cmp.Diff(want, checks); diff != "" {
		t.Error(diff)
	}
	if n := s.Count("POST /graphql"); n != 3 {
		t.Errorf("asked %d times", n)
	}
	all, _, err := s.Organisations(t.Context(), "ru")
	if err != nil || len(all) != 21 {
		t.Fatal(len(all), err)
	}
	for _, o := range all {
		if o.ID == "aqmola-burabay" && o != (Organisation{"aqmola-burabay", "Акимат Бурабайского района", "aqmola", "Акиматы"}) {
			t.Errorf("%+v", o)
		}
	}
}

// TestVerifyThatCannotAsk says nothing about the slugs.
func TestVerifyThatCannotAsk(t *testing.T) {
	for name, c := range map[string]struct {
		mishap govsim.Mishap
		kind   qulaq.Kind
		asked  int
		says   string
	}{
		"no JSON":          {govsim.Mishap{Body: "upstream connect error", Media: "text/plain"}, qulaq.Transient, 3, "no JSON"},
		"HTML":             {govsim.Mishap{Body: govsim.ShellPage}, qulaq.Contract, 3, "HTML"},
		"a captcha":        {govsim.Mishap{Body: govsim.CaptchaPage}, qulaq.Blocked, 3, "captcha"},
		"an error":         {govsim.Mishap{Body: `{"errors":[{"message":"unknown field"}]}`}, qulaq.Contract, 1, "unknown field"},
		"no organisations": {govsim.Mishap{Body: `{"data":{"projectdetails":[]}}`}, qulaq.Contract, 1, "no organisations"},
		"other JSON":       {govsim.Mishap{Body: `[]`}, qulaq.Transient, 3, "no JSON"},
		"cut":              {govsim.Mishap{EndAfter: 100}, qulaq.Transient, 3, "no JSON"},
		"forbidden":        {govsim.Mishap{Status: 403}, qulaq.Blocked, 1, "403"},
		"moved":            {govsim.Mishap{Status: 301, Header: map[string]string{"Location": "/api"}}, qulaq.Contract, 1, "redirect"},
	} {
		s := newStage(t)
		s.Spoil("/graphql", c.mishap)
		checks, err := s.Verify(t.Context(), []Source{source("aqmola")})
		if err == nil || qulaq.KindOf(err) != c.kind || s.Count("/graphql") != c.asked {
			t.Errorf("%s: asked %d times, %v", name, s.Count("/graphql"), err)
		}
		if len(checks) != 1 || checks[0].State != NotAsked || !strings.Contains(checks[0].Detail, c.says) {
			t.Errorf("%s: %+v", name, checks)
		}
	}
}

func FuzzOrganisations(f *testing.F) {
	f.Add([]byte(`{"data":{"projectdetails":[{"id":"aqmola","project_name":"x","parent_govorg":{"id":7},"class":null}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, trouble := organisations(text)
		if (trouble == nil) != (len(all) > 0) {
			t.Errorf("%v, %v", all, trouble)
		}
		for _, o := range all {
			if o.ID == "" || strings.ContainsAny(o.Name, "\n\x00") {
				t.Errorf("%+v", o)
			}
		}
	})
}

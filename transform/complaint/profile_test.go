package complaint

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qulaq-kz/qulaq"
)

func profiles(t testing.TB) []*Profile {
	t.Helper()
	all, err := Profiles()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func profile(t testing.TB, source string) *Profile {
	t.Helper()
	for _, p := range profiles(t) {
		if p.Source == source {
			return p
		}
	}
	t.Fatalf("no profile %q", source)
	return nil
}

// Headers as the sources print them.
var headers = map[string][]string{
	"eotinish": {
		"appeal_id", "reg_number", "appeal_type", "current_working_state", "status_overdue", "is_duplicate", "is_forward",
		"is_ext_forward", "applicant_type", "category", "issue", "subissue", "region", "raion", "org_name", "created_date",
		"deadline", "finish_dt", "year", "month_name",
	},
	"eotinish renamed": {
		"appeal_id", "reg_number", "type_name_ru", "current_working_state", "status_overdue", "is_duplicate", "is_forward",
		"is_ext_forward", "applicant_type", "issue_category_name_ru", "issue", "subissue", "region", "raion", "org_name",
		"start_dt", "deadline", "finish_dt", "year", "month_name",
	},
	"eotinish cut": {
		"reg_number", "created_date", "type_name_ru", "applicant_type", "issue_category_name_ru", "issue", "subissue", "region",
		"raion", "org_name", "current_working_state", "status_overdue", "deadline", "finish_dt", "is_duplicate", "is_forward",
		"is_ext_forward",
	},
	"eotinish with texts": {
		"appeal_id", "reg_number", "appeal_type", "current_working_state", "category", "region", "raion", "created_date",
		"deadline", "text",
	},
	"eotinish_text": {"id", "DATA", "name_tu_type", "date_", "name_ru_org"},
	"cc109":         {"created_date", "region", "category", "character", "status", "year", "month"},
}

func TestBuiltInProfiles(t *testing.T) {
	all := profiles(t)
	var sources []string
	for _, p := range all {
		sources = append(sources, p.Source)
		if p.Title == "" {
			t.Errorf("%s has no title", p.Source)
		}
	}
	if diff := cmp.Diff([]string{"cc109", "eotinish", "eotinish_text"}, sources); diff != "" {
		t.Fatal(diff)
	}
	shifts := map[string]ShiftRule{}
	for _, p := range all {
		shifts[p.Source] = p.Shift
	}
	if diff := cmp.Diff(map[string]ShiftRule{"cc109": NoShift, "eotinish": ByDeadlines, "eotinish_text": NoShift}, shifts); diff != "" {
		t.Error(diff)
	}
	// Profiles are handed out anew: what a configuration writes into one stays there.
	all[0].Columns["region"][0] = "changed"
	if again := profiles(t); again[0].Columns["region"][0] == "changed" {
		t.Error("a profile is shared")
	}
}

// Every header that is known fits its own profile, without an oddity, and Guess finds it.
func TestHeadersFitTheirProfiles(t *testing.T) {
	all := profiles(t)
	for name, header := range headers {
		source, _, _ := strings.Cut(name, " ")
		for _, form := range []struct {
			what  string
			names []string
		}{
			{"as it is", header},
			{"in upper case", strings.Split(strings.ToUpper(strings.Join(header, "|")), "|")},
			{"backwards", reversed(header)},
			{"with one more column", append(slices.Clone(header), "comment")},
		} {
			p := Guess(all, form.names)
			if p == nil || p.Source != source {
				t.Errorf("%s, %s: guessed %v", name, form.what, p)
				continue
			}
			at, findings, err := p.bind(form.names)
			if err != nil {
				t.Errorf("%s, %s: %v", name, form.what, err)
			}
			if want := len(form.names) - len(header); len(findings) != want {
				t.Errorf("%s, %s: %d findings instead of %d: %v", name, form.what, len(findings), want, findings)
			}
			// A column is bound to one that it has as a name.
			for c, i := range at {
				if i >= 0 && !slices.Contains(p.Columns[columnNames[c]], strings.ToLower(form.names[i])) && form.names[i] != "DATA" {
					t.Errorf("%s, %s: %s is read from %s", name, form.what, columnNames[c], form.names[i])
				}
			}
		}
	}
	for name, header := range map[string][]string{
		"nothing": nil, "a page": {"<!DOCTYPE html>"}, "a list of people": {"id", "name", "iin"},
		"plans": {"№ п/п", "Проблемный вопрос", "Мероприятие", "Срок исполнения"}, "a date alone": {"created_date"},
	} {
		if p := Guess(all, header); p != nil {
			t.Errorf("%s: taken for %s", name, p.Source)
		}
	}
	if p := Guess(nil, headers["cc109"]); p != nil {
		t.Errorf("guessed %v from no profile", p)
	}
}

func reversed(s []string) []string {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func parse(t *testing.T, text string) *Profile {
	t.Helper()
	p, err := ParseProfile("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const small = `
source: small
columns:
  registered_at: [Created Date, start_dt]
  region: [region]
  text: [text]
ignored: [year]
needed: [registered_at, region]
`

func TestBind(t *testing.T) {
	p := parse(t, small)
	if p.Shift != NoShift {
		t.Errorf("the shift is %q where the profile says nothing", p.Shift)
	}
	type bound map[string]int // our column → place
	for name, c := range map[string]struct {
		header   []string
		want     bound
		findings map[string]string // subject → part of the detail
	}{
		"all":                         {[]string{"start_dt", "region", "text", "year"}, bound{"registered_at": 0, "region": 1, "text": 2}, nil},
		"one not needed is missing":   {[]string{"region", "start_dt"}, bound{"region": 0, "registered_at": 1}, nil},
		"letter case and spaces":      {[]string{" CREATED   date ", "Region"}, bound{"registered_at": 0, "region": 1}, nil},
		"the preferred name wins":     {[]string{"start_dt", "region", "created date"}, bound{"registered_at": 2, "region": 1}, map[string]string{"start_dt": "not read"}},
		"an unknown column":           {[]string{"start_dt", "region", "phone"}, bound{"registered_at": 0, "region": 1}, map[string]string{"phone": "does not know"}},
		"the first of two alike":      {[]string{"start_dt", "region", "REGION"}, bound{"registered_at": 0, "region": 1}, map[string]string{"REGION": "column 3 has the name of column 2"}},
		"an unknown one, twice":       {[]string{"x", "start_dt", "region", "x"}, bound{"registered_at": 1, "region": 2}, map[string]string{"x": "does not know"}},
		"a column without a name":     {[]string{"start_dt", "", "region"}, bound{"registered_at": 0, "region": 2}, map[string]string{"": "does not know"}},
		"an ignored one in any case":  {[]string{"YEAR", "start_dt", "region"}, bound{"registered_at": 1, "region": 2}, nil},
		"Cyrillic is no Latin letter": {[]string{"start_dt", "region", "tеxt"}, bound{"registered_at": 0, "region": 1}, map[string]string{"tеxt": "does not know"}},
	} {
		at, findings, err := p.bind(c.header)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := bound{}
		for i, place := range at {
			if place >= 0 {
				got[columnNames[i]] = place
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		seen := map[string]string{}
		for _, f := range findings {
			if f.Kind != qulaq.UnknownColumn || f.Count != 1 || f.Line != 1 {
				t.Errorf("%s: %+v", name, f)
			}
			seen[f.Subject] = f.Detail
		}
		if !slices.Equal(slices.Sorted(maps.Keys(seen)), slices.Sorted(maps.Keys(c.findings))) {
			t.Errorf("%s: findings %v", name, seen)
		}
		for subject, part := range c.findings {
			if !strings.Contains(seen[subject], part) {
				t.Errorf("%s: %q does not say %q", name, seen[subject], part)
			}
		}
	}
}

func TestMissingColumns(t *testing.T) {
	p := parse(t, small)
	for name, c := range map[string]struct {
		header []string
		says   []string
	}{
		"one":  {[]string{"start_dt", "text"}, []string{"missing: region (region)", "start_dt, text"}},
		"both": {[]string{"a", "b"}, []string{"registered_at (Created Date, start_dt)", "region (region)", "a, b"}},
		"all":  {nil, []string{"registered_at", "region"}},
	} {
		_, _, err := p.bind(c.header)
		if qulaq.KindOf(err) != qulaq.Contract || qulaq.Hint(err) == "" {
			t.Errorf("%s: %v is of kind %v with the hint %q", name, err, qulaq.KindOf(err), qulaq.Hint(err))
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%s: %q does not say %q", name, err, part)
			}
		}
		if strings.Contains(err.Error(), "text (text)") {
			t.Errorf("%s: %q asks for a column that is not needed", name, err)
		}
	}
	_, _, err := p.bind([]string{strings.Repeat("очень длинное имя ", 1000)})
	if err == nil || len(err.Error()) > 1000 || !strings.Contains(err.Error(), "…") {
		t.Errorf("a long header is not cut: %.200v", err)
	}
}

func TestBadProfiles(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"no YAML":                      {"source: [", ""},
		"nothing":                      {"", "source is missing"},
		"no source":                    {strings.Replace(small, "source: small", "title: x", 1), "source is missing"},
		"an unknown key":               {small + "colums: {}\n", "colums"},
		"a key twice":                  {small + "ignored: [x]\n", "ignored"},
		"a list where a word stands":   {strings.Replace(small, "source: small", "source: [small]", 1), ""},
		"a word where a list stands":   {strings.Replace(small, "[text]", "text", 1), ""},
		"an unknown column of ours":    {strings.Replace(small, "text: [text]", "txt: [text]", 1), `"txt"`},
		"one name for two":             {strings.Replace(small, "text: [text]", "text: [REGION]", 1), "stands for both"},
		"one name twice":               {strings.Replace(small, "text: [text]", "text: [text, Text]", 1), "stands for both"},
		"an unknown shift":             {small + "shift: deadline\n", `"deadline"`},
		"an unknown separator":         {small + "separator: dot\n", `"dot"`},
		"an unknown encoding":          {small + "encoding: koi8-r\n", `"koi8-r"`},
		"quoted is yes or no":          {small + "quoted: sometimes\n", ""},
		"needed without a name":        {strings.Replace(small, "needed: [", "needed: [district, ", 1), "district"},
		"needed that nobody knows":     {strings.Replace(small, "needed: [", "needed: [regoin, ", 1), "regoin"},
		"no time of registration":      {strings.Replace(small, "  registered_at: [Created Date, start_dt]\n", "", 1), "registered_at"},
		"a time without any name":      {strings.Replace(small, "[Created Date, start_dt]", "[]", 1), "registered_at"},
		"two documents of two sources": {small + "---\nsource: [\n", ""},
	} {
		p, err := ParseProfile("mine.yaml", []byte(c.text))
		var e *qulaq.Error
		if !errors.As(err, &e) || e.Kind != qulaq.Configuration || e.Object != "mine.yaml" || !strings.Contains(e.Hint, "registered_at") {
			t.Errorf("%s: %+v, %v", name, p, err)
			continue
		}
		if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q does not say %q", name, err, c.says)
		}
	}
}

func TestGoodProfile(t *testing.T) {
	p := parse(t, small+"shift: deadlines\nseparator: tab\nencoding: CP1251\nquoted: false\n")
	if p.Shift != ByDeadlines || p.Separator != "tab" || p.Quoted == nil || *p.Quoted || p.Encoding != "CP1251" {
		t.Errorf("%+v", p)
	}
}

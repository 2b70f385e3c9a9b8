package govkz

import (
	"slices"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/govsim"
)

func TestBuiltInSources(t *testing.T) {
	all, err := Sources(nil)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	before := ""
	for _, s := range all {
		keys = append(keys, s.Key)
		if s.Region <= before || s.Slug != s.Key || s.Name.RU == "" || s.Name.KK == "" || s.Name.EN == "" || !strings.HasSuffix(s.Region, "0000000") {
			t.Errorf("%+v", s)
		}
		before = s.Region
		day, ok := s.SinceDay()
		if young := slices.Contains([]string{"abay", "zhetysu", "ulytau"}, s.Key); ok != young || young && day.String() != "2022-06-08" {
			t.Errorf("%s: since %s", s.Key, day)
		}
	}
	if !slices.Equal(keys, govsim.Slugs) {
		t.Errorf("%v", keys)
	}
	if all[1].Archive() != "govkz/aqmola" {
		t.Error(all[1].Archive())
	}
}

func TestSourcesOfTheOperator(t *testing.T) {
	all, err := Sources([]byte(`
- key: akimvko
  slug: vko
  how_sure: seen
  more: [vko-old]
- key: aqmola-burabay
  region: "110000000"
  district: "117000000"
  level: district
  name: {ru: Бурабайский район}
`))
	if err != nil || len(all) != 21 {
		t.Fatal(len(all), err)
	}
	vko := all[16]
	if vko.Key != "akimvko" || vko.Region != "630000000" || vko.HowSure != Seen || !slices.Equal(vko.Slugs(), []string{"vko", "vko-old"}) || vko.Name.EN == "" {
		t.Errorf("%+v", vko)
	}
	if b := all[20]; b.Slug != "aqmola-burabay" || b.HowSure != Weak || b.Level != District {
		t.Errorf("%+v", b)
	}
}

func TestSourcesThatAreNone(t *testing.T) {
	for text, says := range map[string]string{
		"- {key: abay, colour: red}": `"colour"`,
		"- key: abay\n  slugg: x\n":  "[2:3]",
		"key: abay":                  "",
		"- {key: abay":               "",
		"- {key: new}":               "KATO",
		"- {slug: new}":              "key",
		"- {key: Новый, region: \"110000000\"}":                        "key",
		"- {key: abay, region: 11}":                                    "KATO",
		"- {key: abay, level: village}":                                "level",
		"- {key: abay, level: district}":                               "district",
		"- {key: abay, district: \"111000000\"}":                       "district",
		"- {key: abay, how_sure: perhaps}":                             "how_sure",
		"- {key: abay, since: yesterday}":                              "since",
		"- {key: abay, slug: ../x}":                                    "slug",
		"- {key: abay, slug: aqmola}":                                  `both search the slug "aqmola"`,
		"- {key: abay, more: [abay]}":                                  "both search",
		"- {key: abay}\n- {key: abay}":                                 "twice",
		"- {key: n, region: \"110000000\", level: oblast}":             "name",
		"- {key: n, region: \"110000000\", level: oblast, name: [ru]}": "",
	} {
		_, err := Sources([]byte(text))
		if qulaq.KindOf(err) != qulaq.Configuration || err == nil || !strings.Contains(err.Error(), says) || qulaq.Hint(err) == "" {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzSources(f *testing.F) {
	f.Add("- {key: akimvko, slug: vko, more: [a, b]}")
	f.Add("! 000000000000") // the parser panics
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := Sources([]byte(text)); err != nil && qulaq.KindOf(err) != qulaq.Configuration {
			t.Errorf("%v", err)
		}
	})
}

package embedded

import (
	"encoding/xml"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestConfigurationSurvivesXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir := rapid.StringOf(rapid.Rune().Filter(func(r rune) bool { return !unicode.IsControl(r) && r != '￾' && r != '￿' })).Draw(t, "dir")
		want := configure("/"+dir, rapid.IntRange(1, 65535).Draw(t, "tcp"), rapid.IntRange(0, 65535).Draw(t, "http"), rapid.Int64Min(0).Draw(t, "memory"))
		var got settings
		if err := xml.Unmarshal([]byte(want.String()), &got); err != nil {
			t.Fatal(err)
		}
		got.XMLName = xml.Name{}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestArguments(t *testing.T) {
	for http, want := range map[bool]string{
		true:  "--query=SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT",
		false: "--query=SYSTEM START LISTEN TCP; SELECT",
	} {
		args := arguments("/data", http)
		if last := args[len(args)-1]; !strings.HasPrefix(last, want) {
			t.Errorf("with HTTP %v: %s", http, last)
		}
	}
}

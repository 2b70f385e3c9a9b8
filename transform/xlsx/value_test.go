package xlsx

import "testing"

func TestAppendText(t *testing.T) {
	for in, want := range map[string]string{
		"plain":          "plain",
		"_x000D_":        "\r",
		"a_x000d_\nb":    "a\r\nb",
		"_x005F_x000D_":  "_x000D_",
		"_xD83D__xDE00_": "😀",
		"_xD83D_":        "_xD83D_",
		"_xD83D__x0041_": "_xD83D_A",
		"_xDE00_":        "_xDE00_",
		"_x12_":          "_x12_",
		"_x+123_":        "_x+123_",
		"_xyzzy_x0041_":  "_xyzzyA",
		"_x000":          "_x000",
		"file_x_name":    "file_x_name",
		"_x0000_":        "\x00",
	} {
		if got := string(appendText(nil, []byte(in))); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

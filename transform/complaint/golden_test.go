package complaint

import (
	commandline "flag" // flag is a type of column here
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = commandline.Bool("update", false, "rewrite the golden files")

// What hand-written exports become, row for row: testdata/*.csv and the facts, rejects and findings beside
// each. The rows say by their ids what they are about; see the tests below for what must be true of them.
func TestGolden(t *testing.T) {
	for name, source := range map[string]string{"analytic": "eotinish", "text": "eotinish_text", "cc109": "cc109"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", name+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			got := readAll(t, snapshot(name+".csv", data), options(t, source)).lines(t)
			if guessed := readAll(t, snapshot(name+".csv", data), options(t, "")).lines(t); guessed != got {
				t.Errorf("with a guessed profile:\n%s", cmp.Diff(got, guessed))
			}
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("golden (-) and now (+) differ:\n%s", diff)
			}
		})
	}
}

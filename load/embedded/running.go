package embedded

import (
	"fmt"
	"os"
	"path/filepath"
)

// Running returns where the engine that another program runs on a data folder serves the native protocol,
// "127.0.0.1:port"; not ok when none does. That program may end it at any time.
func Running(dir string) (addr string, ok bool) {
	f, err := os.Open(filepath.Join(dir, "lock"))
	if err != nil {
		return "", false
	}
	defer f.Close()
	o, known := readOwner(f)
	if !known || o.TCP == 0 || !o.alive() {
		return "", false
	}
	return fmt.Sprintf("127.0.0.1:%d", o.TCP), true
}

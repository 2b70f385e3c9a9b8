package embedded

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sys/unix"

	"github.com/qulaq-kz/qulaq"
)

// Version is the release of the engine's npm packages that this program is tested with. Its
// SELECT version() answers 26.7.2.1. The tag "latest" of the packages may be older: never follow it.
const Version = "26.7.3-stable.1"

// release is the engine's package for one sort of machine. Empty fields are not known here, and then only
// npm vouches for the bytes.
type release struct {
	name      string // of the npm package
	integrity string // SHA-512 of the packed package, as npm writes it
	sha256    string // of libchdb.so, in hexadecimal
	loader    string // the glibc loader that the library needs
}

// String returns the package with its version, as npm takes it.
func (r release) String() string { return r.name + "@" + Version }

// releases lists the packages by GOOS/GOARCH. The package for linux/amd64 was fetched, run and measured
// here, so its hashes are pinned. The others were never seen by us.
var releases = map[string]release{
	"linux/amd64": {
		name:      "@chdb/lib-linux-x64-gnu",
		integrity: "sha512-XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==",
		sha256:    "36ad4e999882821ef13cf2d0f52c93f48e6ee1b4498b35a201c23ce4b8d15bf5",
		loader:    "/lib64/ld-linux-x86-64.so.2",
	},
	"linux/arm64":  {name: "@chdb/lib-linux-arm64-gnu", loader: "/lib/ld-linux-aarch64.so.1"},
	"darwin/arm64": {name: "@chdb/lib-darwin-arm64"},
	"darwin/amd64": {name: "@chdb/lib-darwin-x64"},
}

// machine is what Fetch asks of the machine it runs on; tests give other answers.
type machine struct {
	goos, goarch string
	releases     map[string]release
	exists       func(path string) bool
	free         func(folder string) (int64, error) // bytes that this user may still write
}

func thisMachine() machine {
	return machine{
		goos:     runtime.GOOS,
		goarch:   runtime.GOARCH,
		releases: releases,
		exists:   func(path string) bool { _, err := os.Stat(path); return err == nil },
		free: func(folder string) (int64, error) {
			var s unix.Statfs_t
			err := unix.Statfs(folder, &s)
			return int64(s.Bavail) * int64(s.Bsize), err
		},
	}
}

// release returns the package for the machine, or an error of kind Configuration when there is none.
func (m machine) release() (release, error) {
	kind := m.goos + "/" + m.goarch
	r, ok := m.releases[kind]
	switch {
	case !ok:
		return r, unsupported(kind, errors.New("the engine is published for Linux with glibc and for macOS, on amd64 and arm64"))
	case r.loader != "" && !m.exists(r.loader):
		return r, unsupported(kind, fmt.Errorf("the engine needs glibc, and %s is not there (musl, as in Alpine, will not do)", r.loader))
	}
	return r, nil
}

func unsupported(kind string, err error) error {
	return &qulaq.Error{
		Op: "choose engine for", Object: kind, Kind: qulaq.Configuration, Err: err,
		Hint: useServer,
	}
}

// useServer is the way out that works everywhere.
const useServer = `set "warehouse: clickhouse://user:password@host:9000/qulaq" to use a server`

package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	folder := t.TempDir()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	occupied := filepath.Join(folder, "occupied")
	if err := os.WriteFile(occupied, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		ctx    context.Context
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{"demo", t.Context(), []string{"-kind", "demo", "-out", folder, "-rows", "200"}, 0, "eotinish_2026-07-01.csv.gz: 150 rows", ""},
		{"bench", t.Context(), []string{"-kind", "bench", "-out", folder, "-rows", "200", "-seed", "7"}, 0, "bench_200.csv: 200 rows, 198 complaints", ""},
		{"no kind", t.Context(), []string{"-out", folder}, 2, "", "-kind demo|bench"},
		{"no folder", t.Context(), []string{"-kind", "demo"}, 2, "", "-out DIR"},
		{"too much", t.Context(), []string{"-kind", "demo", "-out", folder, "demo"}, 2, "", "without a dash"},
		{"unknown flag", t.Context(), []string{"-colour"}, 2, "", "not defined"},
		{"no rows", t.Context(), []string{"-kind", "bench", "-out", folder, "-rows", "-1"}, 2, "", "rows must be"},
		{"occupied", t.Context(), []string{"-kind", "demo", "-out", occupied}, 2, "", "create folder"},
		{"interrupted", cancelled, []string{"-kind", "demo", "-out", filepath.Join(folder, "x")}, 130, "", "canceled"},
	} {
		var stdout, stderr bytes.Buffer
		code := run(c.ctx, c.args, &stdout, &stderr)
		if code != c.code || !strings.Contains(stdout.String(), c.stdout) || !strings.Contains(stderr.String(), c.stderr) {
			t.Errorf("%s: code %d, stdout %q, stderr %q", c.name, code, stdout.String(), stderr.String())
		}
	}
}

package embedded

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// errNoNPM means that there is no npm to call.
var errNoNPM = errors.New("npm is not on the PATH")

// maxPrinted bounds what is kept of npm's words, in bytes.
const maxPrinted = 64 << 10

// npm runs the npm client in a folder and returns what it printed. npm and not a plain download, because it
// knows the operator's registry, proxy and certificates.
func npm(ctx context.Context, folder string, args ...string) (string, error) {
	path, err := exec.LookPath("npm")
	if err != nil {
		return "", errNoNPM
	}
	out, complaints := &tail{limit: maxPrinted}, &tail{limit: maxPrinted}
	cmd := exec.CommandContext(ctx, path, append(args, "--loglevel=error", "--ignore-scripts")...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, out, complaints
	// npm is often a script around node: its own process group lets both be ended, and keeps a Ctrl-C of the
	// terminal for us.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 2 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", fmt.Errorf("npm failed (%w): %s", err, npmReason(complaints.String()))
	}
	return out.String(), nil
}

var (
	npmLine = regexp.MustCompile(`(?m)^npm (?:error|ERR!)[ \t]+(.+)$`)
	// npmPrivate is what an error message need not tell: addresses with their credentials, tokens, hosts,
	// and folders.
	npmPrivate = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://\S*` + // a URL
		`|//\S+` + // a registry as .npmrc names it
		`|\bnpm_[a-z0-9]{8,}` + // a token
		`|_(?:auth|authtoken|password)\b\s*[=:]?\s*\S*` + // a setting that holds one
		`|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b` + // an IP address
		`|\b[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.[a-z]{2,}(?::\d+)?\b` + // a host, and alas a file
		`|/[\w.~-]+/\S*`) // a path
)

// npmReason makes one line of npm's complaints: the first few, which name the code and the cause, without
// addresses and secrets. What follows them is stack traces and advice.
func npmReason(printed string) string {
	var lines []string
	for _, m := range npmLine.FindAllStringSubmatch(printed, 3) {
		lines = append(lines, strings.TrimSpace(npmPrivate.ReplaceAllString(m[1], "…")))
	}
	if len(lines) == 0 {
		return "it did not say why"
	}
	return strings.ToValidUTF8(strings.Join(lines, "; "), "?")
}

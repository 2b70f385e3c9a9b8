package pipelines

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/pii"
)

// Config is what the operator says in qulaq.yaml. Every key has a default; an unknown one is an error
// that names its line. `${NAME}` in a value is taken from the environment. Relative paths are relative to
// the folder of the file.
type Config struct {
	Warehouse   Secret            `yaml:"warehouse"` // "embedded", or clickhouse://user:password@host:9000/qulaq
	Data        string            `yaml:"data"`      // archive, embedded engine, locks
	Complaints  []ComplaintSource `yaml:"complaints"`
	Plans       Plans             `yaml:"plans"`
	Reports     []ReportSource    `yaml:"reports"`
	Network     Network           `yaml:"network"`
	Publication Publication       `yaml:"publication"`
	Notify      Notify            `yaml:"notify"`
	Metrics     Metrics           `yaml:"metrics"`
	Personal    PersonalData      `yaml:"personal_data"`
	Schedule    Schedule          `yaml:"schedule"`
	Serve       Serving           `yaml:"serve"`
	Bounds      Bounds            `yaml:"bounds"`
	Engine      Engine            `yaml:"engine"`
	Retention   Retention         `yaml:"retention"`
}

// ComplaintSource is where exports of complaints come from: a folder or a URL.
type ComplaintSource struct {
	Source     string `yaml:"source"`  // a profile: eotinish, eotinish_text, cc109, or the one in Profile
	Profile    string `yaml:"profile"` // file of a profile of one's own
	Path       string `yaml:"path"`
	URL        string `yaml:"url"`
	Header     Secret `yaml:"header"` // "Authorization: Bearer ${TOKEN}"
	Separator  string `yaml:"separator"`
	Quoted     *bool  `yaml:"quoted"`
	Encoding   string `yaml:"encoding"`
	AllowEmpty bool   `yaml:"allow_empty"` // an export without complaints is no error
}

// Plans says where action plans are published.
type Plans struct {
	BaseURL string        `yaml:"base_url"` // of the gov.kz platform
	Pause   time.Duration `yaml:"pause"`    // between requests to one host
	// Sources is a file that corrects the built-in list of akimats on gov.kz, and adds akimats and sites: docs/SOURCES.md.
	Sources string   `yaml:"sources"`
	Only    []string `yaml:"only"` // keys of sources: no others are looked at; empty is all
	// FullLook is how many days may pass until a listing is read whole again and not only what is new in it:
	// only then is seen that something was changed or withdrawn.
	FullLook int `yaml:"full_look"`
	// MaxFile is the most bytes of one document; MaxListing of one page of a listing.
	MaxFile    int64 `yaml:"max_file"`
	MaxListing int64 `yaml:"max_listing"`
	// Recognise reads scans by tesseract where it is installed.
	Recognise bool `yaml:"recognise"`
	// Wanted says that the configuration speaks of plans: only then "all pipelines" go to other people's sites.
	Wanted bool `yaml:"-"`
}

// ReportSource is where official reports come from.
type ReportSource struct {
	Path string `yaml:"path"`
	URL  string `yaml:"url"`
}

// Network says how the program behaves towards other people's servers.
type Network struct {
	AllowPrivate bool          `yaml:"allow_private"` // sources may live on loopback and private addresses
	Contact      string        `yaml:"contact"`       // in the User-Agent: an address or a page
	Pause        time.Duration `yaml:"pause"`         // between requests to one host
	Timeout      time.Duration `yaml:"timeout"`       // of one answer, body included
	Tries        int           `yaml:"tries"`
	MaxBytes     int64         `yaml:"max_bytes"` // of one answer
}

// Publication holds the policy where no norm is known.
type Publication struct {
	GraceDays           int `yaml:"grace_days"`
	PlanDaysAfterPeriod int `yaml:"plan_days_after_period"`
	AnnounceDaysBefore  int `yaml:"announce_days_before"` // a meeting is to be announced so many days before it
	ResultsDaysAfter    int `yaml:"results_days_after"`   // its results are due so many days after it
}

// PersonalData says what is done with personal data before anything is written to the warehouse.
type PersonalData struct {
	// Mask lists the kinds that are masked in texts: iin, phone, email, card, iban, plate, document, name,
	// house, flat. Left out it is all of them; [none] masks nothing.
	Mask []string `yaml:"mask"`
	// Key makes the hash that stands for an applicant, so that repeats can be counted. Without it nothing
	// stands for an applicant. It belongs into the environment: key: ${QULAQ_APPLICANT_KEY}.
	Key Secret `yaml:"key"`
}

// minKey is the least length of a key: a shorter one is guessed.
const minKey = 16

func (p PersonalData) validate() error {
	if err := (pii.Policy{Kinds: p.Mask}).Validate(); err != nil {
		return fmt.Errorf("personal_data.mask: %w", err)
	}
	if p.Key != "" && len(p.Key) < minKey {
		return fmt.Errorf("personal_data.key has %d characters; a key that cannot be guessed has at least %d", len(p.Key), minKey)
	}
	return nil
}

// Schedule says when `qulaq serve` runs a pipeline: five cron fields, Asia/Almaty.
type Schedule struct {
	Complaints string `yaml:"complaints"`
	Plans      string `yaml:"plans"`
	Monitor    string `yaml:"monitor"`
	Reports    string `yaml:"reports"`
	Prune      string `yaml:"prune"` // only where the configuration has a retention
	// Jitter delays each run by some time up to this, so that many installations do not ask one site at the same moment.
	Jitter time.Duration `yaml:"jitter"`
}

// Bounds are limits on what comes from outside.
type Bounds struct {
	MaxRejects   float64 `yaml:"max_rejects"`   // share of a file's rows; beyond it the file is refused
	KeepRejects  int     `yaml:"keep_rejects"`  // rejects of a file that are written down; all are counted
	MaxFile      int64   `yaml:"max_file"`      // bytes of one export as received
	MaxUnpacked  int64   `yaml:"max_unpacked"`  // bytes of one export unpacked
	RecordBytes  int     `yaml:"record_bytes"`  // one row
	Workers      int     `yaml:"workers"`       // of the reader; 0 is one a core
	MemoryServer int64   `yaml:"memory_server"` // one query on the server, bytes
}

// Engine says how the embedded ClickHouse runs.
type Engine struct {
	Folder   string `yaml:"folder"` // where the engine's library is kept; "" is the user's cache
	TCPPort  int    `yaml:"tcp_port"`
	HTTPPort int    `yaml:"http_port"`
	Memory   int64  `yaml:"memory"` // of the whole engine, bytes; 0 is its own choice
}

// Embedded is the warehouse that the program runs by itself.
const Embedded = "embedded"

// Secret is a value that is never printed.
type Secret string

// String hides the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(hidden)"
}

// GoString hides it from %#v.
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// MarshalText hides it from JSON, and so from logs.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// DefaultConfig returns what holds where the file is silent. root is the folder that relative paths start
// from.
func DefaultConfig() Config {
	return Config{
		Warehouse: Embedded,
		Data:      "./data",
		Plans: Plans{
			BaseURL: "https://www.gov.kz", Pause: 500 * time.Millisecond, FullLook: 7,
			MaxFile: 64 << 20, MaxListing: 256 << 20, Recognise: true,
		},
		Network:     Network{Pause: 500 * time.Millisecond, Timeout: 30 * time.Minute, Tries: 4, MaxBytes: 16 << 30},
		Publication: Publication{GraceDays: 14, PlanDaysAfterPeriod: 30, AnnounceDaysBefore: 3, ResultsDaysAfter: 10},
		Notify:      Notify{Lang: "ru", After: 2, Heartbeat: "weekly"},
		Schedule:    Schedule{Complaints: "30 2 * * *", Plans: "0 1 * * *", Monitor: "0 6 * * *", Reports: "30 5 * * *", Prune: "30 7 * * *"},
		Serve:       Serving{Listen: "127.0.0.1:8077", StopWithin: time.Minute},
		Bounds: Bounds{
			MaxRejects: 0.05, KeepRejects: 10_000, MaxFile: 16 << 30, MaxUnpacked: 64 << 30,
			RecordBytes: 4 << 20, MemoryServer: 4 << 30,
		},
	}
}

// ReadConfig reads a configuration file. Without a file of the default name the defaults hold (found is
// then false); a file that was asked for must be there. Errors are of kind Configuration.
func ReadConfig(path string, asked bool, environ func(string) (string, bool)) (c Config, found bool, err error) {
	c = DefaultConfig()
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !asked:
		wd, err := filepath.Abs(".")
		if err != nil {
			return c, false, err
		}
		c.resolve(wd)
		return c, false, nil
	case err == nil:
		err = c.parse(text, environ)
	}
	if err != nil {
		return c, false, &qulaq.Error{
			Op: "read configuration", Object: path, Kind: qulaq.Configuration, Err: err,
			Hint: "`qulaq config validate` says what holds; the README lists the keys",
		}
	}
	folder, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return c, true, err
	}
	c.resolve(folder)
	return c, true, nil
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// expander fills ${NAME} in the values of a document. It works on values and not on the text, so that
// what stands in a variable cannot become YAML.
type expander struct {
	environ func(string) (string, bool)
	err     error
}

// Visit implements ast.Visitor.
func (x *expander) Visit(n ast.Node) ast.Visitor {
	s, ok := n.(*ast.StringNode)
	if !ok || x.err != nil {
		return x
	}
	s.Value = variable.ReplaceAllStringFunc(s.Value, func(ref string) string {
		name := ref[2 : len(ref)-1]
		value, ok := x.environ(name)
		if !ok && x.err == nil {
			x.err = fmt.Errorf("[%d:%d] the environment has no %s", s.Token.Position.Line, s.Token.Position.Column, name)
		}
		return value
	})
	return x
}

func (c *Config) parse(text []byte, environ func(string) (string, bool)) error {
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return plain(err)
	}
	if len(file.Docs) > 1 {
		return errors.New("the file holds more than one document")
	}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		x := &expander{environ: environ}
		ast.Walk(x, doc.Body)
		if x.err != nil {
			return x.err
		}
		if err := yaml.NodeToValue(doc.Body, c, yaml.Strict()); err != nil {
			return plain(err)
		}
		c.Plans.Wanted = c.Plans.Wanted || names(doc.Body, "plans")
	}
	return c.validate()
}

// names says whether a document has a key.
func names(body ast.Node, key string) bool {
	m, ok := body.(ast.MapNode)
	if !ok {
		return false
	}
	for entries := m.MapRange(); entries.Next(); {
		if entries.Key().String() == key {
			return true
		}
	}
	return false
}

// plain drops the excerpt of the file from an error of the parser: it may hold a password.
func plain(err error) error { return errors.New(yaml.FormatError(err, false, false)) }

func (c *Config) validate() error {
	if w := string(c.Warehouse); w != Embedded && !strings.HasPrefix(w, "clickhouse://") {
		return fmt.Errorf("warehouse is neither %q nor clickhouse://user:password@host:9000/qulaq", Embedded)
	}
	for i, s := range c.Complaints {
		at := fmt.Sprintf("complaints[%d]", i)
		switch {
		case s.Source == "":
			return fmt.Errorf("%s names no source, such as eotinish", at)
		case (s.Path == "") == (s.URL == ""):
			return fmt.Errorf("%s needs either a path or a url", at)
		case s.Header != "" && s.URL == "":
			return fmt.Errorf("%s has a header but no url", at)
		case s.Header != "" && !strings.Contains(string(s.Header), ":"):
			return fmt.Errorf(`%s: a header is "Name: value"`, at)
		}
		if s.URL != "" {
			if u, err := url.Parse(s.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
				return fmt.Errorf("%s: url is no http(s) address", at)
			}
		}
	}
	for i, r := range c.Reports {
		if (r.Path == "") == (r.URL == "") {
			return fmt.Errorf("reports[%d] needs either a path or a url", i)
		}
	}
	if b := c.Bounds.MaxRejects; b < 0 || b > 1 {
		return fmt.Errorf("bounds.max_rejects is a share from 0 to 1, not %v", b)
	}
	if err := c.Personal.validate(); err != nil {
		return err
	}
	if err := c.Notify.validate(); err != nil {
		return err
	}
	if err := c.Metrics.validate(); err != nil {
		return err
	}
	if err := c.Serve.validate(); err != nil {
		return err
	}
	if err := c.Retention.validate(); err != nil {
		return err
	}
	if c.Schedule.Jitter < 0 || c.Schedule.Jitter > maxJitter {
		return fmt.Errorf("schedule.jitter is from 0 to %v", maxJitter)
	}
	if p := c.Publication; min(p.GraceDays, p.PlanDaysAfterPeriod, p.AnnounceDaysBefore, p.ResultsDaysAfter) < 0 {
		return errors.New("publication: a number of days is not below 0")
	}
	if c.Network.Tries < 1 {
		return errors.New("network.tries is at least 1")
	}
	if u, err := url.Parse(c.Plans.BaseURL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("plans.base_url is no http(s) address")
	}
	if c.Plans.FullLook < 1 {
		return errors.New("plans.full_look is at least 1 day")
	}
	for name, cron := range map[string]string{"complaints": c.Schedule.Complaints, "plans": c.Schedule.Plans, "monitor": c.Schedule.Monitor, "reports": c.Schedule.Reports, "prune": c.Schedule.Prune} {
		if _, err := parseSchedule(cron); err != nil {
			return fmt.Errorf("schedule.%s: %w", name, err)
		}
	}
	return nil
}

// resolve makes relative paths absolute.
func (c *Config) resolve(folder string) {
	abs := func(p *string) {
		if *p != "" && !filepath.IsAbs(*p) {
			*p = filepath.Join(folder, *p)
		}
	}
	abs(&c.Data)
	abs(&c.Engine.Folder)
	abs(&c.Plans.Sources)
	abs(&c.Metrics.Textfile)
	for i := range c.Complaints {
		abs(&c.Complaints[i].Path)
		abs(&c.Complaints[i].Profile)
	}
	for i := range c.Reports {
		abs(&c.Reports[i].Path)
	}
}

// Wanted says whether the configuration names anything that a run could look at.
func (c *Config) Wanted() bool { return len(c.Complaints) > 0 || len(c.Reports) > 0 || c.Plans.Wanted }

// CheckProfiles reads every profile that the configuration names, of exports and of sites.
func (c *Config) CheckProfiles() error {
	e := Environment{Config: *c}
	for _, s := range c.Complaints {
		if _, err := e.profile(s); err != nil {
			return err
		}
	}
	_, err := e.PlanSources()
	return err
}

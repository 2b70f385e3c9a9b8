package embedded

import (
	"encoding/xml"
	"fmt"
	"path/filepath"
	"strings"
)

// settings are the engine's configuration in ClickHouse's own words. Pools and caches not named here stay at
// their defaults: threads grow as they are needed, and smaller pools measured no better on two cores.
type settings struct {
	XMLName     xml.Name `xml:"clickhouse"`
	Path        string   `xml:"path"`
	DisplayName string   `xml:"display_name"`
	ListenHost  string   `xml:"listen_host"`
	TCPPort     int      `xml:"tcp_port"`
	HTTPPort    int      `xml:"http_port,omitempty"`
	Memory      int64    `xml:"max_server_memory_usage,omitempty"`
	// MergeMemory keeps merges from taking what queries need.
	MergeMemory int64 `xml:"merges_mutations_memory_usage_soft_limit,omitempty"`
	// MarkCache is bounded because its default, 5 GB, may be the whole of a laptop's memory.
	MarkCache int64 `xml:"mark_cache_size"`
	// The background pool looks for work again after at most this long, in seconds. By default it adds a
	// random second, and the deleting of a load's replaced rows, a matter of 0.2 s, waits for it.
	PoolSleep       float64 `xml:"background_processing_pool_thread_sleep_seconds_if_nothing_to_do"`
	PoolSleepRandom float64 `xml:"background_processing_pool_thread_sleep_seconds_random_part"`
	TaskSleep       float64 `xml:"background_processing_pool_task_sleep_seconds_when_no_work_min"`
	TaskSleepRandom float64 `xml:"background_processing_pool_task_sleep_seconds_when_no_work_random_part"`
	// KeepAlive, in seconds, is how long a browser's idle connection may hold up a shutdown.
	KeepAlive int    `xml:"keep_alive_timeout"`
	Log       string `xml:"logger>log"`
	LogSize   string `xml:"logger>size"`
	LogCount  int    `xml:"logger>count"`
	// Backups is below what folder BACKUP and RESTORE may work.
	Backups string `xml:"backups>allowed_path"`
	// Users is the file of the accounts.
	Users string `xml:"users_config"`
}

func (s settings) String() string { return document(s) }

func document(v any) string {
	text, err := xml.MarshalIndent(v, "", "  ")
	if err != nil { // a struct of strings and numbers: cannot happen
		return fmt.Sprintf("<!-- %v -->", err)
	}
	return "<!-- Written at every start; changes are lost. -->\n" + string(text) + "\n"
}

// configure describes an engine that keeps its data in dir.
func configure(dir string, tcp, http int, memory int64) settings {
	return settings{
		Path:        dataPath(dir),
		DisplayName: "qulaq",
		ListenHost:  loopback,
		TCPPort:     tcp,
		HTTPPort:    http,
		Memory:      memory,
		MergeMemory: memory / 2,
		MarkCache:   64 << 20,
		PoolSleep:   0.02,
		TaskSleep:   0.1,
		KeepAlive:   1,
		Log:         logPath(dir),
		LogSize:     "10M",
		LogCount:    3,
		// Whoever may ask this engine can write any file that the program can, by the function file(); to name fewer
		// folders here would only be in the operator's way.
		Backups: "/",
		Users:   usersPath(dir),
	}
}

// User is an account that may only what it is granted. It has no password: a failed login makes the engine abort. So it
// keeps from mistakes, not from people: who reaches the port may as well be the user default, who may all.
type User struct {
	Name   string
	Writes bool
	Grants []string // GRANT and REVOKE without "TO user"
}

type (
	accounts struct {
		XMLName  xml.Name `xml:"clickhouse"`
		Profiles struct {
			Default struct {
				// The fourth time that the engine is asked a thing it would compile it, and who asks waits for that: a quarter
				// of a second of processor time for one view of ours, which then takes as many instructions as before.
				CompileExpressions int `xml:"compile_expressions"`
				CompileAggregates  int `xml:"compile_aggregate_expressions"`
			} `xml:"default"`
			Readonly struct {
				Readonly int `xml:"readonly"`
			} `xml:"reader"`
		} `xml:"profiles"`
		Quotas struct {
			Default struct{} `xml:"default"`
		} `xml:"quotas"`
		Users struct {
			All []account
		} `xml:"users"`
	}
	grants struct {
		Queries []string `xml:"query"`
	}
	account struct {
		XMLName     xml.Name
		NoPassword  struct{} `xml:"no_password"`
		Networks    string   `xml:"networks>ip"`
		Profile     string   `xml:"profile"`
		Quota       string   `xml:"quota"`
		Access      int      `xml:"access_management,omitempty"`
		Collections int      `xml:"named_collection_control,omitempty"`
		Grants      *grants  `xml:"grants"` // nil: all
	}
)

// describe writes the accounts as the engine reads them: default, which the engine has by itself without such a file, and
// the readers.
func describe(users []User) string {
	var a accounts
	a.Profiles.Readonly.Readonly = 2 // no writing; settings of a session may be set, which drivers do
	a.Users.All = []account{{XMLName: xml.Name{Local: "default"}, Networks: "::/0", Profile: "default", Quota: "default", Access: 1, Collections: 1}}
	for _, u := range users {
		profile := "reader"
		if u.Writes {
			profile = "default"
		}
		a.Users.All = append(a.Users.All, account{XMLName: xml.Name{Local: u.Name}, Networks: "::/0", Profile: profile, Quota: "default", Grants: &grants{u.Grants}})
	}
	return document(a)
}

const loopback = "127.0.0.1"

func configPath(dir string) string { return filepath.Join(dir, "engine.xml") }
func usersPath(dir string) string  { return filepath.Join(dir, "users.xml") }
func logPath(dir string) string    { return filepath.Join(dir, "engine.log") }
func dataPath(dir string) string   { return filepath.Join(dir, "clickhouse") + "/" }

// arguments are the engine's command line. The last query waits for standard input to end; when it does, the
// engine shuts down. The native port opens last, so that whoever reaches it finds everything there.
func arguments(dir string, http bool) []string {
	query := []string{"SYSTEM START LISTEN TCP", "SELECT 'bye' FROM file('-', 'LineAsString', 'l String')"}
	if http {
		query = append([]string{"SYSTEM START LISTEN HTTP"}, query...)
	}
	return []string{
		"clickhouse",
		"--config-file=" + configPath(dir),
		"--log-level=warning", // the configuration's level is not heeded
		"--poll_interval=1",   // idle connections notice a shutdown after 1 s, not 10
		// A count taken from the parts' counters may, in the moment of a swap, see old and new parts at once.
		"--optimize_trivial_count_query=0",
		"--multiquery",
		"--query=" + strings.Join(query, "; "),
	}
}

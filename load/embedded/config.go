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
}

func (s settings) String() string {
	text, err := xml.MarshalIndent(s, "", "  ")
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
	}
}

const loopback = "127.0.0.1"

func configPath(dir string) string { return filepath.Join(dir, "engine.xml") }
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

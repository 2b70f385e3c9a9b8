// Package load puts facts into ClickHouse so that running again changes nothing: stage, prove, swap,
// record.
//
// Where to look:
//
//	warehouse.go  the connection, and what the server must be
//	migrate.go    schema: migrations and views
//	columns.go    Arrow columns to ClickHouse columns
//	stage.go      one load: a table of its own, proved, merged with what lives, swapped in
//	ledger.go     runs, loads, snapshots: what was done
//	whole.go      one load of a source that is made anew whole: plans
//	looks.go      looks at sites and the requests they took
//	verdicts.go   what was said of obligations, and what they rest on
//	notifications.go  what people were told of it
//	reference.go  small tables that are replaced whole
//	query.go      questions and their answers
//	backup.go     all tables to a place of ClickHouse's, and back into an empty warehouse
//	roles.go      who may read and write what, on a server
//	retention.go  what rests on which content of the archive, and rows that grow old
//	sizes.go      what tables take on the disk
//	embedded/     ClickHouse as a child process
package load

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/qulaq-kz/qulaq"
)

// Warehouse is a ClickHouse database that holds the facts. It is safe for concurrent use.
type Warehouse struct {
	conn     driver.Conn
	options  *clickhouse.Options
	database string
	memory   int64
}

// Options say how a warehouse is reached.
type Options struct {
	// Address is clickhouse://user:password@host:9000/database, with ?secure=true for TLS and then &ca=FILE for an
	// authority that the system does not know.
	Address string
	// Memory bounds what one query may use on the server, bytes; beyond it sorts and groupings go to
	// disk. 0 leaves it to the server.
	Memory int64
	// Program names this program to the server.
	Program, Version string
}

// oldest is the oldest server whose lightweight deletes and partition swaps were seen to work together.
var oldest = [2]uint64{25, 8}

// Open connects, and makes the database when it is not there. The caller closes the warehouse.
func Open(ctx context.Context, o Options) (*Warehouse, error) {
	fail := func(err error) (*Warehouse, error) {
		hint := "is the server up, and are address, user and password right? `warehouse: embedded` needs no server"
		if isDistrust(err) {
			hint = "add ca=FILE behind secure=true, the certificate of the authority that signed the server's, in PEM"
		}
		return nil, &qulaq.Error{
			Op: "connect to the warehouse", Object: Redact(o.Address), Kind: kindOf(err), Err: redactError(err, o.Address), Hint: hint,
		}
	}
	options, err := parse(o)
	if err != nil {
		return nil, &qulaq.Error{
			Op: "read the address of the warehouse", Object: Redact(o.Address), Kind: qulaq.Configuration, Err: redactError(err, o.Address),
			Hint: "write it as clickhouse://user:password@host:9000/qulaq",
		}
	}
	database := options.Auth.Database
	// The database may not be there yet, so the first words are spoken without one.
	bare := *options
	bare.Auth.Database = ""
	first, err := clickhouse.Open(&bare)
	if err != nil {
		return fail(err)
	}
	defer first.Close()
	version, err := first.ServerVersion()
	if err != nil {
		return fail(err)
	}
	if v := version.Version; v.Major < oldest[0] || v.Major == oldest[0] && v.Minor < oldest[1] {
		return nil, &qulaq.Error{
			Op: "connect to the warehouse", Object: Redact(o.Address), Kind: qulaq.Configuration,
			Err:  fmt.Errorf("the server is ClickHouse %d.%d", v.Major, v.Minor),
			Hint: fmt.Sprintf("qulaq needs ClickHouse %d.%d or newer", oldest[0], oldest[1]),
		}
	}
	// Who may only read may not make it either.
	var there uint64
	if err := first.QueryRow(ctx, "SELECT count() FROM system.databases WHERE name = ?", database).Scan(&there); err != nil {
		return fail(err)
	}
	if there == 0 {
		if err := first.Exec(ctx, "CREATE DATABASE IF NOT EXISTS "+Quote(database)); err != nil {
			return fail(err)
		}
	}
	conn, err := clickhouse.Open(options)
	if err != nil {
		return fail(err)
	}
	if err := conn.Ping(ctx); err != nil {
		conn.Close()
		return fail(err)
	}
	return &Warehouse{conn: conn, options: options, database: database, memory: o.Memory}, nil
}

// parse reads the address and sets what every connection of ours has in common.
func parse(o Options) (*clickhouse.Options, error) {
	u, err := url.Parse(o.Address)
	if err != nil {
		return nil, errors.New("it is no URL") // the parser's own words quote the password
	}
	if u.Scheme != "clickhouse" {
		return nil, fmt.Errorf("its scheme is %q", u.Scheme)
	}
	if u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), "9000")
	}
	query := u.Query()
	authority := query.Get("ca")
	query.Del("ca") // the driver would take it for a setting
	u.RawQuery = query.Encode()
	options, err := clickhouse.ParseDSN(u.String())
	if err != nil {
		return nil, err
	}
	if options.Auth.Database == "" || options.Auth.Database == "default" && u.Path == "" {
		options.Auth.Database = "qulaq"
	}
	if options.TLS != nil {
		options.TLS = &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: options.TLS.InsecureSkipVerify}
	}
	if authority != "" {
		if options.TLS == nil {
			return nil, errors.New("ca needs secure=true")
		}
		if options.TLS.RootCAs, err = trust(authority); err != nil {
			return nil, err
		}
	}
	// On this machine compression costs more than it saves.
	method := clickhouse.CompressionLZ4
	if isLoopback(u.Hostname()) {
		method = clickhouse.CompressionNone
	}
	options.Compression = &clickhouse.Compression{Method: method}
	options.DialTimeout = 10 * time.Second
	if options.TLS == nil {
		options.DialContext = func(ctx context.Context, addr string) (net.Conn, error) { return dial(ctx, addr, options.DialTimeout) }
	}
	options.ReadTimeout = 30 * time.Minute // a merge of years may say nothing for long; the context ends it sooner
	options.MaxOpenConns = 4
	options.MaxIdleConns = 4
	options.ClientInfo.Products = append(options.ClientInfo.Products, struct{ Name, Version string }{o.Program, o.Version})
	if options.Settings == nil {
		options.Settings = clickhouse.Settings{}
	}
	// A count taken from the parts' counters may, in the moment of a swap, see old and new parts at once.
	options.Settings["optimize_trivial_count_query"] = 0
	if o.Memory > 0 {
		options.Settings["max_memory_usage"] = o.Memory
		options.Settings["max_bytes_before_external_group_by"] = o.Memory / 2
		options.Settings["max_bytes_before_external_sort"] = o.Memory / 2
	}
	return options, nil
}

// trust reads the certificates of authorities. Nobody else is trusted then, the system's ones neither.
func trust(path string) (*x509.CertPool, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("ca: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("ca: %s holds no certificate in PEM", path)
	}
	return pool, nil
}

// isDistrust tells that the server showed a certificate that nobody vouches for.
func isDistrust(err error) bool {
	var distrust *tls.CertificateVerificationError
	return errors.As(err, &distrust)
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Close ends the connections.
func (w *Warehouse) Close() error { return w.conn.Close() }

// Database returns the name of the database.
func (w *Warehouse) Database() string { return w.database }

// exec runs a statement that answers nothing.
func (w *Warehouse) exec(ctx context.Context, op, object, statement string, args ...any) error {
	if err := w.conn.Exec(ctx, statement, args...); err != nil {
		return failed(op, object, err)
	}
	return nil
}

// row reads the single row of an answer.
func (w *Warehouse) row(ctx context.Context, op, object, question string, args []any, into ...any) error {
	if err := w.conn.QueryRow(ctx, question, args...).Scan(into...); err != nil {
		return failed(op, object, err)
	}
	return nil
}

// failed names what went wrong on the server.
func failed(op, object string, err error) error {
	e := &qulaq.Error{Op: op, Object: object, Kind: kindOf(err), Err: err}
	var x *clickhouse.Exception
	switch {
	case !errors.As(err, &x):
	case x.Code == codeNotEnoughSpace:
		e.Hint = "the server's disk is full: free some space and run again; nothing was changed"
	case x.Code == codeMemoryLimit:
		e.Hint = "the server ran out of memory: raise `bounds.memory_server` in the configuration, of its own engine `engine.memory`, or give the server more"
	case isBrokenPart(err):
		e.Hint = "a part of a table is broken on the server's disk, as a full one may leave it: make space, restart the server, which sets the part aside and takes up those it was made of, and run `qulaq check`"
	}
	return e
}

// Codes of the server's exceptions that mean something to us.
const (
	codeChecksum             = 40
	codeReadOnly             = 164
	codeUnknownTable         = 60
	codeUnknownDatabase      = 81
	codeTimeout              = 159
	codeTooManyQueries       = 202
	codeSocketTimeout        = 209
	codeNetworkError         = 210
	codeDatabaseNotEmpty     = 219
	codeMemoryLimit          = 241
	codeNoFileInPart         = 226
	codeBadSizeOfFile        = 228
	codeNotEnoughSpace       = 243
	codeCorrupted            = 246
	codeAuthenticationFailed = 516
	codeAccessDenied         = 497
	codeInvalidConfig        = 318
	codeNoAccessStorage      = 514
)

// kindOf tells what sort of trouble a driver's error is.
func kindOf(err error) qulaq.Kind {
	var ours *qulaq.Error
	var x *clickhouse.Exception
	var network net.Error
	switch {
	case errors.As(err, &ours):
		return ours.Kind
	case isBrokenPart(err):
		return qulaq.Configuration
	case errors.As(err, &x):
		switch x.Code {
		case codeAuthenticationFailed, codeAccessDenied, codeNotEnoughSpace, codeUnknownDatabase, codeUnknownTable:
			return qulaq.Configuration
		case codeTimeout, codeTooManyQueries, codeSocketTimeout, codeNetworkError, codeMemoryLimit:
			return qulaq.Transient
		}
		return qulaq.Bug
	case isDistrust(err):
		return qulaq.Configuration
	case errors.As(err, &network), isCut(err):
		return qulaq.Transient
	}
	return qulaq.Bug
}

// isBrokenPart tells a part on the server's disk that lacks bytes or has others.
func isBrokenPart(err error) bool {
	var x *clickhouse.Exception
	if !errors.As(err, &x) {
		return false
	}
	switch x.Code {
	case codeChecksum, codeNoFileInPart, codeBadSizeOfFile, codeCorrupted:
		return true
	}
	return false
}

// isCut tells a connection that broke from an answer of the server.
func isCut(err error) bool {
	for _, cut := range []error{io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, syscall.EPIPE, syscall.ECONNRESET, syscall.ECONNREFUSED} {
		if errors.Is(err, cut) {
			return true
		}
	}
	return false
}

// with returns the warehouse's settings and some more.
func (w *Warehouse) with(more clickhouse.Settings) clickhouse.Settings {
	all := clickhouse.Settings{}
	for k, v := range w.options.Settings {
		all[k] = v
	}
	for k, v := range more {
		all[k] = v
	}
	return all
}

// Redact returns an address without its password.
func Redact(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "clickhouse://…"
	}
	u.RawQuery = ""
	return u.Redacted()
}

// redactError removes the address's password from an error's words.
func redactError(err error, address string) error {
	u, e := url.Parse(address)
	if e != nil || u.User == nil {
		return err
	}
	password, _ := u.User.Password()
	if password == "" || !strings.Contains(err.Error(), password) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), password, "xxxxx"))
}

// Quote writes an identifier for a statement.
func Quote(name string) string {
	return "`" + strings.NewReplacer("\\", "\\\\", "`", "\\`").Replace(name) + "`"
}

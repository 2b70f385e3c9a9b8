// Package web shows a program that stays up over HTTP: to a supervisor whether it lives and is ready, to Prometheus its
// figures, and to people a page of how things stand.
//
// The page shows public facts only, but it answers strangers with the warehouse's work. So it listens on loopback unless
// told, and anywhere else it wants a token. It asks the warehouse at most once in a few seconds, however many ask it.
package web

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/qulaq-kz/qulaq"
)

// State is what is shown. Its methods may be called at once by many; each ends with its context.
type State interface {
	// Ready says why the program cannot do its work at this moment, or nil.
	Ready(context.Context) error
	// Figures are what Prometheus is told.
	Figures(context.Context) (prometheus.Gatherer, error)
	// Page is what people are shown.
	Page(context.Context) (*Page, error)
}

// fresh is how long an answer is kept: so often the warehouse is asked at most.
const fresh = 5 * time.Second

// patience is how long the warehouse may take for an answer.
const patience = 30 * time.Second

// Handler answers for a state. An empty token lets everybody in, which is for loopback: then only requests that name
// the machine by an address or as localhost are answered, so that no page of the web can ask through a reader's browser.
//
// Why an answer failed goes to log and not to who asked: it may name what strangers need not know.
func Handler(state State, token string, log *slog.Logger) http.Handler {
	figures, page := keep(state.Figures), keep(state.Page)
	fail := func(w http.ResponseWriter, what string, err error) {
		log.Warn("a question over HTTP was not answered", "about", what, "why", err)
		say(w, http.StatusServiceUnavailable, "the warehouse gives no answer at this moment")
	}
	guarded := http.NewServeMux()
	guarded.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		g, err := figures(r.Context())
		if err != nil {
			fail(w, "figures", err)
			return
		}
		promhttp.HandlerFor(g, promhttp.HandlerOpts{}).ServeHTTP(w, r)
	})
	guarded.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		p, err := page(r.Context())
		if err == nil {
			err = p.write(w, langOf(r))
		}
		if err != nil {
			fail(w, "page", err)
		}
	})
	all := http.NewServeMux()
	// These two tell a supervisor no more than one word, and supervisors have no tokens.
	all.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok") })
	all.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience)
		defer cancel()
		if err := state.Ready(ctx); err != nil {
			log.Warn("not ready", "why", err)
			say(w, http.StatusServiceUnavailable, "not ready")
			return
		}
		say(w, http.StatusOK, "ready")
	})
	all.Handle("/", guard(token, guarded))
	return all
}

// Serve answers at an address until the context ends, and then lets the answers under way end. up is told the address
// that it got. An error says why it cannot listen.
func Serve(ctx context.Context, address string, h http.Handler, up func(net.Addr)) error {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", address)
	if err != nil {
		return &qulaq.Error{
			Op: "show the status page", Object: address, Kind: qulaq.Configuration, Err: err,
			Hint: "serve.listen names an address of this machine and a free port; \"\" shows no page",
		}
	}
	up(listener.Addr())
	server := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 2 * patience, IdleTimeout: time.Minute, MaxHeaderBytes: 64 << 10,
	}
	stopped := make(chan error, 1)
	context.AfterFunc(ctx, func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		stopped <- server.Shutdown(ending)
	})
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return &qulaq.Error{Op: "show the status page", Object: address, Kind: qulaq.Transient, Err: err}
	}
	if err := <-stopped; err != nil {
		return server.Close() // who still reads after five seconds is cut off
	}
	return nil
}

// Loopback says whether an address to listen at can be reached from this machine only.
func Loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	return err == nil && local(host)
}

// local says whether a host is this machine by its name or address.
func local(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// guard lets in who has the token: as a bearer, or as the password of a browser's dialogue.
func guard(token string, h http.Handler) http.Handler {
	want := sha256.Sum256([]byte(token)) // of one length, whatever is given
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Cache-Control", "no-store")
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Referrer-Policy", "no-referrer")
		if token == "" {
			host := r.Host
			if h, _, err := net.SplitHostPort(host); err == nil {
				host = h
			}
			if !local(host) {
				say(w, http.StatusForbidden, "ask for this machine by its address")
				return
			}
			h.ServeHTTP(w, r)
			return
		}
		given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok {
			_, given, _ = r.BasicAuth()
		}
		got := sha256.Sum256([]byte(given))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			head.Set("WWW-Authenticate", `Basic realm="qulaq", charset="UTF-8"`)
			say(w, http.StatusUnauthorized, "the token of serve.token is asked for")
			return
		}
		h.ServeHTTP(w, r)
	})
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // who hung up hears nothing
}

// keep asks at most once in a while and gives everybody the last answer. Errors are not kept.
func keep[T any](ask func(context.Context) (T, error)) func(context.Context) (T, error) {
	var mu sync.Mutex
	var last T
	var at time.Time
	return func(ctx context.Context) (T, error) {
		mu.Lock()
		defer mu.Unlock()
		if !at.IsZero() && time.Since(at) < fresh {
			return last, nil
		}
		// The first who asks asks for all who wait: his hanging up is no reason to ask again for the next.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		defer cancel()
		v, err := ask(ctx)
		if err == nil {
			last, at = v, time.Now()
		}
		return v, err
	}
}

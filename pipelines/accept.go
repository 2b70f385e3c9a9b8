package pipelines

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// A site that changed for good stays another one to the canaries until an operator has looked and says so. From then on
// they learn anew; what was judged before stays.

// maxReason is the most bytes of what an operator says.
const maxReason = 2000

// AcceptSites writes down that who has looked at the sites of an akimat that canaries doubt, and that they are to count
// as they are from now on. The akimat is the key of a source, a KATO code, or a part of a name that fits one akimat alone.
// What no history explains, such as a login page or a listing without entries, cannot be accepted: a site of which the
// latest whole look answered and failed no canary is refused too, for there is nothing to accept.
func (e *Environment) AcceptSites(ctx context.Context, akimat, who, reason string) (accepted []load.Acceptance, err error) {
	fail := func(err error, hint string) error {
		return &qulaq.Error{Op: "accept site", Object: akimat, Kind: qulaq.Configuration, Err: err, Hint: hint}
	}
	who, reason = strings.Join(strings.Fields(who), " "), strings.Join(strings.Fields(reason), " ")
	if who == "" || reason == "" || len(reason) > maxReason {
		return nil, fail(fmt.Errorf("who accepts it and why are needed, the latter in %d bytes at most", maxReason), "")
	}
	sources, err := e.sourcesOf(akimat)
	if err != nil {
		return nil, fail(err, "`qulaq sources list` shows keys, codes and names")
	}
	_, err = e.recorded(ctx, "accept", func(r *Result) error {
		for _, s := range sources {
			doubts, err := e.doubts(ctx, s)
			if err != nil {
				return err
			}
			if len(doubts) > 0 {
				accepted = append(accepted, load.Acceptance{RunID: r.RunID, At: e.Now(), Source: s.Archive(), Who: who, Reason: reason, Doubts: doubts})
			}
		}
		if len(accepted) == 0 {
			return fail(errors.New("there is nothing to accept: the latest whole look failed no canary that learns"),
				"`qulaq publications show` says why something is unverifiable; what does not answer cannot be accepted")
		}
		return e.Warehouse.NoteAcceptances(ctx, accepted)
	})
	return accepted, err
}

// sourcesOf returns the sources of one akimat.
func (e *Environment) sourcesOf(akimat string) ([]Source, error) {
	all, err := e.PlanSources()
	if err != nil {
		return nil, err
	}
	word := strings.ToLower(strings.TrimSpace(akimat))
	for _, fits := range []func(Source) bool{
		func(s Source) bool { return s.Key == word },
		func(s Source) bool { return s.District == word || s.District == "" && s.Region == word },
		func(s Source) bool {
			return word != "" && strings.Contains(strings.ToLower(s.Name.RU+"\n"+s.Name.KK), word)
		},
	} {
		var some []Source
		for _, s := range all {
			if fits(s) {
				some = append(some, s)
			}
		}
		if len(some) == 0 {
			continue
		}
		if i := slices.IndexFunc(some, func(s Source) bool { return s.akimat() != some[0].akimat() }); i > 0 {
			return nil, fmt.Errorf("%s and %s may be meant", some[0].Key, some[i].Key)
		}
		return some, nil
	}
	return nil, errors.New("no akimat is called so")
}

// doubts returns what the canaries hold against a source, by its latest whole look in each language that answered.
func (e *Environment) doubts(ctx context.Context, s Source) ([]string, error) {
	history, err := e.Warehouse.Looks(ctx, s.Archive(), e.Now())
	if err != nil {
		return nil, err
	}
	last := map[string]publication.Look{}
	for _, l := range history {
		if look := lookOf(l); look.Since == 0 && look.Answered() {
			last[look.Lang] = look
		}
	}
	accepted, err := e.acceptances(ctx)
	if err != nil {
		return nil, err
	}
	var doubts []string
	for _, lang := range s.Langs() {
		l := last[string(lang)]
		for _, f := range l.Failures {
			if f.Learned() && !l.At.Before(relearnedAt(accepted[s.Archive()])) {
				doubts = append(doubts, string(lang)+": "+string(f))
			}
		}
	}
	return doubts, nil
}

// acceptances returns those up to now by source, oldest first.
func (e *Environment) acceptances(ctx context.Context) (map[string][]publication.Acceptance, error) {
	rows, err := e.Warehouse.Acceptances(ctx, e.Now())
	if err != nil {
		return nil, err
	}
	all := map[string][]publication.Acceptance{}
	for _, a := range rows {
		all[a.Source] = append(all[a.Source], publication.Acceptance{Source: a.Source, At: a.At, Who: a.Who, Why: a.Reason})
	}
	return all, nil
}

// relearnedAt is from when on a site counts as it is; zero from the beginning.
func relearnedAt(accepted []publication.Acceptance) time.Time {
	if len(accepted) == 0 {
		return time.Time{}
	}
	return accepted[len(accepted)-1].At
}

// learned returns the looks at a source that its canaries learn from, and from when on: since an operator accepted it last.
func (e *Environment) learned(ctx context.Context, source string, history []load.Look) ([]load.Look, time.Time, error) {
	accepted, err := e.acceptances(ctx)
	if err != nil {
		return nil, time.Time{}, err
	}
	from := relearnedAt(accepted[source])
	return slices.DeleteFunc(history, func(l load.Look) bool { return l.At.Before(from) }), from, nil
}

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
// as they are from now on, in the languages in which they are doubted. The akimat is the key of a source, a KATO code, or
// a part of a name that fits one akimat alone. What no history explains, such as a login page, a listing without entries
// or one on which the plans are not recognised, cannot be accepted: see doubts. A site that failed no canary is refused
// too, for there is nothing to accept.
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
		var never []string
		for _, s := range sources {
			doubts, remain, err := e.doubts(ctx, s)
			if err != nil {
				return err
			}
			never = append(never, remain...)
			if len(doubts) > 0 {
				accepted = append(accepted, load.Acceptance{RunID: r.RunID, At: e.Now(), Source: s.Archive(), Who: who, Reason: reason, Doubts: doubts})
			}
		}
		switch {
		case len(accepted) > 0:
		case len(never) > 0:
			return fail(fmt.Errorf("this cannot be accepted: %s", strings.Join(never, "; ")),
				"nobody can tell by such a look what the site has: wait for a whole one that answers; where plans are there and not recognised, the program is to be mended")
		default:
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

// doubts returns what the canaries hold against a source by its latest whole look in each language, and what no operator can
// say is over. A listing of which the latest look did not answer is not the one that somebody has seen, and of one that the
// program cannot read or recognises nothing on, nobody knows what it has: with its history cut, nothing would doubt it any
// more. So what else is held against it stays then too. The listings in other languages are nothing to it.
func (e *Environment) doubts(ctx context.Context, s Source) (over, remain []string, err error) {
	history, err := e.Warehouse.Looks(ctx, s.Archive(), e.Now())
	if err != nil {
		return nil, nil, err
	}
	last, whole := map[string]publication.Look{}, map[string]publication.Look{}
	for _, l := range history {
		look := lookOf(l)
		last[look.Lang] = look
		if look.Since == 0 && look.Answered() {
			whole[look.Lang] = look
		}
	}
	accepted, err := e.acceptances(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, lang := range s.Langs() {
		lang := string(lang)
		var own, learned []string
		if l := last[lang]; l.Outcome != "" && !l.Answered() {
			own = append(own, doubtIn(lang, "the latest look: "+l.Outcome))
		}
		for _, f := range slices.Concat(whole[lang].Failures, last[lang].Failures) {
			if !f.Learned() {
				own = append(own, doubtIn(lang, string(f)))
			}
		}
		if !whole[lang].At.Before(relearnedAt(acceptedIn(lang, accepted[s.Archive()]))) {
			for _, f := range whole[lang].Failures {
				if f.Learned() {
					learned = append(learned, doubtIn(lang, string(f)))
				}
			}
		}
		if len(own) > 0 {
			slices.Sort(own)
			remain = append(remain, slices.Compact(own)...)
			continue
		}
		over = append(over, learned...)
	}
	return over, remain, nil
}

// doubtIn is what the table acceptances says of a doubt: the language of the listing, and what is held against it.
func doubtIn(lang, doubt string) string { return lang + ": " + doubt }

// langsOf returns the languages of doubts: those in which the site was accepted.
func langsOf(doubts []string) []string {
	var langs []string
	for _, d := range doubts {
		if lang, _, _ := strings.Cut(d, ": "); !slices.Contains(langs, lang) {
			langs = append(langs, lang)
		}
	}
	return langs
}

// acceptances returns those up to now by source, oldest first.
func (e *Environment) acceptances(ctx context.Context) (map[string][]publication.Acceptance, error) {
	rows, err := e.Warehouse.Acceptances(ctx, e.Now())
	if err != nil {
		return nil, err
	}
	all := map[string][]publication.Acceptance{}
	for _, a := range rows {
		all[a.Source] = append(all[a.Source], publication.Acceptance{Source: a.Source, Langs: langsOf(a.Doubts), At: a.At, Who: a.Who, Why: a.Reason})
	}
	return all, nil
}

// acceptedIn returns the acceptances of a site's listing in one language.
func acceptedIn(lang string, all []publication.Acceptance) []publication.Acceptance {
	var some []publication.Acceptance
	for _, a := range all {
		if slices.Contains(a.Langs, lang) {
			some = append(some, a)
		}
	}
	return some
}

// relearnedAt is from when on a listing counts as it is; zero from the beginning.
func relearnedAt(accepted []publication.Acceptance) time.Time {
	if len(accepted) == 0 {
		return time.Time{}
	}
	return accepted[len(accepted)-1].At
}

// learned returns the looks at a source that its canaries learn from, and from when on, by language: since an operator
// accepted the listing last.
func (e *Environment) learned(ctx context.Context, s Source, history []load.Look) ([]load.Look, map[string]time.Time, error) {
	accepted, err := e.acceptances(ctx)
	if err != nil {
		return nil, nil, err
	}
	from := map[string]time.Time{}
	for _, lang := range s.Langs() {
		from[string(lang)] = relearnedAt(acceptedIn(string(lang), accepted[s.Archive()]))
	}
	return slices.DeleteFunc(history, func(l load.Look) bool { return l.At.Before(from[l.Lang]) }), from, nil
}

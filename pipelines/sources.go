package pipelines

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/govkz"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/extract/site"
)

// Source is one place in which an akimat publishes: its part of gov.kz, or a site of its own. An akimat may have both,
// and then owes a publication in either.
type Source struct {
	govkz.Source `yaml:",inline"`
	Site         *site.Profile `yaml:"site"` // nil: it is on gov.kz, under Slugs
}

// Archive returns what archive and warehouse call the source: "govkz/aqmola", "site/burabay".
func (s Source) Archive() string {
	if s.Site != nil {
		return s.Site.Archive()
	}
	return s.Source.Archive()
}

// Langs returns the languages that it lists in.
func (s Source) Langs() []listing.Lang {
	if s.Site != nil {
		return s.Site.Langs()
	}
	return planLangs
}

// Filters says whether a look at it can ask for what is new alone.
func (s Source) Filters() bool { return s.Site == nil || s.Site.Filters() }

// akimat names whose source it is.
func (s Source) akimat() string { return akimatOf(s.Region, s.District) }

// akimatOf names the akimat of a region, or of a district of it.
func akimatOf(region, district string) string { return region + "/" + district }

// lister reads one source, from the network into the archive and from the archive again.
type lister interface {
	// Look gives every entry of the listing in one language, or where it Filters those after a moment.
	Look(ctx context.Context, lang listing.Lang, after time.Time, each func(listing.Entry) error) (listing.Look, error)
	// Detail adds to an entry what stands elsewhere than in the listing.
	Detail(ctx context.Context, e listing.Entry) (site.Detailed, error)
	File(ctx context.Context, f listing.File) (listing.Fetched, error)

	// IsListing says of what the archive holds whether Entries can be read of it.
	IsListing(origin string) bool
	Entries(page qulaq.Snapshot, each func(listing.Entry) error) error
	// Kept is Detail by what the archive holds; an entry whose detail was never read comes back as it is.
	Kept(e listing.Entry) site.Detailed
}

// onGovkz is a part of the platform. Its listing tells all.
type onGovkz struct {
	client *govkz.Client
	source govkz.Source
}

func (o onGovkz) Look(ctx context.Context, lang listing.Lang, after time.Time, each func(listing.Entry) error) (listing.Look, error) {
	return o.client.Look(ctx, o.source, lang, after, each)
}

func (o onGovkz) Detail(_ context.Context, e listing.Entry) (site.Detailed, error) {
	return o.Kept(e), nil
}

func (o onGovkz) File(ctx context.Context, f listing.File) (listing.Fetched, error) {
	return o.client.File(ctx, o.source, f)
}

func (onGovkz) IsListing(origin string) bool { return govkz.IsListing(origin) }

func (onGovkz) Entries(page qulaq.Snapshot, each func(listing.Entry) error) error {
	_, err := govkz.Entries(page, each)
	return err
}

func (onGovkz) Kept(e listing.Entry) site.Detailed { return site.Detailed{Entry: e} }

// onSite is a site of its own.
type onSite struct {
	client  *site.Client
	profile site.Profile
}

func (o onSite) Look(ctx context.Context, lang listing.Lang, after time.Time, each func(listing.Entry) error) (listing.Look, error) {
	return o.client.Look(ctx, o.profile, lang, after, each)
}

func (o onSite) Detail(ctx context.Context, e listing.Entry) (site.Detailed, error) {
	return o.client.Detail(ctx, o.profile, e)
}

func (o onSite) File(ctx context.Context, f listing.File) (listing.Fetched, error) {
	return o.client.File(ctx, o.profile, f)
}

func (onSite) IsListing(origin string) bool { return site.IsListing(origin) }

func (o onSite) Entries(page qulaq.Snapshot, each func(listing.Entry) error) error {
	return o.profile.Entries(page, each)
}

func (o onSite) Kept(e listing.Entry) site.Detailed {
	d, _ := o.client.Kept(o.profile, e)
	return d
}

// clients ask the platform and the sites. Each keeps to its own hosts.
type clients struct {
	govkz *govkz.Client
	sites *site.Client
	all   []*fetch.Client
}

// close ends their connections: the next night is far.
func (c clients) close() {
	for _, client := range c.all {
		client.Close()
	}
}

func (c clients) of(s Source) lister {
	if s.Site != nil {
		return onSite{c.sites, *s.Site}
	}
	return onGovkz{c.govkz, s.Source}
}

// clients returns those of the sources, with the pace of plans.
func (e *Environment) clients(sources []Source) (c clients, err error) {
	p, n := e.Config.Plans, e.Config.Network
	base, err := url.Parse(p.BaseURL)
	if err != nil {
		return c, &qulaq.Error{Op: "set up gov.kz", Object: p.BaseURL, Kind: qulaq.Configuration, Err: err}
	}
	polite := func(hosts []string) (*fetch.Client, error) {
		return fetch.New(fetch.Options{
			UserAgent: e.userAgent(), Hosts: hosts, AllowPrivate: n.AllowPrivate, Pause: p.Pause, Tries: n.Tries,
			Deadline: n.Timeout, MaxBytes: max(p.MaxListing, p.MaxFile), Clock: e.Now,
		})
	}
	platform, err := polite([]string{base.Hostname()})
	if err != nil {
		return c, err
	}
	if c.govkz, err = govkz.New(p.BaseURL, platform, e.Archive); err != nil {
		return c, err
	}
	var hosts []string
	for _, s := range sources {
		if s.Site != nil {
			hosts = append(hosts, s.Site.Hosts()...)
		}
	}
	others, err := polite(hosts)
	if err != nil {
		return c, err
	}
	c.sites = site.New(others, e.Archive)
	c.all = []*fetch.Client{platform, others}
	return c, nil
}

// userAgent is how the program names itself to servers.
func (e *Environment) userAgent() string {
	agent := "qulaq/" + e.Version
	if c := e.Config.Network.Contact; c != "" {
		agent += " (+" + c + ")"
	}
	return agent
}

// PlanSources lists where plans are looked for: the built-in akimats on gov.kz, changed by the operator's file, then the
// sites of that file; or those of them that the configuration names.
func (e *Environment) PlanSources() ([]Source, error) {
	var own []byte
	path := e.Config.Plans.Sources
	if path != "" {
		var err error
		if own, err = os.ReadFile(path); err != nil {
			return nil, &qulaq.Error{Op: "read sources of plans", Object: path, Kind: qulaq.Configuration, Err: err}
		}
	}
	all, err := readSources(own)
	if err != nil {
		return nil, &qulaq.Error{
			Op: "read sources of plans", Object: path, Kind: qulaq.Configuration, Err: err, Hint: "docs/SOURCES.md shows the form of the file",
		}
	}
	if len(e.Config.Plans.Only) == 0 {
		return all, nil
	}
	var chosen []Source
	for _, key := range e.Config.Plans.Only {
		i := slices.IndexFunc(all, func(s Source) bool { return s.Key == key })
		if i < 0 {
			return nil, &qulaq.Error{
				Op: "choose sources of plans", Object: key, Kind: qulaq.Configuration, Err: errors.New("there is no such source"),
				Hint: "`qulaq sources list` shows them",
			}
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

// readSources reads the operator's file, which may be empty.
func readSources(text []byte) ([]Source, error) {
	var own []Source
	if err := listing.ReadYAML(text, &own); err != nil {
		return nil, err
	}
	var onPlatform []govkz.Source
	var sites []Source
	for _, s := range own {
		if s.Site == nil {
			onPlatform = append(onPlatform, s.Source)
		} else {
			sites = append(sites, s)
		}
	}
	platform, err := govkz.With(onPlatform)
	if err != nil {
		return nil, err
	}
	all := make([]Source, 0, len(platform)+len(sites))
	for _, s := range platform {
		all = append(all, Source{Source: s})
	}
	for _, s := range sites {
		if err := s.complete(all); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// complete makes a site whole. What it does not say of its akimat is taken from the source before that has the same.
func (s *Source) complete(before []Source) error {
	if slices.ContainsFunc(before, func(o Source) bool { return o.Key == s.Key }) {
		return fmt.Errorf("%s: another source has this key", s.Key)
	}
	if s.Slug != "" || s.More != nil || s.HowSure != "" {
		return fmt.Errorf("%s: slug, more and how_sure are of gov.kz, and it has a site of its own", s.Key)
	}
	if i := slices.IndexFunc(before, func(o Source) bool { return o.akimat() == s.akimat() }); i >= 0 {
		same := before[i]
		if s.Level == "" {
			s.Level = same.Level
		}
		if s.Since == "" {
			s.Since = same.Since
		}
		if s.Name == (govkz.Names{}) {
			s.Name = same.Name
		}
		if s.Level != same.Level || s.Since != same.Since {
			return fmt.Errorf("%s: %s is of the same akimat and has another level or since", s.Key, same.Key)
		}
	}
	if err := s.CheckAkimat(); err != nil {
		return err
	}
	if err := s.Site.Complete(s.Key); err != nil {
		return fmt.Errorf("%s: site: %w", s.Key, err)
	}
	return nil
}

// VerifySources asks the platform for its organisations and says which slugs it knows, and whether the listings of
// sites are of the shape that their profiles expect. The checks are there with and without an error.
func (e *Environment) VerifySources(ctx context.Context) (checks []govkz.Check, err error) {
	sources, err := e.PlanSources()
	if err != nil {
		return nil, err
	}
	c, err := e.clients(sources)
	if err != nil {
		return nil, err
	}
	defer c.close()
	var onPlatform []govkz.Source
	for _, s := range sources {
		if s.Site == nil {
			onPlatform = append(onPlatform, s.Source)
		}
	}
	if len(onPlatform) > 0 {
		checks, err = c.govkz.Verify(ctx, onPlatform)
	}
	failures := []error{err}
	for _, s := range sources {
		if s.Site == nil {
			continue
		}
		check := govkz.Check{Key: s.Key, Slug: s.Site.Base, State: govkz.Found, Name: s.Name.RU}
		if _, err := c.sites.Check(ctx, *s.Site); err != nil {
			check.Name = ""
			check.State, check.Detail = govkz.NotAsked, err.Error()
			if outcome, _ := listing.Judge(err); outcome == listing.ChangedShape {
				check.State = govkz.NotFound
			} else {
				failures = append(failures, err)
			}
		}
		checks = append(checks, check)
	}
	return checks, errors.Join(failures...)
}

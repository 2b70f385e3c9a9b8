package site

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"time"

	"github.com/andybalholm/cascadia"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// Profile says how one site lists what it publishes. Selectors are CSS. Complete makes it ready.
type Profile struct {
	Key  string `yaml:"-"`    // names the source for ever; given to Complete
	Base string `yaml:"base"` // address of the site: https://akimat.example
	// Listings are the first pages of the listings by language, ru, kk or en: addresses, or paths at Base.
	Listings map[listing.Lang][]string `yaml:"listings"`
	// MoreHosts are hosts besides those of Base and Listings that its pages and files may be at.
	MoreHosts []string `yaml:"hosts"`

	Item  string `yaml:"item"`  // one entry of the listing
	Link  string `yaml:"link"`  // in an entry, the element whose href leads to its page; the entry itself when empty
	Title string `yaml:"title"` // in an entry; the link's text when empty
	Date  string `yaml:"date"`  // in an entry; no date is read when empty
	// DateForms are how dates are written, in Go's form: "02.01.2006", "2006-01-02T15:04:05Z07:00". A
	// datetime attribute goes before the text. Days are days in Asia/Almaty.
	DateForms []string `yaml:"date_forms"`
	Next      string   `yaml:"next"` // the element whose href leads to the next page; one page when empty
	File      string   `yaml:"file"` // in an entry or on its page, elements whose href is a file
	Body      string   `yaml:"body"` // on an entry's page, the text; its pages are not asked for when empty
	// Empty is what a listing without entries shows in their place. Without it a page without entries is one that
	// changed.
	Empty string `yaml:"empty"`
	// NewestFirst says that entries come by their dates, the newest first: then a look at what is new ends where
	// what is older begins.
	NewestFirst bool `yaml:"newest_first"`

	Expect Expect `yaml:"expect"`
	Pages  int    `yaml:"pages"` // most that are turned; default 100
}

// Expect bounds the entries of one page. The last page of several may have fewer than Min.
type Expect struct {
	Min int `yaml:"min"` // default 1
	Max int `yaml:"max"` // default 1,000
}

// Archive returns what the archive calls the site: "site/KEY".
func (p Profile) Archive() string { return "site/" + p.Key }

// Langs returns the languages that have a listing: Russian, then the others by name.
func (p Profile) Langs() []listing.Lang {
	return slices.SortedFunc(maps.Keys(p.Listings), func(a, b listing.Lang) int {
		return slices.Index(langs, a) - slices.Index(langs, b)
	})
}

var langs = []listing.Lang{"ru", "kk", "en"}

// Hosts returns the names of the hosts that the profile names, each once.
func (p Profile) Hosts() []string {
	hosts := slices.Clone(p.MoreHosts)
	for _, lang := range p.Langs() {
		for _, start := range p.Listings[lang] {
			if u, err := url.Parse(start); err == nil && u.Hostname() != "" {
				hosts = append(hosts, u.Hostname())
			}
		}
	}
	if u, err := url.Parse(p.Base); err == nil && u.Hostname() != "" {
		hosts = append(hosts, u.Hostname())
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

// Filters says whether a look can ask for what is new alone.
func (p Profile) Filters() bool { return p.NewestFirst }

var (
	keyForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)
	hostForm = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$`)
)

// Complete names the profile, fills in defaults and makes addresses whole. An error says what is wrong with it: a
// selector that is none, or something that is missing.
func (p *Profile) Complete(key string) error {
	p.Key = key
	if p.Expect.Min == 0 {
		p.Expect.Min = 1
	}
	if p.Expect.Max == 0 {
		p.Expect.Max = 1000
	}
	if p.Pages == 0 {
		p.Pages = 100
	}
	if len(p.DateForms) == 0 {
		p.DateForms = []string{"02.01.2006"}
	}
	switch {
	case !keyForm.MatchString(p.Key):
		return fmt.Errorf("the key %q is not made of small letters, digits, points and hyphens", p.Key)
	case p.Item == "":
		return errors.New("it has no item")
	case p.Expect.Min < 1 || p.Expect.Max < p.Expect.Min || p.Expect.Max > 10_000:
		return errors.New("expect is at least 1 and at most 10,000 entries")
	case p.Pages < 1 || p.Pages > 10_000:
		return errors.New("pages is from 1 to 10,000")
	case p.NewestFirst && p.Date == "":
		return errors.New("newest_first without a date says nothing")
	}
	if err := p.addresses(); err != nil {
		return err
	}
	for _, form := range p.DateForms {
		// The parts of this moment differ from one another, so a form that loses one shows.
		at := time.Date(2013, 11, 28, 0, 0, 0, 0, qulaq.Almaty())
		if t, err := time.ParseInLocation(form, at.Format(form), qulaq.Almaty()); err != nil || qulaq.DayOf(t) != qulaq.DayOf(at) {
			return fmt.Errorf("%q is not the form of a whole date, such as 02.01.2006", form)
		}
	}
	for _, selector := range []string{p.Item, p.Link, p.Title, p.Date, p.Next, p.File, p.Body, p.Empty} {
		if selector == "" {
			continue
		}
		// A pattern in a selector is the one thing here that can be made to take long.
		if _, err := cascadia.ParseGroup(selector); err != nil || len(selector) > 500 {
			return fmt.Errorf("%q is no CSS selector", listing.Clip(selector, 100))
		}
	}
	return nil
}

// addresses makes those of the listings whole.
func (p *Profile) addresses() error {
	base, err := address(&url.URL{}, p.Base)
	if err != nil {
		return errors.New("base is no http(s) address")
	}
	if len(p.Listings) == 0 {
		return errors.New("it has no listings")
	}
	whole := map[listing.Lang][]string{}
	for lang, starts := range p.Listings {
		if !slices.Contains(langs, lang) {
			return fmt.Errorf("the language of a listing is ru, kk or en, not %q", lang)
		}
		if len(starts) == 0 {
			return fmt.Errorf("the listing %s has no address", lang)
		}
		for _, start := range starts {
			u, err := address(base, start)
			if err != nil {
				return fmt.Errorf("%q of the listing %s is no http(s) address", listing.Clip(start, 100), lang)
			}
			whole[lang] = append(whole[lang], u.String())
		}
	}
	p.Listings = whole
	for _, host := range p.MoreHosts {
		if !hostForm.MatchString(host) {
			return fmt.Errorf("%q is no name of a host", listing.Clip(host, 100))
		}
	}
	return nil
}

// address reads one without user, password and fragment.
func address(base *url.URL, text string) (*url.URL, error) {
	f, err := listing.Link(base, text)
	if err != nil {
		return nil, err
	}
	return url.Parse(f.URL)
}

package site

import (
	"fmt"
	"net/url"
	"regexp"
	"time"

	"github.com/andybalholm/cascadia"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// Profile says how one site lists what it publishes. Selectors are CSS.
type Profile struct {
	Key      string       `yaml:"key"`      // names the source for ever
	Region   string       `yaml:"region"`   // KATO, nine digits
	District string       `yaml:"district"` // KATO; empty when it is the region's
	Lang     listing.Lang `yaml:"lang"`     // of the listing: ru, kk or en
	Start    []string     `yaml:"start"`    // addresses of the first pages

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

// Hosts returns the names of the hosts that the profile names.
func (p Profile) Hosts() (hosts []string) {
	for _, start := range p.Start {
		if u, err := url.Parse(start); err == nil && u.Hostname() != "" {
			hosts = append(hosts, u.Hostname())
		}
	}
	return hosts
}

// Profiles reads a file of profiles, a list. An unknown key (with its line), a selector that is none, or a
// profile that is not whole is an error of kind Configuration.
func Profiles(text []byte) ([]Profile, error) {
	var all []Profile
	err := listing.ReadYAML(text, &all)
	keys := map[string]bool{}
	for i := range all {
		if err != nil {
			break
		}
		if err = all[i].complete(); err == nil && keys[all[i].Key] {
			err = fmt.Errorf("the key %q is there twice", all[i].Key)
		}
		keys[all[i].Key] = true
	}
	if err != nil {
		return nil, &qulaq.Error{
			Op: "read profiles of sites", Kind: qulaq.Configuration, Err: err,
			Hint: "a profile has a key, a region (KATO, nine digits), a lang, start addresses and the selector of an item",
		}
	}
	return all, nil
}

var (
	keyForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,63}$`)
	kato    = regexp.MustCompile(`^[0-9]{9}$`)
)

// complete fills in defaults and says what is wrong.
func (p *Profile) complete() error {
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
	case !kato.MatchString(p.Region) || p.District != "" && !kato.MatchString(p.District):
		return fmt.Errorf("%s: region and district are KATO codes of nine digits, in quotation marks", p.Key)
	case p.Lang != "ru" && p.Lang != "kk" && p.Lang != "en":
		return fmt.Errorf("%s: lang is ru, kk or en", p.Key)
	case len(p.Start) == 0:
		return fmt.Errorf("%s: it has no start address", p.Key)
	case p.Item == "":
		return fmt.Errorf("%s: it has no item", p.Key)
	case p.Expect.Min < 1 || p.Expect.Max < p.Expect.Min || p.Expect.Max > 10_000:
		return fmt.Errorf("%s: expect is at least 1 and at most 10,000 entries", p.Key)
	case p.Pages < 1 || p.Pages > 10_000:
		return fmt.Errorf("%s: pages is from 1 to 10,000", p.Key)
	}
	for _, start := range p.Start {
		if u, err := url.Parse(start); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
			return fmt.Errorf("%s: a start is no http(s) address", p.Key)
		}
	}
	for _, form := range p.DateForms {
		// The parts of this moment differ from one another, so a form that loses one shows.
		at := time.Date(2013, 11, 28, 0, 0, 0, 0, qulaq.Almaty())
		if t, err := time.ParseInLocation(form, at.Format(form), qulaq.Almaty()); err != nil || qulaq.DayOf(t) != qulaq.DayOf(at) {
			return fmt.Errorf("%s: %q is not the form of a whole date, such as 02.01.2006", p.Key, form)
		}
	}
	for _, selector := range []string{p.Item, p.Link, p.Title, p.Date, p.Next, p.File, p.Body} {
		if selector == "" {
			continue
		}
		// A pattern in a selector is the one thing here that can be made to take long.
		if _, err := cascadia.ParseGroup(selector); err != nil || len(selector) > 500 {
			return fmt.Errorf("%s: %q is no CSS selector", p.Key, listing.Clip(selector, 100))
		}
	}
	return nil
}

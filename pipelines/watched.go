package pipelines

import (
	"context"
	"net/url"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// Watched is a listing in which an akimat's publications are looked for.
type Watched struct {
	Place     publication.Place
	Addresses []string  // that are read, without the number of the page; the language is asked for in a header
	Since     qulaq.Day // the day of the first look that read it to its end; 0 when there was none
}

// Watched lists the places in which what an akimat owes is looked for, and since when. district is "" for a region.
func (e *Environment) Watched(ctx context.Context, region, district string) (all []Watched, err error) {
	sources, err := e.PlanSources()
	if err != nil {
		return nil, err
	}
	base, err := url.Parse(e.Config.Plans.BaseURL)
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		if s.Region != region || s.District != district {
			continue
		}
		looks, err := e.Warehouse.Looks(ctx, s.Archive(), e.Now()) // oldest first
		if err != nil {
			return nil, err
		}
		for _, lang := range s.Langs() {
			w := Watched{Place: publication.Place{Source: s.Archive(), Lang: string(lang)}, Addresses: s.listings(base, lang)}
			for _, l := range looks {
				if l.Lang == string(lang) && l.Complete && l.Since == nil {
					w.Since = localDay(l.At)
					break
				}
			}
			all = append(all, w)
		}
	}
	return all, nil
}

// EverLooked says whether any listing was ever looked at, whatever came of it.
func (e *Environment) EverLooked(ctx context.Context) (bool, error) {
	looks, err := e.Warehouse.Looks(ctx, "", e.Now())
	return len(looks) > 0, err
}

// listings are the addresses at which it lists in one language.
func (s Source) listings(base *url.URL, lang listing.Lang) (all []string) {
	if s.Site != nil {
		return s.Site.Listings[lang]
	}
	for _, slug := range s.Slugs() {
		all = append(all, s.Documents(base, slug))
	}
	return all
}

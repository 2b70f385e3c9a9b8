package govkz

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/fetch"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

// organisationsSource is what the archive calls the list of all organisations.
const organisationsSource = archivePrefix + "_organisations"

// maxOrganisations is what is asked for at most, and maxAnswer how much of the answer is read.
const (
	maxOrganisations = 20_000
	maxAnswer        = 64 << 20
)

// askings is how often the list is asked for when what comes is no JSON, which happens.
const askings = 3

// Organisation is one that has a place on the platform. Its ID is the slug of its documents.
type Organisation struct {
	ID, Name string
	Parent   string // ID of the one above; empty when none is told
	Class    string // the kind of organisation, by name; empty when none is told
}

// Organisations asks for all organisations on the platform: the way to find the akimats of districts. An
// answer that is no JSON is asked for again, three times in all; then it is an error whose reason is a
// *listing.Trouble. Other errors are those of fetch.Client.Get.
func (c *Client) Organisations(ctx context.Context, lang listing.Lang) (all []Organisation, attempts []fetch.Attempt, err error) {
	address := c.base.ResolveReference(&url.URL{Path: graphqlPath}).String()
	question, err := json.Marshal(map[string]string{"query": fmt.Sprintf(
		"{ projectdetails(_size: %d) { id project_name parent_govorg { id } class { name } } }", maxOrganisations)})
	if err != nil {
		return nil, nil, err
	}
	var last error
	for range askings {
		snap, asked, err := c.get.Page(ctx, organisationsSource, address+"#"+langMark+string(lang), fetch.Request{
			URL: address, Body: question,
			Header: http.Header{"Content-Type": {"application/json"}, "Accept-Language": {string(lang)}},
		})
		attempts = append(attempts, asked...)
		if err != nil {
			return nil, attempts, err
		}
		text, err := readAll(snap)
		if err != nil {
			return nil, attempts, err
		}
		var t *listing.Trouble
		if all, t = organisations(text); t == nil {
			return all, attempts, nil
		}
		last = listing.Fail("ask for organisations", address, t)
		if !listing.IsPage(text) && t.Outcome != listing.Cut {
			break // JSON, of another shape
		}
	}
	return nil, attempts, last
}

// organisations reads the answer.
func organisations(text []byte) ([]Organisation, *listing.Trouble) {
	if listing.IsPage(text) {
		return nil, listing.Unexpected(text)
	}
	var answer struct {
		Data struct {
			Organisations []struct {
				ID     json.RawMessage `json:"id"`
				Name   string          `json:"project_name"`
				Parent *struct {
					ID json.RawMessage `json:"id"`
				} `json:"parent_govorg"`
				Class *struct {
					Name string `json:"name"`
				} `json:"class"`
			} `json:"projectdetails"`
		} `json:"data"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, &listing.Trouble{Outcome: listing.Cut, Detail: fmt.Sprintf("no JSON: it begins %q", listing.Clip(string(text[:min(len(text), 400)]), 100))}
	}
	if len(answer.Errors) > 0 {
		return nil, &listing.Trouble{Outcome: listing.ChangedShape, Detail: "the server says: " + listing.Clip(answer.Errors[0].Message, 200)}
	}
	var all []Organisation
	for _, o := range answer.Data.Organisations {
		one := Organisation{ID: plainID(o.ID), Name: listing.Clip(o.Name, maxName)}
		if o.Parent != nil {
			one.Parent = plainID(o.Parent.ID)
		}
		if o.Class != nil {
			one.Class = listing.Clip(o.Class.Name, maxName)
		}
		if one.ID != "" {
			all = append(all, one)
		}
	}
	if len(all) == 0 {
		return nil, &listing.Trouble{Outcome: listing.ChangedShape, Detail: "the answer has no organisations"}
	}
	return all, nil
}

func readAll(snap qulaq.Snapshot) ([]byte, error) {
	body, err := listing.Open(snap)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(io.LimitReader(body, maxAnswer))
}

// State says whether a slug exists.
type State string

// The states of a slug.
const (
	Found    State = "found"
	NotFound State = "not_found"
	NotAsked State = "not_asked" // the platform could not be asked, so nothing is known
)

// Check is what became of one slug.
type Check struct {
	Key, Slug string
	State     State
	Name      string // as the platform calls the organisation; when found
	Detail    string // why it could not be asked
}

// Verify asks the platform which slugs of the sources exist, in Russian. The checks are there with and
// without an error: with one, all say NotAsked.
func (c *Client) Verify(ctx context.Context, sources []Source) ([]Check, error) {
	all, _, err := c.Organisations(ctx, "ru")
	names := map[string]string{}
	for _, o := range all {
		names[o.ID] = o.Name
	}
	var checks []Check
	for _, s := range sources {
		for _, slug := range s.Slugs() {
			check := Check{Key: s.Key, Slug: slug, State: NotFound}
			name, ok := names[slug]
			switch {
			case err != nil:
				check.State = NotAsked
				_, check.Detail = listing.Judge(err)
			case ok:
				check.State, check.Name = Found, name
			}
			checks = append(checks, check)
		}
	}
	return checks, err
}

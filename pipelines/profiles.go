package pipelines

import (
	"errors"
	"fmt"
	"os"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/complaint"
)

// profile returns the profile of a configured source, with what the configuration says of its files.
func (e *Environment) profile(s ComplaintSource) (*complaint.Profile, error) {
	var p *complaint.Profile
	if s.Profile != "" {
		text, err := os.ReadFile(s.Profile)
		if err != nil {
			return nil, &qulaq.Error{Op: "read profile", Object: s.Profile, Kind: qulaq.Configuration, Err: err}
		}
		if p, err = complaint.ParseProfile(s.Profile, text); err != nil {
			return nil, err
		}
		if p.Source != s.Source {
			return nil, &qulaq.Error{
				Op: "read profile", Object: s.Profile, Kind: qulaq.Configuration,
				Err: fmt.Errorf("it is of source %q, the configuration says %q", p.Source, s.Source),
			}
		}
	} else {
		all, err := complaint.Profiles()
		if err != nil {
			return nil, err
		}
		if p, err = findProfile(all, s.Source); err != nil {
			return nil, err
		}
	}
	if s.Separator != "" {
		p.Separator = s.Separator
	}
	if s.Quoted != nil {
		p.Quoted = s.Quoted
	}
	if s.Encoding != "" {
		p.Encoding = s.Encoding
	}
	if err := p.Validate(); err != nil {
		return nil, &qulaq.Error{Op: "read configuration of complaints", Object: s.Source, Kind: qulaq.Configuration, Err: err, Hint: "correct it in the configuration"}
	}
	return p, nil
}

func findProfile(all []*complaint.Profile, source string) (*complaint.Profile, error) {
	var names []string
	for _, p := range all {
		if p.Source == source {
			return p, nil
		}
		names = append(names, p.Source)
	}
	return nil, &qulaq.Error{
		Op: "find profile", Object: source, Kind: qulaq.Configuration, Err: errors.New("there is no such source"),
		Hint: fmt.Sprintf("built in are %q; for another one write a profile and name it with `profile:`", names),
	}
}

package govkz

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract/listing"
)

//go:embed sources.yaml
var builtIn []byte

// Source is one akimat that publishes on gov.kz.
type Source struct {
	Key      string   `yaml:"key"`      // names the source for ever
	Slug     string   `yaml:"slug"`     // how gov.kz calls it; the key unless said otherwise
	More     []string `yaml:"more"`     // further slugs that are searched too
	Region   string   `yaml:"region"`   // KATO, nine digits
	District string   `yaml:"district"` // KATO of a district's akimat; else empty
	Level    Level    `yaml:"level"`
	HowSure  HowSure  `yaml:"how_sure"` // that Slug is right
	// Since is the day the region was founded, YYYY-MM-DD, where entries of before it may concern another
	// region; else empty.
	Since string `yaml:"since"`
	Name  Names  `yaml:"name"`
}

// Names are one name in three languages.
type Names struct {
	RU string `yaml:"ru"`
	KK string `yaml:"kk"`
	EN string `yaml:"en"`
}

// Level says whose akimat it is.
type Level string

// The levels.
const (
	Oblast   Level = "oblast"
	City     Level = "city" // of republican significance
	District Level = "district"
)

// HowSure says how well it is known that a slug is right.
type HowSure string

// How sure one can be.
const (
	Seen   HowSure = "seen"   // entries were read under it
	Listed HowSure = "listed" // a directory has it
	Weak   HowSure = "weak"   // inferred
)

// Archive returns what the archive calls the source: "govkz/aqmola".
func (s Source) Archive() string { return archivePrefix + s.Key }

const archivePrefix = "govkz/"

// Slugs returns all slugs to be searched.
func (s Source) Slugs() []string { return append([]string{s.Slug}, s.More...) }

// SinceDay returns the day of Since.
func (s Source) SinceDay() (day qulaq.Day, ok bool) {
	day, err := qulaq.ParseDay(s.Since)
	return day, err == nil
}

// Sources returns the built-in sources in the order of their KATO, changed and followed by those of the
// operator's file, which may be empty. A file that cannot be read, an unknown key (with its line), or a source that is
// not whole is an error of kind Configuration.
func Sources(override []byte) ([]Source, error) {
	var own []Source
	if err := listing.ReadYAML(override, &own); err != nil {
		return nil, wrong(err)
	}
	return With(own)
}

// With returns the built-in sources in the order of their KATO, changed and followed by the operator's own. One of a
// known key changes what it names; one of another key is a new source and is whole. A source that is not whole is
// an error of kind Configuration.
func With(own []Source) ([]Source, error) {
	all, err := parse(builtIn)
	if err != nil {
		return nil, &qulaq.Error{Op: "read built-in sources of gov.kz", Kind: qulaq.Bug, Err: err}
	}
	if all, err = merge(own, all); err == nil {
		err = check(all)
	}
	if err != nil {
		return nil, wrong(err)
	}
	return all, nil
}

func wrong(err error) error {
	return &qulaq.Error{
		Op: "read sources of gov.kz", Kind: qulaq.Configuration, Err: err,
		Hint: "a source has a key, a region (KATO, nine digits), a level and a name; the key of a built-in one changes that",
	}
}

func parse(text []byte) ([]Source, error) {
	var own []Source
	if err := listing.ReadYAML(text, &own); err != nil {
		return nil, err
	}
	all, err := merge(own, nil)
	if err == nil {
		err = check(all)
	}
	return all, err
}

func merge(own, all []Source) ([]Source, error) {
	all = slices.Clone(all)
	for i, s := range own {
		at := slices.IndexFunc(all, func(o Source) bool { return o.Key == s.Key })
		switch {
		case at >= 0 && slices.ContainsFunc(own[:i], func(o Source) bool { return o.Key == s.Key }):
			return nil, fmt.Errorf("entry %d: the key %q is there twice", i+1, s.Key)
		case at >= 0:
			all[at] = s.over(all[at])
		default:
			all = append(all, s.over(Source{Slug: s.Key, HowSure: Weak}))
		}
	}
	return all, nil
}

// over returns s with what it does not say taken from another.
func (s Source) over(b Source) Source {
	def := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	def(&s.Slug, b.Slug)
	def(&s.Region, b.Region)
	def(&s.District, b.District)
	def((*string)(&s.Level), string(b.Level))
	def((*string)(&s.HowSure), string(b.HowSure))
	def(&s.Since, b.Since)
	def(&s.Name.RU, b.Name.RU)
	def(&s.Name.KK, b.Name.KK)
	def(&s.Name.EN, b.Name.EN)
	if s.More == nil {
		s.More = b.More
	}
	return s
}

var (
	slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)
	kato     = regexp.MustCompile(`^[0-9]{9}$`)
)

// CheckAkimat says what is wrong with whose site it is: key, places, level and name.
func (s Source) CheckAkimat() error {
	switch {
	case !slugForm.MatchString(s.Key):
		return fmt.Errorf("the key %q is not made of small letters, digits and hyphens", s.Key)
	case !kato.MatchString(s.Region) || s.District != "" && !kato.MatchString(s.District):
		return fmt.Errorf("%s: region and district are KATO codes of nine digits, in quotation marks", s.Key)
	case s.Level != Oblast && s.Level != City && s.Level != District:
		return fmt.Errorf("%s: level is oblast, city or district", s.Key)
	case (s.Level == District) != (s.District != ""):
		return fmt.Errorf("%s: the akimat of a district has a district, and no other", s.Key)
	case s.Name.RU == "" && s.Name.KK == "":
		return fmt.Errorf("%s: it has no name", s.Key)
	}
	if s.Since != "" {
		if _, err := qulaq.ParseDay(s.Since); err != nil {
			return fmt.Errorf("%s: since: %w", s.Key, err)
		}
	}
	return nil
}

func check(all []Source) error {
	searched := map[string]string{}
	for _, s := range all {
		if err := s.CheckAkimat(); err != nil {
			return err
		}
		if s.HowSure != Seen && s.HowSure != Listed && s.HowSure != Weak {
			return fmt.Errorf("%s: how_sure is seen, listed or weak", s.Key)
		}
		for _, slug := range s.Slugs() {
			if !slugForm.MatchString(slug) {
				return fmt.Errorf("%s: the slug %q is not made of small letters, digits and hyphens", s.Key, slug)
			}
			if other, ok := searched[slug]; ok {
				return fmt.Errorf("%s and %s both search the slug %q", other, s.Key, slug)
			}
			searched[slug] = s.Key
		}
	}
	return nil
}

package complaint

import (
	"slices"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/status"
)

// Vocabularies turn words into codes and take personal data out of them. They are immutable and shared by
// all mappers.
type Vocabularies struct {
	Places       *region.Gazetteer
	Categories   *category.Table
	Statuses     *status.Table
	Personal     *pii.Redactor
	ApplicantKey []byte // of the hash that stands for an applicant; nil: nothing stands for one
}

// NewVocabularies reads the built-in vocabularies beside places and personal data. Nothing stands for an applicant.
func NewVocabularies(places *region.Gazetteer, personal *pii.Redactor) (*Vocabularies, error) {
	categories, err := category.New()
	if err != nil {
		return nil, err
	}
	statuses, err := status.New()
	if err != nil {
		return nil, err
	}
	return &Vocabularies{Places: places, Categories: categories, Statuses: statuses, Personal: personal}, nil
}

// eras returns the days on which any place begins or ceases: between two of them answers do not change.
func (v *Vocabularies) eras() []qulaq.Day {
	seen := map[qulaq.Day]bool{}
	var days []qulaq.Day
	for _, u := range v.Places.Units() {
		for _, d := range []qulaq.Day{u.ValidFrom, u.ValidTo} {
			if d != 0 && !seen[d] {
				seen[d] = true
				days = append(days, d)
			}
		}
	}
	slices.Sort(days)
	return days
}

// masked returns a text about odd rows without personal data.
func (v *Vocabularies) masked(s string) string { return string(v.Personal.Redact(nil, []byte(s))) }

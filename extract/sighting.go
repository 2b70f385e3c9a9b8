package extract

import (
	"encoding/json"
	"errors"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
)

// Sighting says that some content was seen at some place. Who calls Archive.Put fills in Source and Origin
// and what is known of the rest; Put fills in Size and Hash, and SeenAt, Name and ExportedAt where they
// are zero.
type Sighting struct {
	SeenAt time.Time `json:"seen_at"`
	Source string    `json:"source"` // the profile that reads it: "eotinish"
	// Origin is an absolute path, or an address without credentials (see fetch.Redact).
	Origin string `json:"origin"`
	Name   string `json:"name"` // last part of the origin
	Size   int64  `json:"size"` // bytes as received
	// Hash is of the content as received. In the journal it is 64 hexadecimal digits.
	Hash       qulaq.Hash `json:"-"`
	ExportedAt time.Time  `json:"exported_at"` // see ExportedAt

	// Of a file.
	ModTime time.Time `json:"mod_time,omitzero"` // to the nanosecond: a rewritten file shows by it
	Inode   uint64    `json:"inode,omitempty"`   // a file put in place of another shows by it

	// Of an address, as the server said it.
	Status       int    `json:"status,omitempty"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"` // as sent, because it is sent back as it is
	MediaType    string `json:"media_type,omitempty"`    // "text/csv", without parameters
}

// plain is a Sighting without its methods.
type plain Sighting

// MarshalJSON writes the sighting as the journal holds it.
func (s Sighting) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		plain
		Hash string `json:"hash"`
	}{plain(s), s.Hash.String()})
}

// UnmarshalJSON reads a line of the journal. A sighting without source, origin, times or a whole hash is an
// error; fields that it does not know are left out, so that an older program can read a newer journal.
func (s *Sighting) UnmarshalJSON(line []byte) error {
	var wire struct {
		plain
		Hash string `json:"hash"`
	}
	if err := json.Unmarshal(line, &wire); err != nil {
		return err
	}
	hash, err := qulaq.ParseHash(wire.Hash)
	if err != nil {
		return err
	}
	got := Sighting(wire.plain)
	got.Hash = hash
	if err := got.check(); err != nil {
		return err
	}
	*s = got.local()
	return nil
}

// check holds what every sighting in the journal has.
func (s Sighting) check() error {
	switch {
	case s.Source == "" || s.Origin == "":
		return errors.New("a sighting without source or origin")
	case !isSet(s.SeenAt) || !isSet(s.ExportedAt):
		return errors.New("a sighting without its times")
	case s.Size < 0:
		return errors.New("a sighting of fewer than no bytes")
	}
	return nil
}

// isSet reports whether somebody set the time: file systems and servers that know none say 1970-01-01 or
// the end of time. JSON holds years of four digits, in every zone.
func isSet(t time.Time) bool { return t.Unix() > 0 && t.Year() < 9999 }

// local makes a sighting the same before it is written and after it is read: its times have no monotonic
// clock, and the zone of Almaty, so that its days are those of the people who made it. A time of
// modification that says nothing is left out.
func (s Sighting) local() Sighting {
	s.SeenAt = s.SeenAt.Round(0).In(qulaq.Almaty())
	s.ExportedAt = s.ExportedAt.Round(0).In(qulaq.Almaty())
	if isSet(s.ModTime) {
		s.ModTime = s.ModTime.Round(0).In(qulaq.Almaty())
	} else {
		s.ModTime = time.Time{}
	}
	return s
}

// complete fills in what Put promises to.
func (s Sighting) complete(now time.Time) Sighting {
	// JSON holds Unicode only, and a file's name may be any bytes.
	s.Origin, s.Name = validText(s.Origin), validText(s.Name)
	if s.Name == "" {
		s.Name = path.Base(s.Origin)
	}
	if s.SeenAt.IsZero() {
		s.SeenAt = now
	}
	if s.ExportedAt.IsZero() {
		modified := s.ModTime
		if t, err := http.ParseTime(s.LastModified); err == nil && modified.IsZero() {
			modified = t
		}
		s.ExportedAt = ExportedAt(s.Name, modified, s.SeenAt)
	}
	return s.local()
}

// same reports whether b tells nothing new: all but the times of looking agree. Both are local, so equal
// times are equal values.
func (s Sighting) same(b Sighting) bool {
	b.SeenAt, b.ExportedAt = s.SeenAt, s.ExportedAt
	return s == b
}

// validText replaces what is no UTF-8 by U+FFFD.
func validText(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// ExportedAt returns when the publisher made a file, in whole seconds of Asia/Almaty:
//
//   - the one full date in its name, YYYY-MM-DD, YYYY_MM_DD, YYYYMMDD or DD.MM.YYYY of the years 2000 to
//     2100, at local midnight, or at the local time that follows it as T0830, T083000, _0830 or _083000;
//   - without one, or with several that differ, as the two ends of a range do: modified;
//   - without that (zero, or 1970-01-01, or the year 9999, which mean that nobody set it): seen.
func ExportedAt(name string, modified, seen time.Time) time.Time {
	t, ok := dateInName(name)
	if !ok {
		t = modified
		if !isSet(t) {
			t = seen
		}
	}
	return t.Truncate(time.Second).In(qulaq.Almaty())
}

// The forms of a date in a name, and of the time behind it. All are of fixed length.
var (
	dateForms = []string{"2006-01-02", "2006_01_02", "20060102", "02.01.2006"}
	timeForms = []string{"T1504", "T150405", "_1504", "_150405"}
)

// dateInName returns the date that the name holds, with the time behind it. Several must agree.
func dateInName(name string) (found time.Time, ok bool) {
	for i := range len(name) {
		if i > 0 && isDigit(name[i-1]) {
			continue // in the middle of a number
		}
		t, end, match := firstForm(name, i, dateForms)
		if !match || t.Year() < 2000 || t.Year() > 2100 {
			continue
		}
		_, _, another := firstForm(name, end+1, dateForms) // 2026-05-01_2026-05-31 holds no time 20:26
		if c, _, match := firstForm(name, end, timeForms); match && !another {
			t = time.Date(t.Year(), t.Month(), t.Day(), c.Hour(), c.Minute(), c.Second(), 0, t.Location())
		}
		if ok && !t.Equal(found) {
			return time.Time{}, false
		}
		found, ok = t, true
	}
	return found, ok
}

// firstForm reads name from position i in the first of the forms that fits. No digit may follow.
func firstForm(name string, i int, forms []string) (t time.Time, end int, ok bool) {
	for _, form := range forms {
		end := i + len(form)
		if end > len(name) || end < len(name) && isDigit(name[end]) {
			continue
		}
		if t, err := time.ParseInLocation(form, name[i:end], qulaq.Almaty()); err == nil {
			return t, end, true
		}
	}
	return time.Time{}, 0, false
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

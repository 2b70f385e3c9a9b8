package meeting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/fold"
)

// Form is a publication as it was seen first with one content, and what was read of it. An entry that was changed
// later has several.
type Form struct {
	ID         string    // of the entry, unique within the source and language
	Lang       string    // of the listing
	Stamp      time.Time // when it was published, as the site says; zero when it does not say, or shows that of a migration
	SeenAt     time.Time // when this form was first seen
	ListedAt   time.Time // when its entry was first seen, in whatever form
	FileSeenAt time.Time // the same of the file that rows were read from
	Page       qulaq.Hash
	Index      int // of the entry in that page, from 1
	Result     Result
}

// Role says what a paper is to the others of its akimat, sort and time.
type Role string

// The roles.
const (
	Current     Role = "current"     // its rows count
	Replaced    Role = "replaced"    // by a later form of it, or a later paper on most of the same places
	Translation Role = "translation" // of one that counts
	Unread      Role = "unread"      // no meeting could be read of it
)

// Publication is a row of the table meeting_papers.
type Publication struct {
	Form Form
	ID   string
	Role Role
}

// Fact is a row of the table meetings: what all papers together say of a meeting.
type Fact struct {
	Row
	ID             string
	CalendarID     string // the publication that planned it: of a calendar; "" for none
	AnnouncementID string // that announced it
	ResultsID      string // that says what became of it; of a missed one, the results that cover its day and do not list it
	SeenAt         time.Time

	lang string // of the paper
}

// Facts are all rows of one source.
type Facts struct {
	Source   string
	Meetings []Fact
	Papers   []Publication
}

// New joins the papers of a source.
//
//   - Of one akimat, sort and time the later paper replaces the earlier one when it has half of its places; papers on
//     other places stand side by side. Of two languages one counts: Russian, unless the other has more rows.
//   - What was announced or is in results is the meeting of the calendar whose place and day, or month or quarter, it
//     has, when there is only one such.
//   - What was planned and is in no paper stays planned, unless results prove that it was missed; see proves.
//
// The same papers give the same facts, in whatever order they are handed in.
func New(source string, forms []Form) Facts {
	f := Facts{Source: source}
	f.Papers = papersOf(forms)
	var planned, told []Fact
	for _, sort := range []Sort{Calendar, Announcement, Results} {
		for _, p := range f.Papers {
			if p.Role != Current || p.Form.Result.Paper.Sort != sort {
				continue
			}
			for _, row := range p.Form.Result.Rows {
				fact := p.fact(row)
				switch {
				case sort == Calendar:
					planned = append(planned, fact)
				case sort == Announcement:
					planned = join(planned, []Fact{fact})
				default:
					told = append(told, fact)
				}
			}
		}
	}
	f.Meetings = join(planned, told)
	f.miss()
	f.number()
	return f
}

// fact makes a fact of a row of the paper.
func (p *Publication) fact(row Row) Fact {
	f := Fact{Row: row, SeenAt: p.Form.FileSeenAt, lang: p.Form.Result.Paper.Lang}
	switch p.Form.Result.Paper.Sort {
	case Calendar:
		f.CalendarID = p.ID
	case Announcement:
		f.AnnouncementID = p.ID
	}
	if p.Form.Result.Paper.Sort == Results || row.Status != Planned { // a calendar may say itself what became of it
		f.ResultsID = p.ID
	}
	return f
}

// number gives every meeting an id that stays as long as its place and its planned time do, and puts them in order.
func (f *Facts) number() {
	slices.SortStableFunc(f.Meetings, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.identity(), b.identity()), cmp.Compare(a.HeldOn, b.HeldOn), cmp.Compare(a.key(), b.key()))
	})
	seen := map[string]int{}
	for i := range f.Meetings {
		m := &f.Meetings[i]
		id := fmt.Sprintf("%s/%016x", f.Source, xxhash.Sum64String(m.identity()))
		if seen[id]++; seen[id] > 1 {
			id = fmt.Sprintf("%s/%d", id, seen[id])
		}
		m.ID = id
	}
}

// spot says whose meetings are held where.
func (m *Row) spot() string {
	who := ""
	if m.Level == Ministry {
		who = fold.RussianKey(m.Who)
	}
	return strings.Join([]string{string(m.Kind), string(m.Level), m.Region, m.District, placeKey(m.Place), who}, "\x00")
}

// identity is what stays of a meeting through its papers.
func (m *Row) identity() string {
	return fmt.Sprint(m.spot(), "\x00", cmp.Or(m.PlannedOn, m.PlannedFrom, m.HeldOn))
}

// key is all that a row says.
func (m *Row) key() string {
	return fmt.Sprint(
		m.identity(), m.PlannedOn, m.PlannedTo, m.HeldOn, m.Status, m.Time, m.Participants, m.Raised, m.Resolved, "\x00", fold.RussianKey(m.Venue+"\x00"+m.Measure),
	)
}

// typeWords say what sort of place a name is of.
var typeWords = []string{"с", "село", "села", "аул", "ауыл", "ауылы", "поселок", "поселка", "пос", "п", "сельский", "сельского", "округ", "округа", "округи", "со", "о", "ауылдык", "г", "город", "города"}

// placeKey is the name of a village or an okrug without the words for what it is, to be compared.
func placeKey(place string) string {
	words := strings.Fields(fold.RussianKey(place))
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(typeWords, w) }), " ")
}

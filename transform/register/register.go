package register

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Form is a publication as it was seen first with one content, and what was read of it. An entry whose title,
// text or files were changed later has several.
type Form struct {
	ID     string    // of the entry, unique within the source and language
	Lang   string    // of the listing
	Stamp  time.Time // when it was published, as the site says; zero when it does not, or shows the stamp of a migration
	SeenAt time.Time // when this form was first seen
	// ListedAt is when its entry was first seen, under whatever title and with whatever content; SeenAt, or zero,
	// where it was not changed since.
	ListedAt time.Time
	Page     qulaq.Hash
	Index    int // of the entry in that page, from 1
	Files    int // attached; the text of the page is not counted
	Hashes   []qulaq.Hash
	Result   plan.Result
	// Of the file that the items were read from: what it was, whether it was recognised from pictures, and when
	// it was first seen.
	Format     table.Format
	Recognised bool
	FileSeenAt time.Time

	number int       // which form of its entry it is, from 1
	day    qulaq.Day // on which this form was published, as the site says, else as the paper does; 0 unknown
}

// Role says what a publication is to its plan.
type Role string

// The roles.
const (
	Current     Role = "current"     // its items count
	Replaced    Role = "replaced"    // by a later version
	Translation Role = "translation" // of the version that counts
	Copy        Role = "copy"        // says again what an earlier publication said
	Unread      Role = "unread"      // its items could not be read, and those of another could
)

// Publication is a row of the table publications.
type Publication struct {
	Form   Form
	ID     string
	Kind   string
	Why    string
	Role   Role
	PlanID string
}

// Plan is a row of the table plans.
type Plan struct {
	ID       string
	Main     Form // the version that counts; of several parts the one with the most items
	MainID   string
	First    qulaq.Day // the first day on which any version was published; 0 unknown
	Versions int
	Items    int
}

// Item is a row of the table plan_items.
type Item struct {
	plan.Item
	ID       string
	PlanID   string
	First    qulaq.Day // of the first version that has it; 0 unknown
	Vanished qulaq.Day // of the first version that has it no more; 0 while it is there
	SeenAt   time.Time // when its file was first seen
}

// Facts are all rows of one source.
type Facts struct {
	Source       string
	Plans        []Plan
	Items        []Item
	Publications []Publication
}

// New makes the facts of a source.
func New(source string, forms []Form) Facts {
	f := Facts{Source: source}
	forms = ordered(forms)
	groups := map[string][]Form{}
	var names []string
	for _, x := range forms {
		if x.Result.Plan.Kind != plan.IsPlan {
			f.Publications = append(f.Publications, Publication{Form: x, ID: x.publicationID(), Kind: x.kind(), Why: x.why()})
			continue
		}
		name := planID(source, x)
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], x)
	}
	for _, name := range names {
		f.add(name, groups[name])
	}
	slices.SortFunc(f.Plans, func(a, b Plan) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Items, func(a, b Item) int { return cmp.Or(cmp.Compare(a.PlanID, b.PlanID), cmp.Compare(a.ID, b.ID)) })
	slices.SortFunc(f.Publications, func(a, b Publication) int { return cmp.Compare(a.ID, b.ID) })
	return f
}

// ordered numbers the forms of each entry and puts all into the order in which they were published.
func ordered(forms []Form) []Form {
	forms = slices.Clone(forms)
	slices.SortFunc(forms, func(a, b Form) int {
		return cmp.Or(a.SeenAt.Compare(b.SeenAt), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Lang, b.Lang), slices.Compare(a.Page[:], b.Page[:]))
	})
	last := map[[2]string]int{}
	for i := range forms {
		x := &forms[i]
		key := [2]string{x.ID, x.Lang}
		last[key]++
		x.number = last[key]
		switch {
		case x.number > 1 || !x.ListedAt.IsZero() && x.ListedAt.Before(x.SeenAt): // the site does not say when it changed something: seen is the day that is known
			x.day = dayOf(x.SeenAt)
		case !x.Stamp.IsZero():
			x.day = dayOf(x.Stamp)
		case x.Result.Plan.DatedOn <= dayOf(x.SeenAt): // a paper dated after it was seen bears another day than its own
			x.day = x.Result.Plan.DatedOn
		}
	}
	slices.SortStableFunc(forms, func(a, b Form) int { return cmp.Compare(a.dayAtLatest(), b.dayAtLatest()) })
	return forms
}

func dayOf(t time.Time) qulaq.Day { return qulaq.DayOf(t.In(qulaq.Almaty())) }

// dayAtLatest is the day on which the form was there, for order alone.
func (x Form) dayAtLatest() qulaq.Day {
	if x.day != 0 {
		return x.day
	}
	return dayOf(x.SeenAt)
}

func (x Form) publicationID() string {
	id := x.ID + "/" + x.Lang
	if x.number > 1 {
		id += fmt.Sprintf("/%d", x.number)
	}
	return id
}

// kind is what the table says of what is no plan: a paper that could not be read as far as to tell is no lookalike.
func (x Form) kind() string {
	if x.Result.Plan.Kind != plan.IsPlan && x.Result.Plan.Unreadable != "" {
		return "unreadable"
	}
	return string(x.Result.Plan.Kind)
}

func (x Form) why() string {
	return cmp.Or(x.Result.Plan.Unreadable, strings.Join(x.Result.Plan.Why, "; "))
}

// planID names a plan by whose it is and the period of its meetings. What is the source's own region needs no
// words.
func planID(source string, x Form) string {
	p := x.Result.Plan
	id := source
	if p.District != "" {
		id += "/" + p.District
	} else if p.Region != "" {
		id += "/" + p.Region
	}
	if p.PeriodFrom == 0 {
		return id + "/" + x.ID
	}
	return id + "/" + period(p.PeriodFrom, p.PeriodTo)
}

// period names a span of days as people do: 2022-H2, 2022, 2022-Q3, else its days.
func period(from, to qulaq.Day) string {
	year := from.Time().Year()
	for _, known := range []struct {
		form        string
		first, last time.Month
	}{
		{"%d", 1, 12},
		{"%d-H1", 1, 6},
		{"%d-H2", 7, 12},
		{"%d-Q1", 1, 3},
		{"%d-Q2", 4, 6},
		{"%d-Q3", 7, 9},
		{"%d-Q4", 10, 12},
	} {
		if from == qulaq.Date(year, known.first, 1) && to == qulaq.Date(year, known.last+1, 0) {
			return fmt.Sprintf(known.form, year)
		}
	}
	return from.String() + ".." + to.String()
}

package meeting

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Sort says what a paper is.
type Sort string

// The sorts of papers. Those but None are kinds of obligations too: see transform/publication.
const (
	None         Sort = "none"
	Calendar     Sort = "calendar"     // of meetings that are to be held in a year or a part of it
	Announcement Sort = "announcement" // of one meeting, before it
	Results      Sort = "results"      // of meetings that were held
)

// sorts are asked in this order: results speak of the calendar that they follow, and a calendar may be announced.
var sorts = []Sort{Results, Calendar, Announcement}

// Judgement says what a paper is, of whom and of which time.
type Judgement struct {
	Sort  Sort
	Kind  Kind     // of its meetings
	Why   []string // the phrases that told, as listed
	Title string   // of the publication, else of the paper; without personal data
	Level Level    // of the akim whose meetings they are; "" when the paper does not say, or speaks of several
	// Region and District are the KATO codes of the akimat; "" when the paper does not say.
	Region, District string
	Scope            string // of a paper of a region's akim or a minister, the district that it names; "" when it names none
	// PeriodFrom and PeriodTo are the time that the paper covers, as its title says; 0 when it does not. That of an
	// announcement is the day of the meeting.
	PeriodFrom, PeriodTo qulaq.Day
	Lang                 string // see transform/lang
}

// Kind says what sort of meeting it is.
type Kind string

// The kinds of meetings.
const (
	Meeting   Kind = "meeting"   // an official comes to the people
	Reception Kind = "reception" // people come to an official, one by one
)

// Bounds of what is looked at for the title of a paper that bears none.
const (
	headLines = 12
	headBytes = 400 // of a line
)

// Candidate says whether a listing's entry with this title may be a calendar, an announcement or results, so that its
// files are worth fetching.
func (r *Reader) Candidate(title string) bool {
	sort, _, _ := r.sortOf(title)
	return sort != None
}

// Judge says what a paper is from the title of its entry, "" for a lone file, and from its documents. An action plan
// is none of the sorts, whatever its title has.
func (r *Reader) Judge(title string, docs []*table.Document) Judgement {
	whole := r.plans.Judge(title, docs)
	j := Judgement{Sort: None, Region: whole.Region, District: whole.District, PeriodFrom: whole.PeriodFrom, PeriodTo: whole.PeriodTo, Lang: whole.Lang}
	if whole.Kind == plan.IsPlan {
		j.Why = []string{"it is an action plan"}
		return j
	}
	said := ""
	for _, text := range append([]string{title, whole.Title}, heads(docs)...) {
		if j.Sort, j.Kind, j.Why = r.sortOf(text); j.Sort != None {
			said = text
			break
		}
	}
	j.Title = r.masked(cut(cmp.Or(title, whole.Title, said), headBytes*2))
	if j.Sort == None {
		return j
	}
	for _, text := range append([]string{said, title, whole.Title}, heads(docs)...) {
		if j.Level = r.levelIn(text, j.Region); j.Level != "" {
			break
		}
	}
	if j.Level == "" {
		j.Level = r.levelByName(said)
	}
	switch j.Level {
	case Ministry:
		j.Region, j.District, j.Scope = "", "", j.District
	case Oblast, City:
		j.District, j.Scope = "", j.District
	}
	return j
}

// sortOf says of what sort a paper with a title is: it must speak of officials and people who meet, and of nothing
// that other papers are about.
func (r *Reader) sortOf(title string) (sort Sort, kind Kind, why []string) {
	key := keyed(strings.ReplaceAll(title, "_", " "))
	kind = Meeting
	met := r.says("meeting", key)
	if met == "" {
		kind, met = Reception, r.says("reception", key)
	}
	official, people := r.says("official", key), r.says("people", key)
	if met == "" || official == "" && people == "" || r.says("against", key) != "" {
		return None, "", nil
	}
	for _, sort := range sorts {
		if found := r.says(string(sort), key); found != "" {
			return sort, kind, []string{string(sort) + ": " + found, "meeting: " + met, "who: " + cmp.Or(official, people)}
		}
	}
	return None, "", nil
}

// heads returns what may be the titles of documents, of the lines that each begins with, above its first table or in
// the first rows of it: the last line, the last two, and so on. So the block above a title, which says who approved
// the paper, is left out where the title alone tells.
func heads(docs []*table.Document) []string {
	var all []string
	for _, d := range docs {
		var lines []string
		for _, part := range d.Parts {
			lines = append(lines, headOf(part)...)
			if len(lines) >= headLines || part.Grid != nil {
				break
			}
		}
		lines = lines[:min(len(lines), headLines)]
		for i := len(lines) - 1; i >= 0; i-- {
			all = append(all, strings.Join(lines[i:], " "))
		}
	}
	return all
}

// headOf returns the lines of a part that may be of a title: a paragraph, or rows of one cell above a heading.
func headOf(part table.Part) []string {
	if part.Grid == nil {
		if text := oneLine(part.Text); text != "" && len(text) <= headBytes {
			return []string{text}
		}
		return nil
	}
	var lines []string
	for at := range part.Grid.Rows {
		own := own(part.Grid, at)
		if len(own) > 1 || len(lines) == headLines {
			break
		}
		for _, c := range own {
			if text := oneLine(c.text); len(text) <= headBytes && utf8.RuneCountInString(text) > 1 {
				lines = append(lines, text)
			}
		}
	}
	return lines
}

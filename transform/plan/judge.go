package plan

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Kind says what sort of paper something is.
type Kind string

// The kinds of papers.
const (
	IsPlan    Kind = "plan"      // an action plan on what people raised at an akim's meetings with them
	Lookalike Kind = "lookalike" // has to do with plans or with meetings and is no such plan
	Other     Kind = "other"
)

// Judgement says what a paper is, of whom and of which time.
type Judgement struct {
	Kind  Kind
	Score int      // what speaks for a plan less what speaks against it; meant for people
	Why   []string // what was found, in words: "meeting +6: встреч… ~ акима"

	Title            string // of the paper itself, as it stands above the table; "" when there is none
	Region, District string // KATO of the akimat; "" when the paper does not say
	// PeriodFrom and PeriodTo are the period of the meetings, 0 when the paper does not say. Of a single meeting
	// it is the half-year of its day: plans are drawn up and reviewed by half-years.
	PeriodFrom, PeriodTo qulaq.Day
	Lang                 string // see transform/lang

	scope string // the district whose people were met, when the akimat is a region's
	// peoples says that District is only known as the place of the people: «на встречах акима с населением Шетского района».
	peoples bool
}

// groups are those of judge.tsv.
var groups = []string{"form", "meeting", "raised", "people", "population", "hint", "against-"}

// The scores from which a paper is a plan. What it calls itself does not suffice: there must be a meeting, or
// people who raised something and a table that answers them.
const (
	planScore  = 7
	tableScore = 3
)

// evidence gathers what a text and the tables of a paper say of its kind.
type evidence struct {
	best map[string]entry // by group
	rows int              // what the tables add
}

// weigh adds what a text says.
func (r *Reader) weigh(e *evidence, text string) {
	if e.best == nil {
		e.best = map[string]entry{}
	}
	for i, stands := range r.judging.find(split(text)) {
		if stands == 0 {
			continue
		}
		p := r.judging.all[i]
		if have, ok := e.best[p.means]; !ok || have.weight < p.weight {
			e.best[p.means] = p
		}
	}
}

// verdict returns kind, score and reasons.
func (e *evidence) verdict() (kind Kind, score int, why []string) {
	if _, met := e.best["population"]; met { // with others too
		delete(e.best, "against-others")
	}
	for means, p := range e.best {
		sign := "+"
		switch {
		case p.weight == 0:
			continue
		case strings.HasPrefix(means, "against-"):
			sign = "-"
			score -= p.weight
		default:
			score += p.weight
		}
		why = append(why, fmt.Sprintf("%s %s%d: %s", means, sign, p.weight, p.text))
	}
	slices.Sort(why)
	if e.rows > 0 {
		score += e.rows
		why = append(why, fmt.Sprintf("table +%d", e.rows))
	}
	meeting, raised := e.best["meeting"].weight, e.best["raised"].weight
	_, named := e.best["people"]
	people := meeting >= 3 || raised > 0 && named && e.rows > 0
	form := e.best["form"].weight
	_, announced := e.best["against-notice"]
	_, act := e.best["against-act"]
	switch {
	case score >= planScore && people && (form > 1 || form > 0 && raised > 0 || e.rows > 0 && (form > 0 || meeting >= 6 || raised > 0)):
		return IsPlan, score, why
	case (announced || act) && form < 2:
		return Other, score, why
	case meeting > 0 || form > 1 || !act && e.ofAnotherKind():
		return Lookalike, score, why
	}
	return Other, score, why
}

// ofAnotherKind says whether a paper is of a kind that looks like a plan: another plan, a calendar, a report, minutes.
func (e *evidence) ofAnotherKind() bool {
	for means := range e.best {
		switch means {
		case "form", "meeting", "raised", "people", "population", "hint", "against-act", "against-notice", "against-letter", "against-other":
		default:
			return true
		}
	}
	return false
}

// Candidate says whether a listing's entry with this title may be a plan, so that its files are worth fetching. It
// is rather too wide than too narrow: whatever calls itself a plan and nothing else, speaks of meetings, or names an
// act under which plans come without a name of their own.
func (r *Reader) Candidate(title string) bool {
	var e evidence
	r.weigh(&e, cyrillic(title))
	against := 0
	for means, p := range e.best {
		if strings.HasPrefix(means, "against-") {
			against = max(against, p.weight)
		}
	}
	if _, hint := e.best["hint"]; hint || e.best["meeting"].weight >= 3 {
		return true
	}
	return e.best["form"].weight+e.best["raised"].weight > max(1, against-2)
}

// Judge says what a paper is from the title of its entry, "" for a lone file, and from its documents: what stands
// above their tables, what the columns are called and, where there is no title, the names of the files. No akimat and no
// period is guessed.
func (r *Reader) Judge(title string, docs []*table.Document) Judgement {
	var papers []*paper
	for _, d := range docs {
		papers = append(papers, r.paper(d))
	}
	return r.judge(title, papers)
}

func (r *Reader) judge(title string, papers []*paper) Judgement {
	title = cyrillic(title)
	var e evidence
	r.weigh(&e, title)
	titles, around := []string{title}, []string(nil)
	var j Judgement
	sample := []byte(title)
	lettersOnly := !slices.ContainsFunc(papers, func(p *paper) bool { return !p.letter })
	for _, p := range papers {
		r.weigh(&e, p.title)
		r.weighMeeting(&e, p)
		if p.letter && title == "" && lettersOnly {
			e.best["against-letter"] = entry{means: "against-letter", weight: letterScore, text: "a letter without a table of issues"}
		}
		e.rows = max(e.rows, p.evidence())
		titles, around = append(titles, p.title), append(around, p.around...)
		j.Title = cmp.Or(j.Title, p.title)
		sample = append(append(sample, '\n'), p.sample()...)
	}
	if strings.Join(titles, "") == "" { // then the name of the file is the title
		for _, name := range names(papers) {
			r.weigh(&e, name)
		}
	}
	j.Kind, j.Score, j.Why = e.verdict()
	j.Lang = lang.Of(sample)
	j.Region, j.District, j.scope = r.akimat(titles, around)
	j.PeriodFrom, j.PeriodTo = period(titles, around)
	for _, p := range papers {
		if j.PeriodFrom == 0 && p.day != 0 {
			j.PeriodFrom, j.PeriodTo = halfYear(p.day)
		}
	}
	for _, find := range [...]func(title string, papers []*paper) (from, to qulaq.Day){periodOfPart, periodOfMeetings, periodBelow} {
		if j.PeriodFrom == 0 {
			j.PeriodFrom, j.PeriodTo = find(title, papers)
		}
	}
	for _, name := range names(papers) {
		if j.PeriodFrom == 0 && speaksOfPeriod(name) {
			j.PeriodFrom, j.PeriodTo = period([]string{name}, nil)
		}
		if j.Region == "" && speaksOfAkim(name) {
			j.Region, j.District, j.scope = r.placeOf(name)
		}
	}
	j.peoples = j.District != "" && !r.ofDistrict(titles) && !r.ofDistrict(around)
	return j
}

// names returns what the files of papers are called, in words, and what their properties say: the last to be asked,
// where the papers do not say.
func names(papers []*paper) []string {
	var all []string
	for _, p := range papers {
		if name := p.doc.Name; !strings.Contains(name, "://") && len(name) <= headBytes {
			name = strings.TrimSuffix(name, path.Ext(name))
			all = append(all, cyrillic(strings.ReplaceAll(name, "_", " ")))
		}
		all = append(all, oneLine(cut(p.doc.Title, headBytes)))
	}
	return all
}

// letterScore is what speaks against a letter: it may quote the whole title of the plan that it sends.
const letterScore = 12

// weighMeeting looks for the meeting around a title that does not speak of one, above a table of issues and measures:
// what the minutes are of to which a plan is an annex. Of a recognised title lines may be lost or out of order, and
// of its table a heading.
func (r *Reader) weighMeeting(e *evidence, p *paper) {
	least := tableScore
	if p.doc.Recognised {
		least = 2
	}
	if e.best["meeting"].weight >= 4 || e.best["form"].weight < 2 || p.evidence() < least {
		return
	}
	var near evidence
	for _, line := range p.around {
		if !r.isProse(line) {
			r.weigh(&near, line)
		}
	}
	if found, ok := near.best["meeting"]; ok && found.weight >= 4 {
		e.best["meeting"] = found
	}
}

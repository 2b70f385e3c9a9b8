package plan

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/table"
)

// Publication is what was published at one place: an entry of a listing with its files, or a file alone.
type Publication struct {
	Title, URL  string    // of the entry; empty for a lone file
	Region      string    // KATO of the akimat whose site it is; "" unknown
	District    string    // the same of a district's akimat
	PublishedOn qulaq.Day // 0 unknown
	Files       []File    // the entry's body and its attachments, in order
}

// File is a file of a publication and what its reader made of it.
type File struct {
	Name      string
	Hash      qulaq.Hash
	Documents []*table.Document
	Err       error // why it could not be read; nil when it could
}

// Plan is what a publication says as a whole.
type Plan struct {
	Kind  Kind
	Score int
	Why   []string // see Judgement

	Title                string // of the entry, else of the paper; without personal data
	Region, District     string // KATO of the akimat; "" unknown
	PeriodFrom, PeriodTo qulaq.Day
	PublishedOn          qulaq.Day // as the site says, else DatedOn; 0 unknown
	DatedOn              qulaq.Day // the day that the paper itself bears: of its approval or signature; 0 unknown
	URL                  string
	Lang                 string
	Hash                 qulaq.Hash // of the main file: the first that items were read from, else the first
	File                 string     // its name
	Member               string     // name of the document when the file is an archive of several
	Format               table.Format
	Recognised           bool // read from pictures: letters may be wrong
	Items                int
	Unreadable           string // why a plan has no items, or why it cannot be told whether it is one; "" otherwise
}

// Result is all that came of a publication. Of a publication that is no plan there is the verdict alone.
type Result struct {
	Plan     Plan
	Items    []Item
	Rejects  []qulaq.Reject
	Findings []qulaq.Finding
}

// What is odd about plans, beside the kinds of the domain.
const (
	UnknownDeadline qulaq.FindingKind = "unknown_deadline" // a deadline that is not understood; null
	UnknownCost     qulaq.FindingKind = "unknown_cost"     // a cost that is not understood; null
	UnknownTable    qulaq.FindingKind = "unknown_table"    // a table that may hold items and has no heading that is understood
	LongCell        qulaq.FindingKind = "long_cell"        // a cell beyond the limit; its beginning is kept
	TooManyItems    qulaq.FindingKind = "too_many_items"   // the rest of a publication is not read
	OtherAkimat     qulaq.FindingKind = "other_akimat"     // a paper names another akimat than the site it stands on
	OtherPeriod     qulaq.FindingKind = "other_period"     // documents of one publication speak of different periods
	GuessedColumns  qulaq.FindingKind = "guessed_columns"  // a table whose columns are told by their content, not by a heading
	SameAgain       qulaq.FindingKind = "same_again"       // a document that repeats another; not counted
	UnreadFile      qulaq.FindingKind = "unread_file"      // a file that could not be read
	UnreadPart      qulaq.FindingKind = "unread_part"      // pages or pictures of a document that were not read
	Recognised      qulaq.FindingKind = "recognised"       // text that came from recognition; letters may be wrong
)

// NoIssue is the reason of a row with neither an issue nor a measure.
const NoIssue qulaq.Reason = "no_issue"

const maxRaw = table.MaxRaw

// Read reads a publication. Several tables, documents and files of it are one plan; one that repeats another (the
// same file in a second format, or in the other language) counts once. It never fails: what cannot be read is in
// the result, as the reason why the plan is not readable, as a reject or as a finding.
func (r *Reader) Read(pub Publication) Result {
	var papers []*paper
	var of []File
	var findings []qulaq.Finding
	for _, f := range pub.Files {
		if f.Err != nil {
			findings = append(findings, qulaq.Finding{Kind: UnreadFile, Subject: r.masked(f.Name), Detail: r.masked(f.Err.Error()), Count: 1})
		}
		for _, d := range f.Documents {
			papers, of = append(papers, r.paper(d)), append(of, f)
		}
	}
	whole := r.judge(pub.Title, papers)
	plan := Plan{
		Kind: whole.Kind, Score: whole.Score, Why: whole.Why, Title: r.masked(oneLine(cmp.Or(pub.Title, whole.Title))),
		Region: whole.Region, District: whole.District, PeriodFrom: whole.PeriodFrom, PeriodTo: whole.PeriodTo,
		PublishedOn: pub.PublishedOn, URL: pub.URL, Lang: whole.Lang,
	}
	if len(pub.Files) > 0 {
		plan.Hash, plan.File = pub.Files[0].Hash, r.masked(pub.Files[0].Name)
	}
	res := Result{Plan: plan, Findings: findings}
	r.onSite(&res, pub, whole.peoples)
	if whole.Kind != IsPlan {
		if leftOpen(pub, papers) {
			res.Plan.Unreadable = r.whyNot(&res, pub, papers)
		}
		return res
	}
	var all []*reading
	for i, p := range papers {
		own := r.judge("", []*paper{p})
		if own.Kind != IsPlan && pub.Title == "" && len(papers) > 1 {
			continue
		}
		if own.PeriodFrom != 0 && (own.PeriodFrom != res.Plan.PeriodFrom || own.PeriodTo != res.Plan.PeriodTo) {
			res.Findings = append(res.Findings, qulaq.Finding{
				Kind: OtherPeriod, Subject: r.masked(p.doc.Name), Count: 1,
				Detail: fmt.Sprintf("its title says %v to %v, the plan is of %v to %v", own.PeriodFrom, own.PeriodTo, res.Plan.PeriodFrom, res.Plan.PeriodTo),
			})
		}
		all = append(all, r.readPaper(p, of[i], &res.Plan, cmp.Or(own.scope, own.District, whole.scope, res.Plan.District)))
	}
	r.assemble(&res, all)
	regionOfItems(&res, kindOf(akimsPlace(cmp.Or(whole.Title, pub.Title))))
	res.Plan.DatedOn = plausible(res.Plan.DatedOn, res.Plan.PeriodFrom, res.Plan.PeriodTo)
	res.Plan.PublishedOn = cmp.Or(pub.PublishedOn, res.Plan.DatedOn)
	res.Plan.Unreadable = r.whyNot(&res, pub, papers)
	return res
}

// leftOpen says whether a publication that does not call itself a plan may hold one all the same: something of it could
// not be read, and nothing that could be read has a table. A line on the page or a letter may come with the plan as a
// scan; a calendar comes with a scan of itself.
func leftOpen(pub Publication, papers []*paper) bool {
	unread := slices.ContainsFunc(pub.Files, func(f File) bool { return f.Err != nil })
	words := false
	for _, p := range papers {
		unread, words = unread || p.doc.Unread > 0, words || len(p.doc.Parts) > 0
		for _, part := range p.doc.Parts {
			if g := part.Grid; g != nil && g.Width > 1 && len(g.Rows) > 1 {
				return false
			}
		}
	}
	return unread || !words
}

// onSite completes whose plan it is by whose site it stands on. What the paper says goes first; a contradiction is a
// finding. On the site of a region the people of one district were met by the region's akim, where it is not said that it
// was another.
func (r *Reader) onSite(res *Result, pub Publication, peoples bool) {
	p := &res.Plan
	reg, district := pub.Region, pub.District
	if reg == "" && district != "" {
		reg, district = r.split(district)
	}
	switch {
	case p.Region == "":
		p.Region, p.District = reg, district
	case peoples && p.Region == reg && district == "":
		p.District = ""
	case reg != "" && (p.Region != reg || district != "" && p.District != "" && p.District != district):
		res.Findings = append(res.Findings, qulaq.Finding{
			Kind: OtherAkimat, Subject: cmp.Or(p.District, p.Region), Count: 1,
			Detail: fmt.Sprintf("the paper names %s, it stands on the site of %s", cmp.Or(p.District, p.Region), cmp.Or(district, reg)),
		})
	}
}

// regionOfItems completes whose plan it is where its title says «акима области» or «акима города» and not of which: of
// the region, or the city of republican significance, that has all the districts that its items name, two at least.
func regionOfItems(res *Result, akim string) {
	if res.Plan.Region != "" {
		return
	}
	first, other := "", false
	for _, it := range res.Items {
		switch {
		case it.District == "":
		case first == "":
			first = it.District
		case it.District[:2] != first[:2]:
			return
		default:
			other = other || it.District != first
		}
	}
	if !other || akim != "область" && (akim != "город" || first < firstCity) {
		return
	}
	res.Plan.Region = first[:2] + "0000000"
	for i := range res.Items {
		res.Items[i].Region = res.Plan.Region
	}
}

// firstCity is the lowest code of a city of republican significance.
const firstCity = "700000000"

// readPaper reads the tables of one document.
func (r *Reader) readPaper(p *paper, f File, plan *Plan, scope string) *reading {
	d := &reading{Reader: r, file: f, doc: p.doc, region: plan.Region, scope: scope, since: plan.PeriodFrom}
	if plan.PeriodFrom != 0 && plan.PeriodFrom.Time().Year() == plan.PeriodTo.Time().Year() {
		d.year = plan.PeriodTo.Time().Year()
	}
	if d.year == 0 || p.year == d.year || p.year == d.year+1 {
		d.approved = p.year
	}
	for _, s := range p.sheets {
		if s.guessed {
			d.find(GuessedColumns, s.label(p.doc), "no heading tells its columns", s.grid.Rows[0].Line, s)
		}
		d.read(s)
	}
	d.dated = cmp.Or(p.dated, r.datedBelow(p, d.items))
	d.findings = append(d.findings, unheaded(p)...)
	for _, f := range p.doc.Findings {
		f.Subject, f.Detail = r.masked(f.Subject), r.masked(f.Detail)
		d.findings = append(d.findings, f)
	}
	if n := p.doc.Unread; n > 0 {
		d.findings = append(d.findings, qulaq.Finding{Kind: UnreadPart, Subject: r.masked(p.doc.Name), Detail: "pages or pictures that were not read", Count: int64(n)})
	}
	if p.doc.Recognised {
		d.findings = append(d.findings, qulaq.Finding{Kind: Recognised, Subject: r.masked(p.doc.Name), Detail: "letters may be wrong", Count: 1})
	}
	return d
}

// assemble joins what the documents of a publication hold, each plan once.
func (r *Reader) assemble(res *Result, all []*reading) {
	kept, dropped := once(all)
	for _, d := range kept {
		res.Plan.DatedOn = cmp.Or(res.Plan.DatedOn, d.dated)
		res.Rejects = append(res.Rejects, d.rejects...)
		res.Findings = append(res.Findings, d.findings...)
		if len(res.Items) == 0 && len(d.items) > 0 {
			res.Plan.Hash, res.Plan.File = d.file.Hash, r.masked(d.file.Name)
			res.Plan.Format, res.Plan.Recognised = d.doc.Format, d.doc.Recognised
			if d.doc.Name != d.file.Name {
				res.Plan.Member = r.masked(d.doc.Name)
			}
			res.Plan.Lang = cmp.Or(langOf(d.items), res.Plan.Lang)
		}
		room := maxItems - len(res.Items)
		res.Items = append(res.Items, d.items[:min(room, len(d.items))]...)
	}
	for _, c := range dropped {
		res.Findings = append(res.Findings, qulaq.Finding{
			Kind: SameAgain, Subject: r.masked(c.copy.doc.Name), Count: int64(len(c.copy.items)), Detail: "repeats " + r.masked(c.of.doc.Name),
		})
	}
	res.Plan.Items = len(res.Items)
}

// langOf returns the language of a plan's items.
func langOf(items []Item) string {
	var b strings.Builder
	for _, it := range items {
		if b.Len() > lang.Limit {
			break
		}
		b.WriteString(it.Issue + "\n" + it.Measure + "\n")
	}
	return lang.Of([]byte(b.String()))
}

// whyNot says why a plan has no items, "" when it has.
func (r *Reader) whyNot(res *Result, pub Publication, papers []*paper) string {
	if res.Plan.Items > 0 {
		return ""
	}
	for _, f := range pub.Files {
		if f.Err != nil {
			return r.masked(reason(f.Err))
		}
	}
	switch {
	case len(pub.Files) == 0:
		return "there is no file"
	case len(papers) == 0:
		return "there is no document in the files"
	}
	for _, p := range papers {
		if p.doc.Unread > 0 {
			return "pages or pictures that were not read"
		}
	}
	return "there is no table of issues"
}

// reason returns the innermost words of an error: what a person wants to know of a file.
func reason(err error) string {
	for _, known := range []error{table.ErrEncrypted, table.ErrDamaged, table.ErrTooLarge, table.ErrFormat} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return err.Error()
}

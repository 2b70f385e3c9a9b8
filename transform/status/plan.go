package status

import "cmp"

// Statuses of an item of an action plan. The codes are public.
const (
	Resolved          = "resolved"
	InProgress        = "in_progress"
	Planned           = "planned"
	Funded            = "funded"             // the money is allotted
	FundingConsidered = "funding_considered" // it depends on money that is not allotted yet
	NoDocuments       = "no_documents"       // design and estimate documents are missing or in the making
	NotSupported      = "not_supported"
	LongTerm          = "long_term"
	Explained         = "explained"
)

var planStatuses = []string{
	Resolved, InProgress, Planned, Funded, FundingConsidered, NoDocuments, NotSupported, LongTerm, Explained, Unknown,
}

// noRank is that of a wording that says nothing; inProgressRank that of «в работе», which every reason outranks.
const (
	noRank         = 99
	inProgressRank = 8
)

// PlanItem returns the status of an item of an action plan from what a free cell says of it, in Russian,
// Kazakh or English: «Исполнено. Дорога отремонтирована в 2022 г.» is "resolved".
//
// Where a cell says several things, the head of plan.tsv says which is the status: what was done in part goes
// before verdicts on the whole («исполнено», «не поддерживается»), those before reasons (long-term, documents,
// money), reasons before work under way, and «в работе» and «даны разъяснения» come last. «Не исполнено» is
// "in_progress": it is not resolved. One wrong letter in a word of seven or more is forgiven, where only one
// word can be meant.
//
// An empty cell and one that says it does not know are "unknown" and known; a cell without any listed wording
// is "unknown" and not known, worth a finding. A table without a column of statuses has no status at all,
// which is not for this function to say. Only the first 4 KiB and 200 words of a cell are read.
func (t *Table) PlanItem(text string) (status string, known bool) {
	words := t.words(text)
	if len(words) == 0 || silent[words[0].text] && len(words) == 1 {
		return Unknown, true
	}
	best := find{wording: &wording{rank: noRank}}
	for _, f := range t.findAll(words) {
		f = f.negated(words)
		if c := cmp.Compare(f.rank, best.rank); c < 0 || c == 0 && f.status != "" && f.at[0] < best.at[0] {
			best = f
		}
	}
	if best.status == "" {
		return Unknown, false
	}
	return best.status, true
}

// silent are the signs and words that stand for an empty cell.
var silent = map[string]bool{
	"-": true, "–": true, "—": true, "−": true, "х": true, "x": true, `\n`: true, "null": true, "none": true, "nan": true,
	"…": true, "...": true,
}

// negated returns what a find says when a negation stands beside it.
func (f find) negated(words []cellWord) find {
	first, last := f.at[0], f.at[len(f.at)-1]
	if !(first > 0 && negatedBefore[words[first-1].text] || last+1 < len(words) && negatedBehind[words[last+1].text]) {
		return f
	}
	if f.status == Resolved {
		return find{&wording{rank: inProgressRank, status: InProgress}, f.at}
	}
	return find{&wording{rank: noRank}, f.at}
}

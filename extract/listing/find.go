package listing

import "github.com/qulaq-kz/qulaq"

// The kinds of findings that listings have of their own. A field that the reader does not know is an
// UnknownColumn.
const (
	EmptyCard    qulaq.FindingKind = "empty_card"    // an entry without anything, as an API gives them
	NoID         qulaq.FindingKind = "no_id"         // an entry that cannot be told from others
	BadCard      qulaq.FindingKind = "bad_card"      // an entry that could not be read, or was too large
	BadField     qulaq.FindingKind = "bad_field"     // a field of another form, or too long; it counts as not told
	BadLink      qulaq.FindingKind = "bad_link"      // an address that is none
	FilterFailed qulaq.FindingKind = "filter_failed" // an entry older than those that were asked for
	Repeated     qulaq.FindingKind = "repeated"      // an entry that stands in the place of another: see Reading
	SizeDiffers  qulaq.FindingKind = "size_differs"  // a file that is not as large as its name says
)

// maxFindings is how many different findings are kept apart.
const maxFindings = 100

// Findings counts findings by kind and subject. The zero value has none.
type Findings struct {
	list []qulaq.Finding
	at   map[[2]string]int
}

// Add counts one more of a finding. Detail and place are those of the first; line is the number of the
// entry in its page, from 1.
func (f *Findings) Add(kind qulaq.FindingKind, subject, detail string, line int) {
	subject = Clip(subject, 100)
	key := [2]string{string(kind), subject}
	if i, ok := f.at[key]; ok {
		f.list[i].Count++
		return
	}
	if len(f.list) >= maxFindings {
		key = [2]string{string(qulaq.ManyFindings)}
		kind, subject, detail = qulaq.ManyFindings, "", "more different findings than are kept apart"
		if i, ok := f.at[key]; ok {
			f.list[i].Count++
			return
		}
	}
	if f.at == nil {
		f.at = map[[2]string]int{}
	}
	f.at[key] = len(f.list)
	f.list = append(f.list, qulaq.Finding{Kind: kind, Subject: subject, Detail: Clip(detail, 300), Count: 1, Line: int64(line)})
}

// List returns the findings in the order in which they were first met.
func (f *Findings) List() []qulaq.Finding { return f.list }

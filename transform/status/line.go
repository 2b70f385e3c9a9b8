package status

import (
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// ofAppeals are the words by which systems of appeals name a state and which plans use as well, as keys. A
// line of such a word, alone or with what states.tsv lists behind it, is the state of an appeal.
var ofAppeals = []string{
	"завершено", "завершен", "завершена", "закрыто", "закрыт", "закрыта", "в работе", "открыто",
	"аяқталды", "аяқталған", "жабылды", "жабық", "жұмыста", "closed", "open", "in work",
}

// Line returns the status that one line of text names, where it is not known of what: a complaint or an item
// of an action plan. It is the answer of `qulaq normalize status`, and "unknown" where there is none.
//
//  1. A whole line of the vocabulary of appeals is a complaint's when plans have no such notion (a delay,
//     withdrawn, forwarded) or when the words are the state as e-Otinish and the contact centres 109 print it:
//     «Завершено» is "closed", «Закрыто» too, and «В работе», which plans say as well, is "open".
//  2. Everything else is a plan's if PlanItem knows it: «Исполнено» is "resolved", «На исполнении» and
//     «В работе, ведутся переговоры» are "in_progress", «Даны разъяснения» is "explained".
//  3. What is left is a complaint's if its vocabulary lists it: «Зарегистрировано» is "open".
//
// A caller that knows what it has before it asks Complaint or PlanItem instead.
func (t *Table) Line(line string) string {
	var room [keyRoom]byte
	key := fold.AppendKey(room[:0], line)
	state, listed := t.find(key)
	appeal, _ := t.Complaint(line, "")
	if listed && (state.late == FlagTrue || state.phase == Withdrawn || state.phase == Forwarded || isOfAppeals(string(key))) {
		return appeal
	}
	if item, known := t.PlanItem(line); known && item != Unknown {
		return item
	}
	return appeal
}

func isOfAppeals(key string) bool {
	for _, word := range ofAppeals {
		if rest, ok := strings.CutPrefix(key, word); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	return false
}

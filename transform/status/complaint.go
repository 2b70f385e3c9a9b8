package status

import (
	"fmt"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// Statuses of a complaint. The codes are public.
const (
	Open          = "open"
	OpenOverdue   = "open_overdue"
	Closed        = "closed"
	ClosedOverdue = "closed_overdue"
	Withdrawn     = "withdrawn"
	Forwarded     = "forwarded"
	Unknown       = "unknown"
)

// progress is what a word says of how far an appeal has come. Either half may be missing.
type progress struct {
	phase string // Open, Closed, Withdrawn, Forwarded or empty
	late  Flag
}

// Complaint returns the status of a complaint from the two columns of e-Otinish, current_working_state and
// status_overdue. A source with one column leaves the other empty. The second column may also be a flag:
// Да, 1, true.
//
// The rules:
//
//  1. A value that no table lists makes the status unknown, and known is false.
//  2. The state says how far the complaint has come; where it is empty, the overdue column may («В работе
//     просрочено»). Where neither says, the status is unknown.
//  3. Withdrawn and forwarded have no lateness: the overdue column is not asked.
//  4. Late is what either column calls late. A column that only repeats the phase («Завершено») denies nothing.
//  5. Columns that contradict each other, open with closed or late with «Нет просрочки», make the status
//     unknown, and known is false. Which of the two is wrong cannot be told, and a delay is an accusation.
//
// When known is false the status is always unknown: worth a finding with both values.
func (t *Table) Complaint(state, overdue string) (code string, known bool) {
	first, known := t.state(state)
	if !known {
		return Unknown, false
	}
	second, known := t.overdue(overdue)
	if !known {
		return Unknown, false
	}
	if first.phase == Withdrawn || first.phase == Forwarded {
		return first.phase, true
	}
	phase, agree := either(first.phase, second.phase, "")
	if !agree {
		return Unknown, false
	}
	late, agree := either(first.late, second.late, FlagNull)
	if !agree {
		return Unknown, false
	}
	switch {
	case phase == "":
		return Unknown, true
	case late != FlagTrue:
		return phase, true
	case phase == Open:
		return OpenOverdue, true
	case phase == Closed:
		return ClosedOverdue, true
	}
	return phase, true
}

// either returns the one of two values that is not missing, and whether they agree.
func either[V comparable](a, b, missing V) (V, bool) {
	if a == missing || a == b {
		return b, true
	}
	return a, b == missing
}

// state looks a word up in the table of states. A word of delay alone is no state.
func (t *Table) state(s string) (progress, bool) {
	v, known := t.word(s)
	return v, known && (v.phase != "" || v.late == FlagNull)
}

// overdue is like state for the column of delays, where a flag or a word of delay is enough.
func (t *Table) overdue(s string) (progress, bool) {
	if v, known := t.word(s); known {
		return v, true
	}
	late, known := ParseFlag(s)
	return progress{late: late}, known
}

func (t *Table) word(s string) (progress, bool) {
	var room [keyRoom]byte
	key := fold.AppendKey(room[:0], s)
	if len(key) == 0 {
		return progress{}, true
	}
	return t.find(key)
}

// find looks a key up: a value that is listed, or a state and a delay that each are, in either order: «Аяқталды,
// мерзімі өткен», «Мерзімін бұзып қаралды».
func (t *Table) find(key []byte) (progress, bool) {
	if v, ok := t.states.Find(key); ok {
		return v, true
	}
	for i, b := range key {
		if b != ' ' {
			continue
		}
		first, ok := t.states.Find(key[:i])
		second, both := t.states.Find(key[i+1:])
		if !ok || !both {
			continue
		}
		if first.phase == "" {
			first, second = second, first
		}
		if first.phase != "" && first.late == FlagNull && second.phase == "" && second.late != FlagNull {
			return progress{first.phase, second.late}, true
		}
	}
	return progress{}, false
}

// readStates lists the rows of states.tsv; its head says what the columns mean.
func (t *Table) readStates(text string) error {
	rows, err := fold.ReadTable(text, 3)
	if err != nil {
		return err
	}
	for _, row := range rows {
		var p progress
		switch row[1] {
		case Open, Closed, Withdrawn, Forwarded:
			p.phase = row[1]
		case "-":
		default:
			return fmt.Errorf("%q: %q is no phase", row[0], row[1])
		}
		switch row[2] {
		case "yes":
			p.late = FlagTrue
		case "no":
			p.late = FlagFalse
		case "-":
		default:
			return fmt.Errorf("%q: lateness is yes, no or -, not %q", row[0], row[2])
		}
		if err := t.states.Add(row[0], p); err != nil {
			return err
		}
	}
	return nil
}

package status

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestComplaint(t *testing.T) {
	table := table(t)
	for _, c := range []struct {
		state, overdue string
		code           string
		known          bool
	}{
		// As exports of e-Otinish print them.
		{"Завершено", "Завершено", Closed, true},
		{"Завершено", "", Closed, true},
		{"Завершено с просрочкой", "Завершено с просрочкой", ClosedOverdue, true},
		{"Завершено с просрочкой", "", ClosedOverdue, true},
		{"В работе", "Нет просрочки", Open, true},
		{"В работе", "", Open, true},
		{"В работе с просрочкой", "В работе просрочено", OpenOverdue, true},
		{"В РАБОТЕ  С ПРОСРОЧКОЙ", "", OpenOverdue, true},

		// A state and a delay side by side.
		{"Аяқталды мерзімі өткен", "", ClosedOverdue, true},
		{"Мерзімі бұзылған, қарауда", "", OpenOverdue, true},
		{"Закрыта без просрочки", "", Closed, true},
		{"Просрочено, нет просрочки", "", Unknown, false},
		{"Завершено в работе", "", Unknown, false},
		{"Завершено в срок просрочено", "", Unknown, false},

		// Contact centres 109.
		{"закрыто", "", Closed, true},
		{"в работе", "", Open, true},

		// The overdue column adds lateness.
		{"Завершено", "Завершено с просрочкой", ClosedOverdue, true},
		{"В работе", "В работе просрочено", OpenOverdue, true},
		{"В работе", "Просрочено", OpenOverdue, true},
		{"Завершено", "Да", ClosedOverdue, true},
		{"В работе", "1", OpenOverdue, true},
		{"В работе", "true", OpenOverdue, true},
		{"Завершено", "Нет", Closed, true},
		{"В работе", "0", Open, true},
		{"В работе", "false", Open, true},
		{"В работе", "+", OpenOverdue, true},
		{"Завершено с просрочкой", "-", ClosedOverdue, true}, // a dash in the column of delays says nothing
		{"Завершено с просрочкой", "Да", ClosedOverdue, true},

		// A column that repeats the phase denies no lateness; one that says no does.
		{"Завершено с просрочкой", "Завершено", ClosedOverdue, true},
		{"Завершено с просрочкой", "Нет", Unknown, false},
		{"В работе с просрочкой", "Нет просрочки", Unknown, false},
		{"Завершено в срок", "Да", Unknown, false},

		// The columns disagree about the phase.
		{"Завершено", "В работе просрочено", Unknown, false},
		{"В работе", "Завершено с просрочкой", Unknown, false},
		{"В работе", "Завершено", Unknown, false},

		// Without a state the overdue column says it all, or not enough.
		{"", "В работе просрочено", OpenOverdue, true},
		{"", "Завершено с просрочкой", ClosedOverdue, true},
		{"", "Завершено", Closed, true},
		{"", "Да", Unknown, true},
		{"", "Нет просрочки", Unknown, true},
		{"", "", Unknown, true},
		{"Не указано", "", Unknown, true},
		{`\N`, `\N`, Unknown, true},

		// Withdrawn and forwarded have no lateness.
		{"Отозвано", "", Withdrawn, true},
		{"Отозвано", "Завершено с просрочкой", Withdrawn, true},
		{"Отозвано", "Нет", Withdrawn, true},
		{"Перенаправлено", "", Forwarded, true},
		{"Перенаправлено", "Да", Forwarded, true},
		{"Перенаправлено", "В работе просрочено", Forwarded, true},
		{"Перенаправлено", "чушь", Unknown, false},

		// Kazakh and English.
		{"Аяқталды", "", Closed, true},
		{"Мерзімі өтіп аяқталды", "", ClosedOverdue, true},
		{"Жұмыста", "Мерзімі өткен", OpenOverdue, true},
		{"Жұмыста", "Иә", OpenOverdue, true},
		{"Жұмыста", "Жоқ", Open, true},
		{"Қайта бағытталды", "", Forwarded, true},
		{"Кері қайтарып алынды", "", Withdrawn, true},
		{"In progress", "overdue", OpenOverdue, true},
		{"Closed", "no", Closed, true},
		{"open_overdue", "", OpenOverdue, true},
		{"closed_overdue", "closed_overdue", ClosedOverdue, true},
		{"unknown", "", Unknown, true},

		// Not listed.
		{"Улетело", "", Unknown, false},
		{"Улетело", "Завершено", Unknown, false},
		{"Завершено", "на 5 дней", Unknown, false},
		{"Завершено", "5", Unknown, false},
		{"Просрочено", "", Unknown, false}, // a delay is no state
		{"Просрочено", "В работе просрочено", Unknown, false},
		{"1", "", Unknown, false},
		{"Да", "Да", Unknown, false},
		{"Заверш\xffно", "", Unknown, false},
	} {
		code, known := table.Complaint(c.state, c.overdue)
		if code != c.code || known != c.known {
			t.Errorf("Complaint(%q, %q) = %q, %v, want %q, %v", c.state, c.overdue, code, known, c.code, c.known)
		}
	}
}

var statuses = []string{Open, OpenOverdue, Closed, ClosedOverdue, Withdrawn, Forwarded, Unknown}

func TestComplaintLaws(t *testing.T) {
	table := table(t)
	value := listed(t, statesFile)
	rapid.Check(t, func(t *rapid.T) {
		state, overdue := value.Draw(t, "state"), value.Draw(t, "overdue")
		code, known := table.Complaint(state, overdue)
		if !slices.Contains(statuses, code) || !known && code != Unknown {
			t.Fatalf("Complaint(%q, %q) = %q, %v", state, overdue, code, known)
		}
		for _, spell := range spellings {
			if again, known2 := table.Complaint(spell(state), spell(overdue)); again != code || known2 != known {
				t.Fatalf("Complaint(%q, %q) = %q, but spelled otherwise %q", state, overdue, code, again)
			}
		}
		// The overdue column may add lateness or bring doubt; it never turns one phase into another.
		alone, _ := table.Complaint(state, "")
		if phase := phaseOf(alone); phase != Unknown && phaseOf(code) != phase && code != Unknown {
			t.Fatalf("Complaint(%q, %q) = %q, but the state alone gives %q", state, overdue, code, alone)
		}
		if (alone == OpenOverdue || alone == ClosedOverdue) && code != alone && code != Unknown {
			t.Fatalf("Complaint(%q, %q) = %q, but the state alone gives %q", state, overdue, code, alone)
		}
	})
}

func phaseOf(code string) string {
	switch code {
	case OpenOverdue:
		return Open
	case ClosedOverdue:
		return Closed
	}
	return code
}

func FuzzComplaint(f *testing.F) {
	f.Add("Завершено", "Завершено с просрочкой")
	f.Add("В работе", "Да")
	f.Add("", "")
	f.Add("\xff", "—")
	table := table(f)
	f.Fuzz(func(t *testing.T, state, overdue string) {
		if code, known := table.Complaint(state, overdue); !slices.Contains(statuses, code) || !known && code != Unknown {
			t.Fatalf("Complaint(%q, %q) = %q, %v", state, overdue, code, known)
		}
	})
}

func BenchmarkComplaint(b *testing.B) {
	table := table(b)
	b.ReportAllocs()
	for b.Loop() {
		table.Complaint("В работе с просрочкой", "В работе просрочено")
	}
}

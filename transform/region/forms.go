package region

import "strings"

// declension is how names with one ending are declined: what the ending becomes. The endings that are meant
// for adjectives come first, and the first that fits holds.
var declension = []struct {
	nominative string
	forms      []string
}{
	{"ский", []string{"ского", "скому", "ским", "ском", "ская", "ской", "скую", "ское", "ские", "ских"}},
	{"ская", []string{"ской", "скую", "скою"}},
	{"цкий", []string{"цкого", "цкому", "цким", "цком", "цкая", "цкой", "цкую", "цкое"}},
	{"цкая", []string{"цкой", "цкую"}},
	{"ный", []string{"ного", "ному", "ным", "ном"}},
	{"ов", []string{"ова", "ову", "овом", "овым", "ове"}},
	{"ев", []string{"ева", "еву", "евом", "евым", "еве"}},
	{"ка", []string{"ки", "ке", "ку", "кой", "кою"}},
	{"га", []string{"ги", "ге", "гу", "гой", "гою"}},
	{"а", []string{"ы", "е", "у", "ой", "ою"}},
	{"я", []string{"и", "е", "ю", "ей", "ею"}},
	{"й", []string{"я", "ю", "ем", "е"}},
	{"ь", []string{"и", "ью", "я", "ю", "ем", "е"}}, // in either gender: Арысь, Есиль
	{"ш", []string{"ша", "шу", "шем", "ше"}},
}

// hard is how a name with a hard consonant at its end is declined.
var hard = []string{"а", "у", "ом", "е"}

// masculine are the forms of an oblast's adjective beside another word than «область»: «Акмолинский областной
// суд».
var masculine = []string{"ский", "ского", "скому", "ским", "ском", "ское", "ские", "ских"}

// russianForms returns the other cases of a Russian name in lower case. Names in у, о, е, ы, и, э, ю have none.
func russianForms(name string) []string {
	for _, d := range declension {
		if stem, ok := strings.CutSuffix(name, d.nominative); ok {
			return withEndings(stem, d.forms)
		}
	}
	if last := lastRune(name); strings.ContainsRune("бвгджзклмнпрстфхцчщ", last) {
		return withEndings(name, hard)
	}
	return nil
}

// Kazakh endings, by the vowels of the name (back or front) and by its last sound. The endings with -дағы
// make «Қарағандыдағы», the last ones «Алматының» and «алматылық».
var (
	backEndings = map[byte][]string{
		'v': {"ның", "ға", "ны", "да", "дан", "мен", "дағы", "лық"},
		's': {"дың", "ға", "ды", "да", "дан", "мен", "дағы", "лық"},
		'n': {"ның", "ға", "ды", "да", "нан", "мен", "дағы", "дық"},
		'z': {"дың", "ға", "ды", "да", "дан", "бен", "дағы", "дық"},
		't': {"тың", "қа", "ты", "та", "тан", "пен", "тағы", "тық"},
	}
	frontEndings = map[byte][]string{
		'v': {"нің", "ге", "ні", "де", "ден", "мен", "дегі", "лік"},
		's': {"дің", "ге", "ді", "де", "ден", "мен", "дегі", "лік"},
		'n': {"нің", "ге", "ді", "де", "нен", "мен", "дегі", "дік"},
		'z': {"дің", "ге", "ді", "де", "ден", "бен", "дегі", "дік"},
		't': {"тің", "ке", "ті", "те", "тен", "пен", "тегі", "тік"},
	}
)

// kazakhForms returns the other cases of a name in lower case, as Kazakh forms them.
func kazakhForms(name string) []string {
	endings := backEndings
	for _, r := range name {
		switch {
		case strings.ContainsRune("әөүіеиэ", r):
			endings = frontEndings
		case strings.ContainsRune("аоұыяёю", r):
			endings = backEndings
		}
	}
	var sound byte
	switch last := lastRune(name); {
	case strings.ContainsRune("аәоөұүыіеияэюё", last):
		sound = 'v'
	case strings.ContainsRune("рлйу", last):
		sound = 's'
	case strings.ContainsRune("мнң", last):
		sound = 'n'
	case strings.ContainsRune("зж", last):
		sound = 'z'
	case strings.ContainsRune("бвгғдкқпстфхцчшщ", last):
		sound = 't'
	default:
		return nil
	}
	return withEndings(name, endings[sound])
}

func withEndings(stem string, endings []string) []string {
	forms := make([]string, len(endings))
	for i, ending := range endings {
		forms[i] = stem + ending
	}
	return forms
}

func lastRune(s string) rune {
	last := rune(0)
	for _, r := range s {
		last = r
	}
	return last
}

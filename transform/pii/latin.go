package pii

// latinLetters are the ways in which a Cyrillic letter is written in Latin ones: in passports, in the Kazakh alphabets
// of the last years, and on a telephone. A letter that is not here falls out.
var latinLetters = map[rune][]string{
	'а': {"a"}, 'б': {"b"}, 'в': {"v"}, 'г': {"g"}, 'д': {"d"}, 'е': {"e"}, 'ё': {"yo"}, 'ж': {"zh", "j"}, 'з': {"z"}, 'и': {"i"},
	'й': {"y", "i"}, 'к': {"k"}, 'л': {"l"}, 'м': {"m"}, 'н': {"n"}, 'о': {"o"}, 'п': {"p"}, 'р': {"r"}, 'с': {"s"}, 'т': {"t"},
	'у': {"u"}, 'ф': {"f"}, 'х': {"kh", "h"}, 'ц': {"ts"}, 'ч': {"ch"}, 'ш': {"sh"}, 'щ': {"sh"}, 'ы': {"y"}, 'э': {"e"},
	'ю': {"yu", "iu"}, 'я': {"ya", "ia"}, 'ә': {"a"}, 'ғ': {"g", "gh"}, 'қ': {"k", "q"}, 'ң': {"n"}, 'ө': {"o"}, 'ұ': {"u"},
	'ү': {"u"}, 'һ': {"h"}, 'і': {"i"},
}

// latinForms returns the ways in which a name in small Cyrillic letters is written in Latin ones.
func latinForms(name string) []string {
	forms := []string{""}
	for _, letter := range name {
		ways := latinLetters[letter]
		if len(ways) == 0 {
			continue
		}
		longer := make([]string, 0, len(forms)*len(ways))
		for _, form := range forms {
			for _, way := range ways {
				longer = append(longer, form+way)
			}
		}
		forms = longer
	}
	return forms
}

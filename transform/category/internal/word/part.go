package word

// Part is a word or its beginning, whose weights the model knows: letters as in Word, and in the last four
// bits whether it is a beginning.
type Part uint64

const beginning = 1

// How long the beginnings are that count. They do the work of a stemmer for both languages and outlive a typo
// in the ending: «водопровод», «водопроводом» and «водапровод» share their first three letters, the first
// two six. Kazakh stems are often short (су, жол, жер, қар).
const (
	shortest = 2
	longest  = 6
)

// MaxParts is how many parts a word has at most.
const MaxParts = 1 + longest - shortest + 1

// AppendParts appends the parts of a word, itself first: «вода» is «вода», «во…», «вод…» and «вода…».
func (w Word) AppendParts(dst []Part) []Part {
	dst = append(dst, Part(w))
	for n := shortest; n <= longest && w<<((n-1)*letterBits)>>topLetter != 0; n++ {
		rest := 64 - n*letterBits
		dst = append(dst, Part(w>>rest<<rest)|beginning)
	}
	return dst
}

// String returns the part as it stands in the model.
func (p Part) String() string {
	s := Word(p &^ beginning).String()
	if p&beginning != 0 {
		s += "…"
	}
	return s
}

// ParsePart reads what String printed. It returns 0 for what no part looks like.
func ParsePart(s string) Part {
	text, cut := []byte(s), false
	if n := len(s) - len("…"); n > 0 && s[n:] == "…" {
		text, cut = text[:n], true
	}
	w, from, to := Next(text, 0)
	if from != 0 || to != len(text) {
		return 0
	}
	if cut {
		return Part(w) | beginning
	}
	return Part(w)
}

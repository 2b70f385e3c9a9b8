package layout

import "regexp"

// Shares of the height of a line that a mark of a note has at most, and by which its foot stands above that of the line
// at least.
const (
	markHeight = 0.75
	markRaised = 0.12
)

var (
	markText = regexp.MustCompile(`^(?:\d{1,2}\)?|\*{1,3})$`)
	// markedWord is what a mark may stand behind. The 2 and 3 of м2 and м3 are none, nor is a power of 10.
	markedWord = regexp.MustCompile(`[\pL)»".,;:!?]$`)
	measure    = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:мм|см|дм|м|км|га|m|cm|km)$`)
)

// noteMark says whether a word of the line is the mark of a note: a small raised number or stars, close behind a word.
func (l line) noteMark(i int) bool {
	if i == 0 || !markText.MatchString(l.words[i].Text) {
		return false
	}
	w, left := l.words[i], l.words[i-1]
	if (w.Text == "2" || w.Text == "3") && measure.MatchString(left.Text) {
		return false
	}
	return w.height() < markHeight*left.height() && left.Y1-w.Y1 > markRaised*left.height() &&
		w.X0-left.X1 < wordGap*left.height() && markedWord.MatchString(left.Text)
}

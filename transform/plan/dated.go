package plan

import (
	"regexp"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/dates"
)

// The day that a paper bears is that of its approval («Утверждаю … «12» января 2023 года»), else of its number in the
// title («№ 54 от 24.09.2026»), else of the act that it is an annex to, else of a line that says of what day it is,
// else of the signature below its last item. The first of these that names a day decides; where it names two, nobody
// can tell. The days of meetings, of minutes and of decrees are none of these, nor is a day without such words around
// it.

// approvalLines is how many lines a block of approval has behind its first, at most.
const approvalLines = 7

// Days on which a paper may have been written: plans of meetings with the population are no older than firstPaper,
// and a paper is written after the first meeting and no more than longest after the last.
var firstPaper = qulaq.Date(2015, 1, 1)

const longest = 2 * 366

// numbered is what stands before the day of the paper in its title, and behind that the day.
var numbered = regexp.MustCompile(`(?i)(?:(\pL+)\s*)?(?:№\s*\S+\s+)?(?:^|\s)от\s+(["«“]?\s*[0-9].{0,60})`)

// approvedOn is the same of words for an approval within a title.
var approvedOn = regexp.MustCompile(`(?i)(?:утвержд[её]н|бекітілген)\S*\s(.{0,120})`)

// calledPlan are the words by which a title calls the paper itself.
var calledPlan = []string{"план", "мероприят", "действ", "карт", "переч", "жоспар", "шара"}

// block is what sort of lines stand above a title.
type block uint8

const (
	noBlock  block = iota
	approval       // утверждаю
	annex          // приложение к распоряжению
	unasked        // согласовано, приложение к протоколу: a day, and not the paper's
)

// blockOf returns the block that a line begins, or the one that it is in.
func (r *Reader) blockOf(line string, now block) block {
	words := split(cut(line, headBytes))
	has := func(beginnings ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(w, b) })
		})
	}
	switch {
	case has("протокол", "хаттама"), has("согласов", "келисил", "келисем"):
		return unasked
	case has("утвержд", "бекит"):
		return approval
	case has("приложени", "косымша") && now == noBlock:
		return annex
	}
	return now
}

// datedAbove returns the day that a paper bears above its table, 0 when there is none or there are two. The lines of
// the title are head[from:to].
func (r *Reader) datedAbove(head []string, from, to int) qulaq.Day {
	var by [unasked + 1][]qulaq.Day
	var lines []qulaq.Day
	now, left := noBlock, 0
	for i, line := range head {
		if from <= i && i < to {
			now = noBlock
			continue
		}
		if next := r.blockOf(line, now); next != now || r.begins("approval", line) {
			now, left = next, approvalLines
		} else if left--; left < 0 {
			now = noBlock
		}
		days := dates.Days(line)
		if len(days) == 0 && i+1 < len(head) && i+1 != from && len(dates.Days(head[i+1])) == 0 { // «12» января, and below it the year
			days = dates.Days(line + " " + head[i+1])
		}
		if now == noBlock && r.begins("dated", line) {
			lines = append(lines, days...)
		}
		by[now] = append(by[now], days...)
	}
	title := titledOn(strings.Join(head[max(from, 0):max(to, 0)], " "))
	return oneDay(by[approval], title, by[annex], lines)
}

// titledOn returns the days that a title says of the paper itself.
func titledOn(title string) []qulaq.Day {
	for _, m := range numbered.FindAllStringSubmatch(title, -1) {
		word := strings.Join(split(m[1]), " ")
		if word == "" || slices.ContainsFunc(calledPlan, func(b string) bool { return strings.HasPrefix(word, b) }) {
			if days := dates.Days("от " + m[2]); len(days) > 0 {
				return days[:1]
			}
		}
	}
	if m := approvedOn.FindStringSubmatch(title); m != nil {
		return dates.Days(m[1])
	}
	return nil
}

// oneDay returns the day of the first of several lists that is not empty, 0 when it names several.
func oneDay(lists ...[]qulaq.Day) qulaq.Day {
	for _, days := range lists {
		if len(days) == 0 {
			continue
		}
		if slices.Min(days) != slices.Max(days) {
			return 0
		}
		return days[0]
	}
	return 0
}

// tailLines is how many lines below the last item are looked at, and tailWords how many words one of them has at most,
// the day included: a signature is no sentence.
const tailLines, tailWords = 12, 12

// datedBelow returns the day of the signature below the last item of a paper.
func (r *Reader) datedBelow(p *paper, items []Item) qulaq.Day {
	var days []qulaq.Day
	for _, line := range p.tail(items) {
		words := split(line)
		if len(words) > tailWords || r.begins("note", line) || slices.ContainsFunc(words, notOfSignature) {
			continue
		}
		days = append(days, dates.Days(line)...)
	}
	return oneDay(days)
}

func notOfSignature(word string) bool {
	for _, b := range []string{"состояни", "протокол", "хаттама", "встреч", "кездес", "жагда", "указ", "жарлы"} {
		if strings.HasPrefix(word, b) {
			return true
		}
	}
	return false
}

// tail returns the lines below the last item: of its table, and behind it.
func (p *paper) tail(items []Item) []string {
	if len(p.sheets) == 0 || len(items) == 0 {
		return nil
	}
	var lines []string
	last := items[len(items)-1]
	at := slices.IndexFunc(p.sheets, func(s *sheet) bool { return s.number == last.Table })
	if at < 0 || at != len(p.sheets)-1 {
		return nil
	}
	s := p.sheets[at]
	for row := last.row + 1; row < len(s.grid.Rows) && len(lines) < tailLines; row++ {
		var texts []string
		for _, c := range distinct(s.grid, row) {
			if text := oneLine(cut(c.text, headBytes)); text != "" && c.top == row {
				texts = append(texts, text)
			}
		}
		lines = append(lines, strings.Join(texts, " "))
	}
	for _, part := range p.doc.Parts[min(max(s.last, s.part)+1, len(p.doc.Parts)):] {
		if part.Grid != nil {
			for at := range part.Grid.Rows {
				for _, c := range distinct(part.Grid, at) {
					if c.top == at {
						lines = append(lines, strings.Split(cut(c.text, headBytes), "\n")...)
					}
				}
				if len(lines) > tailLines {
					return lines[:tailLines]
				}
			}
			continue
		}
		lines = append(lines, strings.Split(cut(part.Text, headBytes), "\n")...)
		if len(lines) > tailLines {
			return lines[:tailLines]
		}
	}
	return lines
}

// plausible returns the day that a paper bears, 0 where it cannot be that of a plan for these meetings.
func plausible(day, from, to qulaq.Day) qulaq.Day {
	if day < firstPaper || from != 0 && day < from || to != 0 && day > to+longest {
		return 0
	}
	return day
}

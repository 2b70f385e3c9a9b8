// Command learn writes letters.tsv of package layout: which letters follow which in the words of this repository's
// own texts, Russian and Kazakh. Run it in transform/layout, by go generate, when those texts have changed.
package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/transform/layout"
)

// sources hold the texts: what people write, what akimats write, names of bodies and places.
var sources = []string{
	"../category/training.tsv", "../category/categories.tsv", "../category/triples.tsv", "../category/lexicon.tsv",
	"../body/topics.tsv", "../body/kinds.tsv", "../body/forms.tsv", "../body/ministries.tsv",
	"../region/words.tsv", "../region/units.tsv", "../plan/header.tsv", "../plan/judge.tsv",
	"../status/plan.tsv", "../status/states.tsv", "../dates/words.tsv", "../money/words.tsv", "../report/words.tsv",
}

const (
	most  = 16 // times that one word counts: «улица» must not drown the rest
	least = 2  // runs of letters that are rarer are left out: they are half of the file and tell little
)

var word = regexp.MustCompile(`[а-яәғқңөұүһі]+`)

func main() {
	if err := learn("letters.tsv"); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1)
	}
}

func learn(path string) error {
	words := map[string]int{}
	for _, s := range sources {
		text, err := os.ReadFile(s)
		if err != nil {
			return err
		}
		for _, w := range word.FindAllString(strings.ReplaceAll(strings.ToLower(string(text)), "ё", "е"), -1) {
			words[w]++
		}
	}
	follow := map[string]map[rune]int{}
	for w, n := range words {
		for context, letter := range layout.Steps(w) {
			if follow[context] == nil {
				follow[context] = map[rune]int{}
			}
			follow[context][letter] += min(n, most)
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	b := bufio.NewWriter(f)
	fmt.Fprintln(b, "# Made by learn. Four letters, tab, what follows them and how often; ^ is before a word, $ behind it.")
	for _, context := range slices.Sorted(maps.Keys(follow)) {
		var line strings.Builder
		for _, letter := range slices.Sorted(maps.Keys(follow[context])) {
			if n := follow[context][letter]; n >= least {
				fmt.Fprintf(&line, " %c%d", letter, n)
			}
		}
		if line.Len() > 0 {
			fmt.Fprintf(b, "%s\t%s\n", context, line.String()[1:])
		}
	}
	return b.Flush()
}

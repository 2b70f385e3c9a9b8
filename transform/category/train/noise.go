package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// copies is how often a text is learnt besides as it stands.
const copies = 3

// noisy returns the texts as people send them: with greetings, addresses and thanks around
// them, which fit every category and so must say nothing; two of a kind in one letter; typos.
func noisy(texts []text, wrapping []string) []text {
	random := rand.New(rand.NewPCG(3, 4))
	var all []text
	for i, t := range texts {
		for range copies {
			body := t.text
			if random.IntN(3) == 0 {
				body = mistype(body, random)
			}
			if random.IntN(8) == 0 && i > 0 {
				other := texts[i-1-random.IntN(min(i, 40))]
				if other.code == t.code {
					body += " " + other.text
				}
			}
			for range random.IntN(4) {
				if len(wrapping) == 0 {
					break
				}
				if w := wrapping[random.IntN(len(wrapping))]; random.IntN(2) == 0 {
					body = w + " " + body
				} else {
					body += " " + w
				}
			}
			all = append(all, text{t.code, body})
		}
	}
	return all
}

// mistype drops, doubles or swaps a letter in up to two longer words.
func mistype(body string, random *rand.Rand) string {
	words := strings.Fields(body)
	for range 2 {
		i := random.IntN(len(words))
		letters := []rune(words[i])
		if len(letters) < 5 {
			continue
		}
		switch at := 1 + random.IntN(len(letters)-2); random.IntN(3) {
		case 0:
			letters = slices.Delete(letters, at, at+1)
		case 1:
			letters = slices.Insert(letters, at, letters[at])
		case 2:
			letters[at], letters[at+1] = letters[at+1], letters[at]
		}
		words[i] = string(letters)
	}
	return strings.Join(words, " ")
}

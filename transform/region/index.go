package region

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// entry says that a name may mean a row.
type entry struct {
	row       int32
	languages language // of the type words that it is spoken with
	bare      bool     // also without a type word: a town, an adjective («Медеуский»), an alias without one
	local     bool     // only where the region is known
	inflected bool     // it is another case of the name
	short     bool     // it is the beginning of the name: «Акм.обл»
	letters   uint8    // of the name itself
}

// index is from folded names, their cases and their sounds to what they may mean.
type index struct {
	entries map[string][]entry
	starts  map[string]bool // first words of names that have several
}

// newIndex reads the names of all rows.
func newIndex(v *vocabulary, rows []row) (*index, error) {
	ix := &index{entries: make(map[string][]entry, 1<<14), starts: map[string]bool{}}
	for i := range rows {
		r := &rows[i]
		names := append([]string{r.NameRU, r.NameKK, r.NameEN, r.ISO}, r.aliases...)
		for _, name := range names {
			if name == "" {
				continue
			}
			if err := ix.addName(v, int32(i), r, name); err != nil {
				return nil, fmt.Errorf("%s: %w", r.Code, err)
			}
		}
	}
	return ix, nil
}

// addName adds one name of a row in all its forms.
func (ix *index) addName(v *vocabulary, i int32, r *row, name string) error {
	e := entry{row: i}
	text, local := strings.CutPrefix(name, "~")
	e.local = local
	p := readPhrase(v, text)
	defer p.release()
	if !p.name || p.n == 0 {
		return fmt.Errorf("unreadable name %q", name)
	}
	core, w := p.named(p.whole())
	key := p.foldedText(core)
	if w.kind != untyped && w.kind != r.kind {
		return fmt.Errorf("%q is a name of something else", name)
	}
	adjective := isAdjective(key)
	e.bare = w.kind == untyped || w.kind == city || adjective
	if e.languages = w.language; w.kind == untyped {
		e.languages = anyLanguage
	}
	if name == r.NameKK { // «Ақтау Г.А.» has a Russian type word in the classifier
		e.languages |= kazakh
	}
	plain := string(p.plainText(core))
	e.letters = uint8(utf8.RuneCountInString(plain))
	ix.add(v, plain, e)
	ix.addStarts(p, core, text)
	if isLatin(key) || isDigit(key[len(key)-1]) {
		return nil
	}
	e.inflected = true
	stem, feminine := strings.CutSuffix(plain, "ская")
	switch {
	case feminine:
		ix.addForms(v, e, russian, russianForms(plain))
		ix.addBeginnings(v, e, stem)
		e.bare = false
		ix.addForms(v, e, russian, withEndings(stem, masculine))
	case e.bare:
		ix.addForms(v, e, russian, russianForms(plain))
		ix.addForms(v, e, kazakh, kazakhForms(plain))
	}
	if stem, ok := strings.CutSuffix(plain, "вский"); ok && r.kind == district {
		ix.addSeats(e, stem)
	}
	return nil
}

// addSeats adds the towns that a district is called after and English calls it by: «Osakarovka district» for
// «Осакаровский район».
func (ix *index) addSeats(e entry, stem string) {
	e.languages, e.bare = english, false
	for _, ending := range [...]string{"вка", "во"} {
		ix.addKey(string(appendSounds(nil, []byte(stem+ending))), e)
	}
}

// addForms adds other cases of a name in a language. «Успенское» and «Сатпаева» are names of villages and of
// streets: they mean a district and a town only beside a type word.
func (ix *index) addForms(v *vocabulary, e entry, lang language, forms []string) {
	if e.languages &= lang; e.languages == 0 {
		return
	}
	bare := e.bare
	for _, form := range forms {
		e.bare = bare && !isOfOthers(form)
		ix.add(v, form, e)
	}
}

func isOfOthers(form string) bool {
	for _, ending := range [...]string{"ское", "цкое", "ские", "ских", "ова", "ева", "ову", "еву"} {
		if strings.HasSuffix(form, ending) {
			return true
		}
	}
	return false
}

// addBeginnings adds what may be left of the adjective of an oblast before «обл.», from three letters on.
func (ix *index) addBeginnings(v *vocabulary, e entry, stem string) {
	e.inflected, e.bare, e.short = false, false, true
	letters := []rune(stem)
	for n := 3; n <= len(letters); n++ {
		ix.add(v, string(letters[:n]), e)
	}
}

// add adds an entry under the folded spelling of a name and under its sounds, or widens the one that the row
// has there. Another case of a name that is an ordinary word («арыстан», a lion) counts only beside a type word.
func (ix *index) add(v *vocabulary, plain string, e entry) {
	folded, sound := string(appendFolded(nil, []byte(plain))), string(appendSounds(nil, []byte(plain)))
	if e.inflected && v.roleOf([]byte(folded), anyLanguage)&ordinary != 0 {
		e.bare = false
	}
	ix.addKey(folded, e)
	if sound != folded {
		ix.addKey(sound, e)
	}
}

func (ix *index) addKey(key string, e entry) {
	known := ix.entries[key]
	for i := range known {
		if k := &known[i]; k.row == e.row && k.local == e.local && k.short == e.short {
			k.bare = k.bare || e.bare
			k.inflected = k.inflected && e.inflected
			k.languages |= e.languages
			return
		}
	}
	ix.entries[key] = append(known, e)
}

// addStarts notes the first words of a name of several words, whether spaces or hyphens part them.
func (ix *index) addStarts(p *phrase, core span, text string) {
	for i := core.from; i < core.to-1; i++ {
		plain := p.plainText(span{i, i + 1})
		ix.starts[string(appendFolded(nil, plain))] = true
		ix.starts[string(appendSounds(nil, plain))] = true
	}
	for _, word := range strings.Fields(text) {
		parts := strings.FieldsFunc(word, isHyphen)
		for _, part := range parts[:len(parts)-1] {
			plain, folded := keys(part)
			ix.starts[folded] = true
			ix.starts[string(appendSounds(nil, []byte(plain)))] = true
		}
	}
}

// find looks a name up. The sounds of Latin words that stood apart may meet: "Alma Ata" is "almata".
func (ix *index) find(key []byte) []entry {
	if entries, ok := ix.entries[string(key)]; ok || len(key) == 0 || key[0] >= 0x80 {
		return entries
	}
	var room [128]byte
	return ix.entries[string(appendSounds(room[:0], key))]
}

// guessable says whether a misspelling of the name may be taken for it: short names have too many neighbours.
func (e *entry) guessable(r *row) bool {
	least := uint8(shortest)
	if e.inflected && r.kind == city {
		least++
	}
	return !e.short && e.letters >= least && r.Level != Republic
}

// isAdjective says whether a name is a Russian adjective in the nominative, which is never said of a town:
// «Мангистауская», «Есильский».
func isAdjective(key []byte) bool {
	for _, ending := range [...]string{"ская", "ский", "цкая", "цкий"} {
		if bytes.HasSuffix(key, []byte(ending)) {
			return true
		}
	}
	return false
}

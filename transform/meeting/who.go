package meeting

import (
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/region"
)

// Level says whose meeting it is.
type Level string

// The levels. "" is unknown.
const (
	Oblast   Level = "oblast"
	City     Level = "city"     // of republican significance: Astana, Almaty, Shymkent
	District Level = "district" // of a district, a city district, or a town with an administration of its own
	Rural    Level = "rural"    // of a rural okrug, a village, a settlement, or a town within a district
	Ministry Level = "ministry"
)

// stops end what belongs to the word for akim.
var stops = []string{"с", "со", "на", "за", "в", "во", "по", "от", "перед", "для", "перен", "провед", "год", "году", "года"}

// windowWords is how many words beside the word for akim say whose akim it is.
const windowWords = 6

// levelIn returns the level of the official whom a text names, within a region: the words behind «акима» in Russian,
// before «әкімінің» in Kazakh. A text that names akims of several levels says none.
func (r *Reader) levelIn(text, reg string) Level {
	words := strings.Fields(fold.Key(cut(strings.ReplaceAll(text, "_", " "), maxKeyed)))
	for i, w := range words {
		switch {
		case strings.HasPrefix(w, "министр"), strings.HasPrefix(w, "министерств"):
			return Ministry
		case strings.HasPrefix(w, "әкім"):
			before := slices.Clone(words[max(0, i-windowWords):i])
			slices.Reverse(before)
			if l := r.levelOf(before, reg); l != "" {
				return l
			}
		case strings.HasPrefix(w, "аким"):
			if l := r.levelOf(words[i+1:min(len(words), i+1+windowWords)], reg); l != "" {
				return l
			}
		}
	}
	return ""
}

// levelByName returns the level of an akim of whom a text says no more than the name of the place: «акима Риддера»,
// «Семей әкімінің». Of several akims it says none.
func (r *Reader) levelByName(text string) Level {
	words := strings.Fields(cut(text, maxKeyed))
	for i, w := range words {
		var name []string
		switch key := fold.Key(w); {
		case strings.HasPrefix(key, "әкімі"):
			name = words[max(0, i-1):i]
		case slices.Contains(oneAkim, key):
			for _, w := range words[i+1 : min(len(words), i+1+nameWords)] {
				if slices.Contains(stops, fold.Key(w)) {
					break
				}
				name = append(name, w)
			}
		}
		code := r.places.Resolve(strings.Join(name, " "), region.Today).Code
		switch reg, district := r.split(code); {
		case code == "" || reg == "":
		case code == district:
			return District
		case code != reg:
			return Rural
		case reg >= "70":
			return City
		default:
			return Oblast
		}
	}
	return ""
}

// oneAkim are the forms of the word that mean one akim, and nameWords how many words name his place at most.
var oneAkim = []string{"аким", "акима", "акимом", "акиму", "акиме"}

const nameWords = 3

// levelOf reads the words beside the word for akim, the nearest first. Of «районов и городов» both count; what comes
// behind is where they are.
func (r *Reader) levelOf(words []string, reg string) Level {
	var found []Level
	joined := false
	for _, w := range words {
		if slices.Contains(stops, w) || joined && len(found) > 1 {
			break
		}
		joined = joined || len(found) > 0 && slices.Contains(ands, w)
		for _, l := range []Level{Rural, District, Oblast, City} {
			if r.says("level-"+string(l), " "+fold.RussianKey(w)+" ") != "" {
				found = append(found, l)
				break
			}
		}
	}
	switch {
	case len(found) == 0:
		return ""
	case joined && len(found) > 1:
		return together(found)
	case found[0] != City:
		return found[0]
	case len(found) > 1 && found[1] == District:
		return Rural // a town within a district: «города Щучинска Бурабайского района»
	case reg >= "70":
		return City
	}
	return District
}

// ands join akims of several places.
var ands = []string{"и", "және", "мен", "пен", "бен"}

// together returns the level of akims that are named side by side: those of districts and of their towns have one,
// others have one only when it is the same.
func together(found []Level) Level {
	all := slices.Clone(found)
	for i, l := range all {
		if l == City {
			all[i] = District
		}
	}
	if all = slices.Compact(all); len(all) > 1 {
		return ""
	}
	return all[0]
}

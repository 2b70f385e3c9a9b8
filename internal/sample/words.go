package sample

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

// The word lists are tab-separated, their first lines say what they hold.
//
//go:embed words/*.tsv
var lists embed.FS

// languages are those of the texts.
var languages = [...]string{"ru", "kk"}

const (
	russian = iota
	kazakh
)

// words is all that the generator knows of the outside world. It is read once and then never changed.
type words struct {
	regions   []region
	regionOf  wheel
	districts int // how many there are
	subjects  []subject
	subjectOf [12]wheel // by month
	kinds     []kind
	kindOf    wheel
	bodies    map[string][]sentence // who answers, by category code
	texts     [len(languages)]phrasebook
	rhythm    rhythm

	unknown region   // a region that does not exist
	nowhere district // no district
}

type region struct {
	number     int // from 1; 0 is unknown
	code       string
	late       int                    // per mille
	name       string                 // in Kazakh
	of         [len(languages)]string // genitive
	spellings  []string
	spelledAs  wheel
	districts  []*district
	districtOf wheel
}

type district struct {
	number int // from 1, over all regions; 0 is none
	code   string
	name   string
	of     [len(languages)]string // genitive, with the region
}

type subject struct {
	number int // from 0
	code   string
	cells  [3]string // category, issue and subissue, or category and character
}

type kind struct {
	name    string
	days    int
	working bool
}

// rhythm is when people write.
type rhythm struct {
	month   [12]int64 // percent of the mean, as the seasons of the subjects make it
	weekday [7]int64  // from Monday
	holiday map[string]int64
	hour    [24]int64
}

// loadWords reads the lists for a format. Spellings that the encoding cannot write are left out.
func loadWords(s Spec) (*words, error) {
	w := &words{bodies: map[string][]sentence{}, rhythm: rhythm{holiday: map[string]int64{}}}
	w.unknown = region{
		name: "Белгісіз облыс", of: [...]string{"Неизвестной области", "Белгісіз облыстың"},
		spellings: []string{"Неизвестная область"},
	}
	subjects := "appeals"
	if s.Format == CC109 {
		subjects = "calls"
	}
	slots, err := loadSlots()
	if err != nil {
		return nil, err
	}
	steps := []func() error{
		func() error { return w.loadRegions(s.Encoding) },
		func() error { return w.loadDistricts(s.Encoding) },
		func() error { return w.loadSubjects(subjects) },
		w.loadKinds,
		w.loadRhythm,
		func() error { return w.loadBodies(slots) },
		func() error { return w.loadTexts(slots) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *words) loadRegions(e Encoding) error {
	var weights []int64
	err := eachLine("regions", 7, func(f []string) error {
		people, late, err := twoNumbers(f[1], f[2])
		if err != nil {
			return err
		}
		r := region{number: len(w.regions) + 1, code: f[0], late: int(late), name: f[4]}
		r.of = [...]string{f[3], f[5]}
		usual := int64(6) // how much more often the first spelling is met than any other
		var uses []int64
		for _, s := range strings.Split(f[6], "|") {
			if encodable(e, s) {
				r.spellings = append(r.spellings, s)
				uses = append(uses, usual)
				usual = 1
			}
		}
		r.spelledAs = newWheel(uses)
		w.regions = append(w.regions, r)
		weights = append(weights, people)
		return nil
	})
	w.regionOf = newWheel(weights)
	return err
}

func (w *words) loadDistricts(e Encoding) error {
	byPrefix := map[string]*region{}
	weights := map[*region][]int64{}
	for i := range w.regions {
		byPrefix[w.regions[i].code[:2]] = &w.regions[i]
	}
	err := eachLine("districts", 5, func(f []string) error {
		share, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			return err
		}
		r := byPrefix[f[0][:2]]
		if r == nil {
			return fmt.Errorf("no region for the district %s", f[0])
		}
		w.districts++
		if !encodable(e, f[2]) {
			return nil
		}
		r.districts = append(r.districts, &district{
			number: w.districts, code: f[0], name: f[2],
			of: [...]string{f[3] + " " + r.of[russian], r.name + " " + f[4]},
		})
		weights[r] = append(weights[r], share)
		return nil
	})
	for r, ws := range weights {
		r.districtOf = newWheel(ws)
	}
	return err
}

func (w *words) loadSubjects(list string) error {
	seasons := map[string][12]int64{}
	err := eachLine("seasons", 13, func(f []string) error {
		var months [12]int64
		for i := range months {
			n, err := strconv.ParseInt(f[i+1], 10, 64)
			if err != nil {
				return err
			}
			months[i] = n
		}
		seasons[f[0]] = months
		return nil
	})
	if err != nil {
		return err
	}
	var weights [12][]int64
	width := map[string]int{"appeals": 6, "calls": 5}[list]
	err = eachLine(list, width, func(f []string) error {
		share, err := strconv.ParseInt(f[1], 10, 64)
		if err != nil {
			return err
		}
		season, ok := seasons[f[2]]
		if !ok {
			return fmt.Errorf("no season %q", f[2])
		}
		s := subject{number: len(w.subjects), code: f[0]}
		copy(s.cells[:], f[3:])
		w.subjects = append(w.subjects, s)
		for m := range weights {
			weights[m] = append(weights[m], share*season[m])
		}
		return nil
	})
	var year int64
	for m := range weights {
		w.subjectOf[m] = newWheel(weights[m])
		year += sum(weights[m])
	}
	for m := range weights {
		w.rhythm.month[m] = 100 * 12 * sum(weights[m]) / max(1, year)
	}
	return err
}

func (w *words) loadKinds() error {
	var weights []int64
	err := eachLine("kinds", 4, func(f []string) error {
		share, days, err := twoNumbers(f[1], f[2])
		if err != nil {
			return err
		}
		w.kinds = append(w.kinds, kind{name: f[0], days: int(days), working: f[3] == "working"})
		weights = append(weights, share)
		return nil
	})
	w.kindOf = newWheel(weights)
	return err
}

func (w *words) loadRhythm() error {
	return eachLine("rhythm", 3, func(f []string) error {
		weight, err := strconv.ParseInt(f[2], 10, 64)
		if err != nil {
			return err
		}
		if f[0] == "holiday" {
			w.rhythm.holiday[f[1]] = weight
			return nil
		}
		which, err := strconv.Atoi(f[1])
		switch {
		case err != nil:
			return err
		case f[0] == "weekday" && which >= 1 && which <= 7:
			w.rhythm.weekday[which-1] = weight
		case f[0] == "hour" && which >= 0 && which < 24:
			w.rhythm.hour[which] = weight
		default:
			return fmt.Errorf("no %s %d", f[0], which)
		}
		return nil
	})
}

func (w *words) loadBodies(slots *slots) error {
	return eachLine("bodies", 2, func(f []string) error {
		s, err := slots.parse(f[1], russian)
		w.bodies[f[0]] = append(w.bodies[f[0]], s)
		return err
	})
}

func (w *words) loadTexts(slots *slots) error {
	for l, name := range languages {
		book := phrasebook{about: map[string][]sentence{}}
		err := eachLine("texts."+name, 2, func(f []string) error {
			s, err := slots.parse(f[1], l)
			if err != nil {
				return err
			}
			switch f[0] {
			case "opening":
				book.openings = append(book.openings, s)
			case "closing":
				book.closings = append(book.closings, s)
			case "detail":
				book.details = append(book.details, s)
			default:
				book.about[f[0]] = append(book.about[f[0]], s)
			}
			return nil
		})
		if err != nil {
			return err
		}
		w.texts[l] = book
	}
	return nil
}

// eachLine calls f with the fields of every line of a list that is no comment.
func eachLine(list string, fields int, f func([]string) error) error {
	path := "words/" + list + ".tsv"
	text, err := lists.ReadFile(path)
	if err != nil {
		return err
	}
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != fields {
			return fmt.Errorf("%s:%d: %d fields instead of %d", path, i+1, len(cells), fields)
		}
		if err := f(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", path, i+1, err)
		}
	}
	return nil
}

func twoNumbers(a, b string) (x, y int64, err error) {
	if x, err = strconv.ParseInt(a, 10, 64); err != nil {
		return 0, 0, err
	}
	y, err = strconv.ParseInt(b, 10, 64)
	return x, y, err
}

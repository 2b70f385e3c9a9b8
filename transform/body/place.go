package body

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/qulaq-kz/qulaq/transform/region"
)

// place is where a body is; the zero value is nowhere.
type place struct {
	code             string // KATO code of the smallest unit known, or ""
	region, district string
	level            Level
	kind             nature   // ofRegion, ofCity or ofDistrict: which adjective says the same
	urban            bool     // a district of a city
	stems            []string // of the names of the unit and its region
}

// unit is a unit of the gazetteer.
type unit struct {
	region string
	level  region.Level
	town   bool
	stems  []string // of its names, today's and former
}

// isOf says whether an adjective only repeats what sort of place it is: «Кокшетауский городской суд».
func (p place) isOf(adjective nature) bool {
	return p.code != "" && adjective == p.kind && adjective != plain
}

// readUnits keeps what is needed of the gazetteer's units.
func (r *Registry) readUnits() {
	r.units = make(map[string]*unit)
	all := r.places.Units()
	for _, u := range all {
		if u.ValidTo == 0 && u.Level != region.Republic {
			town := strings.HasPrefix(u.NameRU, "г.") || strings.HasSuffix(u.NameRU, "Г.А.")
			r.units[u.Code] = &unit{region: u.Region, level: u.Level, town: town}
		}
	}
	for _, u := range all {
		code := u.Code
		if u.ValidTo != 0 {
			code = u.Successor
		}
		if today := r.units[code]; today != nil {
			today.stems = append(today.stems, r.stemsOf(u.NameRU)...)
			today.stems = append(today.stems, r.stemsOf(u.NameKK)...)
		}
	}
	for _, u := range r.units {
		slices.Sort(u.stems)
		u.stems = slices.Compact(u.stems)
	}
}

// stemsOf returns the stems of the words of a place's name, without type words and initials.
func (r *Registry) stemsOf(name string) []string {
	var stems []string
	for _, it := range r.read(name).items {
		if it.couldBeName() && utf8.RuneCountInString(it.key) > 1 {
			stems = append(stems, placeStem(it.key))
		}
	}
	return stems
}

// couldBeName says whether a name of a place can have the word: it is none of those for kinds, forms and types.
func (it item) couldBeName() bool {
	return it.role == unlisted || it.role == matter && it.to-it.from == 1 && len(it.says) > 0 && !it.nature.isOfPlaces()
}

// placeStem returns what is the same in all cases of a word in a place's name, and in its adjective.
func placeStem(word string) string {
	for _, ending := range [...]string{"ая", "ии", "а", "я", "ы", "и", "ь", "о", "е"} {
		if rest, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return word
}

// placeOf returns the place that a name says, or nowhere. It asks for the division of today.
func (r *Registry) placeOf(n *reading) place {
	if where := r.beforeSeat(n); where.code != "" {
		return where
	}
	a := r.places.Resolve(n.forGazetteer(0, len(n.items)), region.Today)
	where := r.placeAt(a.Code)
	if where.code == "" && len(a.Code) == 9 {
		where = r.settlement(a)
	}
	if named := r.unitOf(n, where); named != "" {
		return r.placeAt(named)
	}
	return where
}

// beforeSeat returns the region of a regional body whose seat is added behind a comma or in brackets: «Управление
// здравоохранения Акмолинской области, г. Кокшетау» is no body of the town. What is added is marked as mere place.
func (r *Registry) beforeSeat(n *reading) place {
	h := n.parts[0].head
	if h == nil || h.kazakh || h.kind != Department && h.kind != Upravlenie {
		return place{}
	}
	for i, it := range n.items {
		if i == 0 || !it.is(city) || !strings.ContainsAny(n.text[n.words[n.items[i-1].to-1].to:n.words[it.from].from], ",(") {
			continue
		}
		where := r.placeAt(r.places.Resolve(n.forGazetteer(0, i), region.Today).Code)
		if where.district != "" {
			return place{}
		}
		for k := i; k < len(n.items) && where.code != ""; k++ {
			n.items[k].place = true
		}
		return where
	}
	return place{}
}

// placeAt returns the place of a unit's code, or nowhere.
func (r *Registry) placeAt(code string) place {
	u := r.units[code]
	if u == nil {
		return place{}
	}
	p := place{code: code, region: u.region, level: RegionLevel, stems: u.stems, kind: ofRegion}
	if u.level != region.Region {
		p.district, p.level, p.kind = code, DistrictLevel, ofDistrict
		p.stems = slices.Concat(u.stems, r.units[u.region].stems)
		p.urban = r.units[u.region].town
	}
	if u.town {
		p.kind = ofCity
	}
	return p
}

// unitOf returns the code of the town or district whose adjective stands beside «городской», «районный» or «РУП».
// «Карагандинский городской суд» is the town's, though by itself the adjective is the region's, and «Алмалинское
// РУП» the district's. It is "" where that is known already, where none or several are meant, and where the
// adjective's unit lies in another region than the name says.
func (r *Registry) unitOf(n *reading, where place) string {
	if where.district != "" {
		return ""
	}
	for i, it := range n.items {
		if i == 0 || !n.items[i-1].couldBeName() || !it.is(ofCity) && !it.is(ofDistrict) && it.key != "руп" {
			continue
		}
		found, adjective := "", n.items[i-1].key
		for code, u := range r.units { // in any order: the answer is the only one that fits
			if u.town != it.is(ofCity) || u.level == region.Region && !u.town || where.code != "" && where.region != u.region {
				continue
			}
			if !(place{stems: u.stems}).has(adjective) {
				continue
			}
			if found != "" {
				return ""
			}
			found = code
		}
		return found
	}
	return ""
}

// settlement returns the place of an answer below the district: digits three and four of its code are the
// district's, the first two the region's.
func (r *Registry) settlement(a region.Answer) place {
	regional := a.Code[:2] + "0000000"
	if r.units[regional] == nil {
		return place{}
	}
	p := place{code: a.Code, region: regional, level: Rural, stems: slices.Concat(r.stemsOf(a.NameRU), r.units[regional].stems)}
	for _, digits := range [...]int{5, 4, 3} {
		if code := a.Code[:digits] + "000000000"[digits:]; r.units[code] != nil {
			p.district, p.stems = code, slices.Concat(p.stems, r.units[code].stems)
			break
		}
	}
	return p
}

// levelAt returns the level of the body. A district that is named and not known is a district all the same.
func (n *reading) levelAt(where place) Level {
	if n.level() == Republic {
		return Republic
	}
	open := func(what nature) bool {
		return slices.ContainsFunc(n.parts[0].items, func(it item) bool { return it.is(what) && !it.place })
	}
	switch {
	case slices.ContainsFunc(n.parts[0].items, func(it item) bool { return it.is(rural) || !it.place && where.isAbove(it) }):
		return Rural
	case open(district):
		return DistrictLevel
	case where.code != "":
		return where.level
	case open(regional):
		return RegionLevel
	}
	return UnknownLevel
}

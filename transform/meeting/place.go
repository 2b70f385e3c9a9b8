package meeting

import (
	"strings"

	"github.com/qulaq-kz/qulaq/transform/region"
)

// split returns region and district of a code, which may be that of a settlement.
func (r *Reader) split(code string) (reg, district string) {
	for _, digits := range [...]int{9, 6, 4, 2} {
		if len(code) < digits {
			continue
		}
		u, ok := r.units[code[:digits]+"000000000"[digits:]]
		switch {
		case !ok || u.Level == region.Republic:
		case u.Level == region.Region:
			return u.Code, ""
		default:
			return u.Region, u.Code
		}
	}
	return "", ""
}

// districtOf returns the region and the district that a text names, within a region where one is known; "" for none,
// and for one of another region.
func (r *Reader) districtOf(text, reg string) (in, district string) {
	if text = strings.Trim(oneLine(text), " .,:;–—-*•"); text == "" || len(text) > region.MaxBytes {
		return "", ""
	}
	u, ok := r.units[reg]
	if !ok {
		return r.split(r.places.Resolve(text, region.Today).Code)
	}
	if _, d := r.pairs.Pair(u.NameRU, text, region.Today); d.Code != "" {
		return r.split(d.Code)
	}
	for _, whole := range [...]string{text, text + ", " + u.NameRU} {
		if in, district = r.split(r.places.Resolve(whole, region.Today).Code); in == reg && district != "" {
			return in, district
		}
	}
	return "", ""
}

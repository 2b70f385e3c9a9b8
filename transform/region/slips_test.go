package region

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// One slip of the hand in the name of a district, beside its region, gives the district or nothing: never the region
// alone, which would hide that a district was meant, and never another place.
func TestSlipsBesideRegion(t *testing.T) {
	g := newGazetteer(t)
	hand := rand.New(rand.NewPCG(2022, 6))
	const tries = 8 // of each name
	right, none := 0, 0
	wrong := map[string]string{}
	for _, u := range g.Units() {
		if u.ValidTo != 0 || u.Level != District && u.Level != CityDistrict {
			continue
		}
		in := unitOn(t, g, u.Region, Today)
		for _, names := range [][2]string{{in.NameRU, u.NameRU}, {in.NameKK, u.NameKK}} {
			for try := range tries {
				name := slip(hand, names[1])
				line := names[0] + ", " + name
				if try%2 > 0 {
					line = name + ", " + names[0]
				}
				switch a := g.Resolve(line, Today); a.Code {
				case u.Code:
					right++
				case "":
					none++
				default:
					wrong[line] = a.NameRU
				}
			}
		}
	}
	all := right + none + len(wrong)
	t.Logf("right %.3f, none %.3f, wrong %d of %d", float64(right)/float64(all), float64(none)/float64(all), len(wrong), all)
	for line, name := range wrong {
		t.Errorf("%q is %s", line, name)
	}
	if right*10 < all*9 {
		t.Errorf("only %d of %d are right", right, all)
	}
}

// slip changes one letter of the name of a unit, not of its type word: two that are swapped, one dropped, doubled or
// replaced.
func slip(hand *rand.Rand, unit string) string {
	letters := []rune(unit)
	from, to := 0, len(letters)
	for _, word := range []string{"район ", "Район им.", "Район ", " район", " атын.ауданы", " ауданы", " Г.А.", " Қ.Ә.", " қаласы"} {
		if from == 0 && strings.HasPrefix(unit, word) {
			from = len([]rune(word))
		}
		if strings.HasSuffix(unit, word) {
			to = len(letters) - len([]rune(word))
		}
	}
	if from == 0 && to == len(letters) {
		panic(fmt.Sprintf("%q has no type word", unit))
	}
	for {
		i := from + hand.IntN(to-from)
		if !unicode.IsLetter(letters[i]) {
			continue
		}
		switch other := []rune("абвгдежзийклмнопрстуфхцчшщыьэюяәғқңөұүһі")[hand.IntN(39)]; hand.IntN(4) {
		case 0:
			if i+1 == to || letters[i] == letters[i+1] || !unicode.IsLetter(letters[i+1]) {
				continue
			}
			letters = slices.Clone(letters)
			letters[i], letters[i+1] = letters[i+1], letters[i]
			return string(letters)
		case 1:
			return string(letters[:i]) + string(letters[i+1:])
		case 2:
			return string(letters[:i+1]) + string(letters[i:])
		case 3:
			if unicode.ToLower(letters[i]) == other {
				continue
			}
			letters = slices.Clone(letters)
			letters[i] = other
			return string(letters)
		}
	}
}

package register

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/qulaq-kz/qulaq/internal/fold"
	"github.com/qulaq-kz/qulaq/transform/lang"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// chain is one part of a plan in one language: its versions, oldest first.
type chain struct {
	lang     string
	versions []version
}

type version struct {
	Form
	keys []string // of its items, in order
	said string   // all that they say, to tell copies
}

func (c *chain) last() version { return c.versions[len(c.versions)-1] }

// add makes the rows of one plan.
func (f *Facts) add(id string, forms []Form) {
	var chains []*chain
	roles := map[string]Role{}
	var unread []Form
	for _, x := range forms {
		if len(x.Result.Items) == 0 {
			unread = append(unread, x)
			roles[x.publicationID()] = Unread
			continue
		}
		v := version{Form: x, keys: keysOf(x.Result.Items), said: saidBy(x.Result.Items)}
		l := x.Result.Plan.Lang
		into := -1
		for i, c := range chains {
			if c.lang == l && c.last().overlaps(v) {
				into = i
			}
		}
		switch {
		case into < 0:
			chains = append(chains, &chain{lang: l, versions: []version{v}})
		case chains[into].last().said == v.said:
			roles[x.publicationID()] = Copy
		default:
			roles[chains[into].last().publicationID()] = Replaced
			chains[into].versions = append(chains[into].versions, v)
		}
	}
	counts := counted(chains)
	whole := Plan{ID: id}
	most := -1
	part := 0
	for _, c := range chains {
		role := Translation
		if c.lang == counts {
			role = Current
			part++
			n := f.items(id, part, c)
			whole.Items += n
			whole.Versions += len(c.versions)
			if n > most {
				most, whole.Main = n, c.last().Form
			}
		}
		roles[c.last().publicationID()] = role
	}
	if most < 0 { // nothing of it could be read: the newest paper stands for it
		whole.Main, whole.Versions = unread[len(unread)-1], len(unread)
		for _, x := range unread {
			roles[x.publicationID()] = Replaced
		}
		roles[whole.Main.publicationID()] = Current
	}
	whole.MainID = whole.Main.publicationID()
	for _, x := range forms {
		if x.day != 0 && (whole.First == 0 || x.day < whole.First) {
			whole.First = x.day
		}
		f.Publications = append(f.Publications, Publication{
			Form: x, ID: x.publicationID(), Kind: x.kind(), Why: x.why(), Role: roles[x.publicationID()], PlanID: id,
		})
	}
	f.Plans = append(f.Plans, whole)
}

// overlaps says whether two papers are versions of one: half of the items of the shorter one are in both.
func (v version) overlaps(other version) bool {
	have := map[string]bool{}
	for _, k := range v.keys {
		have[k] = true
	}
	both := 0
	for _, k := range other.keys {
		if have[k] {
			both++
		}
	}
	return both*2 >= min(len(v.keys), len(other.keys))
}

// counted chooses the language whose items count: the one with the most, and Russian where it has nearly as many,
// because the words of Russian plans become codes more often.
func counted(chains []*chain) string {
	items := map[string]int{}
	for _, c := range chains {
		items[c.lang] += len(c.last().keys)
	}
	best := ""
	for _, c := range chains {
		if best == "" || items[c.lang] > items[best] {
			best = c.lang
		}
	}
	if n := items[lang.Russian]; n > 0 && n*5 >= items[best]*4 {
		return lang.Russian
	}
	return best
}

// items makes the rows of one part of a plan and returns how many of its items are there now.
func (f *Facts) items(planID string, part int, c *chain) (now int) {
	type life struct {
		Item
		in int // the last version that has it
	}
	lives := map[string]*life{}
	for n, v := range c.versions {
		for i, k := range v.keys {
			l := lives[k]
			if l == nil {
				id := planID + "#" + k
				if part > 1 {
					id += fmt.Sprintf("/%d", part)
				}
				l = &life{Item: Item{ID: id, PlanID: planID, First: v.day}}
				lives[k] = l
			}
			l.Item.Item, l.SeenAt, l.in = v.Result.Items[i], v.FileSeenAt, n
		}
	}
	for _, l := range lives {
		if l.in < len(c.versions)-1 {
			l.Vanished = c.versions[l.in+1].dayAtLatest()
		} else {
			now++
		}
		f.Items = append(f.Items, l.Item)
	}
	return now
}

// saidBy joins all that items say.
func saidBy(items []plan.Item) string {
	var b strings.Builder
	for _, it := range items {
		fmt.Fprintf(&b, "%s\x00%s\x00%s\x00%s\x00%s\x00%d %d\x00%v\x00%s\x00%s\x00%s\x01", it.No, it.Issue, it.Measure, it.Responsible, it.Completion,
			it.DeadlineFrom, it.DeadlineTo, it.Cost, it.FundingSource, it.StatusText, cmp.Or(it.District, it.Section))
	}
	return b.String()
}

// keysOf names items by what they say: the issue and the measure. Of items that say the same the second is "…-2".
func keysOf(items []plan.Item) []string {
	keys := make([]string, len(items))
	times := map[string]int{}
	for i, it := range items {
		k := fmt.Sprintf("%016x", xxhash.Sum64String(fold.RussianKey(it.Issue)+"\x00"+fold.RussianKey(it.Measure)))
		if times[k]++; times[k] > 1 {
			k += fmt.Sprintf("-%d", times[k])
		}
		keys[i] = k
	}
	return keys
}

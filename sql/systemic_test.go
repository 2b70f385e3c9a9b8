package warehousesql_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// told is a complaint with a text: id, day, region, district, category, status, text, fingerprint.
type told struct {
	id, day, region, district, category, status, text string
	fingerprint                                       uint64
}

func TestSystemicIssues(t *testing.T) {
	w := warehouse(t)
	do(t, w, regions...)
	do(t, w, loaded...)
	var values []string
	for _, c := range []told{
		// Three on two days, each alike to the first in three lanes.
		{"pit 1", "2026-02-01", city, "", "roads", "open", "яма на дороге", 0x1111_2222_3333_4444},
		{"pit 2", "2026-02-01", city, "", "roads", "closed", "яма на дороге, здравствуйте", 0x2222_3333_4444_5555},
		{"pit 3", "2026-03-05", city, "", "roads", "open_overdue", "яма", 0x1111_2222_4444_9999},
		// One that shares lanes, but two only; one of another category; one of another place; one without text.
		{"hole", "2026-02-02", city, "", "roads", "open", "дыра", 0x1111_2222_7777_8888},
		{"leak", "2026-02-02", city, "", "water", "open", "течь", 0x1111_2222_3333_4444},
		{"pit far away", "2026-02-02", east, "", "roads", "open", "яма", 0x1111_2222_3333_4444},
		{"silent", "2026-02-02", city, "", "roads", "open", "", 0},
		{"silent too", "2026-02-03", city, "", "roads", "open", "", 0},
		{"silent again", "2026-02-03", city, "", "roads", "open", "", 0},
		// A chain: the first is like the second, the second like the third, the third like the fourth.
		{"tap 1", "2026-01-01", city, "", "water", "closed_overdue", "нет воды 1", 0x0001_0002_0003_0004},
		{"tap 2", "2026-01-02", city, "", "water", "closed", "нет воды 2", 0x0002_0003_0004_0005},
		{"tap 3", "2026-01-03", city, "", "water", "closed", "нет воды 3", 0x0003_0004_0005_0006},
		{"tap 4", "2026-01-04", city, "", "water", "closed", "нет воды 4", 0x0004_0005_0006_0007},
		// Two are too few, and three on one day are one letter signed by many.
		{"light 1", "2026-01-01", city, "", "", "open", "нет света", 0xaaaa_bbbb_cccc_dddd},
		{"light 2", "2026-01-02", city, "", "", "open", "нет света", 0xaaaa_bbbb_cccc_dddd},
		{"gas 1", "2026-01-01", city, "", "", "open", "нет газа", 0xeeee_ffff_cccc_dddd},
		{"gas 2", "2026-01-01", city, "", "", "open", "нет газа", 0xeeee_ffff_cccc_dddd},
		{"gas 3", "2026-01-01", city, "", "", "open", "нет газа", 0xeeee_ffff_cccc_dddd},
		// Semei before and after the reform is one place of today; a category may be unknown.
		{"bus 1", "2021-05-01", east, "632800000", "", "open", "автобус не ходит", 0x0f00_0f01_0f02_0f03},
		{"bus 2", "2023-05-01", abai, "101000000", "", "open", "автобус не ходит", 0x0f00_0f01_0f02_0f03},
		{"bus 3", "2023-05-02", abai, "101000000", "", "withdrawn", "автобус не ходит", 0x0f00_0f01_0f02_0f03},
		// Of a dump that tells no state nothing is known of late and open ones.
		{"snow 1", "2026-04-01", city, "", "", "unknown", "снег не убран", 0x0e00_0e01_0e02_0e03},
		{"snow 2", "2026-04-02", city, "", "", "unknown", "снег не убран", 0x0e00_0e01_0e02_0e03},
		{"snow 3", "2026-04-02", city, "", "", "unknown", "снег не убран", 0x0e00_0e01_0e02_0e03},
		// A region that was divided has no successor, so its complaints have no place of today.
		{"lost 1", "2021-05-01", east, "", "", "open", "ничего", 0x0f00_0f01_0f02_0f04},
		{"lost 2", "2021-05-02", east, "", "", "open", "ничего", 0x0f00_0f01_0f02_0f04},
		{"lost 3", "2021-05-03", east, "", "", "open", "ничего", 0x0f00_0f01_0f02_0f04},
	} {
		values = append(values, fmt.Sprintf("('eotinish', %s, '%s 10:00:00', toDateTime64('%[2]s 10:00:00', 3, 'UTC'), %s, %s, %s, %s, %s, %d, 'feed', 'l1')",
			orNull(c.id), c.day, orNull(c.region), orNull(c.district), orNull(c.category), orNull(c.status), "'"+c.text+"'", c.fingerprint))
	}
	do(t, w, "INSERT INTO complaints (source, complaint_id, registered_at, registered_raw, region_code, district_code, category_code, status, text, text_fingerprint, snapshot, load_id) VALUES "+strings.Join(values, ", "))
	want := []string{
		"750000000 | Алматы | null | null | water | 4 | 4 | 1 | 2026-01-01 | 2026-01-04 | 25 | 0 | нет воды 1",
		"100000000 | область Абай | 101000000 | Семей | null | 3 | 3 | 2 | 2021-05-01 | 2023-05-02 | 0 | 66.67 | автобус не ходит",
		"750000000 | Алматы | null | null | roads | 3 | 2 | 2 | 2026-02-01 | 2026-03-05 | 33.33 | 66.67 | яма",
		"750000000 | Алматы | null | null | null | 3 | 2 | 1 | 2026-04-01 | 2026-04-02 | -1 | -1 | снег не убран",
	}
	got := ask(t, w, "SELECT region_today_code, region, district_today_code, district, category_code, complaints, days, months, toString(first_day), toString(last_day), ifNotFinite(overdue_share_percent, -1), ifNotFinite(open_share_percent, -1), example FROM systemic_issues")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

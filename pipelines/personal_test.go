package pipelines

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPersonalDataStaysOutOfTheWarehouse loads an export with personal data wherever a person could have
// typed it, and looks for it in every column of every table.
func TestPersonalDataStaysOutOfTheWarehouse(t *testing.T) {
	secrets := []string{"Ахметов", "Болатұлы", "900101300123", "701 123", "1234567", "ivanov@mail.kz", "Смагулова"}
	text := strings.Join([]string{
		"appeal_id|current_working_state|region|org_name|created_date|deadline|applicant_iin|text",
		`1|В работе|г.Астана|Акимат|2026-03-01 10:00:00|2026-03-20 23:59:59|900101300123|Ахметов Серік Болатұлы, тел. 8 701 123 45 67, пишите на ivanov@mail.kz. В ауле нет питьевой воды, водопровод не работает`,
		`2|В работе|г.Астана|Частный судебный исполнитель Смагулова Айгуль Маратовна|2026-03-02 10:00:00|2026-03-20 23:59:59|900101300123|жалоба`,
		`3|В работе|г.Астана, 8 701 123 45 67|Акимат|2026-03-03 10:00:00|2026-03-20 23:59:59||жалоба`,
		`4|В работе|г.Астана|Акимат|звоните 8 701 123 45 67|2026-03-20 23:59:59||жалоба`,
		`5|Ахметов Серік Болатұлы|г.Астана|Акимат|2026-03-03 10:00:00|2026-03-20 23:59:59||жалоба`,
	}, "\n") + "\n"
	inbox := t.TempDir()
	writeText(t, filepath.Join(inbox, "eotinish_2026-05-01.csv"), text)
	c := atServer(t, ComplaintSource{Source: "eotinish", Path: inbox})
	c.Bounds.MaxRejects = 1
	c.Personal.Key = "a key of sixteen or more characters"
	e := open(t, c)
	r := run(t, e)
	if err := r.Err(); err != nil {
		t.Fatal(err)
	}
	if got := r.Total(); got.Loaded != 4 || got.RejectedRows() != 1 {
		t.Fatalf("loaded %d, rejected %d", got.Loaded, got.RejectedRows())
	}
	columns := ask(t, e, "SELECT table, name FROM system.columns WHERE database = currentDatabase() AND type LIKE '%String%' "+
		"AND table NOT IN (SELECT name FROM system.tables WHERE database = currentDatabase() AND engine = 'View')")
	for _, column := range columns {
		table, name, _ := strings.Cut(column, " | ")
		for _, secret := range secrets {
			if n := ask(t, e, "SELECT count() FROM `"+table+"` WHERE position(ifNull(toString(`"+name+"`), ''), ?) > 0", secret); n[0] != "0" {
				t.Errorf("%s.%s shows %q in %s rows", table, name, secret, n[0])
			}
		}
	}
	// The one applicant of the first two is one, and nobody stands for the others.
	if diff := cmp.Diff([]string{"2 | 1"}, ask(t, e, "SELECT countIf(applicant_key != ''), uniqIf(applicant_key, applicant_key != '') FROM complaints")); diff != "" {
		t.Errorf("applicants (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"[name], тел. [phone], пишите на [email]. В ауле нет питьевой воды, водопровод не работает | water | text"},
		ask(t, e, "SELECT text, category_code, category_how FROM complaints WHERE complaint_id = '1'")); diff != "" {
		t.Errorf("the text (-want +got):\n%s", diff)
	}
	wantSound(t, e)
}

// TestBodies says what becomes of the names of bodies, and that a run with nothing new keeps it.
func TestBodies(t *testing.T) {
	inbox := t.TempDir()
	rows := [][]string{row("1", "2026-03-01", "В работе", "г.Астана"), row("2", "2026-03-02", "В работе", "г.Астана"), row("3", "2026-03-03", "В работе", "г.Астана")}
	const body = 5 // of header
	rows[0][body] = "Акимат города Астаны"
	rows[1][body] = "ГУ «Акимат г. Астана»"
	rows[2][body] = "Министерство здравоохранения Республики Казахстан"
	write(t, filepath.Join(inbox, "eotinish_2026-05-01.csv"), rows...)
	e := open(t, atServer(t, ComplaintSource{Source: "eotinish", Path: inbox}))
	for range 2 {
		run(t, e)
		if diff := cmp.Diff([]string{"local | akimat | 710000000 | 2", "central | ministry | null | 1"},
			ask(t, e, "SELECT toString(any(scope)), toString(any(kind)), any(region_code), count() FROM bodies GROUP BY body_key ORDER BY count() DESC")); diff != "" {
			t.Errorf("bodies (-want +got):\n%s", diff)
		}
	}
	if diff := cmp.Diff([]string{"central | 1", "local | 2"}, ask(t, e, "SELECT toString(body_level), count() FROM complaints_today GROUP BY ALL ORDER BY ALL")); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
}

package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/table"
)

const russian = title + `
№|Вопрос|Мероприятие|Срок|Сумма, млн тенге
1|В селе нет света и дорог|Купить опоры для сельского округа|до 01.02.2023|1,5
2|В школе нет спортивного зала|Построить спортивный зал|до 01.03.2023|20
`

const kazakh = "Ақмола облысы әкімінің халықпен кездесулерінде көтерілген мәселелерді шешу жөніндегі 2022 жылдың 2-жартыжылдығындағы іс-шаралар жоспары\n" + `
№|Мәселе|Іс-шара|Мерзімі|Сомасы, млн теңге
1|Ауылда жарық пен жол жоқ|Ауылдық округке тіректер сатып алу|01.02.2023 дейін|1,5
2|Мектепте спорт залы жоқ|Спорт залын салу|01.03.2023 дейін|20
`

func kinds(fs []qulaq.Finding) string {
	var all []string
	for _, f := range fs {
		all = append(all, string(f.Kind))
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func named(d *table.Document, name string, format table.Format) plan.File {
	d.Name, d.Format = name, format
	return plan.File{Name: name, Hash: qulaq.Hash{byte(len(name))}, Documents: []*table.Document{d}}
}

func TestOneOfSeveral(t *testing.T) {
	r := newReader(t)
	pdf := named(document(russian), "план.pdf", table.PDF)
	docx := named(document(russian), "план1.docx", table.DOCX)
	kk := named(document(kazakh), "жоспар22.docx", table.DOCX)
	other := named(document(strings.NewReplacer("света", "газа", "зала", "учителя").Replace(russian)), "второй333.docx", table.DOCX)
	later := named(document(strings.NewReplacer("света", "газа", "зала", "учителя", "2022", "2025").Replace(russian)), "позже55555.docx", table.DOCX)
	letter := named(document("Направляем план мероприятий для размещения на сайте."), "письмо4444.docx", table.DOCX)
	for _, c := range []struct {
		name     string
		files    []plan.File
		items    int
		main     string
		findings string
	}{
		{"the PDF of a file repeats it", []plan.File{pdf, docx}, 2, "план1.docx", "same_again"},
		{"the Kazakh file repeats the Russian", []plan.File{kk, docx}, 2, "план1.docx", "same_again"},
		{"three of one", []plan.File{kk, docx, pdf}, 2, "план1.docx", "same_again same_again"},
		{"another file is another part", []plan.File{docx, other}, 4, "план1.docx", ""},
		{"a letter beside it", []plan.File{letter, docx}, 2, "план1.docx", ""},
		{"another period beside it", []plan.File{docx, later}, 4, "план1.docx", "other_period"},
		{"alone in Kazakh", []plan.File{kk}, 2, "жоспар22.docx", ""},
	} {
		got := r.Read(plan.Publication{Files: c.files})
		if got.Plan.Items != c.items || len(got.Items) != c.items || got.Plan.File != c.main || kinds(got.Findings) != c.findings {
			t.Errorf("%s: %d items of %q, findings %v", c.name, got.Plan.Items, got.Plan.File, got.Findings)
		}
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	r := newReader(t)
	scan := &table.Document{Name: "скан.pdf", Format: table.PDF, Pages: 3, Unread: 3}
	const entry = "План мероприятий по вопросам, поднятым на встречах акима Акмолинской области с населением за 2022 год"
	for _, c := range []struct {
		name string
		pub  plan.Publication
		why  string
	}{
		{"encrypted", plan.Publication{Title: entry, Files: []plan.File{{Name: "a.pdf", Err: fmt.Errorf("read PDF: %w", table.ErrEncrypted)}}}, "it is encrypted"},
		{"a scan", plan.Publication{Title: entry, Files: []plan.File{{Name: "скан.pdf", Documents: []*table.Document{scan}}}}, "pages or pictures that were not read"},
		{"nothing", plan.Publication{Title: entry}, "there is no file"},
		{"words alone", plan.Publication{Title: entry, Files: publication(document("Текст")).Files}, "there is no table of issues"},
	} {
		got := r.Read(c.pub).Plan
		if got.Kind != plan.IsPlan || got.Unreadable != c.why || got.Items != 0 || got.Region != "110000000" || got.PeriodFrom.String() != "2022-01-01" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// What may be a plan and could not be read is not told to be something else.
func TestLeftOpen(t *testing.T) {
	r := newReader(t)
	lone := func(d *table.Document) plan.File { return plan.File{Name: d.Name, Documents: []*table.Document{d}} }
	scan := lone(&table.Document{Name: "скан.pdf", Format: table.PDF, Pages: 3, Unread: 3})
	locked := plan.File{Name: "план.rar", Err: fmt.Errorf("read: %w", table.ErrFormat)}
	line := lone(document("Документ прикреплён."))
	calendar := lone(document("График встреч акима с населением\n\nДата|Место\n1 марта|село Акколь"))
	headed := document("Приложение к письму")
	headed.Unread = 2
	for _, c := range []struct {
		name, title string
		files       []plan.File
		why         string
	}{
		{"a scan without a title", "", []plan.File{scan}, "pages or pictures that were not read"},
		{"a line on the page and a file that is not opened", "О встречах акима с населением", []plan.File{line, locked}, "it is of a format that is not read"},
		{"a line on the page and a scan", "О встречах акима с населением", []plan.File{line, scan}, "pages or pictures that were not read"},
		{"a heading above pictures", "О встречах акима с населением", []plan.File{lone(headed)}, "pages or pictures that were not read"},
		{"a calendar and its scan", "График встреч акима с населением", []plan.File{calendar, scan}, ""},
		{"a line on the page alone", "О встречах акима с населением", []plan.File{line}, ""},
	} {
		if got := r.Read(plan.Publication{Title: c.title, Files: c.files}).Plan; got.Kind == plan.IsPlan || got.Unreadable != c.why {
			t.Errorf("%s: %s, %q", c.name, got.Kind, got.Unreadable)
		}
	}
}

// A paper that begins with its table is called by its file, which a table cannot do for it.
func TestNamedByItsFile(t *testing.T) {
	r := newReader(t)
	_, bare, _ := strings.Cut(russian, "\n")
	for _, c := range []struct {
		name, text string
		kind       plan.Kind
	}{
		{"План мероприятий по встречам акима Акмолинской области с населением за 2 полугодие 2022.docx", bare, plan.IsPlan},
		{"Документ 12.docx", bare, plan.Other},
		{"План мероприятий по встречам акима с населением.docx", "План государственных закупок на 2023 год\n" + bare, plan.Lookalike},
	} {
		got := r.Read(plan.Publication{Files: []plan.File{named(document(c.text), c.name, table.DOCX)}})
		if got.Plan.Kind != c.kind || c.kind == plan.IsPlan && (len(got.Items) != 2 || got.Plan.Region != "110000000" || got.Plan.PeriodFrom.String() != "2022-07-01") {
			t.Errorf("%s: %+v", c.name, got.Plan)
		}
	}
}

func TestWhoseSite(t *testing.T) {
	r := newReader(t)
	nameless := strings.Replace(russian, "акима Акмолинской области", "акима области", 1)
	for _, c := range []struct {
		text, region, district   string
		wantRegion, wantDistrict string
		findings                 string
	}{
		{russian, "", "", "110000000", "", ""},
		{russian, "110000000", "", "110000000", "", ""},
		{russian, "150000000", "", "110000000", "", "other_akimat"},
		{nameless, "150000000", "", "150000000", "", ""},
		{nameless, "", "", "", "", ""},
	} {
		pub := publication(document(c.text))
		pub.Region, pub.District = c.region, c.district
		got := r.Read(pub)
		if got.Plan.Region != c.wantRegion || got.Plan.District != c.wantDistrict || kinds(got.Findings) != c.findings {
			t.Errorf("on the site of %q %q: %q %q, findings %v", c.region, c.district, got.Plan.Region, got.Plan.District, got.Findings)
		}
		for _, it := range got.Items {
			if it.Region != c.wantRegion {
				t.Errorf("an item is of %q", it.Region)
			}
		}
	}
}

func TestFindingsAndRejects(t *testing.T) {
	r := newReader(t)
	got := r.Read(publication(document(title + `
№|Вопрос|Мероприятие|Срок|Сумма|Район|Статус
1|Нет света|Купить опоры|когда-нибудь|100|Неведомый район|чушь
2||||||
3|||до 01.02.2023|||
4|Нет воды|Провести|до 01.02.2023|5 млн тенге|Бурабайский район|Исполнено

Ф|И|О
1|2|3
4|5|6
`)))
	if kinds(got.Findings) != "unknown_cost unknown_deadline unknown_district unknown_status unknown_table" {
		t.Errorf("findings %v", got.Findings)
	}
	if len(got.Rejects) != 1 || got.Rejects[0].Reason != plan.NoIssue || got.Rejects[0].Line != 4 || got.Rejects[0].Raw != "3 |  |  | до 01.02.2023 |  |  | " {
		t.Errorf("rejects %+v", got.Rejects)
	}
	if len(got.Items) != 2 || got.Items[0].Cost.Stated || got.Items[0].DeadlineTo != 0 || got.Items[0].Status != "unknown" {
		t.Errorf("items %+v", got.Items)
	}
}

// TestOnTheSiteOfTheRegion: the region's akim met the people of a district, where it is not said that another did.
func TestOnTheSiteOfTheRegion(t *testing.T) {
	r := newReader(t)
	const of = "План мероприятий по вопросам, поднятым на "
	for _, c := range []struct{ title, above, region, district string }{
		{of + "встречах акима с населением города Караганды", "", "350000000", ""},
		{of + "встрече с населением города Караганды", "", "350000000", ""},
		{of + "встречах акима с населением Шетского района", "", "350000000", ""},
		{of + "встречах акима области с населением города Караганды", "", "350000000", ""},
		{of + "встречах акима Карагандинской области с населением в г. Караганда", "", "350000000", ""},
		{of + "встречах с населением Карагандинской области (г. Караганда)", "", "350000000", ""},
		{"Қарағанды облысы әкімінің Қарағанды қаласының халқымен кездесулерінде көтерілген мәселелер бойынша іс-шаралар жоспары", "", "350000000", ""},
		{of + "встречах акима с населением Шетского района", "Утверждаю\nАким Карагандинской области\n", "350000000", ""},
		{of + "встречах акима с населением Шетского района", "Утверждаю\nАким Шетского района\n", "350000000", "356400000"},
		{of + "встречах акима города Караганды с населением", "", "350000000", "351000000"},
		{of + "встречах акима г. Караганды с населением", "", "350000000", "351000000"},
		{"Қарағанды қаласы әкімінің халықпен кездесулерінде көтерілген мәселелер бойынша іс-шаралар жоспары", "", "350000000", "351000000"},
		{of + "встречах акима с населением города Костаная", "", "390000000", "391000000"},
	} {
		pub := publication(document(c.above + c.title + items))
		pub.Title, pub.Region = c.title, "350000000"
		if p := r.Read(pub).Plan; p.Region != c.region || p.District != c.district || p.Kind != plan.IsPlan {
			t.Errorf("%s%s: %s of %s, %s", c.above, c.title, p.Kind, p.Region, p.District)
		}
		pub.Region, pub.District = "350000000", "356400000"
		if p := r.Read(pub).Plan; strings.Contains(c.title, "Шетского") && p.District != "356400000" {
			t.Errorf("%s%s, on the site of the district: of %s, %s", c.above, c.title, p.Region, p.District)
		}
	}
}

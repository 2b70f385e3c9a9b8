package report

import (
	"strings"
	"testing"
)

// What counts something only in company, see company.go.
func TestCompany(t *testing.T) {
	check(t, Hints{}, []example{
		{"В 2024 году акимы Павлодарской области встречались с жителями 132 раза.", "55 akims meetings_held 2024 132"},
		{"В 2024 году аким Павлодарской области 14 раз встретился с населением.", "55 akims_oblast meetings_held 2024 14"},
		{"2024 жылы Павлодар облысының әкімдері халықпен 141 рет жүздесті.", "55 akims meetings_held 2024 141"},
		{"2024 жылы Павлодар облысының әкімі тұрғындармен 14 рет бас қосты.", "55 akims_oblast meetings_held 2024 14"},
		{"In 2024 akims of Pavlodar region met residents 132 times.", "55 akims meetings_held 2024 132"},
		{"In 2024 the akim of Pavlodar region sat down with residents 14 times.", "55 akims_oblast meetings_held 2024 14"},
		{"В перечень вопросов, требующих решения на центральном уровне, за 2024 год по Казахстану вошёл 41 пункт.", "00 central_list issues_central_level 2024 41"},
		{"В 2024 году акимы Павлодарской области встречались с жителями в 3 раза чаще.", ""},
		{"В 2024 году акимы Павлодарской области встречались с жителями 3 раза в неделю.", ""},
		{"В 2024 году акимы Павлодарской области 14 раз объявляли конкурс.", ""},
		{"За 2024 год акимы Павлодарской области опубликовали 41 пункт плана.", ""},
	})
}

// «Остаются» says nothing beside what became of issues, except where others were told to be in progress already.
func TestRemaining(t *testing.T) {
	check(t, Hints{}, []example{
		{"В 2024 году акимы Павлодарской области решили 260 вопросов, на исполнении остаются 90.", "55 akims issues_resolved 2024 260|55 akims issues_in_progress 2024 90"},
		{"В 2024 году акимы Павлодарской области решили 260 вопросов, остальные 14 находятся в работе.", "55 akims issues_resolved 2024 260|55 akims issues_in_progress 2024 14"},
		{"В 2024 году акимы Павлодарской области решили 260 вопросов, остаются 90.", "55 akims issues_resolved 2024 260|55 akims issues_remaining 2024 90"},
		{"В 2024 году акимы Павлодарской области решили 260 вопросов, 30 в работе. Остальные 90 в работе тоже.", "55 akims issues_resolved 2024 260|55 akims issues_in_progress 2024 30|55 akims issues_remaining 2024 90"},
		{"In 2024 akims of Pavlodar region resolved 260 issues, 77 remain in progress.", "55 akims issues_resolved 2024 260|55 akims issues_in_progress 2024 77"},
	})
}

// What only was, and what stands behind the noun that it counts, see noun.go.
func TestThereWere(t *testing.T) {
	check(t, Hints{}, []example{
		{"В 2024 году в Павлодарской области встреч акимов с населением было 640, вопросов – 1 200.", "55 akims meetings_held 2024 640|55 akims issues_raised 2024 1200"},
		{"В 2024 году у акимов Павлодарской области было 640 встреч с населением и 1 200 вопросов от жителей.", "55 akims meetings_held 2024 640|55 akims issues_raised 2024 1200"},
		{"2024 жылы Павлодар облысында әкімдердің 640 кездесуі болды.", "55 akims meetings_held 2024 640"},
		{"2024 жылы Павлодар облысында әкімдердің кездесулері 640 болды.", "55 akims meetings_held 2024 640"},
		{"In 2024 there were 640 meetings of akims with residents in Pavlodar region.", "55 akims meetings_held 2024 640"},
		{"В 2024 году акимы Павлодарской области провели 640 встреч. Вопросов на них набралось 1 702.", "55 akims meetings_held 2024 640|55 akims issues_raised 2024 1702"},
		{"В 2024 году акимы Павлодарской области провели 640 встреч. Участников было 5 130.", "55 akims meetings_held 2024 640|55 akims participants 2024 5130"},
		{"В 2024 году акимы Павлодарской области провели 640 встреч. Вопросов по дорогам поднято 1 702.", "55 akims meetings_held 2024 640"},
		{"В 2024 году акимы Павлодарской области провели 640 встреч. Сложных вопросов было 170.", "55 akims meetings_held 2024 640"},
		{"In 2024 akims of Pavlodar region held 121 of the 126 meetings planned.", "55 akims meetings_held 2024 121|55 akims meetings_planned 2024 126"},
	})
}

// Money is for the issues where something that was raised, or solving what was told, says so, see money.go.
func TestMoneyForThem(t *testing.T) {
	raised := "В 2024 году на встречах акимов Павлодарской области поднято 400 вопросов. "
	need, paid, share := "|55 akims budget_needed 2024 18000000000 kzt", "|55 akims budget_allocated 2024 9000000000 kzt", "|55 akims budget_allocated_share 2024 50 percent"
	for text, want := range map[string]string{
		"Чтобы решить их, нужно 18 млрд тенге. Выделено 9 млрд тенге, или 50% потребности.":               need + paid + share,
		"Необходимые затраты оценены в 18 млрд тенге. Из бюджета направлено 9 млрд тенге.":                need + paid,
		"На их исполнение требовалось 18 млрд тенге, а выделили 9 млрд тенге – 50% от нужного.":           need + paid + share,
		"Решение всего поднятого обойдётся в 18 млрд тенге, покрыто 50% потребности.":                     need + share,
		"На реализацию планов потребуется 18 млрд тенге.":                                                 need,
		"Оларды реттеуге 18 млрд теңге керек, бюджеттен 9 млрд теңге бөлінді. Бұл – қажеттіліктің 50%-ы.": need + paid + share,
		"Dealing with them will cost 18 billion tenge.":                                                   need,
		"To act on what was raised, the akims need 18 billion tenge; 9 billion tenge has been allocated.": need + paid,
		"На строительство школ нужно 18 млрд тенге.":                                                      "",
		"Чтобы построить школы, нужно 18 млрд тенге.":                                                     "",
		"Не хватает 18 млрд тенге, чтобы решить их.":                                                      "",
	} {
		check(t, Hints{}, []example{{raised + text, "55 akims issues_raised 2024 400" + want}})
	}
}

// Figures that only their order tells apart, see parallel.go.
func TestParallel(t *testing.T) {
	pair := func(a, b string) string {
		return "55 akims issues_raised 2024 812|55 akims issues_resolved 2024 694|39 akims issues_raised 2024 " + a + "|39 akims issues_resolved 2024 " + b
	}
	check(t, Hints{}, []example{
		{"В 2024 году на встречах акимов в Павлодарской области поднято 812 вопросов, решено 694; в Костанайской – 745 и 583.", pair("745", "583")},
		{"В 2024 году на встречах акимов:|• Павлодарская область – поднято 812 вопросов, решено 694;|• Костанайская область – 745 и 583.", pair("745", "583")},
		{"In 2024 at the meetings of akims in Pavlodar region 812 issues were raised and 694 resolved; in Kostanay region the figures were 745 and 583.", pair("745", "583")},
		{"2024 жылы әкімдермен кездесулерде Павлодар облысында 812 мәселе көтеріліп, 694-і шешілді. Қостанай облысында – тиісінше 745 және 583.", pair("745", "583")},
		{"В 2024 году в Павлодарской области акимы решили 694 вопроса из 812 поднятых, а в Костанайской – только 583 из 745.", "55 akims issues_resolved 2024 694|55 akims issues_raised 2024 812|39 akims issues_resolved 2024 583|39 akims issues_raised 2024 745"},
		{"В 2024 году акимы Павлодарской области провели 812 встреч; в Костанайской – 745 и 583.", "55 akims meetings_held 2024 812"},
		{"В 2024 году на встречах акимов в Павлодарской области поднято 812 вопросов, решено 694; прочее – 745 и 583.", "55 akims issues_raised 2024 812|55 akims issues_resolved 2024 694"},
	})
}

// What a Russian number cannot govern it does not count, and a dash before a share is no range.
func TestUngoverned(t *testing.T) {
	check(t, Hints{}, []example{
		{"В 2024 году акимы Павлодарской области решили 900 вопросов, 17 министерства не поддержали.", "55 akims issues_resolved 2024 900|55 akims issues_not_supported 2024 17"},
		{"В 2024 году акимы Павлодарской области решили 900 вопросов, ещё 28 так и остались нерешёнными.", "55 akims issues_resolved 2024 900|55 akims issues_remaining 2024 28"},
		{"В 2024 году акимы Павлодарской области решили 900 вопросов, 17 министерств не поддержали их.", "55 akims issues_resolved 2024 900"},
		{"В 2024 году акимами Павлодарской области поднято 900 вопросов. Решены 666 – 74 процента.", "55 akims issues_raised 2024 900|55 akims issues_resolved 2024 666|55 akims issues_resolved_share 2024 74 percent"},
		{"В 2024 году акимами Павлодарской области решено 660 – 740 вопросов.", ""},
	})
}

// What goes on counting, what a noun or the end of a sentence tells, and what a sum says of the issues it is for.
func TestGoesOnCounting(t *testing.T) {
	appeals := "В 2024 году в Казахстане через е-Өтініш поступило 700 обращений. "
	list := "В перечень вопросов, требующих решения на центральном уровне, за 2024 год по Казахстану вошло 80 вопросов. "
	for text, want := range map[string]string{
		appeals + "Далее следуют Карагандинская область (88) и Туркестанская область (81).":  "35 e_otinish appeals_received 2024 88|61 e_otinish appeals_received 2024 81",
		appeals + "Реже всего обращались в области Ұлытау – 14.":                             "62 e_otinish appeals_received 2024 14",
		appeals + "В 2023 году их было 650; прирост – 7,5%.":                                 "00 e_otinish appeals_received 2023 650|00 e_otinish appeals_growth 2024 7.50 percent",
		appeals + "Жалоб среди обращений – 5,3%.":                                            "00 e_otinish complaints_share 2024 5.30 percent",
		appeals + "В Костанайской прибавка скромнее, 2,3%.":                                  "39 e_otinish appeals_growth 2024 2.30 percent",
		appeals + "В Залесской прибавка скромнее, 2,3%.":                                     "",
		list + "По девяти в бюджете предусмотрено 38 млрд тенге.":                            "00 central_list issues_funded 2024 9|00 central_list budget_allocated 2024 38000000000 kzt",
		list + "For 8 issues, 25 billion tenge has been allocated in the republican budget.": "00 central_list issues_funded 2024 8|00 central_list budget_allocated 2024 25000000000 kzt",
	} {
		first := "00 e_otinish appeals_received 2024 700"
		if strings.HasPrefix(text, list) {
			first = "00 central_list issues_central_level 2024 80"
		}
		check(t, Hints{}, []example{{text, strings.TrimSuffix(first+"|"+want, "|")}})
	}
	check(t, Hints{}, []example{
		{"For 2024, 14,200 akims' meetings with residents of Pavlodar region are scheduled.", "55 akims meetings_planned 2024 14200"},
		{"В 2024 году аким Шиелийского района провел 46 встреч.|Акимы сельских округов встречались с людьми 132 раза, на этих сходах прозвучало 914 вопросов.", "435200000 akims_district meetings_held 2024 46|435200000 akims_rural meetings_held 2024 132|435200000 akims_rural issues_raised 2024 914"},
	})
}

// A number beside a share, a whole before its part, and rows that follow the one before, see row.go and parallel.go.
func TestRowsOfShares(t *testing.T) {
	first := "В 2024 году на встречах акимов поднято:|• Павлодарская область – 95,2% решённых вопросов (поднято 2 086, решено 1 986);|"
	pavlodar := "55 akims issues_resolved_share 2024 95.20 percent|55 akims issues_raised 2024 2086|55 akims issues_resolved 2024 1986"
	for text, want := range map[string]string{
		"• Костанайская область – 91,1%: 2 718 и 2 476 соответственно.": "39 akims issues_resolved_share 2024 91.10 percent|39 akims issues_raised 2024 2718|39 akims issues_resolved 2024 2476",
		"• Костанайская область – 52,3%, или 1 151 из 2 201.":           "39 akims issues_resolved_share 2024 52.30 percent|39 akims issues_resolved 2024 1151|39 akims issues_raised 2024 2201",
	} {
		check(t, Hints{}, []example{{first + text, pavlodar + "|" + want}})
	}
	check(t, Hints{}, []example{
		{"В 2024 году акимы Павлодарской области решили 72,6% вопросов, или 871.", "55 akims issues_resolved_share 2024 72.60 percent|55 akims issues_resolved 2024 871"},
		{"2024 жылы Павлодар облысының әкімдері мәселелердің 72,6 пайызын немесе 871-ін шешті.", "55 akims issues_resolved_share 2024 72.60 percent|55 akims issues_resolved 2024 871"},
		{"In 2024 akims of Pavlodar region resolved 72.6% (871) of the issues.", "55 akims issues_resolved_share 2024 72.60 percent|55 akims issues_resolved 2024 871"},
		{"В 2024 году акимами в Павлодарской области из 1 410 поднятых вопросов решён 1 291, в Костанайской области из 1 268 – 1 119.", "55 akims issues_raised 2024 1410|55 akims issues_resolved 2024 1291|39 akims issues_raised 2024 1268|39 akims issues_resolved 2024 1119"},
		{"Встречи акимов в 2024 году (поднято вопросов / решено):|• Павлодарская область – 1 046 / 793;|• Костанайская область – 902 / 761.", "55 akims issues_raised 2024 1046|55 akims issues_resolved 2024 793|39 akims issues_raised 2024 902|39 akims issues_resolved 2024 761"},
		{"Встречи акимов в 2024 году:|• Павлодарская область – 1 046 / 793.", ""},
	})
}

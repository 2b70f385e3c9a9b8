package report

import "testing"

// A city among those whose akims are told of is not of whom a figure is; a region has one akim of its own, and a city that is a region has akims below it.
func TestHolders(t *testing.T) {
	check(t, Hints{}, []example{
		{"Жамбыл облысының әкімдігі|2025 жылы облыс әкімдері 300 кездесу өткізді. Соның 200-ін аудан және Тараз қаласының әкімдері, 88-ін ауылдық округ әкімдері өткізді.", "31 akims meetings_held 2025 300|31 akims_district meetings_held 2025 200|31 akims_rural meetings_held 2025 88"},
		{"Акимат Жамбылской области|В 2025 году акимы области провели 300 встреч. Из них 200 встреч провели акимы районов и города Тараз, 88 – сельские акимы.", "31 akims meetings_held 2025 300|31 akims_district meetings_held 2025 200|31 akims_rural meetings_held 2025 88"},
		{"Akimat of Zhambyl region|In 2025 akims of the region held 300 meetings. Akims of districts and of Taraz city held 200 meetings, akims of rural districts 88.", "31 akims meetings_held 2025 300|31 akims_district meetings_held 2025 200|31 akims_rural meetings_held 2025 88"},
		{"Қарағанды облысының әкімдігі|2025 жылы облыс әкімдері 300 кездесу өткізді. Аудандар мен Қарағанды, Теміртау қалаларының әкімдері 200 кездесу өткізді, ауыл әкімдері – 88.", "35 akims meetings_held 2025 300|35 akims_district meetings_held 2025 200|35 akims_rural meetings_held 2025 88"},
		{"Акимат города Шымкента|В 2025 году акимами города и районов проведено 200 встреч. Из них 9 провёл аким города, 191 – акимы районов.", "79 akims meetings_held 2025 200|79 akims_oblast meetings_held 2025 9|79 akims_district meetings_held 2025 191"},
		{"Астана қаласының әкімдігі|2025 жылы қала және аудан әкімдері 200 кездесу өткізді.", "71 akims meetings_held 2025 200"},
		{"Akimat of Astana city|In 2025 akims of the city and districts held 200 meetings.", "71 akims meetings_held 2025 200"},
		{"Акимат Карагандинской области|В 2025 году акимами городов и районов проведено 200 встреч.", "35 akims_district meetings_held 2025 200"},
	})
}

// A region without its name is the one that the paragraph has named; a district that a paragraph is about is not what the next one is about.
func TestItsRegion(t *testing.T) {
	check(t, Hints{}, []example{
		{"Итоги встреч акимов в 2025 году|В 2025 году акимы провели 30 000 встреч. Мы побывали в Туркестанской области. Акимы области отчитались: проведено 900 встреч, поднято 6 800 вопросов.", "00 akims meetings_held 2025 30000|61 akims meetings_held 2025 900|61 akims issues_raised 2025 6800"},
		{"Итоги встреч акимов в 2025 году|По стране в 2025 году поднято 30 000 вопросов. В Атырауской области решено 900 вопросов. На решение вопросов области нужен 41 млрд тенге, выделено 12,3 млрд тенге.", "00 akims issues_raised 2025 30000|23 akims issues_resolved 2025 900|23 akims budget_needed 2025 41000000000 kzt|23 akims budget_allocated 2025 12300000000 kzt"},
		{"Akims' meetings in 2025|Across the country akims held 30,000 meetings in 2025. Our correspondents went to Turkistan region. Akims of the region held 900 meetings and 6,800 issues were raised.", "00 akims meetings_held 2025 30000|61 akims meetings_held 2025 900|61 akims issues_raised 2025 6800"},
		{"Әкімдердің 2025 жылғы кездесулері|2025 жылы ел бойынша әкімдер 30 000 кездесу өткізді. Біз Түркістан облысында болдық. Облыс әкімдері 900 кездесу өткізіп, 6 800 мәселе көтерілді.", "00 akims meetings_held 2025 30000|61 akims meetings_held 2025 900|61 akims issues_raised 2025 6800"},
		{"Интервью с руководителем аппарата акима Павлодарской области|– Сколько встреч прошло в 2025 году?|– Акимы всех уровней провели 300 встреч.|– Кого похвалите?|– Иртышский район. Там поднято 60 вопросов, решено 50.|– А что с деньгами?|– На решение вопросов выделено 2 млрд тенге. На 2026 год запланировано 310 встреч акимов.", "55 akims meetings_held 2025 300|554600000 akims issues_raised 2025 60|554600000 akims issues_resolved 2025 50|55 akims budget_allocated 2025 2000000000 kzt|55 akims meetings_planned 2026 310"},
		{"Итоги встреч акимов за 2025 год|В Атырауской области поднято 90 вопросов, решено 50; в Павлодарской области – соответственно 80 и 70; в Алматы – 60 и 40.", "23 akims issues_raised 2025 90|23 akims issues_resolved 2025 50|55 akims issues_raised 2025 80|55 akims issues_resolved 2025 70|75 akims issues_raised 2025 60|75 akims issues_resolved 2025 40"},
		{"Итоги встреч акимов за 2025 год|В Павлодарской области из 1 410 поднятых вопросов решён 1 291, в области Жетісу из 1 268 – 1 119. Акимы Алматы решили 90 из 100 вопросов, поднятых жителями.", "55 akims issues_raised 2025 1410|55 akims issues_resolved 2025 1291|33 akims issues_raised 2025 1268|33 akims issues_resolved 2025 1119|75 akims issues_resolved 2025 90|75 akims issues_raised 2025 100"},
	})
}

// Figures of a place that nobody knows are not those of the place that the text is about.
func TestStrangePlaces(t *testing.T) {
	check(t, Hints{}, []example{
		{"Акимат Павлодарской области|В 2025 году акимы области провели 300 встреч. В Кукуевском районе поднято 40 вопросов, решено 30.", "55 akims meetings_held 2025 300"},
		{"Akimat of Pavlodar region|In 2025 akims of the region held 300 meetings. In Kukuev District 40 of 60 issues raised were resolved.", "55 akims meetings_held 2025 300"},
		{"Павлодар облысының әкімдігі|2025 жылы облыс әкімдері 300 кездесу өткізді. Кукуев ауданында 40 мәселе көтеріліп, 30-ы шешілді.", "55 akims meetings_held 2025 300"},
		{"Акимат Павлодарской области|В 2025 году акимы области провели 300 встреч. В селе Кукуево поднято 40 вопросов.", "55 akims meetings_held 2025 300"},
		{"Павлодар облысының әкімдігі|2025 жылы облыс әкімдері 300 кездесу өткізді. Кукуев ауылында 40 мәселе көтерілді.", "55 akims meetings_held 2025 300"},
		{"Akimat of Pavlodar region|In 2025 akims of the region held 300 meetings. In Bayanaul District 40 issues were raised, in the village of Kukuevo 20 issues were raised.", "55 akims meetings_held 2025 300|553600000 akims issues_raised 2025 40"},
	})
}

// Of which ministry a figure is.
func TestMinistries(t *testing.T) {
	check(t, Hints{}, []example{
		{"Обращения через «е-Өтініш» за 2025 год|За 2025 год в «е-Өтініш» поступило 2 600 000 обращений. Среди центральных органов больше всего обращений получили Министерство юстиции – 96 870, Министерство здравоохранения – 58 140.", "00 e_otinish appeals_received 2025 2600000|ministry:justice e_otinish appeals_received 2025 96870|ministry:health e_otinish appeals_received 2025 58140"},
		{"Appeals through e-Otinish in 2025|In 2025 e-Otinish received 2,600,000 appeals. The Ministry of Justice received 96,870 appeals and the Ministry of Health 58,140.", "00 e_otinish appeals_received 2025 2600000|ministry:justice e_otinish appeals_received 2025 96870|ministry:health e_otinish appeals_received 2025 58140"},
		{"2025 жылғы «е-Өтініш» арқылы түскен өтініштер|2025 жылы «е-Өтініш» арқылы 2 600 000 өтініш түсті. Әділет министрлігіне 96 870 өтініш, Денсаулық сақтау министрлігіне 58 140 өтініш түсті.", "00 e_otinish appeals_received 2025 2600000|ministry:justice e_otinish appeals_received 2025 96870|ministry:health e_otinish appeals_received 2025 58140"},
		{"Встречи министров с населением в 2025 году|В 2025 году министры провели 200 встреч, поднято 1 500 вопросов. Министерству транспорта задали 187 вопросов (решено 96), Министерству юстиции – 62 (решён 41).", "00 ministers meetings_held 2025 200|00 ministers issues_raised 2025 1500|ministry:transport ministers issues_raised 2025 187|ministry:transport ministers issues_resolved 2025 96|ministry:justice ministers issues_raised 2025 62|ministry:justice ministers issues_resolved 2025 41"},
		{"Встречи министров с населением в 2025 году|В 2025 году министры провели 200 встреч. Чаще всего люди шли к Министерству здравоохранения: его руководство провело 14 встреч, поднято 203 вопроса, решено 150.", "00 ministers meetings_held 2025 200|ministry:health ministers meetings_held 2025 14|ministry:health ministers issues_raised 2025 203|ministry:health ministers issues_resolved 2025 150"},
		{"Ministers' meetings in 2025|Ministers held 200 meetings in 2025. The Ministry of Health was the busiest: its head held 14 meetings, where 203 issues were raised. In all 1,500 issues were raised.", "00 ministers meetings_held 2025 200|ministry:health ministers meetings_held 2025 14|ministry:health ministers issues_raised 2025 203|00 ministers issues_raised 2025 1500"},
		{"Министрлердің 2025 жылғы кездесулері|2025 жылы министрлер 200 кездесу өткізді. Денсаулық сақтау министрі 14 кездесу өткізіп, онда 203 мәселе көтерілді.", "00 ministers meetings_held 2025 200|ministry:health ministers meetings_held 2025 14|ministry:health ministers issues_raised 2025 203"},
	})
}

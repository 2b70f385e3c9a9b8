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

// A paper below the name of a ministry is its own.
func TestLetterhead(t *testing.T) {
	check(t, Hints{}, []example{
		{"МИНИСТЕРСТВО ЮСТИЦИИ РЕСПУБЛИКИ КАЗАХСТАН|Отчёт о работе с обращениями и приёме граждан за 2025 год|В 2025 году через «е-Өтініш» поступило 9 000 обращений. В общественной приёмной Министерства проведено 50 личных приёмов, принято 400 граждан. На приёмах поднято 300 вопросов, решено 200.", "ministry:justice e_otinish appeals_received 2025 9000|ministry:justice reception receptions_held 2025 50|ministry:justice reception citizens_received 2025 400|ministry:justice reception issues_raised 2025 300|ministry:justice reception issues_resolved 2025 200"},
		{"Министерство юстиции: обзор обращений за 2025 год|В 2025 году через «е-Өтініш» по стране поступило 900 000 обращений.", "00 e_otinish appeals_received 2025 900000"},
		{"Пресс-служба Министерства юстиции|В 2025 году акимы всех уровней провели 30 000 встреч.", "00 akims meetings_held 2025 30000"},
	})
}

// Of whose work a figure is: of the heads of regions, of the list of the centre, of those who receive people.
func TestChannels(t *testing.T) {
	check(t, Hints{}, []example{
		{"Заседание Правительства|В 2025 году акимы всех уровней провели 15 000 встреч: 11 000 – сельские акимы, 3 900 – акимы районов, 100 – руководители областей и городов республиканского значения.", "00 akims meetings_held 2025 15000|00 akims_rural meetings_held 2025 11000|00 akims_district meetings_held 2025 3900|00 akims_oblast meetings_held 2025 100"},
		{"Government session|In 2025 heads of oblasts held 100 meetings, akims of districts held 3,900.", "00 akims_oblast meetings_held 2025 100|00 akims_district meetings_held 2025 3900"},
		{"Үкімет отырысы|2025 жылы облыс басшылары 100 кездесу өткізді, аудан әкімдері 3 900 кездесу өткізді.", "00 akims_oblast meetings_held 2025 100|00 akims_district meetings_held 2025 3900"},
		{"Government session|In 2025 akims held 30,000 meetings. A list of 48 issues that the regions cannot solve on their own was compiled. Of them 12 have been resolved and 8 were not supported.", "00 akims meetings_held 2025 30000|00 central_list issues_central_level 2025 48|00 central_list issues_resolved 2025 12|00 central_list issues_not_supported 2025 8"},
		{"Заседание Правительства|В 2025 году акимы провели 30 000 встреч. Составлен перечень из 48 вопросов, которые регионы не могут решить самостоятельно. Из них решено 12, не поддержано 8.", "00 akims meetings_held 2025 30000|00 central_list issues_central_level 2025 48|00 central_list issues_resolved 2025 12|00 central_list issues_not_supported 2025 8"},
		{"Үкімет отырысы|2025 жылы әкімдер 30 000 кездесу өткізді. Өңірлер өз күшімен шеше алмайтын 48 мәселенің тізбесі жасалды. Оның 12-сі шешілді, 8-і қолдау таппады.", "00 akims meetings_held 2025 30000|00 central_list issues_central_level 2025 48|00 central_list issues_resolved 2025 12|00 central_list issues_not_supported 2025 8"},
		{"Акимат Алматы|В 2025 году акимы города и районов провели 300 встреч. Жители могут обратиться и в районные приёмные. За 2025 год там принято 6 412 граждан.", "75 akims meetings_held 2025 300|75 reception citizens_received 2025 6412"},
		{"Алматы қаласының әкімдігі|2025 жылы қала мен аудан әкімдері 300 кездесу өткізді. Қоғамдық қабылдау бөлмелерінде 6 412 азамат қабылданды.", "75 akims meetings_held 2025 300|75 reception citizens_received 2025 6412"},
		{"Личный приём граждан в государственных органах в 2025 году|В 2025 году руководители государственных органов провели 52 тыс. личных приёмов, принято 118 тыс. граждан. В Туркестанской области принято 11 240 граждан, в Алматы – 9 875.", "00 reception receptions_held 2025 52000|00 reception citizens_received 2025 118000|61 reception citizens_received 2025 11240|75 reception citizens_received 2025 9875"},
		{"Как государственные органы принимают граждан|Проведено в 2025 году 52 тыс. приёмов. Принято 118 тыс. граждан. Поднято 90 тыс. вопросов, решено 60 тыс.", "00 reception receptions_held 2025 52000|00 reception citizens_received 2025 118000|00 reception issues_raised 2025 90000|00 reception issues_resolved 2025 60000"},
		{"Министры приняли граждан|В 2025 году министры лично приняли 1 126 граждан.", "00 ministers citizens_received 2025 1126"},
	})
}

// Akims of other levels share the word of the first; a ministry without a name is the only one that is told of.
func TestShared(t *testing.T) {
	check(t, Hints{}, []example{
		{"Мангистауская область: встречи акимов|В 2024 году акимы районов провели 150 встреч, сельские – 455 встреч.", "47 akims_district meetings_held 2024 150|47 akims_rural meetings_held 2024 455"},
		{"Заседание Правительства|В 2024 году встречи провели акимы: областей – 83, районов и городов – 3 655, сельских округов – 11 902.", "00 akims_oblast meetings_held 2024 83|00 akims_district meetings_held 2024 3655|00 akims_rural meetings_held 2024 11902"},
		{"Итоги работы Министерства просвещения с гражданами|В 2024 году в Министерство через «е-Өтініш» поступило 5 410 обращений.", "ministry:enlightenment e_otinish appeals_received 2024 5410"},
		{"Обращения граждан|В 2024 году в министерство через «е-Өтініш» поступило 5 410 обращений.", ""},
		{"Regional administration of Atyrau|In 2024 akims of the region held 380 meetings. In Kulsary 96 meetings were held.", "23 akims meetings_held 2024 380"},
		{"В Атырауской области отчитались акимы|В 2024 году акимы области провели 380 встреч. В Кульсары поднято 96 вопросов.", "23 akims meetings_held 2024 380"},
	})
}

// A figure of several places is of none; a place that only says where a text was written is not told of.
func TestSeveralPlaces(t *testing.T) {
	check(t, Hints{}, []example{
		{"Встречи акимов|В 2025 году в Костанайской области проведено 430 встреч акимов, в Павлодарской области – 390. Обе области выделили на решение вопросов 14 млрд тенге.", "39 akims meetings_held 2025 430|55 akims meetings_held 2025 390"},
		{"ASTANA – In the second half of 2025 ministers held 152 meetings in all regions.", "00 ministers meetings_held 2025-07-01..2025 152"},
		{"Ақмола облысы|2025 жылы облыс әкімдері 410 кездесу өткізді. Көкшетау қаласында 210 мәселе көтерілді. Аталған қалада 150 мәселе шешілді.", "11 akims meetings_held 2025 410|111000000 akims issues_raised 2025 210|111000000 akims issues_resolved 2025 150"},
	})
}

// A paper of a minister may tell of deputies; a sentence that begins with a ministry is of it, and «сельские акимы района» are of villages.
func TestThemes(t *testing.T) {
	check(t, Hints{}, []example{
		{"Министерство сельского хозяйства Республики Казахстан|Информация о встречах Министра с населением|В 2025 году Министром и вице-министрами проведена 31 встреча. Задано 612 вопросов.", "ministry:agriculture ministers meetings_held 2025 31|ministry:agriculture ministers issues_raised 2025 612"},
		{"Ministers' meetings|In 2025 ministers held 290 meetings. The Ministry of Energy alone held 24, where 330 questions were asked.", "00 ministers meetings_held 2025 290|ministry:energy ministers meetings_held 2025 24|ministry:energy ministers issues_raised 2025 330"},
		{"Встречи министров|В 2025 году министры провели 290 встреч. На сайте Министерства энергетики размещены ответы на 330 поднятых вопросов.", "00 ministers meetings_held 2025 290"},
		{"Аким района Алтай отчитался|В 2025 году аким района Алтай провёл 26 встреч.|– На моих встречах поднято 318 вопросов, – говорит аким. – Решили 240.|Сельские акимы района провели 110 встреч.", "634800000 akims_district meetings_held 2025 26|634800000 akims_district issues_raised 2025 318|634800000 akims_district issues_resolved 2025 240|634800000 akims_rural meetings_held 2025 110"},
	})
}

// «В районе» is the district that was named last, or the text's own; what one akim of a district did is not of his region.
func TestDistrictHere(t *testing.T) {
	check(t, Hints{}, []example{
		{"Туркестанская область|Аким Сарыагашского района провёл 26 встреч в 2025 году. В районе поднято 702 вопроса.|Областной бюджет выделил на решение вопросов жителей 9,2 млрд тенге.", "615400000 akims_district meetings_held 2025 26|615400000 akims_district issues_raised 2025 702|61 akims budget_allocated 2025 9200000000 kzt"},
		{"Туркестанская область|В 2025 году акимы области провели 1 500 встреч. В Туркестане на встречах с акимом города поднято 300 вопросов.", "61 akims meetings_held 2025 1500"},
		{"Меркенский район|В 2025 году в районе состоялось 112 встреч. Аким района провёл 26. Всего по Жамбылской области, для сравнения, прошло 1 420 встреч акимов. Жители района подняли 190 вопросов.", "315400000 akims meetings_held 2025 112|315400000 akims_district meetings_held 2025 26|31 akims meetings_held 2025 1420|315400000 akims issues_raised 2025 190"},
		{"Атырау облысы|2025 жылы облыс әкімдері 420 кездесу өткізді. Жылыой ауданында 30 кездесу өтті. Ауданда 140 мәселе көтерілді.", "23 akims meetings_held 2025 420|233600000 akims meetings_held 2025 30|233600000 akims issues_raised 2025 140"},
	})
}

// The akim of an oblast who visits a town does not make its text one of the oblast; words beside a name are none of it.
func TestVisits(t *testing.T) {
	check(t, Hints{}, []example{
		{"Акимат города Экибастуза|За 11 месяцев 2025 года аким города провёл 22 встречи. Задано 214 вопросов.|Аким области посетил город дважды.", "552200000 akims_district meetings_held 2025..2025-11-30 22|552200000 akims_district issues_raised 2025..2025-11-30 214"},
		{"Аким Кокшетау представил Общественному совету отчёт за 2025 год. Проведена 31 встреча.", "111000000 akims_district meetings_held 2025 31"},
		{"Встречи министров|За 2025 год министры провели 268 встреч. Министр транспорта провёл 16 встреч, министр юстиции – 14.|На встречах поднято 2 640 вопросов.", "00 ministers meetings_held 2025 268|ministry:transport ministers meetings_held 2025 16|ministry:justice ministers meetings_held 2025 14|00 ministers issues_raised 2025 2640"},
		{"Западно-Казахстанская область|За три квартала 2025 года акимы провели 890 встреч. Самые активные – жители Бурлинского района: поднято 340 вопросов. Там же решено 260.", "27 akims meetings_held 2025..2025-09-30 890|273600000 akims issues_raised 2025..2025-09-30 340|273600000 akims issues_resolved 2025..2025-09-30 260"},
	})
}

// Of which ministry: in any case of its short name, and of none where a place is told of in its paper.
func TestShortNames(t *testing.T) {
	check(t, Hints{}, []example{
		{"Обращения граждан|В 2025 году через «е-Өтініш» поступило 90 тыс. обращений, в адрес Минздрава – 5 тыс. обращений.", "00 e_otinish appeals_received 2025 90000|ministry:health e_otinish appeals_received 2025 5000"},
		{"Министр юстиции ответил на вопросы граждан на встречах|В 2025 году министр юстиции провёл 12 встреч.|В Костанайской области жители подняли 40 вопросов.", "ministry:justice ministers meetings_held 2025 12"},
		{"Government session|In 2025 akims held 32,000 meetings. In Astana city, the share of resolved issues is 90%. Kostanay and Pavlodar regions resolved 92% and 95% respectively.", "00 akims meetings_held 2025 32000|71 akims issues_resolved_share 2025 90 percent|39 akims issues_resolved_share 2025 92 percent|55 akims issues_resolved_share 2025 95 percent"},
	})
}

// Akims of all oblasts are not those of the one that was named last.
func TestAllOblasts(t *testing.T) {
	check(t, Hints{}, []example{
		{"Заседание Правительства|В 2025 году акимы провели 32 тыс. встреч. Лучший показатель у Актюбинской области. Областные акимы провели 83 встречи, районные – 3 655.", "00 akims meetings_held 2025 32000|00 akims_oblast meetings_held 2025 83|00 akims_district meetings_held 2025 3655"},
		{"Government session|In 2025 akims held 32,000 meetings. Aktobe region did best. Regional akims held 83 meetings, district akims 3,655.", "00 akims meetings_held 2025 32000|00 akims_oblast meetings_held 2025 83|00 akims_district meetings_held 2025 3655"},
		{"Үкімет отырысы|2025 жылы әкімдер 32 мың кездесу өткізді. Ең жақсысы – Ақтөбе облысы. Облыс әкімдері 83, аудан әкімдері 3 655 кездесу өткізді.", "00 akims meetings_held 2025 32000|00 akims_oblast meetings_held 2025 83|00 akims_district meetings_held 2025 3655"},
	})
}

// A sum before its levels is of all akims, and so is what follows in a list that has named them.
func TestSums(t *testing.T) {
	check(t, Hints{}, []example{
		{"Түркістан облысы|2025 жылы облыста 1 540 кездесу өтті, оның ішінде облыс әкімі – 9, аудан әкімдері – 231, ауыл әкімдері – 1 300 кездесу өткізді.", "61 akims meetings_held 2025 1540|61 akims_oblast meetings_held 2025 9|61 akims_district meetings_held 2025 231|61 akims_rural meetings_held 2025 1300"},
		{"Итоги полугодия|Первое полугодие 2024 года:|– встреч акимов – 14 200;|– поднято вопросов – 31 800;|– решено вопросов – 19 840.", "00 akims meetings_held 2024..2024-06-30 14200|00 akims issues_raised 2024..2024-06-30 31800|00 akims issues_resolved 2024..2024-06-30 19840"},
	})
}

// What one akim of a village did is not of his district.
func TestOneVillage(t *testing.T) {
	check(t, Hints{}, []example{
		{"Аким села рассказал|В 2025 году аким сельского округа провёл 6 встреч, поднято 40 вопросов. Село лежит в Аккольском районе Акмолинской области.", ""},
		{"Көксу ауданындағы ауыл әкімі|2025 жылы ауыл әкімі 4 кездесу өткізді, 63 мәселе көтерілді.", ""},
	})
}

// A paper on the list of the centre may tell of meetings too; and who speaks tells of himself, at a Kazakh sentence's end.
func TestAside(t *testing.T) {
	check(t, Hints{}, []example{
		{"Вопросы, которые регионы не могут решить самостоятельно|По итогам 2024 года составлен перечень из 54 вопросов.|Всего в 2024 году акимы провели 30 тыс. встреч, жители подняли 71 тыс. вопросов. Из них 53 тыс. решены.|Из перечня 4 вопроса решены.", "00 central_list issues_central_level 2024 54|00 akims meetings_held 2024 30000|00 akims issues_raised 2024 71000|00 akims issues_resolved 2024 53000|00 central_list issues_resolved 2024 4"},
		{"Қарқаралы ауданының әкімі тұрғындар алдында есебін берді|2026 жылғы 20 ақпан|Былтыр ауыл әкімдері 126 кездесу өткізді.|– Биыл мен 50 кездесу өткізуді жоспарлап отырмын, – деді аудан басшысы.", "354800000 akims_rural meetings_held 2025 126|354800000 akims_district meetings_planned 2026 50"},
	})
}

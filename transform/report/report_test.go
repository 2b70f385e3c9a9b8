package report

import (
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/transform/body"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/table"
)

var reader = sync.OnceValues(func() (*Reader, error) {
	places, err := region.New()
	if err != nil {
		return nil, err
	}
	bodies, err := body.New(places)
	if err != nil {
		return nil, err
	}
	personal, err := pii.New(pii.Policy{Kinds: []string{"name", "phone", "email", "iin"}})
	if err != nil {
		return nil, err
	}
	return New(Vocabularies{Places: places, Bodies: bodies, Personal: personal})
})

func newReader(t testing.TB) *Reader {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// short shows claims as the tables below write them: the region's first two digits or the ministry, channel, metric, period,
// value, unit and qualifier where they are not the usual ones.
func short(claims []Claim) []string {
	var list []string
	for _, c := range claims {
		f := strings.Fields(c.String())
		f[0] = strings.TrimSuffix(f[0], "0000000")
		f[3] = strings.NewReplacer("-01-01..", "..", "-12-31", "").Replace(f[3])
		if from, to, ok := strings.Cut(f[3], ".."); ok && from == to && len(from) == 4 {
			f[3] = from
		}
		if f[6] == string(Exact) {
			f = f[:6]
		}
		if f[5] == string(Count) {
			f = append(f[:5], f[6:]...)
		}
		list = append(list, strings.Join(f, " "))
	}
	return list
}

type example struct {
	text string // paragraphs, parted by |
	want string // claims, parted by |
}

func check(t *testing.T, h Hints, list []example) {
	t.Helper()
	r := newReader(t)
	for _, e := range list {
		claims, _ := r.Read(Paragraphs(strings.Split(e.text, "|")...), h)
		var want []string
		if e.want != "" {
			want = strings.Split(e.want, "|")
		}
		if diff := cmp.Diff(want, short(claims)); diff != "" {
			t.Errorf("%s\n%s", e.text, diff)
		}
	}
}

func TestRussian(t *testing.T) {
	check(t, Hints{}, []example{
		{"За 2023 год акимами проведено 1 240 встреч.", "00 akims meetings_held 2023 1240"},
		{"За 2023 год акимами всех уровней проведено 12,5 тыс. встреч с населением.", "00 akims meetings_held 2023 12500"},
		{"В 2023 году министры провели свыше 300 встреч.", "00 ministers meetings_held 2023 300 over"},
		{"В 2023 году министры провели порядка 300 встреч.", "00 ministers meetings_held 2023 300 about"},
		{"В 2023 году министры провели менее 300 встреч.", "00 ministers meetings_held 2023 300 under"},
		{"В 2023 году министры провели не менее 300 встреч.", "00 ministers meetings_held 2023 300 over"},
		{"В 2023 году министры провели не более 300 встреч.", "00 ministers meetings_held 2023 300 under"},
		{"По итогам 2 полугодия 2023 года акимы провели 20 тыс. встреч.", "00 akims meetings_held 2023-07-01..2023 20000"},
		{"По итогам первого полугодия 2023 года акимы провели 20 тыс. встреч.", "00 akims meetings_held 2023..2023-06-30 20000"},
		{"За II квартал 2023 года акимы провели 5 тыс. встреч.", "00 akims meetings_held 2023-04-01..2023-06-30 5000"},
		{"За 9 месяцев 2023 года акимы провели 15 тыс. встреч.", "00 akims meetings_held 2023..2023-09-30 15000"},
		{"В январе–марте 2023 года акимы провели 4 тыс. встреч.", "00 akims meetings_held 2023..2023-03-31 4000"},
		{"21 ноября 2023 года акимами принято 500 граждан.", "00 akims citizens_received 2023-11-21..2023-11-21 500"},
		{"В 2022–2023 годах акимами проведено 500 встреч.", "00 akims meetings_held 2022..2023 500"},
		{"На 2024 год запланировано 250 встреч министров.", "00 ministers meetings_planned 2024 250"},
		{"Министры не провели 15 запланированных встреч в 2023 году.", "00 ministers meetings_missed 2023 15"},
		{"Акимами не проведено 9 встреч.", "00 akims meetings_missed - 9"},
		{"Акимами проведено 212 из 227 запланированных встреч.", "00 akims meetings_held - 212|00 akims meetings_planned - 227"},
		{"На встречах акимов в 2023 году поднято 2 315 вопросов, из них 1 870 решены, 445 – на исполнении.", "00 akims issues_raised 2023 2315|00 akims issues_resolved 2023 1870|00 akims issues_in_progress 2023 445"},
		{"На встречах министров озвучено 800 проблемных вопросов. Из них 600 или 75% решены, 200 находятся в работе.", "00 ministers issues_raised - 800|00 ministers issues_resolved - 600|00 ministers issues_resolved_share - 75 percent|00 ministers issues_in_progress - 200"},
		{"На встречах министров озвучено 800 проблем.|В результате 600 (75%) вопросов решено, 200 – на контроле.", "00 ministers issues_raised - 800|00 ministers issues_resolved - 600|00 ministers issues_resolved_share - 75 percent|00 ministers issues_in_progress - 200"},
		{"Акимами проведено 50 встреч, на которых поднято более 1,2 тыс. предложений и вопросов по благоустройству и дорогам.", "00 akims meetings_held - 50|00 akims issues_raised - 1200 over"},
		{"Акимами решено 900 вопросов, что составляет 75,5%.", "00 akims issues_resolved - 900|00 akims issues_resolved_share - 75.50 percent"},
		{"Решаемость вопросов акимами составила почти 99%.", "00 akims issues_resolved_share - 99 percent about"},
		{"На встречах с акимами население подняло около 30 тысяч вопросов.", "00 akims issues_raised - 30000 about"},
		{"На встречах акимов жители внесли 2 594 предложения.", "00 akims proposals_received - 2594"},
		{"Акимами проведено 80 встреч, в которых приняли участие свыше 45 тысяч человек.", "00 akims meetings_held - 80|00 akims participants - 45000 over"},
		{"Министрами проведено 96 личных приемов, принято 640 граждан.", "00 ministers receptions_held - 96|00 ministers citizens_received - 640"},
		{"Министрами проведено 96 приемов, на которых рассмотрено 710 вопросов от 640 граждан.", "00 ministers receptions_held - 96|00 ministers issues_raised - 710|00 ministers citizens_received - 640"},
		{"Аким Актюбинской области провел 12 встреч, акимы городов и районов – 148, акимы сельских округов – 1 080.", "15 akims_oblast meetings_held - 12|15 akims_district meetings_held - 148|15 akims_rural meetings_held - 1080"},
		{"Аким области провел 12 встреч, акимы городов и районов – 148.", ""},
		{"Акимами проведено 12 встреч. На решение вопросов нужно 18,9 млрд ₸.", "00 akims meetings_held - 12|00 akims budget_needed - 18900000000 kzt"},
		{"В 2025 году через е-Өтініш поступило 500 обращений, больше, чем в 2024 году, когда поступило 400 обращений.|Поступило 90 обращений из сёл.", "00 e_otinish appeals_received 2025 500|00 e_otinish appeals_received 2024 400|00 e_otinish appeals_received 2025 90"},
		{"В 2025 году через е-Өтініш жалобы составили 7,4% от числа обращений, тогда как годом ранее – 6,8%.", "00 e_otinish complaints_share 2025 7.40 percent"},
		{"Акимами поднято и решено 245 и 201 вопрос соответственно.", ""},
		{"Акимами Актюбинской области проведено 700 встреч.", "15 akims meetings_held - 700"},
		{"Акимом Актюбинской области проведено 7 встреч.", "15 akims_oblast meetings_held - 7"},
		{"Акимом города Шымкента проведено 7 встреч.", "79 akims_oblast meetings_held - 7"},
		{"Акимом Бурабайского района проведено 17 встреч.", "117000000 akims_district meetings_held - 17"},
		{"Решено вопросов акимами: в Актюбинской области – 4 259, в Костанайской – 3 224.", "15 akims issues_resolved - 4259|39 akims issues_resolved - 3224"},
		{"Доля решенных акимами вопросов: Акмолинская (74 %), Абай – 65,5 %, Алматы (90%).", "11 akims issues_resolved_share - 74 percent|10 akims issues_resolved_share - 65.50 percent|75 akims issues_resolved_share - 90 percent"},
		{"Потребность акимов для решения вопросов: Туркестанская – 56,3 млрд тенге, Абай – 5,6 млрд тенге.", "61 akims budget_needed - 56300000000 kzt|10 akims budget_needed - 5600000000 kzt"},
		{"На решение поднятых на встречах акимов вопросов требуется 14,6 млрд тенге, из которых выделено 6,2 млрд тенге или 42,5%.", "00 akims budget_needed - 14600000000 kzt|00 akims budget_allocated - 6200000000 kzt|00 akims budget_allocated_share - 42.50 percent"},
		{
			"Сформирован перечень вопросов, требующих решения на уровне центральных органов.|Перечень состоит из 62 вопросов:|- по 10 вопросам отсутствует документация;|- по 5 вопросам предусмотрено 20,2 млрд тенге;|- по 13 вопросам возможность выделения 61,2 млрд тенге будет рассмотрена при уточнении бюджета на 2024 год;|- 14 вопросов на исполнении;|- 18 вопросов не поддержаны;|- 2 вопроса исполнены.",
			"00 central_list issues_central_level - 62|00 central_list issues_no_documents - 10|00 central_list issues_funded - 5|00 central_list budget_allocated - 20200000000 kzt|00 central_list issues_funding_considered - 13|00 central_list budget_considered - 61200000000 kzt|00 central_list issues_in_progress - 14|00 central_list issues_not_supported - 18|00 central_list issues_resolved - 2",
		},
		{"По итогам 1 полугодия 2023 года 14 вопросов требовали решения на центральном уровне, из которых 5 исполнены, 6 не поддержаны и 3 вопроса имеют долгосрочный характер.", "00 central_list issues_central_level 2023..2023-06-30 14|00 central_list issues_resolved 2023..2023-06-30 5|00 central_list issues_not_supported 2023..2023-06-30 6|00 central_list issues_long_term 2023..2023-06-30 3"},
		{"Из перечня вопросов центрального уровня госорганами отобраны 6 вопросов.", "00 central_list issues_selected_central - 6"},
		{"Через е-Өтініш в 2023 году поступило 1,7 млн обращений. Из них 82% приходится на местные исполнительные органы.", "00 e_otinish appeals_received 2023 1700000|00 e_otinish appeals_local_share 2023 82 percent"},
		{"Во втором полугодии 2023 года количество обращений в е-Өтініш выросло на 16%.", "00 e_otinish appeals_growth 2023-07-01..2023 16 percent"},
		{"За 2023 год количество обращений в е-Өтініш снизилось на 6,5%.", "00 e_otinish appeals_growth 2023 -6.50 percent"},
		{"В е-Өтініш 24% жалоб касались жилищно-коммунального хозяйства.", "00 e_otinish complaints_share - 24 percent"},
		{"План мероприятий не опубликован на сайтах 3-х акиматов: ВКО, СКО и г. Астана.", "00 akims plan_not_published - 3|63 akims plan_not_published - 1|59 akims plan_not_published - 1|71 akims plan_not_published - 1"},
		{"В Приемной Президента принято 1 120 человек, в том числе 340 – в ходе выездных приемов.", "00 reception citizens_received - 1120|00 reception citizens_received - 340"},
		{"Встречи министров с населением|За 2 полугодие 2022 года проведено 120 встреч. Участие в них приняли 94 113 человек.", "00 ministers meetings_held 2022-07-01..2022 120|00 ministers participants 2022-07-01..2022 94113"},
		{"Министром здравоохранения проведено 12 встреч.", "ministry:health ministers meetings_held - 12"},
		{"Министерство просвещения провело 22 встречи с населением, МВД – 18.", "ministry:enlightenment ministers meetings_held - 22|ministry:internal-affairs ministers meetings_held - 18"},
		{"По словам министра здравоохранения, министерством проведено 14 встреч.", "ministry:health ministers meetings_held - 14"},
		{"Аким Мангистауской области рассказал, что проведено 640 встреч.|На них озвучено 1 150 проблем. Решены 870, остаются нерешенными 280.", "47 akims meetings_held - 640|47 akims issues_raised - 1150|47 akims issues_resolved - 870|47 akims issues_remaining - 280"},
		{"Итоги встреч акимов области Абай|Поднято 1 730 вопросов. Из них:|- решено – 1 210;|- на исполнении – 380;|- не поддержано – 90.", "10 akims issues_raised - 1730|10 akims issues_resolved - 1210|10 akims issues_in_progress - 380|10 akims issues_not_supported - 90"},
		{"Акимами поднято и решено пять вопросов, три вопроса не поддержаны.", "00 akims issues_resolved - 5|00 akims issues_not_supported - 3"},
		{"По 125 вопросам акимами даны разъяснения, 40 вопросов решено.", "00 akims issues_resolved - 40"},
		{"Из 62 вопросов акимами 10 решены, 18 не поддержаны.", "00 akims issues_resolved - 10|00 akims issues_not_supported - 18"},
		{"Акимами решено 5.600 вопросов.", "00 akims issues_resolved - 5600"},
		{"Акимами решено 5,600 вопросов.", "00 akims issues_resolved - 5600"},
		{"Акимами решено 12 345 вопросов.", "00 akims issues_resolved - 12345"},
		{"Акимами решено 28тыс вопросов.", "00 akims issues_resolved - 28000"},
		{"Во встречах акимов участвовало 1,5 млн человек.", "00 akims participants - 1500000"},
		{"Количество встреч акимов выросло в 2,3 раза (1 полугодие 2023 года – 8,5 тыс. встреч).", "00 akims meetings_held 2023..2023-06-30 8500"},
		{"Акимами не решено 120 вопросов.", "00 akims issues_remaining - 120"},
		{"Пять акиматов – ВКО, СКО, Павлодарской области, области Ұлытау и Астаны – не опубликовали планы.", "00 akims plan_not_published - 5|63 akims plan_not_published - 1|59 akims plan_not_published - 1|55 akims plan_not_published - 1|62 akims plan_not_published - 1|71 akims plan_not_published - 1"},
		{"В перечень вошли 62 вопроса, которые могут быть решены только на центральном уровне. По пяти вопросам выделено 20,2 млрд тенге.", "00 central_list issues_central_level - 62|00 central_list issues_funded - 5|00 central_list budget_allocated - 20200000000 kzt"},
		{"Из 485 млрд тенге, необходимых акимам для решения вопросов, выделено 253,8 млрд.", "00 akims budget_needed - 485000000000 kzt|00 akims budget_allocated - 253800000000 kzt"},
		{"Отчет о приеме граждан Министерства юстиции|За I квартал 2024 года принято 64 гражданина. Рассмотрено 71 обращение.", "ministry:justice ministers citizens_received 2024..2024-03-31 64|ministry:justice other appeals_received 2024..2024-03-31 71"},
		{"Депутаты рассмотрели 15 вопросов. Акимами решено 3 вопроса.", "00 akims issues_resolved - 3"},
		{"На встречах акимов из 41,5 тыс. поднятых вопросов решено 36,2 тыс. (87%).", "00 akims issues_raised - 41500|00 akims issues_resolved - 36200|00 akims issues_resolved_share - 87 percent"},
		{"Решаемость вопросов акимами 80%.|Наилучшие показатели у Костанайской области (96%), г. Алматы (93,3%).", "00 akims issues_resolved_share - 80 percent|39 akims issues_resolved_share - 96 percent|75 akims issues_resolved_share - 93.30 percent"},
	})
}

func TestKazakh(t *testing.T) {
	check(t, Hints{}, []example{
		{"2023 жылы әкімдер 1 240 кездесу өткізді.", "00 akims meetings_held 2023 1240"},
		{"2023 жылдың бірінші жартыжылдығында әкімдер 15 мың кездесу өткізді.", "00 akims meetings_held 2023..2023-06-30 15000"},
		{"2023 жылғы 2-жартыжылдықта министрлер 120 кездесу өткізді.", "00 ministers meetings_held 2023-07-01..2023 120"},
		{"Әкімдердің кездесулеріне 320 мыңнан астам адам қатысты.", "00 akims participants - 320000 over"},
		{"Әкімдердің кездесулеріне 90 мыңға жуық адам қатысты.", "00 akims participants - 90000 about"},
		{"Әкімдер шамамен 300 кездесу өткізді.", "00 akims meetings_held - 300 about"},
		{"Әкімдермен кездесулерде 640 мәселе көтеріліп, оның 512-сі (80%) шешілді, 128-і орындалуда.", "00 akims issues_raised - 640|00 akims issues_resolved - 512|00 akims issues_resolved_share - 80 percent|00 akims issues_in_progress - 128"},
		{"Тұрғындар әкімдерге 24,5 мың мәселе көтерді, оның 18,2 мыңы шешілді.", "00 akims issues_raised - 24500|00 akims issues_resolved - 18200"},
		{"Ақтөбе облысының әкімі 14 кездесу, аудан әкімдері 210 кездесу өткізді.", "15 akims_oblast meetings_held - 14|15 akims_district meetings_held - 210"},
		{"Облыс әкімі 14 кездесу, аудан әкімдері 210 кездесу өткізді.", ""},
		{"Ауылдық округ әкімдері 765 кездесу өткізді.", "00 akims_rural meetings_held - 765"},
		{"Ақтөбе облысының әкімдері 1 800 кездесу өткізді.", "15 akims meetings_held - 1800"},
		{"Министрлер 120 қабылдау өткізді, 850 азамат қабылданды.", "00 ministers receptions_held - 120|00 ministers citizens_received - 850"},
		{"Министрлер 2024 жылға 230 кездесу жоспарлады.", "00 ministers meetings_planned 2024 230"},
		{"Министрлер 9 кездесу өткізбеді.", "00 ministers meetings_missed - 9"},
		{"Әкімдерге айтылған мәселелерді шешу үшін 42 млрд теңге қажет, оның ішінде 18,5 млрд теңге бөлінді.", "00 akims budget_needed - 42000000000 kzt|00 akims budget_allocated - 18500000000 kzt"},
		{"Е-Өтініш арқылы 2023 жылы 1,2 млн өтініш келіп түсті. Оның 79%-ы жергілікті атқарушы органдарға тиесілі.", "00 e_otinish appeals_received 2023 1200000|00 e_otinish appeals_local_share 2023 79 percent"},
		{"Е-Өтініш бойынша өтініштер саны 16%-ға артты.", "00 e_otinish appeals_growth - 16 percent"},
		{"Әкімдер шешкен мәселелердің үлесі: Алматы облысы – 28,5%, Атырау облысы – 54,5%.", "19 akims issues_resolved_share - 28.50 percent|23 akims issues_resolved_share - 54.50 percent"},
		{"Орталық деңгейде шешуді талап ететін мәселелер тізбесі 62 мәселеден тұрады. 10 мәселе бойынша қажетті құжаттама жоқ. 18 мәселе қолдау таппады.", "00 central_list issues_central_level - 62|00 central_list issues_no_documents - 10|00 central_list issues_not_supported - 18"},
		{"Қостанай облысында әкімдер кездесулерінде 3 467 мәселе көтеріліп, 3 224-і шешімін тапты.", "39 akims issues_raised - 3467|39 akims issues_resolved - 3224"},
		{"Кездесулерде әкімдерге 4 497 мәселе көтерілді, 4 259-ы немесе 94,7%-ы шешілді.", "00 akims issues_raised - 4497|00 akims issues_resolved - 4259|00 akims issues_resolved_share - 94.70 percent"},
		{"Әкімдерге 3 120 сұрақ қойылды. Оның 2 840-ы шешілді, 180-і орындалу үстінде, 100-ін шешу ұзақ мерзімді талап етеді.", "00 akims issues_raised - 3120|00 akims issues_resolved - 2840|00 akims issues_in_progress - 180|00 akims issues_long_term - 100"},
		{"2022 жылғы 3 наурыздағы № 826 қаулы әкімдерге қатысты.", ""},
		{"Ауданда әкімдердің қатысуымен 15 мектеп салынды.", ""},
		{"Әкімдердің кездесулері 2,3 есе көбейді.", ""},
		{"Әкімдер кездесуі 2022 жылдың 8 маусымында өтті.", ""},
	})
}

func TestEnglish(t *testing.T) {
	check(t, Hints{}, []example{
		{"In 2023 akims held 1,240 meetings.", "00 akims meetings_held 2023 1240"},
		{"In the first quarter of 2024, akims of all levels held 3,412 meetings with residents.", "00 akims meetings_held 2024..2024-03-31 3412"},
		{"In the second half of 2023, ministers conducted about 150 meetings.", "00 ministers meetings_held 2023-07-01..2023 150 about"},
		{"In H1 2023 akims held 8.5 thousand meetings.", "00 akims meetings_held 2023..2023-06-30 8500"},
		{"In 2H2023 akims held 8.5 thousand meetings.", "00 akims meetings_held 2023-07-01..2023 8500"},
		{"Ministers held 98 receptions, during which 640 citizens were received.", "00 ministers receptions_held - 98|00 ministers citizens_received - 640"},
		{"More than 52,000 people attended the akims' meetings.", "00 akims participants - 52000 over"},
		{"Residents raised 6,120 issues at meetings with akims, of which 4,900 (80%) have been resolved, 1,020 are being addressed and 200 require long-term solutions.", "00 akims issues_raised - 6120|00 akims issues_resolved - 4900|00 akims issues_resolved_share - 80 percent|00 akims issues_in_progress - 1020|00 akims issues_long_term - 200"},
		{"The population voiced 1,679 issues of concern to ministers. Out of them 1241 or 74% were resolved.", "00 ministers issues_raised - 1679|00 ministers issues_resolved - 1241|00 ministers issues_resolved_share - 74 percent"},
		{"According to the schedule, 227 meetings of ministers are scheduled for 2023, of which 55 are scheduled for the first half of the year and 172 for the second.", "00 ministers meetings_planned 2023 227|00 ministers meetings_planned 2023..2023-06-30 55|00 ministers meetings_planned 2023-07-01..2023 172"},
		{
			"The most effective regions by akims' work:|- Aktobe region with 94.7% of questions resolved (4,497 questions were raised and 4,259 questions resolved);|- Almaty city with 92.8% of issues resolved (4,518 issues raised, 4,194 resolved).",
			"15 akims issues_resolved_share - 94.70 percent|15 akims issues_raised - 4497|15 akims issues_resolved - 4259|75 akims issues_resolved_share - 92.80 percent|75 akims issues_raised - 4518|75 akims issues_resolved - 4194",
		},
		{"In Almaty region, akims held 1,161 meetings. Thus, 10 meetings were held by regional akims, 386 meetings were held by district and municipal akims, and 765 meetings were held by rural district and village akims.", "19 akims meetings_held - 1161|19 akims_oblast meetings_held - 10|19 akims_district meetings_held - 386|19 akims_rural meetings_held - 765"},
		{"Akims resolved 37 issues, 257 are in progress. The remaining 735 are in progress.", "00 akims issues_resolved - 37|00 akims issues_in_progress - 257|00 akims issues_remaining - 735"},
		{"Akims report: 9.1 billion tenge was allocated for this purpose. A total of 279 billion tenge is needed to solve the remaining problems.", "00 akims budget_allocated - 9100000000 kzt|00 akims budget_needed - 279000000000 kzt"},
		{"To resolve the issues raised with akims, KZT 120 billion is needed.", "00 akims budget_needed - 120000000000 kzt"},
		{"The list of the central level comprises 48 issues: 9 issues lack documentation and 7 issues were funded.", "00 central_list issues_central_level - 48|00 central_list issues_no_documents - 9|00 central_list issues_funded - 7"},
		{"The list of issues requiring solution at the central level includes 48 issues.", "00 central_list issues_central_level - 48"},
		{"The e-Otinish system received 1.7 million appeals in 2023, 82% of them fall on local executive bodies.", "00 e_otinish appeals_received 2023 1700000|00 e_otinish appeals_local_share 2023 82 percent"},
		{"The number of appeals in e-Otinish rose by 12% in 2023.", "00 e_otinish appeals_growth 2023 12 percent"},
		{"Plans have not been published by the akimats of Pavlodar and Karaganda regions.", "55 akims plan_not_published - 1|35 akims plan_not_published - 1"},
		{"During the year 1,777 citizens attended our receptions, 700 of whom were as part of visiting receptions.", "00 reception citizens_received - 1777|00 reception citizens_received - 700"},
		{"At the front office 47 percent of all requests came from Almaty, Akmola and Kostanay regions.", "00 reception complaints_share - 47 percent"},
		{"Ministers and akims held 216 receptions.", "00 other receptions_held - 216"},
		{"Ministers and akims held 216 receptions. The ministers held 216 receptions for people.", "00 ministers receptions_held - 216"},
		{"Ministers conducted 98 meetings out of 110 scheduled.", "00 ministers meetings_held - 98|00 ministers meetings_planned - 110"},
		{"Of the 560 problems voiced to akims, 402 were resolved.", "00 akims issues_raised - 560|00 akims issues_resolved - 402"},
		{"In Akmola region, akims resolved 2,100 of 2,400 issues.", "11 akims issues_resolved - 2100"},
		{"The Minister of Health held 12 meetings with the public, receiving 140 citizens.", "ministry:health ministers meetings_held - 12|ministry:health ministers citizens_received - 140"},
		{"Akims held meetings; five issues were not supported.", "00 akims issues_not_supported - 5"},
		{"Akims will hold 50 meetings in 2025.", "00 akims meetings_planned 2025 50"},
		{"Up to 500 people took part in the akims' meetings.", "00 akims participants - 500 under"},
		{"Akims failed to hold 12 meetings.", "00 akims meetings_missed - 12"},
	})
}

// What is no claim: numbers of papers, days, ranges, multiples, plans and wishes, other people's work, other things.
func TestNothing(t *testing.T) {
	var list []example
	for _, text := range []string{
		"Акимы проводят встречи согласно постановлению № 826 от 3 марта 2022 года.",
		"Постановлением от 31 декабря 2022 года № 1135 утвержден график встреч министров на 2023 год.",
		"Акимами количество встреч увеличено в 2,3 раза.",
		"Акимами проводится от 5 до 10 встреч.",
		"Акимами проведено 5–10 встреч.",
		"Акимам поручено решить 120 вопросов до конца года.",
		"Акимы должны провести 20 встреч.",
		"В среднем акимами проведено 20 встреч.",
		"Акимы построили 15 школ и отремонтировали 120 км дорог.",
		"Аким сообщил, что в области проживает 600 тысяч человек.",
		"На строительство школы акимом выделено 2,4 млрд тенге.",
		"Количество решенных акимами вопросов выросло на 5%.",
		"Акимами решено на 300 вопросов больше.",
		"Встреча акима города с населением состоялась 25 января 2023 года в 10:30.",
		"Телефон приемной акима +7 7172 55 66 77, кабинет 512.",
		"В заседании участвовали 20 министров и 17 акимов.",
		"Министр провел 3 встречи с инвесторами.",
		"Министр провел 3 встречи с послами.",
		"Более половины вопросов акимами решено.",
		"Вопрос № 15 решен акимом.",
		"5-й вопрос решен акимом.",
		"80% решенных акимами вопросов касались дорог.",
		"Каждый третий вопрос решен акимом.",
		"За год проведено 300 встреч.",
		"Решено 300 вопросов.",
		"Рост обращений составил в 2 раза.",
		"Если акимами решено 100 вопросов, то этого мало.",
		"Пункт 5 решения акима исполнен.",
		"Самыми эффективными акимами названы акимы Актюбинской и Костанайской областей.",
		"Лидерами по количеству жалоб стали Алматы и Астана.",
		"Главы ведомств встречались с гражданами менее чем за 1 месяц.",
		"Встречи акимов прошли в 17 регионах.",
		"Акимы ответили на вопросы 3 журналистов.",
		"Инфляция составила 8,5%, население выросло на 2%.",
		"1/3 вопросов акимами решена.",
		"Акимы провели встречи в 2023 году.",
		"Планы опубликованы акиматами ВКО и СКО.",
		"Планы должны быть опубликованы; если они не опубликованы акиматом ВКО, это нарушение.",
		"Meetings of akims grew 2.3 times.",
		"Akims should hold 20 meetings a year.",
		"Akims plan to resolve 500 issues.",
		"Akims met on November 21, 2023 at 10:30 in room 5.",
		"Government Resolution No. 863 of April 7, 2022 requires akims to report.",
		"Akims built 15 schools and 3 hospitals.",
		"Akims held 5-10 meetings.",
		"Akims held from 5 to 10 meetings.",
		"5 ministers spoke about problems.",
		"The 2nd issue was resolved by the akim.",
		"The car of the akim was loaded with 8 large bags.",
		"Last year 20 billion tenge was allocated for roads by akims.",
		"Deputies asked the Government. 300 meetings followed.",
		"It was possible to protect people from six attempts and ten pickets.",
		"Working groups included 55 experts from 7 regions.",
	} {
		list = append(list, example{text: text})
	}
	check(t, Hints{}, list)
}

func TestHints(t *testing.T) {
	day := qulaq.Date(2024, 2, 15)
	check(t, Hints{Date: day}, []example{
		{"В прошлом году акимами проведено 50 встреч.", "00 akims meetings_held 2023 50"},
		{"Last year, akims held 50 meetings.", "00 akims meetings_held 2023 50"},
		{"Өткен жылы әкімдер 50 кездесу өткізді.", "00 akims meetings_held 2023 50"},
		{"В этом году акимами проведено 50 встреч.", "00 akims meetings_held 2024 50"},
	})
	check(t, Hints{Region: "150000000"}, []example{
		{"Акимами проведено 50 встреч.", "15 akims meetings_held - 50"},
		{"Акимами Костанайской области проведено 50 встреч.", "39 akims meetings_held - 50"},
	})
	check(t, Hints{}, []example{
		{"15 февраля 2024 года|В прошлом году акимами проведено 50 встреч.", "00 akims meetings_held 2023 50"},
		{"Итоги встреч акимов за 2022 год|В прошлом году проведено 50 встреч.", "00 akims meetings_held 2022 50"},
		{"В 2023 году акимами проведено 60 встреч, в прошлом году проведено 50 встреч.", "00 akims meetings_held 2023 60|00 akims meetings_held 2022 50"},
		{"В прошлом году акимами проведено 50 встреч.", "00 akims meetings_held - 50"},
	})
}

// A text goes on about the same subject, time and channel until it says otherwise.
func TestMemory(t *testing.T) {
	check(t, Hints{}, []example{
		{"По итогам 2022 года министрами принято 100 граждан.|Во втором полугодии 2022 года акимами решено 90 вопросов.|Руководители ведомств не провели 15 встреч.", "00 ministers citizens_received 2022 100|00 akims issues_resolved 2022-07-01..2022 90|00 ministers meetings_missed 2022 15"},
		{"В Алматинской области акимами проведено 161 встреча.|Всего поступило 59 предложений.|По словам премьер-министра, акимами проведено 900 встреч.", "19 akims meetings_held - 161|19 akims proposals_received - 59|00 akims meetings_held - 900"},
		{"По итогам 2 полугодия 2022 года проведено 19 тыс. встреч.|Местными исполнительными органами решено 33 тыс. вопросов.", "00 akims meetings_held 2022-07-01..2022 19000|00 akims issues_resolved 2022-07-01..2022 33000"},
		{"Акимами решено 30 вопросов. Акимами решено 30 вопросов.", "00 akims issues_resolved - 30"},
		{"Акимами решено 30 вопросов. По другим данным, акимами решено 25 вопросов.", "00 akims issues_resolved - 30|00 akims issues_resolved - 25"},
	})
}

// What a paper says of another time, of a wrong figure and by the way is not what it goes on about.
func TestAsides(t *testing.T) {
	check(t, Hints{}, []example{
		{"За 9 месяцев 2025 года акимами проведено 50 встреч.|За аналогичный период прошлого года было проведено 40 встреч.|Поднято 30 вопросов.", "00 akims meetings_held 2025..2025-09-30 50|00 akims meetings_held 2024..2024-09-30 40|00 akims issues_raised 2025..2025-09-30 30"},
		{"Итоги встреч акимов за 1 полугодие 2024 года|Проведено 500 встреч, за аналогичный период 2023 года – 450.", "00 akims meetings_held 2024..2024-06-30 500|00 akims meetings_held 2023..2023-06-30 450"},
		{"За 1 полугодие 2024 года акимами проведено 500 встреч (за аналогичный период 2023 года – 450).", "00 akims meetings_held 2024..2024-06-30 500|00 akims meetings_held 2023..2023-06-30 450"},
		{"In the first half of 2024 akims held 500 meetings, compared with 450 in the same period of 2023.", "00 akims meetings_held 2024..2024-06-30 500|00 akims meetings_held 2023..2023-06-30 450"},
		{"2024 жылдың бірінші жартыжылдығында әкімдер 500 кездесу өткізді, 2023 жылдың сәйкес кезеңінде 450 кездесу өткізілді.", "00 akims meetings_held 2024..2024-06-30 500|00 akims meetings_held 2023..2023-06-30 450"},
		{"В аналогичном периоде 2023 года акимами проведено 50 встреч.", "00 akims meetings_held - 50"},
		{"За 2024 год акимами проведено 40 тыс. встреч: 18 тыс. в первом полугодии и 22 тыс. во втором. На них поднято 5 тыс. вопросов.", "00 akims meetings_held 2024 40000|00 akims meetings_held 2024..2024-06-30 18000|00 akims meetings_held 2024-07-01..2024 22000|00 akims issues_raised 2024 5000"},
		{"В 2024 году акимами проведено 300 встреч, в 2023 году – 280. Поднято 500 вопросов.", "00 akims meetings_held 2024 300|00 akims meetings_held 2023 280|00 akims issues_raised 2024 500"},
		{"Акимами решено 30 вопросов за 1 полугодие 2024 года – на 5 больше, чем за 1 полугодие 2023 года (25).", "00 akims issues_resolved 2024..2024-06-30 30|00 akims issues_resolved 2023..2023-06-30 25"},
		{"Акимы провели не 5, а 12 встреч.", "00 akims meetings_held - 12"},
		{"Akims held not 5 but 12 meetings.", "00 akims meetings_held - 12"},
		{"Әкімдер 5 емес, 12 кездесу өткізді.", "00 akims meetings_held - 12"},
		{"Сообщалось, что акимами решено 5 вопросов.|Акимами решено не 5, а 4 вопроса.", "00 akims issues_resolved - 4"},
		{"Акимы провели 12 встреч, не более 5 вопросов решено.", "00 akims meetings_held - 12|00 akims issues_resolved - 5 under"},
		{"Итоги встреч акимов всех уровней Актюбинской области|Проведено 50 встреч. Аким области лично принял 9 граждан. Решено 7 вопросов.", "15 akims meetings_held - 50|15 akims_oblast citizens_received - 9|15 akims issues_resolved - 7"},
	})
}

// The place that a text names before its first figure is its own, unless it tells of the country or of other places.
func TestHome(t *testing.T) {
	check(t, Hints{}, []example{
		{"ШЫМКЕНТ. 9 октября. О встречах с акимами|Акимы провели 148 встреч.", "79 akims meetings_held - 148"},
		{"Депутату Парламента|Республики Казахстан|Акимат Мангистауской области сообщает.|Акимами проведено 486 встреч.", "47 akims meetings_held - 486"},
		{"Акимат Мангистауской области сообщает.|Акимами проведено 486 встреч, в Бейнеуском районе – 112. Всего поднято 900 вопросов.", "47 akims meetings_held - 486|473600000 akims meetings_held - 112|47 akims issues_raised - 900"},
		{"Акимами проведено 486 встреч. Лучше всех – Мангистауская область.|Акимами принято 90 граждан.", "00 akims meetings_held - 486|00 akims citizens_received - 90"},
		{"Аким района провёл 26 встреч.", ""},
		{"На брифинге в Алматы отвечали министры.|Акимами проведено 31 842 встречи.", "00 akims meetings_held - 31842"},
	})
}

// Figures of several levels are followed by those of all.
func TestLevels(t *testing.T) {
	check(t, Hints{}, []example{
		{"Отчёт акима Бурабайского района|Мною проведено 26 встреч, акимами сельских округов – 54. Всего поднято 386 вопросов.|Решён 251 вопрос.|Мною принято 172 гражданина.", "117000000 akims_district meetings_held - 26|117000000 akims_rural meetings_held - 54|117000000 akims issues_raised - 386|117000000 akims issues_resolved - 251|117000000 akims_district citizens_received - 172"},
		{"Аким Актюбинской области провёл 12 встреч, акимы районов – 148.|Поднято 900 вопросов.|Аким области:|– принял 40 граждан.|Решено 700 вопросов.", "15 akims_oblast meetings_held - 12|15 akims_district meetings_held - 148|15 akims issues_raised - 900|15 akims_oblast citizens_received - 40|15 akims issues_resolved - 700"},
		{"Аким Актюбинской области провёл 12 встреч.|Поднято 90 вопросов.", "15 akims_oblast meetings_held - 12|15 akims_oblast issues_raised - 90"},
		{"В Актюбинской области запланировано 512 встреч акимов области.", "15 akims meetings_planned - 512"},
	})
}

// Where a paper was written, whose region is meant, who acts with whom.
func TestWhose(t *testing.T) {
	check(t, Hints{}, []example{
		{"ASTANA, July 18, 2025 - In the first six months of this year, akims held 210 meetings.|Ministers held 118 meetings.", "00 akims meetings_held 2025..2025-06-30 210|00 ministers meetings_held 2025..2025-06-30 118"},
		{"АЛМАТЫ. КАЗИНФОРМ – Акимами страны проведено 50 встреч.", "00 akims meetings_held - 50"},
		{"Алматы – 50 встреч провели акимы районов.", "75 akims_district meetings_held - 50"},
		{"АЛМАТЫ – 50 встреч провели акимы районов.", "75 akims_district meetings_held - 50"},
		{"Акимы подвели итоги|ВКО: проведено 50 встреч.|АСТАНА – проведено 40 встреч.", "63 akims meetings_held - 50|71 akims meetings_held - 40"},
		{"Акимы подвели итоги|АКМОЛИНСКАЯ ОБЛАСТЬ.|Проведено 50 встреч.", "11 akims meetings_held - 50"},
		{"По словам акима Актюбинской области, он и акимы районов провели 300 встреч.", "15 akims meetings_held - 300"},
		{"Аким Медеуского района провёл 39 встреч. Поднято 295 вопросов.|Аким Ауэзовского района провёл 46 встреч. Поднято 380 вопросов.|В целом по городу акимы провели 310 встреч.", "751710000 akims_district meetings_held - 39|751710000 akims_district issues_raised - 295|751310000 akims_district meetings_held - 46|751310000 akims_district issues_raised - 380|75 akims meetings_held - 310"},
		{"Отчёт о приёме граждан Министерства юстиции|За 2024 год поступило 980 обращений, из них через е-Өтініш – 790.", "ministry:justice other appeals_received 2024 980|ministry:justice e_otinish appeals_received 2024 790"},
		{"Арал ауданында әкімдермен кездесулерде – 710 мәселе, 498-і орындалды.", "433200000 akims issues_raised - 710|433200000 akims issues_resolved - 498"},
		{"Графиком акимов на 2026 год предусмотрено 20 встреч.", "00 akims meetings_planned 2026 20"},
		{"Акимами проведено 50 встреч и поднято 60 вопросов. Из них на 8 предусмотрены средства.", "00 akims meetings_held - 50|00 akims issues_raised - 60|00 akims issues_funded - 8"},
		{"Через е-Өтініш поступило 900 тыс. обращений, рост на 5%; 79% относятся к компетенции местных исполнительных органов.", "00 e_otinish appeals_received - 900000|00 e_otinish appeals_growth - 5 percent|00 e_otinish appeals_local_share - 79 percent"},
		{"Итоги встреч акимов Акмолинской области|Акимами районов и городов Кокшетау, Степногорск проведено 420 встреч, акимами сельских округов – 300.", "11 akims_district meetings_held - 420|11 akims_rural meetings_held - 300"},
		{"Итоги встреч акимов Акмолинской области|Акимами городов Кокшетау и Степногорск проведено 420 встреч.", ""},
		{"Итоги встреч акимов Акмолинской области|В Кокшетау и Степногорске поднято 300 вопросов.", ""},
		{"Акимами всех уровней проведено 500 встреч, из них:|акимами областей, городов республиканского значения, столицы – 20;|акимами районов, городов областного значения – 80;|акимами сельских округов – 400.|Поднято 900 вопросов.", "00 akims meetings_held - 500|00 akims_oblast meetings_held - 20|00 akims_district meetings_held - 80|00 akims_rural meetings_held - 400|00 akims issues_raised - 900"},
		{"Министры провели 62 встречи.|Министр энергетики провёл 2 встречи. Поднято 9 вопросов.|Всего на встречах побывало 14 тысяч человек.|Решено 40 вопросов.", "00 ministers meetings_held - 62|ministry:energy ministers meetings_held - 2|ministry:energy ministers issues_raised - 9|00 ministers participants - 14000"},
		{"За 9 месяцев 2025 года министрами проведено 50 встреч. До конца года министрам предстоит провести 20 встреч.", "00 ministers meetings_held 2025..2025-09-30 50|00 ministers meetings_planned - 20"},
		{"За 2024 год акимами проведено 50 встреч.|В 2023 году проведено 40 встреч.|Поднято 30 вопросов.", "00 akims meetings_held 2024 50|00 akims meetings_held 2023 40|00 akims issues_raised 2024 30"},
		{"Поступило 980 обращений. Через е-Өтініш – 790.", "00 other appeals_received - 980|00 e_otinish appeals_received - 790"},
		{"Аким Абайского района провёл 30 встреч. Поднято 12 вопросов.", ""}, // in four regions
		{"Итоги встреч акимов Карагандинской области|В Абайском районе проведено 30 встреч, в Нуринском районе – 12.", "353200000 akims meetings_held - 30|355200000 akims meetings_held - 12"},
		{"Отчёт акима Жамбылского района Жамбылской области|Проведено 30 встреч.", "314000000 akims_district meetings_held - 30"},
		{"Аким области провёл совещание по итогам встреч с населением в Актюбинской области.|Проведено 300 встреч.", "15 akims meetings_held - 300"},
		{"2025 жылы Шымкент қаласының әкімі есеп берді.|Қала әкімі 28 кездесу өткізді, аудан әкімдері – 132.", "79 akims_oblast meetings_held 2025 28|79 akims_district meetings_held 2025 132"},
		{"На решение вопросов, поднятых на встречах акимов, выделено 27,4 млрд тенге при потребности 61 млрд.", "00 akims budget_allocated - 27400000000 kzt|00 akims budget_needed - 61000000000 kzt"},
		{"На строительство 15 школ акимами выделено 60 млрд тенге, а на решение вопросов, поднятых на встречах, выделено 27 млрд тенге.", "00 akims budget_allocated - 27000000000 kzt"},
		{"В план по итогам встреч акимов включено 64 вопроса, из которых исполнен 41.", "00 akims issues_resolved - 41"},
		{"Протокол совещания|1. По итогам встреч акима Бурабайского района за 2024 год исполнен 41 вопрос.|2. Проведено 12 встреч.", "117000000 akims_district issues_resolved 2024 41|117000000 akims_district meetings_held 2024 12"},
		{"In 2025 ministers are to hold 244 meetings.", "00 ministers meetings_planned 2025 244"},
		{"За январь-сентябрь 2025 года акимами проведено 5 встреч.", "00 akims meetings_held 2025..2025-09-30 5"},
		{"2025 жылдың қаңтар-қыркүйек айларында әкімдер 5 кездесу өткізді.", "00 akims meetings_held 2025..2025-09-30 5"},
		{"Акимами решено 40 вопросов, по остальным 12 вопросам даны разъяснения.", "00 akims issues_resolved - 40"},
		{"Әкімдер 40 мәселе шешті, қалған 12 мәселе бойынша түсініктеме берілді.", "00 akims issues_resolved - 40"},
		{"Итоги встреч акимов Жамбылской области|Акимом области проведено 15 встреч, акимами районов и г. Тараз – 198, акимами сельских округов – 1 310.", "31 akims_oblast meetings_held - 15|31 akims_district meetings_held - 198|31 akims_rural meetings_held - 1310"},
		{"Akims received fifty-two citizens and resolved five hundred issues.", "00 akims citizens_received - 52|00 akims issues_resolved - 500"},
		{"Акимами решено двадцать пять вопросов, принято двести пять граждан.", "00 akims issues_resolved - 25|00 akims citizens_received - 205"},
		{"Әкімдер елу екі мәселе шешті.", "00 akims issues_resolved - 52"},
		{"In 2024 the akim of Kostanay city and his deputies held 38 meetings.", "391000000 akims_district meetings_held 2024 38"},
		{"Итоги встреч акимов|Акмолинская область: 1 012 встреч, 1 800 вопросов, решено 1 530.", "11 akims issues_raised - 1800|11 akims issues_resolved - 1530"},
		{"Итоги встреч акимов|По дорогам 80 вопросов, решено 15.", "00 akims issues_resolved - 15"},
		{"Итоги встреч акимов Акмолинской области|Руководителем управления принято 96 граждан.", "11 other citizens_received - 96"},
		{"Итоги встреч акимов|Поднято вопросов: 3 218; решено: 2 790 (86,7%); в работе: 428", "00 akims issues_raised - 3218|00 akims issues_resolved - 2790|00 akims issues_resolved_share - 86.70 percent|00 akims issues_in_progress - 428"},
		{"Итоги встреч акимов|Телефон для вопросов: 3218", ""},
		{"Отчёт акима города Рудного за 2025 год|В отчётном году проведено 18 встреч.", "392400000 akims_district meetings_held 2025 18"},
		{"На решение вопросов, поднятых на встречах акимов, направлено 6,4 млрд тенге.", "00 akims budget_allocated - 6400000000 kzt"},
		{"В 2024 году через е-Өтініш поступило 900 тыс. обращений. В прошлом году их было 850 тысяч.|Акимами проведено 300 встреч.", "00 e_otinish appeals_received 2024 900000|00 akims meetings_held 2024 300"},
	})
}

// "The year" is the text's, unless it is the year of something.
func TestTheYear(t *testing.T) {
	check(t, Hints{}, []example{
		{"В мае 2022 года начата работа.|За год акимами проведено 300 встреч.", "00 akims meetings_held 2022 300"},
		{"В мае 2022 года начата работа.|За год работы акимами проведено 300 встреч.", "00 akims meetings_held - 300"},
		{"It began in May 2022.|During the year of its operation akims held 300 meetings.", "00 akims meetings_held - 300"},
	})
}

func TestUnlikelyYear(t *testing.T) {
	r := newReader(t)
	claims, findings := r.Read(Paragraphs("По итогам 2022 года министрами проведено 50 встреч.", "In 2H2012 akims held 19 meetings."), Hints{})
	want := []string{"00 ministers meetings_held 2022 50", "00 akims meetings_held 2012-07-01..2012 19"}
	if diff := cmp.Diff(want, short(claims)); diff != "" {
		t.Error(diff)
	}
	if len(findings) != 1 || findings[0].Kind != UnlikelyYear || findings[0].Subject != "2012-07-01..2012-12-31" {
		t.Errorf("findings %v", findings)
	}
}

func TestQuoteAndPlace(t *testing.T) {
	claims, _ := newReader(t).Read(Paragraphs("Заголовок", "Первое. Аким Иванов Иван Петрович сообщил, что акимами решено 90 вопросов."), Hints{})
	if len(claims) != 1 {
		t.Fatal(claims)
	}
	c := claims[0]
	if c.Place != (Place{2, 2}) || strings.Contains(c.Quote, "Иванов") || !strings.Contains(c.Quote, "решено 90 вопросов") {
		t.Errorf("%+v", c)
	}
}

func TestDetail(t *testing.T) {
	r := newReader(t)
	for text, want := range map[string]string{
		"В е-Өтініш 24% жалоб касались вопросов транспорта.":                                             "транспорта",
		"Доля жалоб в е-Өтініш: строительство – 24%.":                                                    "строительство",
		"At the front office 47 percent of all requests came from Akmola and Kostanay regions.":          "Akmola and Kostanay regions",
		"В Приемной Президента принято 1 120 человек, в том числе 340 – в ходе выездных приемов.":        "в ходе выездных приемов",
		"The majority (68.8 percent) of those who applied to the front office raised issues of housing.": "housing",
	} {
		claims, _ := r.Read(Paragraphs(text), Hints{})
		if n := len(claims); n == 0 || claims[n-1].Detail == nil || *claims[n-1].Detail != want {
			t.Errorf("%s\n%v", text, claims)
		}
	}
}

func grid(rows ...string) *table.Grid {
	g := &table.Grid{}
	for i, row := range rows {
		cells := strings.Split(row, "|")
		g.Width = len(cells)
		r := table.Row{Line: i + 1}
		for c, text := range cells {
			r.Cells = append(r.Cells, table.Cell{Text: text, Top: i, Left: c})
		}
		g.Rows = append(g.Rows, r)
	}
	return g
}

func TestTable(t *testing.T) {
	doc := &table.Document{Parts: []table.Part{
		{Text: "Итоги встреч акимов за 2023 год"},
		{Grid: grid(
			"№|Регион|Проведено встреч|Поднято вопросов|Решено вопросов|Доля решенных вопросов, %|Потребность, млн тенге|Построено школ",
			"1|Акмолинская область|120|1 500|1 200|80,0|1 250,5|3",
			"2|Абай|90|800|—|75|12|4",
			"|Всего|210|2 300|1 900|82,6||7")},
	}}
	claims, _ := newReader(t).Read(doc, Hints{})
	want := []string{
		"11 akims meetings_held 2023 120", "11 akims issues_raised 2023 1500", "11 akims issues_resolved 2023 1200", "11 akims issues_resolved_share 2023 80 percent", "11 akims budget_needed 2023 1250500000 kzt",
		"10 akims meetings_held 2023 90", "10 akims issues_raised 2023 800", "10 akims issues_resolved_share 2023 75 percent", "10 akims budget_needed 2023 12000000 kzt",
		"00 akims meetings_held 2023 210", "00 akims issues_raised 2023 2300", "00 akims issues_resolved 2023 1900", "00 akims issues_resolved_share 2023 82.60 percent",
	}
	if diff := cmp.Diff(want, short(claims)); diff != "" {
		t.Error(diff)
	}
}

// Headings over several columns, a percentage without a noun, a half-year in Kazakh numbers.
func TestTableHeadings(t *testing.T) {
	doc := &table.Document{Parts: []table.Part{
		{Text: "2024 жылдың ІІ жартыжылдығында әкімдердің халықпен кездесулерінің қорытындысы"},
		{Grid: grid(
			"Регион|Проведено встреч|Проведено встреч|% исполнения",
			"Регион|акимами области|сельскими акимами|% исполнения",
			"Абай|8|310|69,9")},
	}}
	claims, _ := newReader(t).Read(doc, Hints{})
	want := []string{
		"10 akims_oblast meetings_held 2024-07-01..2024 8", "10 akims_rural meetings_held 2024-07-01..2024 310",
		"10 akims issues_resolved_share 2024-07-01..2024 69.90 percent",
	}
	if diff := cmp.Diff(want, short(claims)); diff != "" {
		t.Error(diff)
	}
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"Было так. Стало так.":                           {"Было так.", "Стало так."},
		"Решено 33,1 тыс. вопросов. Всего 5.":            {"Решено 33,1 тыс. вопросов.", "Всего 5."},
		"В 2022 г. Всего 5.":                             {"В 2022 г.", "Всего 5."},
		"В г. Астана и др. В итоге 5.":                   {"В г. Астана и др.", "В итоге 5."},
		"Сказал А. Б. Иванов.":                           {"Сказал А. Б. Иванов."},
		"«Так и есть.» Дальше.":                          {"«Так и есть.»", "Дальше."},
		"Это правда? Да!":                                {"Это правда?", "Да!"},
		"About 19.8 thousand. In RB it is 20.2 billion.": {"About 19.8 thousand.", "In RB it is 20.2 billion."},
		"": nil,
	} {
		if diff := cmp.Diff(want, sentences(text)); diff != "" {
			t.Errorf("%s\n%s", text, diff)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, e := range []struct {
		text             string
		power            int
		counted, english bool
		want             int64 // in hundredths; -1 for none
	}{
		{"5", 0, true, false, 500},
		{"1 679", 0, true, false, 167900},
		{"1,679", 0, true, true, 167900},
		{"1,679", 0, true, false, 167900},
		{"28,3", 3, true, false, 2830000},
		{"1.7", 6, true, true, 170000000},
		{"1,234", 6, false, true, 123400000000},
		{"1,234", 6, false, false, 123400000},
		{"1 234 567", 0, true, false, 123456700},
		{"1,234,567.5", 0, false, true, 123456750},
		{"75,5", 0, false, false, 7550},
		{"75,555", 0, false, false, -1},
		{"01.08.2026", 0, true, false, -1},
		{"10:30", 0, true, false, -1},
		{"1/3", 0, true, false, -1},
		{"99999999999999999999", 0, true, false, -1},
		{"999999999", 12, true, false, -1},
	} {
		got, ok := parseNumber(e.text, e.power, e.counted, e.english)
		if !ok {
			got = -1
		}
		if got != e.want {
			t.Errorf("%s times 10^%d is %d, want %d", e.text, e.power, got, e.want)
		}
	}
}

// A number is the same number however its thousands are parted.
func TestNumberForms(t *testing.T) {
	r := newReader(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 9_999_999).Filter(func(n int) bool { return n < 1990 || n > 2099 }).Draw(t, "n")
		sign := rapid.SampledFrom([]string{"", " ", "\u00a0", "\u202f", ","}).Draw(t, "sign")
		digits := strconv.Itoa(n)
		for i := len(digits) - 3; i > 0; i -= 3 {
			digits = digits[:i] + sign + digits[i:]
		}
		for _, text := range []string{"Акимами решено %s вопросов.", "Akims resolved %s issues.", "Әкімдер %s мәселе шешті."} {
			claims, _ := r.Read(Paragraphs(strings.Replace(text, "%s", digits, 1)), Hints{})
			if len(claims) != 1 || claims[0].Value != int64(n)*hundredths || claims[0].Metric != "issues_resolved" {
				t.Fatalf("%s as %s: %v", text, digits, claims)
			}
		}
	})
}

// Every metric of the contract has a rule, and every verb and noun of a rule has words.
func TestTables(t *testing.T) {
	r := newReader(t)
	words := map[class]bool{}
	for _, list := range r.words.byStart {
		for _, p := range list {
			words[p.class] = true
		}
	}
	found := map[Metric]bool{}
	for noun, rules := range r.metrics {
		for _, rule := range rules {
			found[rule.metric] = true
			if !words[class("v:"+rule.verb)] || rule.near != "" && !words[class("n:"+rule.near)] {
				t.Errorf("no words for %v", rule)
			}
		}
		if n := strings.TrimPrefix(noun, "share-"); n != "money" && !words[class("n:"+n)] {
			t.Errorf("no words for %s", noun)
		}
	}
	for m := range strings.FieldsSeq("meetings_planned meetings_held meetings_missed receptions_held citizens_received participants proposals_received issues_raised issues_resolved issues_in_progress issues_remaining issues_resolved_share issues_not_supported issues_long_term issues_no_documents issues_funded issues_funding_considered issues_central_level issues_selected_central appeals_received appeals_local_share appeals_growth complaints_share budget_needed budget_allocated budget_allocated_share budget_considered plan_not_published") {
		if !found[Metric(m)] {
			t.Errorf("no rule for %s", m)
		}
	}
	for _, bad := range []string{"n:issue\t*", "n:issue\t ", "one cell"} {
		if _, err := readVocabulary(bad); err == nil {
			t.Errorf("%q is taken for words", bad)
		}
	}
	if _, err := readMetrics("issue\traised\t-\tissues_raised\tmaybe"); err == nil {
		t.Error("a future of maybe")
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"За 2023 год акимами проведено 1 240 встреч (1 полугодие – 8,5 тыс.), решено 74% или 1241 вопрос;",
		"- Aktobe region with 94.7% of questions resolved (4,497 questions were raised and 4,259 questions resolved)",
		"Кездесулерде 4 497 мәселе көтерілді, 4 259-ы немесе 94,7%-ы шешілді. 2022 жылғы 2-жартыжылдық",
		"из них 55 – на первое, 172 – на второе полугодие 2023 года ((([", "KZT 5 of 7 из 8 %%", "2H2012 2022-H2 Q3 1/3 5–10",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := newReader(t)
		doc := Paragraphs(strings.Split(text, "\n")...)
		claims, findings := r.Read(doc, Hints{})
		again, _ := r.Read(doc, Hints{})
		if diff := cmp.Diff(claims, again); diff != "" {
			t.Error(diff)
		}
		for _, c := range claims {
			if c.Value == 0 && c.Unit == Count || c.Channel == "" || c.SubjectCode == "" || c.Metric == "" || c.Place.Paragraph < 1 {
				t.Errorf("%+v", c)
			}
			if (c.PeriodFrom == nil) != (c.PeriodTo == nil) || c.PeriodFrom != nil && *c.PeriodFrom > *c.PeriodTo {
				t.Errorf("period of %+v", c)
			}
		}
		for _, f := range findings {
			if f.Count < 1 {
				t.Errorf("%+v", f)
			}
		}
	})
}

// Of a phrase that stands twice in a layer only the first would ever be found.
func TestPhrasesOnce(t *testing.T) {
	for _, again := range repeated(newReader(t).words) {
		t.Error(again)
	}
	v, err := readVocabulary("v:held\tпровели; прошло\nn:issue\tпрошло\nv:raised\tподняли; Прошло; под*")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"v:held and v:raised: прошло"}, repeated(v)); diff != "" {
		t.Error(diff)
	}
}

// repeated returns the phrases that stand twice in a layer.
func repeated(v *vocabulary) []string {
	var list []string
	first := make(map[[2]string]class)
	for _, phrases := range v.byStart {
		for _, p := range phrases {
			key := [2]string{p.class.layer(), strings.Join(p.words, " ")}
			if c, ok := first[key]; ok {
				list = append(list, string(c)+" and "+string(p.class)+": "+key[1])
			} else {
				first[key] = p.class
			}
		}
	}
	return list
}

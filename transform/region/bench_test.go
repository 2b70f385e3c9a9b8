package region

import (
	"testing"

	"github.com/qulaq-kz/qulaq"
)

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newGazetteer(b)
	}
}

// BenchmarkResolve counts lines a second on one core.
func BenchmarkResolve(b *testing.B) {
	g := newGazetteer(b)
	for name, lines := range map[string][]string{
		"region":    {"г. Астана", "Мангистауская область", "ВКО", "область Ұлытау"},
		"district":  {"Актау Г.А.", "район Есиль", "Медеуский район", "Қостанай ауданы"},
		"both":      {"Есильский район Акмолинской области", "Акмолинская область, Есильский район", "Ақмола облысы Есіл ауданы"},
		"no place":  {"улица Абая, дом 5", "Управление экологии и окружающей среды города Алматы", "неизвестно"},
		"long text": {"Республиканское государственное учреждение Департамент экологии по Акмолинской области Комитета экологического регулирования и контроля"},
	} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				g.Resolve(lines[n%len(lines)], Today)
				n++
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}

// BenchmarkResolveMix counts lines a second that were never seen, names and long texts as complaints have them.
func BenchmarkResolveMix(b *testing.B) {
	g := newGazetteer(b)
	lines := []string{
		"г. Астана", "район Есиль", "Есильский район Акмолинской области", "Қостанай ауданы", "в Карагандинской обл.", "Костонайская область", "неизвестно",
		"Аппарат акима Бостандыкского района города Алматы", "ул. Абая 10, г. Тараз", "Шымкент қаласында су жоқ",
		"Республиканское государственное учреждение Департамент экологии по Акмолинской области Комитета экологического регулирования и контроля",
	}
	n := 0
	for b.Loop() {
		g.Resolve(lines[n%len(lines)], Today)
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkPair(b *testing.B) {
	g := newGazetteer(b)
	on := qulaq.Date(2021, 5, 1)
	for b.Loop() {
		g.Pair("область Абай", "Семей Г.А.", on)
	}
}

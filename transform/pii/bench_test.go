package pii

import (
	"strings"
	"testing"
)

// clean are texts with figures and capital letters but nothing to mask, as most complaints are.
var clean = strings.Join([]string{
	"Добрый день! Мы, жители микрорайона, вынуждены обратиться к Вам. За последние 6 месяцев мы обращались в разные " +
		"инстанции, однако получали только отписки. Неоднократно звонили по номеру 109, заявки принимают, но ничего не меняется.",
	"Лифт в подъезде не работает 15 дней, на девятый этаж пожилые люди поднимаются пешком, КСК \"Самал\" бездействует. " +
		"Больше всего от этого страдают дети и пожилые люди. Прошу принять меры и дать письменный ответ.",
	"Құрметті басшылар, біздің ауылда 3 айдан бері ауыз су жоқ, тұрғындар суды көрші ауылдан тасиды. Бұл мәселені " +
		"бірнеше рет көтердік, бірақ нәтиже жоқ. Осы мәселені шешуге көмектесуіңізді сұраймыз.",
	"В прошлом году на ремонт дороги выделили 480 млн тенге, а весной асфальт снова разрушился. Считаю, что нарушаются " +
		"наши права, и прошу привлечь виновных к ответственности. Ситуация ухудшается с каждым днём, ждать больше нет возможности.",
}, "\n")

// dirty are texts with personal data.
const dirty = "Я, Серикова Айгуль Болатовна, ИИН 900101300123, проживаю на улице Абая, дом 15, кв. 42. Контактный телефон: " +
	"+7 (701) 123-45-67, почта serikova@mail.ru. В доме три недели нет отопления, прошу принять меры.\n"

func BenchmarkClean(b *testing.B) { benchmark(b, strings.Repeat(clean+"\n", 20)) }
func BenchmarkDirty(b *testing.B) { benchmark(b, strings.Repeat(dirty, 40)) }

// One line of a megabyte: the time is in proportion to its length.
func BenchmarkMegabyte(b *testing.B) {
	benchmark(b, strings.Repeat(strings.ReplaceAll(clean+dirty, "\n", " "), 1<<20/len(clean+dirty)))
}

func benchmark(b *testing.B, text string) {
	r := redactor(b)
	in, out := []byte(text), make([]byte, 0, 2*len(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r.Redact(out, in)
	}
}

var redacted []byte

func TestCleanIsClean(t *testing.T) {
	in := []byte(clean)
	r := redactor(t)
	if got := r.Redact(nil, in); &got[0] != &in[0] {
		t.Errorf("masked: %s", got)
	}
	if n := testing.AllocsPerRun(100, func() { redacted = r.Redact(nil, in) }); n != 0 {
		t.Errorf("a text with nothing to mask allocates %v times", n)
	}
}

package extract

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

// exportSize is that of a million complaints with their texts.
const exportSize = 640_000_000

// export returns a reader of an export-like text that is different for every number. It repeats itself
// every 16 MiB, far beyond what zstd looks back.
func export(number int) io.Reader {
	return io.LimitReader(io.MultiReader(
		strings.NewReader(fmt.Sprintf("export %d\n", number)),
		&cycle{block: complaints()},
	), exportSize)
}

type cycle struct {
	block []byte
	at    int
}

func (c *cycle) Read(b []byte) (int, error) {
	n := copy(b, c.block[c.at:])
	c.at = (c.at + n) % len(c.block)
	return n, nil
}

var complaints = sync.OnceValue(func() []byte {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(from string) string {
		all := strings.Split(from, "|")
		return all[random.IntN(len(all))]
	}
	var b bytes.Buffer
	for id := 0; b.Len() < 16<<20; id++ {
		fmt.Fprintf(&b, "%d`ЖТ-2026-%08d`%s`2026-%02d-%02d %02d:%02d:00.000`Завершено`Нет`",
			1_000_000_000+id, random.IntN(1e8), pick("г. Астана|г.Алматы|Мангистауская область|Туркестанская область"),
			1+random.IntN(12), 1+random.IntN(28), random.IntN(24), random.IntN(60))
		for range 3 + random.IntN(4) {
			fmt.Fprintf(&b, "%s %s %s, дом %d. ",
				pick("Прошу принять меры по ремонту дороги|Третью неделю не вывозят мусор|Нет освещения|Отключили холодную воду|Не топят|Көшеге жарық орнатуды сұраймын|Аулада балалар алаңы жоқ|Крыша протекает после каждого дождя"),
				pick("на улице|по улице|возле школы на улице|во дворе по улице|в микрорайоне у улицы|көшесі"),
				pick("Абая|Толе би|Сатпаева|Жандосова|Ауэзова|Гоголя|Достык|Сарыарка|Темирязева|Сейфуллина|Рыскулова|Момышулы|Пушкина"),
				1+random.IntN(300))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
})

func BenchmarkPut(b *testing.B) {
	a := open(b, b.TempDir())
	b.SetBytes(exportSize)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := a.Put(context.Background(), export(i), seen(fmt.Sprint("/", i))); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	a := open(b, b.TempDir())
	s, err := a.Put(context.Background(), export(0), seen("/a"))
	if err != nil {
		b.Fatal(err)
	}
	buffer := make([]byte, 1<<20)
	b.SetBytes(exportSize)
	b.ReportAllocs()
	for b.Loop() {
		r, err := s.Open()
		if err != nil {
			b.Fatal(err)
		}
		// The struct hides all methods but Read, as a parser's buffer does.
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{r}, buffer); err != nil {
			b.Fatal(err)
		}
		r.Close()
	}
}

func BenchmarkPutSmall(b *testing.B) {
	a := open(b, b.TempDir())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		content := fmt.Sprintf("a page of a site, number %d", i)
		if _, err := a.Put(context.Background(), strings.NewReader(content), seen(fmt.Sprint("/", i))); err != nil {
			b.Fatal(err)
		}
	}
}

package status

import "github.com/qulaq-kz/qulaq/internal/fold"

// Flag is a yes or no that may be missing. The zero value is null.
type Flag int8

// The states of a flag.
const (
	FlagNull Flag = iota // nothing said
	FlagFalse
	FlagTrue
)

// String returns null, false or true.
func (f Flag) String() string {
	switch f {
	case FlagTrue:
		return "true"
	case FlagFalse:
		return "false"
	}
	return "null"
}

// ParseFlag reads the flags of exports: Да/Нет, Иә/Жоқ, yes/no, true/false, their first letters where those
// cannot be taken for another word, +/−, and 1/0, also as 1.0/0.0 from programs that take them for
// measurements. An empty value is FlagNull. Anything else is not ok, a dash (— or –) included: it may stand
// for no, and it may stand for nothing.
func ParseFlag(s string) (f Flag, ok bool) {
	var room [keyRoom]byte
	switch string(fold.AppendKey(room[:0], s)) {
	case "да", "д", "иә", "иа", "ия", "yes", "y", "true", "t", "1", "1 0", "+", "истина", "есть", "бар":
		return FlagTrue, true
	case "нет", "н", "жоқ", "жок", "no", "n", "false", "f", "0", "0 0", "-", "−", "ложь":
		return FlagFalse, true
	case "", `\n`, "null", "none", "nan", "не указано", "көрсетілмеген":
		return FlagNull, true
	}
	return FlagNull, false
}

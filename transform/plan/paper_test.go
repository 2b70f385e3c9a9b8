package plan

import "testing"

func TestUnspaced(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"П Л А Н", "ПЛАН"},
		{"Ж О Л   К А Р Т А С Ы", "ЖОЛ КАРТАСЫ"},
		{"І С - Ш А Р А Л А Р\tЖ О С П А Р Ы", "ІС-ШАРАЛАР ЖОСПАРЫ"},
		{"П Л А Н мероприятий", "П Л А Н мероприятий"},
		{"г. Астана   12 января", "г. Астана   12 января"},
		{"а и в", "а и в"},
		{"о д и н раз", "о д и н раз"},
		{"", ""},
	} {
		if got := unspaced(c.line); got != c.want {
			t.Errorf("%q is %q, want %q", c.line, got, c.want)
		}
	}
}

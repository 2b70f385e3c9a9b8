package render

import "strings"

// typeOf is a type inside another one; name is that of a tuple's element, which need not have one.
type typeOf struct{ name, text string }

// parseType takes a ClickHouse type apart: "Map(String, Array(Date))" is Map of String and Array(Date).
// What only says how values are kept, or that they may be null, is looked through.
func parseType(t string) (name string, inside []typeOf) {
	for {
		var rest string
		name, rest, _ = strings.Cut(t, "(")
		rest = strings.TrimSuffix(rest, ")")
		if name != "Nullable" && name != "LowCardinality" {
			return name, elements(rest)
		}
		t = rest
	}
}

// elements parts what stands between the brackets of a type.
func elements(list string) (inside []typeOf) {
	depth, start := 0, 0
	add := func(s string) {
		s = strings.TrimSpace(s)
		var e typeOf
		// A name stands before its type, with a space between: "day Date", "`last day` Date".
		if quoted, after, ok := strings.Cut(strings.TrimPrefix(s, "`"), "` "); ok && s[0] == '`' {
			e.name, s = quoted, after
		} else if i := strings.IndexAny(s, " ("); i > 0 && s[i] == ' ' {
			e.name, s = s[:i], s[i+1:]
		}
		e.text = s
		inside = append(inside, e)
	}
	for i := range len(list) {
		switch list[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',':
			if depth == 0 {
				add(list[start:i])
				start = i + 1
			}
		}
	}
	if list != "" {
		add(list[start:])
	}
	return inside
}

// typeAt returns the type of an element; of arrays, which have one type for all, the only one.
func typeAt(inside []typeOf, i int) string {
	if len(inside) == 1 {
		i = 0
	}
	if i >= len(inside) {
		return ""
	}
	return inside[i].text
}

// isDate tells a type of days from one of times.
func isDate(t string) bool {
	name, _ := parseType(t)
	return name == "Date" || name == "Date32"
}

func isNumber(t string) bool {
	name, _ := parseType(t)
	for _, prefix := range []string{"UInt", "Int", "Float", "Decimal"} {
		if strings.HasPrefix(name, prefix) && !strings.HasPrefix(name, "Interval") {
			return true
		}
	}
	return false
}

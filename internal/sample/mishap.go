package sample

import "github.com/qulaq-kz/qulaq"

// breakage is one way to break a row.
type breakage struct {
	reason qulaq.Reason    // why the row cannot become a fact
	needs  role            // a column of this role; plainCell asks for none
	in     func(Spec) bool // which exports can show it
	// apply changes the cells; at is where the needed column stands. It is nil for the one breakage that leaves the
	// row in order and only moves the complaint to a region that does not exist: a finding, not a reject.
	apply func(row [][]byte, at int) [][]byte
}

var breakages = []breakage{
	{qulaq.EmptyID, idCell, anywhere, put("")},
	{qulaq.BadDate, dateCell, anywhere, dated("", "02", "31")},
	{qulaq.FutureDate, dateCell, anywhere, dated("2099", "", "")},
	{qulaq.FieldCount, plainCell, inCSV, drop(2)},
	{"", regionCell, anywhere, nil},
	{qulaq.NulByte, bodyCell, inCSV, attach("\x00")},
	{qulaq.BadDate, dateCell, anywhere, put("31.02.2026")},
	{qulaq.AncientDate, dateCell, anywhere, dated("1900", "", "")},
	{qulaq.FieldCount, plainCell, inCSV, extend("лишнее", "поле")},
	{qulaq.BadEncoding, bodyCell, inUTF8CSV, attach("\xd0 \xff")},
	{qulaq.BadDate, dateCell, anywhere, put("")},
}

func anywhere(Spec) bool { return true }

func inCSV(s Spec) bool { return s.Layout == CSV }

// inUTF8CSV is for what windows-1251 does not know: there every byte is a character.
func inUTF8CSV(s Spec) bool { return s.Layout == CSV && s.Encoding != Windows1251 }

// breakagesFor returns those that the export can show.
func breakagesFor(s Spec, columns []column) []breakage {
	var list []breakage
	for _, b := range breakages {
		if b.in(s) && (b.needs == plainCell || find(columns, b.needs) >= 0) {
			list = append(list, b)
		}
	}
	return list
}

// find returns where the first column of a role stands, or -1.
func find(columns []column, r role) int {
	for i, c := range columns {
		if c.role == r {
			return i
		}
	}
	return -1
}

// drop takes the last cells away.
func drop(n int) func([][]byte, int) [][]byte {
	return func(row [][]byte, _ int) [][]byte { return row[:len(row)-n] }
}

// extend adds cells.
func extend(values ...string) func([][]byte, int) [][]byte {
	return func(row [][]byte, _ int) [][]byte {
		for _, v := range values {
			row = append(row, []byte(v))
		}
		return row
	}
}

// put replaces a cell.
func put(value string) func([][]byte, int) [][]byte {
	return func(row [][]byte, at int) [][]byte {
		row[at] = []byte(value)
		return row
	}
}

// attach lengthens a cell.
func attach(value string) func([][]byte, int) [][]byte {
	return func(row [][]byte, at int) [][]byte {
		row[at] = append(append([]byte(nil), row[at]...), value...)
		return row
	}
}

// dated replaces the year, month or day of a date that begins with them in this order, as 2026-04-14 and 2026/04/14
// do. What is empty stays.
func dated(year, month, day string) func([][]byte, int) [][]byte {
	return func(row [][]byte, at int) [][]byte {
		copy(row[at], year)
		copy(row[at][len("2026-"):], month)
		copy(row[at][len("2026-04-"):], day)
		return row
	}
}

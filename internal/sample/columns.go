package sample

import (
	"strconv"
	"strings"
)

// role says what a column is for, so that mishaps and counts find it under any name.
type role uint8

const (
	plainCell role = iota
	idCell
	dateCell // of registration
	regionCell
	districtCell
	stateCell
	bodyCell // who answers, free text
	textCell
)

// column is a column of an export: its name and how its cells are printed.
type column struct {
	name  string
	role  role
	print func(dst []byte, p *printer) []byte
}

// printer is what cells are printed from.
type printer struct {
	author    *author
	complaint *complaint
	firstID   int64
	shift     moment
	yes, no   string
}

func newPrinter(s Spec, a *author) *printer {
	p := &printer{author: a, complaint: &a.complaint, yes: "Да", no: "Нет"}
	if s.Columns == Renamed {
		p.yes, p.no = "Y", "N"
	}
	if s.Shift {
		p.shift = shiftHours * hour
	}
	// Fourteen digits: the year, and a digit that keeps the formats apart.
	source := map[Format]int64{Analytic: 1, AnalyticText: 2, Text: 3}
	p.firstID = int64(s.From.Time().Year())*10_000_000_000 + source[s.Format]*1_000_000_000
	return p
}

// columnsOf returns the columns in their order.
func columnsOf(f Format, c Columns) []column {
	id := column{"appeal_id", idCell, printID}
	number := column{"reg_number", plainCell, printRegNumber}
	kind := column{"appeal_type", plainCell, printKind}
	working := column{"current_working_state", stateCell, printState}
	overdue := column{"status_overdue", plainCell, printOverdue}
	duplicate := column{"is_duplicate", plainCell, printFlag(func(c *complaint) bool { return c.duplicate })}
	forward := column{"is_forward", plainCell, printFlag(func(c *complaint) bool { return c.forwarded })}
	forwardOut := column{"is_ext_forward", plainCell, printFlag(func(c *complaint) bool { return c.forwardedOut })}
	applicant := column{"applicant_type", plainCell, printApplicant}
	category := column{"category", plainCell, printSubject(0)}
	issue := column{"issue", plainCell, printSubject(1)}
	subissue := column{"subissue", plainCell, printSubject(2)}
	region := column{"region", regionCell, printRegion}
	district := column{"raion", districtCell, printDistrict}
	body := column{"org_name", bodyCell, printBody}
	created := column{"created_date", dateCell, printCreated}
	deadline := column{"deadline", plainCell, printDue}
	finish := column{"finish_dt", plainCell, printFinished}
	year := column{"year", plainCell, printYear}
	month := column{"month_name", plainCell, printMonthName}
	text := column{"text", textCell, printText}

	switch {
	case f == Text:
		return []column{
			id.as("id"), text.as("DATA"), kind.as("name_tu_type"),
			{"date_", dateCell, printDumpDate},
			body.as("name_ru_org"),
		}
	case f == CC109:
		return []column{
			created, region, category,
			{"character", bodyCell, printSubject(1)},
			{"status", stateCell, printCall},
			year,
			{"month", plainCell, printMonth},
		}
	case f == AnalyticText:
		return []column{id, number, kind, working, category, region, district, created, deadline, text}
	case c == Cut:
		return []column{
			number, created, kind.as("type_name_ru"), applicant, category.as("issue_category_name_ru"), issue, subissue,
			region, district, body, working, overdue, deadline, finish, duplicate, forward, forwardOut,
		}
	case c == Renamed:
		kind, category, created = kind.as("type_name_ru"), category.as("issue_category_name_ru"), created.as("start_dt")
	}
	return []column{
		id, number, kind, working, overdue, duplicate, forward, forwardOut, applicant, category, issue, subissue,
		region, district, body, created, deadline, finish, year, month,
	}
}

// as returns the column under another name.
func (c column) as(name string) column {
	c.name = name
	return c
}

func printID(d []byte, p *printer) []byte {
	return strconv.AppendInt(d, p.firstID+p.complaint.number, 10)
}

// printRegNumber prints ЖТ for people, ЗТ for legal entities, the year, a number of eight digits and the part.
func printRegNumber(d []byte, p *printer) []byte {
	c := p.complaint
	prefix := "ЖТ-"
	if c.legalEntity {
		prefix = "ЗТ-"
	}
	d = printYearOf(append(d, prefix...), p)
	d = strconv.AppendInt(d, 100_000_001+c.number, 10)
	d[len(d)-9] = '-' // in place of the 1 that keeps the leading zeros
	if c.part > 0 {
		d = strconv.AppendInt(append(d, '/'), int64(c.part), 10)
	}
	return d
}

func printYearOf(d []byte, p *printer) []byte {
	return append(d, p.author.calendar.date(p.complaint.registered.day())[:len("2026")]...)
}

// printYear prints the year; the analytic export begins on 1 July 2021, and says so.
func printYear(d []byte, p *printer) []byte {
	d = printYearOf(d, p)
	if p.author.spec.Format == Analytic && strings.HasSuffix(string(d), "2021") {
		d = append(d, " (с 1 июля)"...)
	}
	return d
}

var monthNames = [...]string{
	"Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
	"Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
}

func printMonthName(d []byte, p *printer) []byte {
	return append(d, monthNames[p.author.calendar.month(p.complaint.registered.day())]...)
}

func printMonth(d []byte, p *printer) []byte {
	return strconv.AppendInt(d, int64(p.author.calendar.month(p.complaint.registered.day())+1), 10)
}

func printKind(d []byte, p *printer) []byte  { return append(d, p.complaint.kind.name...) }
func printState(d []byte, p *printer) []byte { return append(d, states[p.complaint.state].working...) }

func printOverdue(d []byte, p *printer) []byte {
	return append(d, states[p.complaint.state].overdue...)
}

func printCall(d []byte, p *printer) []byte     { return append(d, states[p.complaint.state].call...) }
func printRegion(d []byte, p *printer) []byte   { return append(d, p.complaint.spelling...) }
func printDistrict(d []byte, p *printer) []byte { return append(d, p.complaint.district.name...) }
func printBody(d []byte, p *printer) []byte     { return p.complaint.body.fill(d, p.author) }
func printText(d []byte, p *printer) []byte     { return append(d, p.complaint.text...) }
func printCreated(d []byte, p *printer) []byte  { return p.time(d, p.complaint.registered) }
func printDue(d []byte, p *printer) []byte      { return p.time(d, p.complaint.due) }

func printFinished(d []byte, p *printer) []byte {
	if p.complaint.finished == 0 {
		return d
	}
	return p.time(d, p.complaint.finished)
}

func printApplicant(d []byte, p *printer) []byte {
	if p.complaint.legalEntity {
		return append(d, "Юридическое лицо"...)
	}
	return append(d, "Физическое лицо"...)
}

func printSubject(level int) func([]byte, *printer) []byte {
	return func(d []byte, p *printer) []byte { return append(d, p.complaint.subject.cells[level]...) }
}

func printFlag(of func(*complaint) bool) func([]byte, *printer) []byte {
	return func(d []byte, p *printer) []byte {
		if of(p.complaint) {
			return append(d, p.yes...)
		}
		return append(d, p.no...)
	}
}

// printDumpDate prints 2026/02/19 08:06:20.490209000: microseconds, and three more digits that are always zero.
func printDumpDate(d []byte, p *printer) []byte {
	c := p.complaint
	date := p.author.calendar.date(c.registered.day())
	d = append(append(append(d, date[:4]...), '/'), date[5:7]...)
	d = append(append(append(d, '/'), date[8:]...), ' ')
	d = appendClock(d, c.registered)
	return append(strconv.AppendInt(d, 100+c.number*7919%900, 10), "000"...)
}

// time prints a moment as the export shows it.
func (p *printer) time(d []byte, m moment) []byte {
	m -= p.shift
	return appendClock(append(append(d, p.author.calendar.date(m.day())...), ' '), m)
}

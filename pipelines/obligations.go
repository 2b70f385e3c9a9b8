package pipelines

import (
	"context"
	"slices"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load"
	"github.com/qulaq-kz/qulaq/transform/meeting"
	"github.com/qulaq-kz/qulaq/transform/publication"
)

// What is owed: by policy, and for the meetings that are known.

// duties is the policy of the configuration: everything that akimats owe.
func (e *Environment) duties() publication.Config {
	p := e.Config.Publication
	return publication.Config{
		Kinds:               []publication.Kind{publication.ActionPlan, publication.Calendar, publication.Announcement, publication.Results},
		PlanDaysAfterPeriod: p.PlanDaysAfterPeriod, AnnounceDaysBefore: p.AnnounceDaysBefore, ResultsDaysAfter: p.ResultsDaysAfter, GraceDays: p.GraceDays,
	}
}

// subjectOf is the akimat that has these sources: it is looked for in all of them.
func subjectOf(sources []Source) publication.Subject {
	s := sources[0]
	subject := publication.Subject{RegionCode: s.Region, DistrictCode: s.District, Level: publication.Level(s.Level)}
	if since, ok := s.SinceDay(); ok {
		subject.Since = since
	}
	for _, s := range sources {
		for _, lang := range s.Langs() {
			subject.Places = append(subject.Places, publication.Place{Source: s.Archive(), Lang: string(lang)})
		}
	}
	return subject
}

// knownMeetings returns the meetings of which the day is known, of the akims of regions, by region and "/", and of
// districts, by region, "/" and district. For a meeting that was cancelled nothing is owed, nor for one that was moved on
// its old day; a paper that speaks of a day which was to come when it was first seen has it wrong.
func (e *Environment) knownMeetings(ctx context.Context) (map[string][]publication.Meeting, error) {
	answer, err := e.Warehouse.Ask(ctx,
		"SELECT source, concat(assumeNotNull(region_code), '/', if(level = 'district', ifNull(district_code, ''), '')) AS akimat, ifNull(district_code, '') AS district, place_key, "+
			"toString(status), assumeNotNull(coalesce(held_on, planned_on)) AS day, calendar_id, announcement_id, results_id FROM meetings "+
			"WHERE kind = 'meeting' AND level IN ('oblast', 'city', 'district') AND (level != 'district' OR district_code IS NOT NULL) AND region_code IS NOT NULL "+
			"AND status NOT IN ('cancelled', 'moved') AND coalesce(held_on, planned_on) IS NOT NULL AND (held_on IS NULL OR held_on <= toDate(exported_at, 'Asia/Almaty')) "+
			"ORDER BY akimat, day, source, meeting_id")
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	var all []knownMeeting
	for answer.Next() {
		var m knownMeeting
		var on time.Time
		if err := answer.Scan(&m.source, &m.akimat, &m.district, &m.place, &m.status, &on, &m.calendar, &m.announcement, &m.results); err != nil {
			return nil, err
		}
		m.on = qulaq.DayOf(on)
		all = append(all, m)
	}
	return meetingsOf(all), answer.Err()
}

// knownMeeting is what the table meetings says of one.
type knownMeeting struct {
	source, akimat, district, place string
	status                          string
	on                              qulaq.Day
	calendar, announcement, results string // publications that tell of it; "" for none
}

// meetingsOf returns what is owed for meetings.
func meetingsOf(all []knownMeeting) map[string][]publication.Meeting {
	meetings := map[string][]publication.Meeting{}
	unplanned, untold := map[string][]knownMeeting{}, map[string][]knownMeeting{} // by half-year
	for _, m := range all {
		switch {
		case m.unplanned():
			unplanned[m.halfYear()] = append(unplanned[m.halfYear()], m)
		case m.status == string(meeting.Planned) && m.announcement != "" && m.results == "":
			untold[m.halfYear()] = append(untold[m.halfYear()], m)
		}
	}
	for _, m := range all {
		known := publication.Meeting{On: m.on, Papers: map[publication.Kind][]publication.Ref{}}
		for kind, id := range map[publication.Kind]string{publication.Announcement: m.announcement, publication.Results: m.results} {
			if id != "" {
				known.Papers[kind] = []publication.Ref{{Source: m.source, PublicationID: id}}
			}
		}
		switch {
		case m.status == string(meeting.Missed): // nobody announces what is not held
			known.Excused = []publication.Kind{publication.Announcement}
		case m.status == string(meeting.Planned) && m.maybeOneOf(unplanned[m.halfYear()]): // what is out for its first day counts
			for _, kind := range []publication.Kind{publication.Announcement, publication.Results} {
				if len(known.Papers[kind]) == 0 {
					known.Excused = append(known.Excused, kind)
				}
			}
		case m.unplanned() && m.maybeOneOf(untold[m.halfYear()]): // it was announced, for another day
			known.Excused = []publication.Kind{publication.Announcement}
		}
		meetings[m.akimat] = append(meetings[m.akimat], known)
	}
	return meetings
}

// halfYear names the akimat and the half-year of a meeting.
func (m knownMeeting) halfYear() string { return m.akimat + " " + publication.HalfYear(m.on).Label }

// unplanned says whether only results tell of a meeting: it may be one that was planned for another day.
func (m knownMeeting) unplanned() bool {
	return m.results != "" && m.calendar == "" && m.announcement == ""
}

// maybeOneOf says whether a meeting may be one of others of its half-year, on another day: they are at its place, or at a
// place that one of them does not name. So one that was planned and that nothing tells of may be one that was held
// and that nobody had planned, whatever was announced for its day; and the other way round.
func (m knownMeeting) maybeOneOf(others []knownMeeting) bool {
	alike := func(a, b string) bool { return a == b || a == "" || b == "" }
	return slices.ContainsFunc(others, func(o knownMeeting) bool {
		return alike(o.district, m.district) && alike(o.place, m.place)
	})
}

// owedFor names an obligation without its kind.
func owedFor(o publication.Obligation) string {
	return o.RegionCode + "/" + o.DistrictCode + "/" + o.Period.Label
}

// score gives every plan its score of openness, with what is said of the announcements of its half-year.
func score(judged []Judged, figures map[string]load.PlanFigures, plans []string) {
	announcements := map[string]publication.Verdict{}
	for _, j := range judged {
		if j.Obligation.Kind == publication.Announcement {
			announcements[owedFor(j.Obligation)] = j.Verdict
		}
	}
	for i := range judged {
		j := &judged[i]
		f := figures[plans[i]]
		of := publication.Figures{Items: int(f.Items), Answered: int(f.Answered), Languages: int(f.Languages)}
		of.Announced, of.Meetings = announcements[owedFor(j.Obligation)].Announced()
		j.Openness = publication.Score(j.Verdict, of)
	}
}

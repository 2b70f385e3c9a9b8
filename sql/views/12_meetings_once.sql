-- Meetings and receptions, each once, however many sites and papers tell of it.
-- Purpose: what to count where meetings are counted; the table meetings has a row a source. Grain: meeting, or reception.
-- Two sites, or two papers of one, may tell of the same meeting: same official, same place, same day. What became of it is
-- the word that says most, that it was held before all others; of people and issues the largest figure stands. Without a
-- level, a day or any place nothing tells that two are the same. An akimat receives people in more than one room at a time,
-- so receptions are told apart by who receives as well.
-- Columns: see their comments.
-- Example: SELECT level, count() FROM meetings_once WHERE kind = 'meeting' AND status = 'held' GROUP BY level
CREATE OR REPLACE VIEW meetings_once
(
    kind            LowCardinality(String) COMMENT 'meeting or reception (see meetings)',
    level           Nullable(String)       COMMENT 'Whose: oblast, city, district, rural or ministry; null when the papers do not say',
    who             String                 COMMENT 'Who it is, as printed, of a ministry and of a reception; else empty',
    region_code     Nullable(String)       COMMENT 'KATO code of the region; null when unknown',
    district_code   Nullable(String)       COMMENT 'KATO code of the district or city; null when unknown',
    place_key       String                 COMMENT 'Village, okrug or microdistrict, to be compared (see meetings); empty when not said',
    status          String                 COMMENT 'planned, held, cancelled, moved or missed (see meetings)',
    planned_on      Nullable(Date32)       COMMENT 'Day on which it was to be held; null where only a time is said, or nothing',
    planned_from    Nullable(Date32)       COMMENT 'First day of the time in which it was to be held',
    planned_to      Nullable(Date32)       COMMENT 'Last day of that time',
    held_on         Nullable(Date32)       COMMENT 'Day on which it was held; null when it was not, or the day is unknown',
    participants    Nullable(Int64)        COMMENT 'People who came, or were received; null when not said',
    issues_raised   Nullable(Int64)        COMMENT 'Issues that they raised; null when not said',
    issues_resolved Nullable(Int64)        COMMENT 'Of them resolved; null when not said',
    told            UInt64                 COMMENT 'Rows of meetings that tell of it'
)
AS
WITH keyed AS
    (
        SELECT
            *,
            ifNull(toString(level), '') AS of_level,
            if(of_level = 'ministry' OR kind = 'reception', who, '') AS of_who,
            ifNull(toString(region_code), '') AS of_region,
            ifNull(toString(district_code), '') AS of_district,
            coalesce(planned_on, held_on) AS of_day,
            if(of_level = '' OR of_day IS NULL OR (of_who = '' AND of_district = '' AND place_key = ''), concat(source, ' ', meeting_id), '') AS alone
        FROM meetings
    )
SELECT
    m.kind AS kind,
    nullIf(m.of_level, '') AS level,
    m.of_who AS who,
    nullIf(m.of_region, '') AS region_code,
    nullIf(m.of_district, '') AS district_code,
    m.place_key AS place_key,
    argMax(toString(m.status), indexOf(['planned', 'missed', 'moved', 'cancelled', 'held'], toString(m.status))) AS status,
    min(m.planned_on) AS planned_on,
    min(m.planned_from) AS planned_from,
    max(m.planned_to) AS planned_to,
    max(m.held_on) AS held_on,
    max(m.participants) AS participants,
    max(m.issues_raised) AS issues_raised,
    max(m.issues_resolved) AS issues_resolved,
    count() AS told
FROM keyed AS m
GROUP BY m.kind, m.of_level, m.of_who, m.of_region, m.of_district, m.place_key, m.of_day, m.alone
COMMENT 'Meetings and receptions, each once, however many sites and papers tell of it: same official, place and day. Count here, not in meetings. Without a level, a day or any place nothing tells that two are the same. Grain: meeting';

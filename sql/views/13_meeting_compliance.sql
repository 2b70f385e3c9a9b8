-- How many meetings were owed, planned, held, missed. Grain: official's level × place × period of the norm in force.
CREATE OR REPLACE VIEW meeting_compliance
(
    level           LowCardinality(String) COMMENT 'Whose meetings: oblast, city, district, rural or ministry',
    who             String                 COMMENT 'Of a ministry: which, as printed; else empty',
    region_code     Nullable(String)       COMMENT 'KATO code of the region; null of a ministry, and when unknown',
    akimat          Nullable(String)       COMMENT 'Name of the region; null when unknown',
    district_code   Nullable(String)       COMMENT 'KATO code of the district; null of a ministry, and when unknown',
    district_name   Nullable(String)       COMMENT 'Name of the district; null when unknown',
    period          String                 COMMENT 'Period of the norm: 2022-H2, 2023-Q1 or 2024',
    period_from     Date32                 COMMENT 'First day of the period',
    period_to       Date32                 COMMENT 'Last day of the period',
    places          UInt64                 COMMENT 'Places in which a meeting is owed, as far as they are known',
    owed            UInt64                 COMMENT 'Meetings owed there by the norm; 0 where it names no number (ministers until 8 January 2024)',
    planned         UInt64                 COMMENT 'Meetings that papers planned',
    held            UInt64                 COMMENT 'Meetings of which a paper says that they were held',
    missed          UInt64                 COMMENT 'Meetings of which a paper says, or proves, that they were not held',
    cancelled       UInt64                 COMMENT 'Meetings that were called off',
    moved           UInt64                 COMMENT 'Meetings that were moved to another day',
    unknown         UInt64                 COMMENT 'Meetings planned for a day that is over, of which no paper says what became of them',
    ahead           UInt64                 COMMENT 'Meetings planned for a day that is not over',
    not_known_held  Int64                  COMMENT 'Owed meetings of which no paper says that they were held: no proof that they were not',
    fulfilled       Nullable(Bool)         COMMENT 'true when all owed meetings were held, false when one is proved missed, else null',
    participants    Nullable(Int64)        COMMENT 'People who came to the meetings held; null when not said',
    issues_raised   Nullable(Int64)        COMMENT 'Issues that they raised; null when not said',
    issues_resolved Nullable(Int64)        COMMENT 'Of them resolved; null when not said',
    norm            LowCardinality(String) COMMENT 'Norm in force (see meeting_norms)',
    source          String                 COMMENT 'The act, and which of its wordings'
)
AS
WITH
    days AS
    (
        -- A meeting is planned in the period of its planned day, and held in that of the day on which it was held.
        SELECT
            assumeNotNull(level) AS of_level,
            who AS of_who,
            if(of_level = 'ministry', '', ifNull(region_code, '')) AS region,
            if(of_level = 'ministry', '', ifNull(district_code, '')) AS district,
            if(of_level IN ('district', 'rural'), place_key, '') AS spot,
            arrayJoin(arrayFilter(x -> x.2 IS NOT NULL, [
                ('planned', coalesce(planned_on, planned_from)),
                (if(status = 'planned', if(planned_to < toDate(now(), 'Asia/Almaty'), 'unknown', 'ahead'), status), if(status = 'held', coalesce(held_on, planned_on, planned_from), coalesce(planned_on, planned_from)))
            ])) AS told,
            participants, issues_raised, issues_resolved
        FROM meetings_once
        WHERE kind = 'meeting' AND level IS NOT NULL
    ),
    normed AS
    (
        SELECT
            d.*, told.1 AS what, assumeNotNull(told.2) AS day, n.norm AS norm, n.meetings AS each, n.place AS norm_place, n.source AS norm_source, n.period AS span,
            multiIf(span = 'quarter', toDate32(toStartOfQuarter(day)), span = 'year' OR toMonth(day) <= 6, toDate32(toStartOfYear(day)), addMonths(toDate32(toStartOfYear(day)), 6)) AS first,
            addMonths(first, multiIf(span = 'quarter', 3, span = 'half_year', 6, 12)) - 1 AS last
        FROM days AS d
        INNER JOIN meeting_norms AS n ON n.level = d.of_level
        WHERE told.2 >= n.valid_from AND (n.valid_to IS NULL OR told.2 <= n.valid_to)
    ),
    spots AS
    (
        SELECT
            of_level, of_who, region, district, spot, norm, each, norm_source, span, first, last,
            if(of_level = 'ministry' OR district != '' AND (of_level IN ('oblast', 'city') OR spot != ''), each, 0) AS owed_here,
            countIf(what = 'planned') AS planned_here, countIf(what = 'held') AS held_here, countIf(what = 'missed') AS missed_here,
            countIf(what = 'cancelled') AS cancelled_here, countIf(what = 'moved') AS moved_here, countIf(what = 'unknown') AS unknown_here, countIf(what = 'ahead') AS ahead_here,
            sumIf(participants, what = 'held') AS came, sumIf(issues_raised, what = 'held') AS raised, sumIf(issues_resolved, what = 'held') AS resolved
        FROM normed
        GROUP BY of_level, of_who, region, district, spot, norm, each, norm_source, span, first, last
        UNION ALL
        -- The districts of a region that no paper names, where papers of its akim are known.
        SELECT DISTINCT
            of_level, '', region, r.code, '', norm, each, norm_source, span, first, last, each, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL
        FROM normed AS n
        INNER JOIN regions AS r ON r.region_code = n.region AND r.level = n.norm_place
        WHERE ifNull(r.valid_from, toDate32('1900-01-01')) <= n.first AND ifNull(r.valid_to, toDate32('2299-12-31')) > n.first
            AND (of_level, region, r.code, first) NOT IN (SELECT of_level, region, district, first FROM normed)
    ),
    names AS (SELECT code, argMax(name_ru, ifNull(valid_to, toDate32('2299-12-31'))) AS name FROM regions GROUP BY code)
SELECT
    of_level AS level,
    of_who AS who,
    nullIf(region, '') AS region_code,
    nullIf(any(a.name), '') AS akimat,
    nullIf(district, '') AS district_code,
    nullIf(any(b.name), '') AS district_name,
    concat(toString(toYear(first)), multiIf(span = 'year', '', span = 'quarter', concat('-Q', toString(toQuarter(first))), toMonth(first) = 1, '-H1', '-H2')) AS period,
    first AS period_from,
    last AS period_to,
    countIf(owed_here > 0) AS places,
    sum(owed_here) AS owed,
    sum(planned_here) AS planned,
    sum(held_here) AS held,
    sum(missed_here) AS missed,
    sum(cancelled_here) AS cancelled,
    sum(moved_here) AS moved,
    sum(unknown_here) AS unknown,
    sum(ahead_here) AS ahead,
    sum(if(owed_here > held_here, owed_here - held_here, 0)) AS not_known_held,
    multiIf(owed = 0, NULL, not_known_held = 0, true, countIf(held_here < owed_here AND missed_here > 0) > 0 AND last < toDate(now(), 'Asia/Almaty'), false, NULL) AS fulfilled,
    sum(came) AS participants,
    sum(raised) AS issues_raised,
    sum(resolved) AS issues_resolved,
    norm,
    any(norm_source) AS source
FROM spots AS s
LEFT JOIN names AS a ON a.code = s.region
LEFT JOIN names AS b ON b.code = s.district
GROUP BY level, who, region, district, span, first, last, norm
SETTINGS join_use_nulls = 0
COMMENT 'Meetings with the people against the decree in force on their day, each once however many sites and papers tell of it: by level of the official, place (district; of ministers who) and period of the norm (quarter, half-year, year). places: in how many a meeting is owed; of oblasts and cities all districts, of other akims those villages that papers name, which is a lower bound. owed: meetings owed there. unknown: planned, the day is over, and no paper says what became of it; ahead: the day is not over. not_known_held: owed meetings of which no paper says that they were held, which is no proof that they were not. fulfilled: true when all owed meetings were held, false when one is proved missed, else null. Receptions, meetings of an unknown day or level, and meetings before the first decree (of akims before 3 March 2022, of ministers before 7 April 2022) are left out';

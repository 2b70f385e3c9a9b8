-- Who receives few people, or none, although people ask.
-- Purpose: complaints addressed to a body beside the receptions it reports. Grain: period × level × subject. Subjects
-- are ministries and agencies by their key (level central), regions by the KATO code of today (level local: akimats and
-- their bodies), and 000000000 for all of a level. A period is a half-year, or a year where a report speaks of one.
-- Complaints are those of sources that tell of delays (see timed_sources): a dump of the texts has the same appeals once more.
-- Columns: see their comments. Where reports name different figures, the largest counts, in the body's favour.
-- reception is not_reported (no report says anything: that proves nothing), none (reported as zero), few (people
-- received per 1,000 complaints are under half the median of the subjects of the same period and level, of at least
-- four), or some.
-- Example: SELECT subject, complaints, citizens_received, reception FROM reception_demand
--          WHERE period = '2022' AND level = 'central' ORDER BY received_per_1000
CREATE OR REPLACE VIEW reception_demand
(
    period            String            COMMENT 'Half-year, 2022-H2, or year, 2022',
    year              UInt16            COMMENT 'Its year',
    level             String            COMMENT 'central: ministries and agencies; local: akimats and their bodies',
    subject_code      String            COMMENT 'Key of a ministry (see bodies), KATO code of a region in today''s division, or 000000000 for all of the level',
    subject           String            COMMENT 'Name of the region, or the key',
    complaints        Nullable(UInt64)  COMMENT 'Complaints addressed to it, of sources that tell of delays (see timed_sources); null when none',
    receptions_held   Nullable(Float64) COMMENT 'Receptions held, as reports claim; null when none says',
    citizens_received Nullable(Float64) COMMENT 'People received, as reports claim; null when none says',
    received_per_1000 Nullable(Float64) COMMENT 'People received per 1,000 complaints; null when one of both is not known',
    reception         String            COMMENT 'not_reported, none, few or some',
    is_short          UInt8             COMMENT 'People ask, and reports say that few or none are received'
)
AS
WITH
    (SELECT groupArray(toString(source)) FROM timed_sources) AS timed,
    -- A region as a number, the first two digits of its code, is counted by in less time; 0 is none. The projection is
    -- named, so that the engine need not weigh the others.
    asked AS
    (
        SELECT year, half, toUInt8(intDiv(place_today, 10000000)) AS region, body, count() AS complaints
        FROM countable_complaints
        WHERE body IS NOT NULL AND has(timed, toString(source))
        GROUP BY year, half, region, body
        SETTINGS preferred_optimize_projection_name = 'by_body'
    ),
    counted AS
    (
        SELECT
            a.year AS year, a.half AS half, toString(b.scope) AS level,
            multiIf(level = 'local', if(a.region = 0, '', concat(leftPad(toString(a.region), 2, '0'), '0000000')), b.kind IN ('ministry', 'agency'), b.body_key, '') AS subject,
            sum(a.complaints) AS complaints
        FROM (SELECT *, toString(assumeNotNull(body)) AS name FROM asked) AS a
        INNER JOIN bodies AS b ON b.body = a.name
        WHERE b.scope IN ('central', 'local')
        GROUP BY year, half, level, subject
    ),
    both AS
    (
        SELECT
            c.year AS year, period, c.level AS level, told_subject AS subject,
            c.complaints AS complaints, [] :: Array(Float64) AS receptions, [] :: Array(Float64) AS citizens
        FROM counted AS c
        ARRAY JOIN [concat(toString(c.year), '-H', toString(c.half)), toString(c.year)] AS period
        ARRAY JOIN arrayDistinct([c.subject, '000000000']) AS told_subject
        UNION ALL
        SELECT
            toUInt16(substring(period, 1, 4)), period,
            if(channel = 'ministers' OR position(subject_code, ':') > 0, 'central', 'local'), subject_code,
            0, if(metric = 'receptions_held', values, []), if(metric = 'citizens_received', values, [])
        FROM reported_figures
        WHERE metric IN ('receptions_held', 'citizens_received') AND unit = 'count' AND detail IS NULL AND match(period, '^[0-9]{4}(-H[12])?$')
            AND (channel IN ('ministers', 'akims', 'akims_oblast', 'akims_district', 'akims_rural') OR channel = 'reception' AND position(subject_code, ':') > 0)
    ),
    together AS
    (
        SELECT
            year, period, level, subject,
            nullIf(sum(both.complaints), 0) AS complaints,
            groupUniqArrayArray(both.receptions) AS receptions,
            groupUniqArrayArray(both.citizens) AS citizens,
            if(empty(receptions), NULL, arrayMax(receptions)) AS receptions_held,
            if(empty(citizens), NULL, arrayMax(citizens)) AS citizens_received,
            citizens_received / complaints * 1000 AS per_1000
        FROM both
        WHERE subject != ''
        GROUP BY year, period, level, subject
    ),
    compared AS
    (
        SELECT
            *,
            quantileExactIf(0.5)(ifNull(per_1000, 0), per_1000 IS NOT NULL AND subject != '000000000') OVER (PARTITION BY year, period, level) AS median,
            countIf(per_1000 IS NOT NULL AND subject != '000000000') OVER (PARTITION BY year, period, level) AS subjects
        FROM together
    )
SELECT
    t.period AS period,
    t.year AS year,
    t.level AS level,
    t.subject AS subject_code,
    if(d.name_ru = '', t.subject, d.name_ru) AS subject,
    t.complaints AS complaints,
    t.receptions_held AS receptions_held,
    t.citizens_received AS citizens_received,
    round(t.per_1000, 2) AS received_per_1000,
    multiIf(
        t.receptions_held IS NULL AND t.citizens_received IS NULL, 'not_reported',
        greatest(ifNull(t.receptions_held, 0), ifNull(t.citizens_received, 0)) = 0, 'none',
        t.per_1000 IS NOT NULL AND t.subject != '000000000' AND t.subjects >= 4 AND t.per_1000 < t.median / 2, 'few',
        'some') AS reception,
    t.complaints IS NOT NULL AND reception IN ('none', 'few') AS is_short
FROM compared AS t
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS d ON d.code = t.subject
SETTINGS join_use_nulls = 0, max_threads_for_indexes = 1
COMMENT 'Complaints addressed to ministries, and to the akimats and bodies of a region, beside the receptions and people received that reports claim. Grain: period × level × subject';

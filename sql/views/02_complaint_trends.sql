-- How many complaints, by source, month, region, category and status; both territorial divisions, and per 1,000 people.
-- Purpose: trends that do not break at a reform. Grain: source × month × region of the day × today's
-- region × category × status. Sources begin and end: a trend over all of them jumps where one does, so ask for one.
-- The body is in body_trends; docs/ANALYSTS.md says why not here. Rows add up: the sum of complaints over any rows is a
-- number of complaints, and the sum of a column per 1,000 over the rows of one region and month is the figure of that
-- region and month.
-- Columns: see their comments. people is that of 1 January of the year, of the land as it was (people) or is today
-- (people_today); null, as the figure per 1,000, where the table population has none, and people also in June 2022 where a
-- region lost land or began on the 8th: no one number is that of its month.
-- Example: SELECT month, sum(complaints), round(sum(complaints_per_1000_today), 2) FROM complaint_trends
--          WHERE source = 'eotinish' AND year = 2025 AND region_today_code = '750000000' GROUP BY month ORDER BY month
CREATE OR REPLACE VIEW complaint_trends
(
    source                    LowCardinality(String)           COMMENT 'Where they were published (see sources)',
    month                     Date                             COMMENT 'First day of the month of registration',
    year                      UInt16                           COMMENT 'Its year',
    region_code               LowCardinality(Nullable(String)) COMMENT 'KATO code of the region on the day of registration; null when unknown',
    region                    Nullable(String)                 COMMENT 'Its name on the last day counted in the row',
    region_today_code         Nullable(String)                 COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    category_code             LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories); null when unknown',
    status                    String                           COMMENT 'open, open_overdue, closed, closed_overdue, withdrawn, forwarded or unknown',
    complaints                UInt64                           COMMENT 'Complaints',
    people                    Nullable(UInt32)                 COMMENT 'People of the region of the day on 1 January (see population); null when not known, and in June 2022 of a region that the 8th changed',
    people_today              Nullable(UInt32)                 COMMENT 'People of the region in today''s division on 1 January; null when not known',
    complaints_per_1000       Nullable(Float64)                COMMENT 'Complaints per 1,000 people of the region of the day; null without people',
    complaints_per_1000_today Nullable(Float64)                COMMENT 'Complaints per 1,000 people of the region in today''s division; null without people'
)
AS
WITH
    counted AS
    (
        SELECT
            source, month, region_code, region_today_code, category_code,
            max(registered_on) AS last_day,
            count() AS total,
            countIf(status = 'open') AS open,
            countIf(status = 'open_overdue') AS open_overdue,
            countIf(status = 'closed') AS closed,
            countIf(status = 'closed_overdue') AS closed_overdue,
            countIf(status = 'withdrawn') AS withdrawn,
            countIf(status = 'forwarded') AS forwarded
        FROM countable_complaints
        GROUP BY source, month, region_code, region_today_code, category_code
    ),
    states AS
    (
        SELECT
            source, month, toYear(month) AS year, last_day, category_code,
            region_code, region_today_code, ifNull(region_code, '') AS place, ifNull(region_today_code, '') AS place_today,
            status, complaints
        FROM counted
        ARRAY JOIN
            ['open', 'open_overdue', 'closed', 'closed_overdue', 'withdrawn', 'forwarded', 'unknown'] AS status,
            [open, open_overdue, closed, closed_overdue, withdrawn, forwarded,
                toUInt64(total - open - open_overdue - closed - closed_overdue - withdrawn - forwarded)] AS complaints
        WHERE complaints > 0
    ),
    inhabitants AS
    (
        SELECT region_code, year, maxIf(population.people, territory != 'since') AS before, maxIf(population.people, territory != 'before') AS since
        FROM population
        GROUP BY region_code, year
    )
SELECT
    s.source AS source,
    s.month AS month,
    s.year AS year,
    s.region_code AS region_code,
    nullIf(d.name_ru, '') AS region,
    s.region_today_code AS region_today_code,
    s.category_code AS category_code,
    s.status AS status,
    s.complaints AS complaints,
    multiIf(s.month < toDate('2022-06-01'), nullIf(p.before, 0), s.month > toDate('2022-06-01') OR p.before = p.since, nullIf(p.since, 0), NULL) AS people,
    nullIf(t.since, 0) AS people_today,
    complaints / people * 1000 AS complaints_per_1000,
    complaints / people_today * 1000 AS complaints_per_1000_today
FROM states AS s
ASOF LEFT JOIN divisions AS d ON d.code = s.place AND d.since <= s.last_day
LEFT JOIN inhabitants AS p ON p.region_code = s.place AND p.year = s.year
LEFT JOIN inhabitants AS t ON t.region_code = s.place_today AND t.year = s.year
SETTINGS join_use_nulls = 0
COMMENT 'Number of complaints by source, month, region (of the day and of today), category and status, and per 1,000 people. A null code means: the source does not tell. Grain: source × month × region of the day × today''s region × category × status';

-- How long answers take and how many are late.
-- Purpose: where to look for slow work. Grain: month × today's region × category. By region and half-year, ranked: see
-- resolution_by_region.
-- Columns: see their comments. Days are those of closed complaints with both times, in steps of a tenth. Of sources that
-- tell nothing of delays (see timed_sources) there are none.
-- Example: SELECT category_code, sum(overdue) FROM resolution WHERE year = 2025 GROUP BY category_code ORDER BY 2 DESC
CREATE OR REPLACE VIEW resolution
(
    month                 Date                             COMMENT 'First day of the month of registration',
    year                  UInt16                           COMMENT 'Its year',
    region_today_code     Nullable(String)                 COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    category_code         LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories); null when unknown',
    complaints            UInt64                           COMMENT 'Complaints registered in the month, of sources that tell of delays (see timed_sources)',
    closed                UInt64                           COMMENT 'Of them closed, in time or late',
    overdue               UInt64                           COMMENT 'Of them late, open or closed',
    overdue_in_work       UInt64                           COMMENT 'Of them late and still open',
    overdue_share_percent Nullable(Float64)                COMMENT 'overdue of those whose state is known, percent',
    days_median           Float64                          COMMENT 'Days in which half were answered; nan when none was',
    days_p90              Float64                          COMMENT 'Days in which nine in ten were answered; nan when none was'
)
AS
WITH
    (SELECT groupArray(toString(source)) FROM timed_sources) AS timed,
    counted AS
    (
        SELECT
            month, region_today_code, category_code,
            count() AS total,
            countIf(status = 'open') AS open,
            countIf(status = 'open_overdue') AS open_overdue,
            countIf(status = 'closed') AS closed_in_time,
            countIf(status = 'closed_overdue') AS closed_overdue,
            countIf(status = 'withdrawn') AS withdrawn,
            countIf(status = 'forwarded') AS forwarded,
            countIf(is_answered) AS answered,
            quantilesExactIf(0.5, 0.9)(tenths_to_close, is_answered) AS tenths
        FROM countable_complaints
        WHERE has(timed, toString(source))
        GROUP BY month, region_today_code, category_code
    )
SELECT
    month,
    toYear(month) AS year,
    region_today_code,
    category_code,
    total AS complaints,
    closed_in_time + closed_overdue AS closed,
    open_overdue + closed_overdue AS overdue,
    open_overdue AS overdue_in_work,
    round(overdue / nullIf(open + open_overdue + closed + withdrawn + forwarded, 0) * 100, 2) AS overdue_share_percent,
    if(answered = 0, nan, tenths[1] / 10) AS days_median,
    if(answered = 0, nan, tenths[2] / 10) AS days_p90
FROM counted
COMMENT 'Days from registration to the end of work (median and 90th percentile, of closed complaints with both times; nan when there are none) and share of late ones, of sources that tell of delays, by month, today''s region and category. Grain: month × today''s region × category';

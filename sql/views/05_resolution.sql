-- How long answers take and how many are late.
-- Purpose: where to look for slow work. Grain: month × today's region × category. By region and half-year, ranked: see
-- resolution_by_region.
-- Columns: see their comments. Days are those of closed complaints with both times, in steps of a tenth.
-- Example: SELECT category_code, sum(overdue) FROM resolution WHERE year = 2025 GROUP BY category_code ORDER BY 2 DESC
CREATE OR REPLACE VIEW resolution AS
WITH counted AS
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
        FROM complaints_today
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
FROM counted;
ALTER TABLE resolution MODIFY COMMENT 'Days from registration to the end of work (median and 90th percentile, of closed complaints with both times; nan when there are none) and share of late ones, by month, today''s region and category. Grain: month × today''s region × category';
ALTER TABLE resolution
    COMMENT COLUMN month 'First day of the month of registration',
    COMMENT COLUMN year 'Its year',
    COMMENT COLUMN region_today_code 'KATO code of the region in today''s division; null when unknown or divided',
    COMMENT COLUMN category_code 'Code of the category (see categories); null when unknown',
    COMMENT COLUMN complaints 'Complaints registered in the month',
    COMMENT COLUMN closed 'Of them closed, in time or late',
    COMMENT COLUMN overdue 'Of them late, open or closed',
    COMMENT COLUMN overdue_in_work 'Of them late and still open',
    COMMENT COLUMN overdue_share_percent 'overdue of those whose state is known, percent',
    COMMENT COLUMN days_median 'Days in which half were answered; nan when none was',
    COMMENT COLUMN days_p90 'Days in which nine in ten were answered; nan when none was';

-- How long answers take and how many are late. Grain: month × today's region × category.
CREATE OR REPLACE VIEW resolution AS
SELECT
    month,
    region_today_code,
    category_code,
    count() AS complaints,
    countIf(is_closed) AS closed,
    countIf(is_overdue) AS overdue,
    countIf(status = 'open_overdue') AS overdue_in_work,
    round(overdue / nullIf(countIf(status != 'unknown'), 0) * 100, 2) AS overdue_share_percent,
    round(quantileExactIf(0.5)(assumeNotNull(days_to_close), is_closed AND days_to_close IS NOT NULL), 1) AS days_median,
    round(quantileExactIf(0.9)(assumeNotNull(days_to_close), is_closed AND days_to_close IS NOT NULL), 1) AS days_p90
FROM complaints_today
GROUP BY month, region_today_code, category_code;
ALTER TABLE resolution MODIFY COMMENT 'Days from registration to the end of work (median and 90th percentile, of closed complaints with both times; nan when there are none) and share of late ones, by month, today''s region and category';

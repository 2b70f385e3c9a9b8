-- Growth of complaints, half-year on half-year, by today's region.
-- Grain: half-year × today's region. A half-year that the warehouse does not hold whole shows by its first
-- and last day; growth is null when the half-year before has no complaints.
CREATE OR REPLACE VIEW complaint_growth AS
WITH halves AS
    (
        SELECT
            half_year,
            toYear(any(month)) * 2 + intDiv(toMonth(any(month)) - 1, 6) AS ordinal,
            region_today_code,
            count() AS complaints,
            min(registered_on) AS first_day,
            max(registered_on) AS last_day
        FROM complaints_today
        GROUP BY half_year, region_today_code
    )
SELECT
    h.half_year AS half_year,
    h.region_today_code AS region_today_code,
    h.complaints AS complaints,
    nullIf(p.complaints, 0) AS complaints_before,
    round((h.complaints / nullIf(p.complaints, 0) - 1) * 100, 1) AS growth_percent,
    h.first_day AS first_day,
    h.last_day AS last_day
FROM halves AS h
LEFT JOIN halves AS p ON p.ordinal = h.ordinal - 1 AND ifNull(p.region_today_code, '') = ifNull(h.region_today_code, '');
ALTER TABLE complaint_growth MODIFY COMMENT 'Complaints of a half-year and of the one before, by today''s region; growth in percent, null when there is nothing to compare with';

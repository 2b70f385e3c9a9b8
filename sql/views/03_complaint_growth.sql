-- Growth of complaints, half-year on half-year, by today's region.
-- Purpose: do more people complain than before? Grain: half-year × today's region. A half-year that the warehouse does
-- not hold whole shows by its first and last day; growth is null when the half-year before has no complaints.
-- Columns: see their comments.
-- Example: SELECT * FROM complaint_growth WHERE half_year = '2022-H2' ORDER BY growth_percent DESC
CREATE OR REPLACE VIEW complaint_growth AS
WITH halves AS
    (
        SELECT
            half_year,
            region_today_code,
            count() AS complaints,
            min(registered_on) AS first_day,
            max(registered_on) AS last_day
        FROM complaints_today
        GROUP BY half_year, region_today_code
    ),
    followed AS
    (
        SELECT
            *,
            toYear(first_day) AS year,
            year * 2 + intDiv(toMonth(first_day) - 1, 6) AS ordinal,
            if(lagInFrame(ordinal) OVER earlier = ordinal - 1, lagInFrame(complaints) OVER earlier, NULL) AS complaints_before
        FROM halves
        WINDOW earlier AS (PARTITION BY region_today_code ORDER BY half_year ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    )
SELECT
    half_year,
    year,
    region_today_code,
    complaints,
    complaints_before,
    round((complaints / complaints_before - 1) * 100, 1) AS growth_percent,
    first_day,
    last_day
FROM followed;
ALTER TABLE complaint_growth MODIFY COMMENT 'Complaints of a half-year and of the one before, by today''s region; growth in percent, null when there is nothing to compare with. Grain: half-year × today''s region';
ALTER TABLE complaint_growth
    COMMENT COLUMN half_year 'Half-year of registration: 2022-H2',
    COMMENT COLUMN year 'Its year',
    COMMENT COLUMN region_today_code 'KATO code of the region in today''s division; null when unknown or divided',
    COMMENT COLUMN complaints 'Complaints of the half-year',
    COMMENT COLUMN complaints_before 'Complaints of the half-year before; null when there are none',
    COMMENT COLUMN growth_percent 'Growth against the half-year before, percent',
    COMMENT COLUMN first_day 'Day of the first complaint of the half-year',
    COMMENT COLUMN last_day 'Day of the last one';

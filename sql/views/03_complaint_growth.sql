-- Growth of complaints, half-year on half-year, by today's region.
-- Purpose: do more people complain than before? Grain: half-year × today's region. A half-year that the warehouse does
-- not hold whole shows by its first and last day; growth is null when the half-year before has no complaints.
-- Columns: see their comments.
-- Example: SELECT * FROM complaint_growth WHERE half_year = '2022-H2' ORDER BY growth_percent DESC
CREATE OR REPLACE VIEW complaint_growth
(
    half_year         String            COMMENT 'Half-year of registration: 2022-H2',
    year              UInt16            COMMENT 'Its year',
    region_today_code Nullable(String)  COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    complaints        UInt64            COMMENT 'Complaints of the half-year',
    complaints_before Nullable(UInt64)  COMMENT 'Complaints of the half-year before; null when there are none',
    growth_percent    Nullable(Float64) COMMENT 'Growth against the half-year before, percent',
    first_day         Date              COMMENT 'Day of the first complaint of the half-year',
    last_day          Date              COMMENT 'Day of the last one'
)
AS
WITH halves AS
    (
        SELECT
            year, half, region_today_code,
            count() AS complaints,
            min(registered_on) AS first_day,
            max(registered_on) AS last_day
        FROM countable_complaints
        GROUP BY year, half, region_today_code
    ),
    followed AS
    (
        SELECT
            *,
            year * 2 + half AS ordinal,
            if(lagInFrame(ordinal) OVER earlier = ordinal - 1, lagInFrame(complaints) OVER earlier, NULL) AS complaints_before
        FROM halves
        WINDOW earlier AS (PARTITION BY region_today_code ORDER BY year, half ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    )
SELECT
    concat(toString(year), '-H', toString(half)) AS half_year,
    year,
    region_today_code,
    complaints,
    complaints_before,
    round((complaints / complaints_before - 1) * 100, 1) AS growth_percent,
    first_day,
    last_day
FROM followed
COMMENT 'Complaints of a half-year and of the one before, by today''s region; growth in percent, null when there is nothing to compare with. Grain: half-year × today''s region';

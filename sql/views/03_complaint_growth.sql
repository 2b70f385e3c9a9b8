-- Growth of complaints, half-year on half-year, by today's region.
-- Purpose: do more people complain than before? Grain: half-year × today's region. Like is compared with like: growth is
-- that of the sources that the warehouse holds whole in both half-years (see held_half_years). A source that began in between, and a half-year that is not over, are no growth.
-- Columns: see their comments.
-- Example: SELECT * FROM complaint_growth WHERE half_year = '2022-H2' ORDER BY growth_percent DESC
CREATE OR REPLACE VIEW complaint_growth
(
    half_year           String            COMMENT 'Half-year of registration: 2022-H2',
    year                UInt16            COMMENT 'Its year',
    region_today_code   Nullable(String)  COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    complaints          UInt64            COMMENT 'Complaints of the half-year, of all sources',
    complaints_compared Nullable(UInt64)  COMMENT 'Of them those of sources that the warehouse holds whole in this half-year and the one before; null when there are none',
    complaints_before   Nullable(UInt64)  COMMENT 'Complaints of the same sources in the half-year before; null when there are none',
    growth_percent      Nullable(Float64) COMMENT 'complaints_compared against complaints_before, percent; null when one of both is',
    first_day           Date              COMMENT 'Day of the first complaint of the half-year, of any source',
    last_day            Date              COMMENT 'Day of the last one'
)
AS
WITH
    -- Sources with the numbers of half-years that they fill; and with those of which they filled the one before as well.
    (SELECT groupArray((toString(source), number)) FROM held_half_years) AS filled,
    arrayFilter(f -> has(filled, (f.1, toInt32(f.2 - 1))), filled) AS comparable,
    counted AS
    (
        SELECT
            source, year, half, region_today_code,
            count() AS complaints,
            min(registered_on) AS first_day,
            max(registered_on) AS last_day
        FROM countable_complaints
        GROUP BY source, year, half, region_today_code
    ),
    halves AS
    (
        SELECT
            year, half, toInt32(year * 2 + half) AS ordinal, region_today_code,
            sum(c.complaints) AS complaints,
            sumIf(c.complaints, has(comparable, (toString(source), ordinal))) AS compared,
            sumIf(c.complaints, has(comparable, (toString(source), toInt32(ordinal + 1)))) AS offered,
            min(c.first_day) AS first_day,
            max(c.last_day) AS last_day
        FROM counted AS c
        GROUP BY year, half, region_today_code
    ),
    followed AS
    (
        SELECT
            *,
            if(lagInFrame(ordinal) OVER earlier = ordinal - 1, lagInFrame(offered) OVER earlier, 0) AS before
        FROM halves
        WINDOW earlier AS (PARTITION BY region_today_code ORDER BY year, half ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    )
SELECT
    concat(toString(year), '-H', toString(half)) AS half_year,
    year,
    region_today_code,
    complaints,
    nullIf(compared, 0) AS complaints_compared,
    nullIf(before, 0) AS complaints_before,
    round((complaints_compared / complaints_before - 1) * 100, 1) AS growth_percent,
    first_day,
    last_day
FROM followed
COMMENT 'Complaints of a half-year beside those of the one before, by today''s region; growth in percent, of the sources that the warehouse holds whole in both, null when there is nothing to compare. Grain: half-year × today''s region';

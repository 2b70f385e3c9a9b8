-- What share of complaints local bodies answer.
-- Purpose: who is asked, the akimats or the ministries? Grain: half-year × today's region. The share is of the
-- complaints whose body tells its level; the others are counted beside it.
-- Columns: see their comments.
-- Example: SELECT * FROM local_bodies WHERE half_year = '2022-H2' ORDER BY local_share_percent
CREATE OR REPLACE VIEW local_bodies
(
    half_year           String            COMMENT 'Half-year of registration: 2022-H2',
    year                UInt16            COMMENT 'Its year',
    region_today_code   Nullable(String)  COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    complaints          UInt64            COMMENT 'Complaints',
    local               UInt64            COMMENT 'Of them to akimats and their bodies',
    central             UInt64            COMMENT 'Of them to ministries, committees, agencies and their territorial departments',
    level_unknown       UInt64            COMMENT 'Of them to bodies whose name does not tell, or to none',
    local_share_percent Nullable(Float64) COMMENT 'local of local and central, percent; null when there are neither'
)
AS
WITH counted AS
    (
        SELECT
            year, half, region_today_code,
            body IN (SELECT body FROM bodies WHERE scope = 'local') AS is_local,
            body IN (SELECT body FROM bodies WHERE scope = 'central') AS is_central,
            count() AS complaints
        FROM countable_complaints
        GROUP BY year, half, region_today_code, is_local, is_central
    )
SELECT
    concat(toString(year), '-H', toString(half)) AS half_year,
    year,
    region_today_code,
    sum(c.complaints) AS complaints,
    sumIf(c.complaints, is_local) AS local,
    sumIf(c.complaints, is_central) AS central,
    complaints - local - central AS level_unknown,
    round(local / nullIf(local + central, 0) * 100, 1) AS local_share_percent
FROM counted AS c
GROUP BY year, half, region_today_code
COMMENT 'Share of complaints answered by local bodies, percent of those whose body tells its level, by half-year and today''s region. Grain: half-year × today''s region';

-- What share of complaints local bodies answer.
-- Purpose: who is asked, the akimats or the ministries? Grain: half-year × today's region. The share is of the
-- complaints whose body tells its level; the others are counted beside it.
-- Columns: see their comments.
-- Example: SELECT * FROM local_bodies WHERE half_year = '2022-H2' ORDER BY local_share_percent
CREATE OR REPLACE VIEW local_bodies AS
WITH counted AS
    (
        SELECT half_year, year, region_today_code, body_level, count() AS complaints
        FROM complaints_today
        GROUP BY half_year, year, region_today_code, body_level
    )
SELECT
    half_year,
    year,
    region_today_code,
    sum(c.complaints) AS complaints,
    sumIf(c.complaints, ifNull(body_level, '') = 'local') AS local,
    sumIf(c.complaints, ifNull(body_level, '') = 'central') AS central,
    sumIf(c.complaints, body_level IS NULL) AS level_unknown,
    round(local / nullIf(local + central, 0) * 100, 1) AS local_share_percent
FROM counted AS c
GROUP BY half_year, year, region_today_code;
ALTER TABLE local_bodies MODIFY COMMENT 'Share of complaints answered by local bodies, percent of those whose body tells its level, by half-year and today''s region. Grain: half-year × today''s region';
ALTER TABLE local_bodies
    COMMENT COLUMN half_year 'Half-year of registration: 2022-H2',
    COMMENT COLUMN year 'Its year',
    COMMENT COLUMN region_today_code 'KATO code of the region in today''s division; null when unknown or divided',
    COMMENT COLUMN complaints 'Complaints',
    COMMENT COLUMN local 'Of them to akimats and their bodies',
    COMMENT COLUMN central 'Of them to ministries, committees, agencies and their territorial departments',
    COMMENT COLUMN level_unknown 'Of them to bodies whose name does not tell, or to none',
    COMMENT COLUMN local_share_percent 'local of local and central, percent; null when there are neither';

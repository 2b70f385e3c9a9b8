-- What share of complaints local bodies answer. Grain: half-year × today's region.
-- The share is of the complaints whose body tells its level; the others are counted beside it.
CREATE OR REPLACE VIEW local_bodies AS
SELECT
    half_year,
    region_today_code,
    count() AS complaints,
    countIf(ifNull(body_level, '') = 'local') AS local,
    countIf(ifNull(body_level, '') = 'central') AS central,
    countIf(body_level IS NULL) AS level_unknown,
    round(local / nullIf(local + central, 0) * 100, 1) AS local_share_percent
FROM complaints_today
GROUP BY half_year, region_today_code;
ALTER TABLE local_bodies MODIFY COMMENT 'Share of complaints answered by local bodies, percent of those whose body tells its level, by half-year and today''s region';

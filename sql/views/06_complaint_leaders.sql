-- Who leads by complaints: regions, categories and bodies of each half-year, ranked.
-- Grain: half-year × dimension (region, category, body) × value.
CREATE OR REPLACE VIEW complaint_leaders AS
SELECT
    half_year,
    pair.1 AS dimension,
    assumeNotNull(pair.2) AS value,
    count() AS complaints,
    round(countIf(is_overdue) / count() * 100, 2) AS overdue_share_percent,
    rank() OVER (PARTITION BY half_year, dimension ORDER BY count() DESC) AS rank
FROM complaints_today
ARRAY JOIN [
    ('region', CAST(region_today_code, 'Nullable(String)')),
    ('category', CAST(category_code, 'Nullable(String)')),
    ('body', CAST(body, 'Nullable(String)'))] AS pair
WHERE pair.2 IS NOT NULL
GROUP BY half_year, dimension, value;
ALTER TABLE complaint_leaders MODIFY COMMENT 'Regions (today''s division), categories and bodies ranked by number of complaints within a half-year';

-- Who leads by complaints: regions, categories and bodies of each half-year, ranked.
-- Purpose: where most people complain, of what, and to whom. Grain: half-year × dimension (region, category, body) ×
-- value.
-- Columns: see their comments. Bodies are counted by spelling; overdue_leaders counts them by identity.
-- Example: SELECT * FROM complaint_leaders
--          WHERE half_year = '2022-H2' AND dimension = 'category' ORDER BY rank LIMIT 10
CREATE OR REPLACE VIEW complaint_leaders AS
WITH
    by_region AS
    (
        SELECT half_year, year, region_today_code AS value, count() AS complaints, countIf(status = 'open_overdue') + countIf(status = 'closed_overdue') AS overdue
        FROM complaints_today
        GROUP BY half_year, year, region_today_code
    ),
    by_category AS
    (
        SELECT half_year, year, category_code AS value, count() AS complaints, countIf(status = 'open_overdue') + countIf(status = 'closed_overdue') AS overdue
        FROM complaints_today
        GROUP BY half_year, year, category_code
    ),
    by_body AS
    (
        SELECT half_year, year, body AS value, count() AS complaints, countIf(status = 'open_overdue') + countIf(status = 'closed_overdue') AS overdue
        FROM complaints_today
        GROUP BY half_year, year, body
    ),
    all AS
    (
        SELECT half_year, year, 'region' AS dimension, toString(assumeNotNull(value)) AS value, complaints, overdue FROM by_region WHERE by_region.value IS NOT NULL
        UNION ALL SELECT half_year, year, 'category', toString(assumeNotNull(value)), complaints, overdue FROM by_category WHERE by_category.value IS NOT NULL
        UNION ALL SELECT half_year, year, 'body', toString(assumeNotNull(value)), complaints, overdue FROM by_body WHERE by_body.value IS NOT NULL
    )
SELECT
    half_year,
    year,
    dimension,
    value,
    complaints,
    round(overdue / complaints * 100, 2) AS overdue_share_percent,
    rank() OVER (PARTITION BY year, half_year, dimension ORDER BY complaints DESC) AS rank
FROM all;
ALTER TABLE complaint_leaders MODIFY COMMENT 'Regions (today''s division), categories and bodies ranked by number of complaints within a half-year. Grain: half-year × dimension × value';
ALTER TABLE complaint_leaders
    COMMENT COLUMN half_year 'Half-year of registration: 2022-H2',
    COMMENT COLUMN year 'Its year',
    COMMENT COLUMN dimension 'region, category or body',
    COMMENT COLUMN value 'KATO code in today''s division, code of the category, or body as printed',
    COMMENT COLUMN complaints 'Complaints',
    COMMENT COLUMN overdue_share_percent 'Late ones of them, percent',
    COMMENT COLUMN rank 'Place by number of complaints within half-year and dimension, from 1; equals share a place';

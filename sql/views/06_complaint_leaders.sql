-- Who leads by complaints: regions, categories and bodies of each half-year, ranked.
-- Purpose: where most people complain, of what, and to whom. Grain: half-year × dimension (region, category, body) ×
-- value.
-- Columns: see their comments. Bodies are counted by spelling; overdue_leaders counts them by identity.
-- Example: SELECT * FROM complaint_leaders
--          WHERE half_year = '2022-H2' AND dimension = 'category' ORDER BY rank LIMIT 10
CREATE OR REPLACE VIEW complaint_leaders
(
    half_year             String            COMMENT 'Half-year of registration: 2022-H2',
    year                  UInt16            COMMENT 'Its year',
    dimension             String            COMMENT 'region, category or body',
    value                 String            COMMENT 'KATO code in today''s division, code of the category, or body as printed',
    complaints            UInt64            COMMENT 'Complaints',
    overdue_share_percent Nullable(Float64) COMMENT 'Late ones, percent of those whose state is known, of sources that tell of delays (see timed_sources); null without any',
    rank                  UInt64            COMMENT 'Place by number of complaints within half-year and dimension, from 1; equals share a place'
)
AS
WITH
    (SELECT groupArray(toString(source)) FROM timed_sources) AS timed,
    -- Regions and categories are asked for together: to look which parts to read takes as long as to read them.
    by_region_and_category AS
    (
        SELECT
            year, half, region_today_code, category_code, has(timed, toString(source)) AS is_timed,
            count() AS complaints, countIf(status = 'open_overdue') + countIf(status = 'closed_overdue') AS overdue,
            countIf(status = 'open') + countIf(status = 'closed') + countIf(status = 'withdrawn') + countIf(status = 'forwarded') + overdue AS known
        FROM countable_complaints
        GROUP BY year, half, region_today_code, category_code, is_timed
        SETTINGS preferred_optimize_projection_name = 'by_place'
    ),
    by_body AS
    (
        SELECT
            year, half, body, has(timed, toString(source)) AS is_timed,
            count() AS complaints, countIf(status = 'open_overdue') + countIf(status = 'closed_overdue') AS overdue,
            countIf(status = 'open') + countIf(status = 'closed') + countIf(status = 'withdrawn') + countIf(status = 'forwarded') + overdue AS known
        FROM countable_complaints
        GROUP BY year, half, body, is_timed
        SETTINGS preferred_optimize_projection_name = 'by_body'
    ),
    all AS
    (
        SELECT year, half, dimension, ifNull(value, '') AS value, is_timed, complaints, overdue, known
        FROM by_region_and_category
        ARRAY JOIN ['region', 'category'] AS dimension, [region_today_code, toString(category_code)] AS value
        UNION ALL
        SELECT year, half, 'body', ifNull(toString(body), ''), is_timed, complaints, overdue, known FROM by_body
    ),
    summed AS
    (
        SELECT year, half, dimension, value, sum(a.complaints) AS complaints, sumIf(a.overdue, is_timed) AS overdue, sumIf(a.known, is_timed) AS known
        FROM all AS a
        WHERE value != ''
        GROUP BY year, half, dimension, value
    )
SELECT
    concat(toString(year), '-H', toString(half)) AS half_year,
    year,
    dimension,
    value,
    complaints,
    round(overdue / nullIf(known, 0) * 100, 2) AS overdue_share_percent,
    rank() OVER (PARTITION BY year, half, dimension ORDER BY complaints DESC) AS rank
FROM summed
COMMENT 'Regions (today''s division), categories and bodies ranked by number of complaints within a half-year. Grain: half-year × dimension × value';

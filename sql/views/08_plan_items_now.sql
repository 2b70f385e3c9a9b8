-- What plans promise now: items that the version which counts still has.
-- Purpose: the plans' own words, item by item; the other views on plans read this one. Grain: item.
-- Columns: see their comments. responsible_level is told by the words of the column of who is responsible: central for
-- ministries, committees, departments, agencies and national companies, local for akimats and their bodies, null when
-- it names both or neither.
-- Example: SELECT issue, measure, status FROM plan_items_now WHERE year = 2022 AND responsible_level = 'central'
CREATE OR REPLACE VIEW plan_items_now
(
    source              LowCardinality(String),
    plan_id             String,
    item_id             String,
    akimat_code         LowCardinality(Nullable(String)) COMMENT 'KATO code of the region whose akimat drew up the plan; null when unknown',
    akimat              String                           COMMENT 'Name of that region',
    half_year           Nullable(String)                 COMMENT 'Half-year of the meetings: 2022-H2; 2024 of a plan for a whole year; null when the plan does not say, or names another time',
    year                Nullable(UInt16)                 COMMENT 'Year of the meetings; null when the plan does not say, or names several',
    item_no             String,
    section             String,
    issue               String,
    measure             String,
    responsible         String                           COMMENT 'Who is to do it, as printed',
    responsible_level   Nullable(String)                 COMMENT 'central or local, by those words; null when they name both or neither',
    deadline_from       Nullable(Date32),
    deadline_to         Nullable(Date32),
    cost_kzt            Nullable(Int64)                  COMMENT 'Money needed, whole tenge; 0 when none is needed, null when not said',
    funding_source      String,
    status              LowCardinality(Nullable(String)) COMMENT 'State by the plan''s own words (see plan_items); null when it has none',
    category_code       LowCardinality(Nullable(String)),
    region_code         LowCardinality(Nullable(String)),
    district_code       LowCardinality(Nullable(String)),
    district_today_code LowCardinality(Nullable(String)) COMMENT 'KATO code of the district in today''s division; null when unknown',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region: that of the district, else the plan''s',
    first_seen_on       Nullable(Date32),
    published_on        Nullable(Date32),
    url                 String,
    snapshot            LowCardinality(String),
    source_table        LowCardinality(String),
    source_row          UInt32
)
AS
WITH
    (SELECT mapFromArrays(groupArray(code), groupArray(ifNull(today_code, ''))) FROM
        (SELECT code, argMax(today_code, ifNull(valid_to, toDate32('2299-12-31'))) AS today_code FROM regions GROUP BY code)) AS today,
    lowerUTF8(i.responsible) AS words,
    match(words, 'министерств|министрлі|агентств|агентті|комитет|департамент|национальн[а-я]+ компани|ұлттық компания|холдинг') AS names_central,
    match(words, 'акимат|әкімді|әкімі|(^|[^а-яёәіңғүұқөһ])аким([^а-яёәіңғүұқөһ]|а([^а-яёәіңғүұқөһ]|$)|ы|ов|$)|управлени|басқарма|отдел|бөлімі') AS names_local
SELECT
    i.source AS source,
    i.plan_id AS plan_id,
    i.item_id AS item_id,
    p.region_code AS akimat_code,
    r.name_ru AS akimat,
    -- Since 2024 the akims of oblasts and cities owe a meeting a year, and a plan may be of the whole year.
    multiIf(
        year IS NULL, NULL,
        toMonth(p.period_to) <= 6, concat(toString(year), '-H1'),
        toMonth(p.period_from) > 6, concat(toString(year), '-H2'),
        toMonth(p.period_from) = 1 AND toMonth(p.period_to) = 12, toString(year), NULL) AS half_year,
    if(toYear(p.period_from) = toYear(p.period_to), toYear(p.period_from), NULL) AS year,
    i.item_no AS item_no,
    i.section AS section,
    i.issue AS issue,
    i.measure AS measure,
    i.responsible AS responsible,
    multiIf(names_central AND NOT names_local, 'central', names_local AND NOT names_central, 'local', NULL) AS responsible_level,
    i.deadline_from AS deadline_from,
    i.deadline_to AS deadline_to,
    i.cost_kzt AS cost_kzt,
    i.funding_source AS funding_source,
    i.status AS status,
    i.category_code AS category_code,
    i.region_code AS region_code,
    i.district_code AS district_code,
    nullIf(today[ifNull(i.district_code, '')], '') AS district_today_code,
    ifNull(concat(substring(district_today_code, 1, 2), '0000000'), CAST(p.region_code, 'Nullable(String)')) AS region_today_code,
    i.first_seen_on AS first_seen_on,
    p.published_on AS published_on,
    p.url AS url,
    i.snapshot AS snapshot,
    i.source_table AS source_table,
    i.source_row AS source_row
FROM plan_items AS i
INNER JOIN plans AS p ON p.source = i.source AND p.plan_id = i.plan_id
LEFT JOIN (SELECT code, any(name_ru) AS name_ru FROM regions WHERE level = 'region' AND valid_to IS NULL GROUP BY code) AS r ON r.code = assumeNotNull(p.region_code)
WHERE i.vanished_on IS NULL
SETTINGS join_use_nulls = 0
COMMENT 'Items of the plans as they stand now, with their plan''s akimat and half-year; items that a corrected plan dropped are in plan_items. Grain: item';

-- What plans promise now: items that the version which counts still has. Grain: item.
CREATE OR REPLACE VIEW plan_items_now AS
WITH
    (SELECT mapFromArrays(groupArray(code), groupArray(ifNull(today_code, ''))) FROM
        (SELECT code, argMax(today_code, ifNull(valid_to, toDate32('2299-12-31'))) AS today_code FROM regions GROUP BY code)) AS today
SELECT
    i.source AS source,
    i.plan_id AS plan_id,
    i.item_id AS item_id,
    p.region_code AS akimat_code,
    r.name_ru AS akimat,
    if(p.period_from IS NULL, NULL, concat(toString(toYear(assumeNotNull(p.period_from))), if(toMonth(assumeNotNull(p.period_from)) <= 6, '-H1', '-H2'))) AS half_year,
    i.item_no AS item_no,
    i.section AS section,
    i.issue AS issue,
    i.measure AS measure,
    i.responsible AS responsible,
    i.deadline_from AS deadline_from,
    i.deadline_to AS deadline_to,
    i.cost_kzt AS cost_kzt,
    i.funding_source AS funding_source,
    i.status AS status,
    i.category_code AS category_code,
    i.region_code AS region_code,
    i.district_code AS district_code,
    nullIf(today[ifNull(i.district_code, '')], '') AS district_today_code,
    i.first_seen_on AS first_seen_on,
    p.published_on AS published_on,
    p.url AS url,
    i.snapshot AS snapshot,
    i.source_table AS source_table,
    i.source_row AS source_row
FROM plan_items AS i
INNER JOIN plans AS p ON p.source = i.source AND p.plan_id = i.plan_id
LEFT JOIN (SELECT code, any(name_ru) AS name_ru FROM regions WHERE level = 'region' AND valid_to IS NULL GROUP BY code) AS r ON r.code = assumeNotNull(p.region_code)
WHERE i.vanished_on IS NULL;
ALTER TABLE plan_items_now MODIFY COMMENT 'Items of the plans as they stand now, with their plan''s akimat and half-year; items that a corrected plan dropped are in plan_items';

-- Every code of a plan and of its items stands in its vocabulary; days are in order and money is not negative.
SELECT * FROM (
SELECT 'region_code' AS column, toString(region_code) AS value, count() AS rows
FROM (SELECT region_code FROM plans UNION ALL SELECT region_code FROM plan_items UNION ALL SELECT region_code FROM publications)
WHERE region_code IS NOT NULL AND assumeNotNull(region_code) NOT IN (SELECT code FROM regions WHERE level = 'region')
GROUP BY value
UNION ALL
SELECT 'district_code', toString(district_code) AS value, count()
FROM (SELECT district_code FROM plans UNION ALL SELECT district_code FROM plan_items UNION ALL SELECT district_code FROM publications)
WHERE district_code IS NOT NULL AND assumeNotNull(district_code) NOT IN (SELECT code FROM regions WHERE level IN ('district', 'city_district'))
GROUP BY value
UNION ALL
SELECT 'category_code', toString(category_code) AS value, count()
FROM plan_items
WHERE category_code IS NOT NULL AND assumeNotNull(category_code) NOT IN (SELECT code FROM categories)
GROUP BY value
UNION ALL
SELECT 'status', toString(status) AS value, count()
FROM plan_items
WHERE status IS NOT NULL AND assumeNotNull(status) NOT IN ('resolved', 'in_progress', 'planned', 'funded', 'funding_considered', 'no_documents', 'not_supported', 'long_term', 'explained', 'unknown')
GROUP BY value
UNION ALL
SELECT 'deadline', concat(toString(deadline_from), ' to ', toString(deadline_to)) AS value, count() FROM plan_items WHERE deadline_from > deadline_to GROUP BY value
UNION ALL
SELECT 'period', concat(toString(period_from), ' to ', toString(period_to)) AS value, count() FROM plans WHERE period_from > period_to OR (period_from IS NULL) != (period_to IS NULL) GROUP BY value
UNION ALL
SELECT 'cost_kzt', toString(cost_kzt) AS value, count() FROM plan_items WHERE cost_kzt < 0 GROUP BY value)
ORDER BY column, value
LIMIT 100;

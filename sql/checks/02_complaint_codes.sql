-- Every code of a complaint stands in its vocabulary.
SELECT * FROM (
SELECT 'region_code' AS column, toString(region_code) AS code, count() AS rows
FROM complaints
WHERE region_code IS NOT NULL AND assumeNotNull(region_code) NOT IN (SELECT code FROM regions WHERE level = 'region')
GROUP BY code
UNION ALL
SELECT 'district_code', toString(district_code) AS code, count()
FROM complaints
WHERE district_code IS NOT NULL AND assumeNotNull(district_code) NOT IN (SELECT code FROM regions WHERE level IN ('district', 'city_district'))
GROUP BY code
UNION ALL
SELECT 'category_code', toString(category_code) AS code, count()
FROM complaints
WHERE category_code IS NOT NULL AND assumeNotNull(category_code) NOT IN (SELECT code FROM categories)
GROUP BY code
UNION ALL
SELECT 'status', toString(status) AS code, count()
FROM complaints
WHERE status NOT IN ('open', 'open_overdue', 'closed', 'closed_overdue', 'withdrawn', 'forwarded', 'unknown')
GROUP BY code
UNION ALL
SELECT 'kind', toString(kind) AS code, count()
FROM complaints
WHERE kind IS NOT NULL AND assumeNotNull(kind) NOT IN ('application', 'complaint', 'request', 'report', 'proposal', 'response', 'other')
GROUP BY code)
ORDER BY column, code
LIMIT 100;

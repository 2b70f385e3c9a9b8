-- A complaint's region and district were valid on the day of its registration, and the district lies in the region.
WITH spans AS
    (
        SELECT code, groupArray((ifNull(valid_from, toDate32('1900-01-01')), ifNull(valid_to, toDate32('2299-12-31')))) AS spans
        FROM regions
        GROUP BY code
    )
SELECT * FROM (
SELECT toDate(c.registered_at) AS day, c.code AS code, count() AS rows
FROM (SELECT registered_at, arrayJoin(arrayFilter(x -> x != '', [ifNull(region_code, ''), ifNull(district_code, '')])) AS code FROM complaints) AS c
LEFT JOIN spans AS s ON s.code = c.code
WHERE NOT arrayExists(x -> toDate32(c.registered_at) >= x.1 AND toDate32(c.registered_at) < x.2, s.spans)
GROUP BY day, code
UNION ALL
SELECT toDate(registered_at) AS day, concat(toString(district_code), ' in ', toString(region_code)) AS code, count()
FROM complaints
WHERE region_code IS NOT NULL AND district_code IS NOT NULL AND (assumeNotNull(district_code), assumeNotNull(region_code)) NOT IN (SELECT code, region_code FROM regions)
    AND assumeNotNull(district_code) IN (SELECT code FROM regions)
GROUP BY day, code)
ORDER BY day, code
LIMIT 100;

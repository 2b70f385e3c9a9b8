-- A complaint's region and district were valid on the day of its registration.
WITH spans AS
    (
        SELECT code, groupArray((ifNull(valid_from, toDate32('1900-01-01')), ifNull(valid_to, toDate32('2299-12-31')))) AS spans
        FROM regions
        GROUP BY code
    )
SELECT toDate(c.registered_at) AS day, c.code AS code, count() AS rows
FROM (SELECT registered_at, arrayJoin(arrayFilter(x -> x != '', [ifNull(region_code, ''), ifNull(district_code, '')])) AS code FROM complaints) AS c
LEFT JOIN spans AS s ON s.code = c.code
WHERE NOT arrayExists(x -> toDate32(c.registered_at) >= x.1 AND toDate32(c.registered_at) < x.2, s.spans)
GROUP BY day, code
ORDER BY day, code
LIMIT 100;

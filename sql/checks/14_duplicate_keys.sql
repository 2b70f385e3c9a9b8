-- No key is twice there: of places, their people, categories, sources, bodies, files, verdicts, meetings and their
-- norms. Complaints, plans and claims have checks of their own.
SELECT * FROM (
SELECT 'regions' AS table, concat(code, ' ', level, ' ', ifNull(toString(valid_from), '')) AS key, count() AS rows FROM regions GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'categories', code AS key, count() AS rows FROM categories GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'sources', source AS key, count() AS rows FROM sources GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'bodies', body AS key, count() AS rows FROM bodies GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'settlements', code AS key, count() AS rows FROM settlements GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'snapshots', concat(source, ' ', snapshot) AS key, count() AS rows FROM snapshots GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'population', concat(region_code, ' ', toString(year), ' ', territory) AS key, count() AS rows FROM population GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'meetings', concat(source, ' ', meeting_id) AS key, count() AS rows FROM meetings GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'meeting_norms', concat(norm, ' ', level) AS key, count() AS rows FROM meeting_norms GROUP BY key HAVING rows > 1
UNION ALL
SELECT 'verdicts', concat(obligation_id, ' ', run_id) AS key, count() AS rows FROM verdicts GROUP BY key HAVING rows > 1)
ORDER BY table, key
LIMIT 100;

-- Warning: Complaints that by their own dates are due or finished before they were registered. Sources print such
-- dates; days to an answer are not counted of them.
SELECT * FROM (
SELECT source, 'finished before it was registered' AS what, count() AS rows, min(complaint_id) AS example FROM complaints WHERE finished_at < registered_at GROUP BY source
UNION ALL
SELECT source, 'due before it was registered', count(), min(complaint_id) FROM complaints WHERE due_at < registered_at GROUP BY source)
ORDER BY source, what
LIMIT 100;

-- A complaint is one row: no id twice within a source.
SELECT source, complaint_id, count() AS rows
FROM complaints
GROUP BY source, complaint_id
HAVING rows > 1
ORDER BY source, complaint_id
LIMIT 100;

-- Totals are the sum of their parts: the rows of a file are its facts and its rejects, no file has more complaints
-- in the warehouse, or more rejects kept, than were read of it, and a month of a source has as many complaints as the load
-- that swapped it in last left there.
SELECT * FROM (
SELECT 'rows of a file' AS what, snapshot AS id, rows AS total, facts + rejected AS parts FROM snapshots WHERE state = 'loaded' AND rows != facts + rejected
UNION ALL
SELECT 'complaints of a file', s.snapshot, s.facts AS total, c.complaints AS parts
FROM (SELECT source, snapshot, count() AS complaints FROM complaints GROUP BY source, snapshot) AS c
INNER JOIN snapshots AS s ON s.source = c.source AND s.snapshot = c.snapshot
WHERE c.complaints > s.facts
UNION ALL
SELECT 'rejects of a file', s.snapshot, s.rejected AS total, r.kept AS parts
FROM (SELECT source, snapshot, count() AS kept FROM rejects GROUP BY source, snapshot) AS r
INNER JOIN snapshots AS s ON s.source = r.source AND s.snapshot = r.snapshot
WHERE r.kept > s.rejected
UNION ALL
SELECT 'complaints of a month', l.month, l.rows AS total, c.rows AS parts
FROM (SELECT unit AS month, argMax(rows, (at, load_id)) AS rows FROM loads WHERE target = 'complaints' AND step = 'done' AND unit != '' GROUP BY month) AS l
INNER JOIN (SELECT toString(_partition_value) AS month, count() AS rows FROM complaints GROUP BY month) AS c ON c.month = l.month
WHERE c.rows != l.rows)
ORDER BY what, id
LIMIT 100;

-- Totals are the sum of their parts: the rows of a file are its facts and its rejects, and no file has more complaints
-- in the warehouse, or more rejects kept, than were read of it.
SELECT * FROM (
SELECT 'rows of a file' AS what, snapshot, rows AS total, facts + rejected AS parts FROM snapshots WHERE state = 'loaded' AND rows != facts + rejected
UNION ALL
SELECT 'complaints of a file', s.snapshot, s.facts AS total, c.complaints AS parts
FROM (SELECT source, snapshot, count() AS complaints FROM complaints GROUP BY source, snapshot) AS c
INNER JOIN snapshots AS s ON s.source = c.source AND s.snapshot = c.snapshot
WHERE c.complaints > s.facts
UNION ALL
SELECT 'rejects of a file', s.snapshot, s.rejected AS total, r.kept AS parts
FROM (SELECT source, snapshot, count() AS kept FROM rejects GROUP BY source, snapshot) AS r
INNER JOIN snapshots AS s ON s.source = r.source AND s.snapshot = r.snapshot
WHERE r.kept > s.rejected)
ORDER BY what, snapshot
LIMIT 100;

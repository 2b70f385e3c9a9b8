-- Totals are the sum of their parts: the rows of a file are its facts and its rejects, no file has more complaints
-- in the warehouse, or more rejects kept, than were read of it, and a month of a source has as many complaints as the load
-- that swapped it in last left there, or as one meant to that died around the swap.
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
SELECT 'complaints of a month', l.month, l.left AS total, c.rows AS parts
FROM
(
    SELECT unit AS month, argMaxIf(rows, at, step = 'done') AS left, maxIf(at, step = 'done') AS last, groupArray((at, rows)) AS told
    FROM loads
    WHERE target = 'complaints' AND step IN ('intent', 'done') AND unit != ''
    GROUP BY month
    HAVING countIf(step = 'done') > 0
) AS l
INNER JOIN (SELECT toString(_partition_value) AS month, count() AS rows FROM complaints GROUP BY month) AS c ON c.month = l.month
WHERE NOT arrayExists(x -> x.1 >= l.last AND x.2 = c.rows, l.told))
ORDER BY what, id
LIMIT 100;

-- Every fact has a birthplace: its file is among the snapshots that were loaded.
SELECT c.source AS source, c.snapshot AS snapshot, count() AS rows
FROM complaints AS c
LEFT ANTI JOIN (SELECT source, snapshot FROM snapshots WHERE state = 'loaded') AS s ON s.source = c.source AND s.snapshot = c.snapshot
GROUP BY source, snapshot
ORDER BY source, snapshot
LIMIT 100;

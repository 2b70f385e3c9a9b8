-- The ledger closes: every load that recorded an intent and was completed neither itself nor, where a source
-- is loaded whole, by a later load of the source is shown. Run again to complete it.
WITH
    (SELECT groupArray((target, source, snapshot)) FROM loads WHERE step = 'done' AND unit = '') AS completed,
    (SELECT groupArray((t, s, last)) FROM (SELECT target AS t, source AS s, max(at) AS last FROM loads
        WHERE step = 'done' AND unit = '' AND target IN ('plans', 'plan_items', 'publications', 'claims', 'meetings', 'meeting_papers') GROUP BY t, s)) AS whole
SELECT i.target AS target, i.source AS source, i.snapshot AS snapshot, max(i.at) AS intended_at
FROM loads AS i
WHERE i.step = 'intent'
    AND NOT has(completed, (i.target, i.source, i.snapshot))
    AND NOT arrayExists(w -> w.1 = i.target AND w.2 = i.source AND w.3 >= i.at, whole)
GROUP BY target, source, snapshot
ORDER BY target, source, snapshot
LIMIT 100;

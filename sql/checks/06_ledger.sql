-- The ledger closes: every load that recorded an intent and was not followed by a completed load of the
-- same snapshot is shown. Run again to complete it.
SELECT i.source AS source, i.snapshot AS snapshot, max(i.at) AS intended_at
FROM loads AS i
WHERE i.step = 'intent'
    AND (i.source, i.snapshot) NOT IN (SELECT source, snapshot FROM loads WHERE step = 'done' AND unit = '')
GROUP BY source, snapshot
ORDER BY source, snapshot
LIMIT 100;

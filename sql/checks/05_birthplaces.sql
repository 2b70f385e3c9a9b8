-- Every fact has a birthplace: its file is among the snapshots that were read.
SELECT f.fact AS fact, f.source AS source, f.snapshot AS snapshot, count() AS rows
FROM
(
    SELECT 'complaint' AS fact, source, snapshot FROM complaints
    UNION ALL SELECT 'plan', source, snapshot FROM plans
    UNION ALL SELECT 'plan item', source, snapshot FROM plan_items
    UNION ALL SELECT 'publication', source, snapshot FROM publications
    UNION ALL SELECT 'claim', source, snapshot FROM claims
    UNION ALL SELECT 'meeting', source, snapshot FROM meetings
    UNION ALL SELECT 'paper on meetings', source, snapshot FROM meeting_papers
) AS f
LEFT ANTI JOIN (SELECT source, snapshot FROM snapshots WHERE state = 'loaded') AS s ON s.source = f.source AND s.snapshot = f.snapshot
GROUP BY fact, source, snapshot
ORDER BY fact, source, snapshot
LIMIT 100;

-- Warning: A source brought nothing new for long. Of files: three times as long as its files are usually apart, and at
-- least 30 days (45 where it sent one file only). Of sites: no healthy look that reached the end for 14 days. Counted
-- up to the last run, so that the answer is that of the last night.
WITH
    arraySort(groupUniqArray(toDate(seen_at))) AS days,
    arrayMap((a, b) -> b - a, arrayPopBack(days), arrayPopFront(days)) AS gaps,
    if(empty(gaps), 45, greatest(30, 3 * arrayReduce('quantileExact(0.5)', gaps))) AS patience
SELECT * FROM (
SELECT s.source AS source, toDate(max(s.seen_at)) AS last_new, (SELECT toDate(max(started_at)) FROM runs WHERE pipeline = 'complaints') AS last_run, toInt64(patience) AS days_of_patience
FROM snapshots AS s
WHERE s.source IN (SELECT source FROM sources WHERE kind = 'complaints') AND s.state = 'loaded'
GROUP BY source
HAVING last_run > last_new + days_of_patience
UNION ALL
SELECT source, toDate(maxIf(at, complete AND outcome IN ('healthy', 'empty'))) AS last_new, (SELECT toDate(max(started_at)) FROM runs WHERE pipeline = 'plans') AS last_run, 14
FROM looks
GROUP BY source
HAVING last_run > last_new + 14)
ORDER BY source
LIMIT 100;

-- Days are in order: nothing ends before it begins, no load is done before it was meant, grace ends on the due day or
-- later, and no state began after the day on which it was judged.
SELECT * FROM (
SELECT 'run' AS what, run_id AS id, toString(started_at) AS first, toString(finished_at) AS then FROM runs WHERE finished_at < started_at
UNION ALL
SELECT 'place', code, toString(valid_from), toString(valid_to) FROM regions WHERE valid_to <= valid_from
UNION ALL
SELECT 'load', load_id, toString(minIf(at, step = 'intent')), toString(maxIf(at, step = 'done')) FROM loads
GROUP BY load_id, unit HAVING countIf(step = 'intent') > 0 AND countIf(step = 'done') > 0 AND maxIf(at, step = 'done') < minIf(at, step = 'intent')
UNION ALL
SELECT 'period of a verdict', obligation_id, toString(period_from), toString(period_to) FROM verdicts WHERE period_from > period_to
UNION ALL
SELECT 'grace', obligation_id, toString(due_on), toString(grace_until) FROM verdicts WHERE grace_until < due_on
UNION ALL
SELECT 'state', obligation_id, toString(since), toString(judged_on) FROM verdicts WHERE since > judged_on
UNION ALL
SELECT 'plan', plan_id, toString(first_published_on), toString(published_on) FROM plans WHERE first_published_on > published_on)
ORDER BY what, id
LIMIT 100;

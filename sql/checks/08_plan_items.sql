-- Items belong to plans: a plan counts as many items as it has now, its publication is there, no item is twice
-- there, none vanished before it was first seen.
SELECT * FROM (
SELECT 'items of no plan' AS what, i.plan_id AS id, count() AS rows
FROM plan_items AS i LEFT ANTI JOIN plans AS p ON p.source = i.source AND p.plan_id = i.plan_id
GROUP BY id
UNION ALL
SELECT 'count of items', p.plan_id AS id, toUInt64(any(p.items))
FROM plans AS p LEFT JOIN plan_items AS i ON p.source = i.source AND p.plan_id = i.plan_id
GROUP BY p.source, id
HAVING countIf(i.item_id != '' AND i.vanished_on IS NULL) != any(p.items)
UNION ALL
SELECT 'item twice', item_id AS id, count() AS rows FROM plan_items GROUP BY source, id HAVING rows > 1
UNION ALL
SELECT 'plan twice', plan_id AS id, count() AS rows FROM plans GROUP BY source, id HAVING rows > 1
UNION ALL
SELECT 'vanished before it was seen', item_id AS id, count() FROM plan_items WHERE vanished_on < first_seen_on GROUP BY id
UNION ALL
SELECT 'plan without publication', p.plan_id AS id, count()
FROM plans AS p LEFT ANTI JOIN (SELECT source, publication_id FROM publications WHERE role = 'current') AS u ON u.source = p.source AND u.publication_id = p.publication_id
GROUP BY id)
ORDER BY what, id
LIMIT 100;

-- What is named is there: the source, the file, the load, the publication and the place that a row speaks of.
SELECT * FROM (
SELECT 'source' AS what, f.source AS name, count() AS rows
FROM complaints AS f
LEFT ANTI JOIN sources AS s ON s.source = f.source
GROUP BY name
UNION ALL
SELECT 'load', f.load_id AS name, count()
FROM (SELECT load_id FROM complaints UNION ALL SELECT load_id FROM plans UNION ALL SELECT load_id FROM plan_items UNION ALL SELECT load_id FROM publications UNION ALL SELECT load_id FROM claims UNION ALL SELECT load_id FROM meetings
    UNION ALL SELECT load_id FROM meeting_papers) AS f
LEFT ANTI JOIN loads AS l ON l.load_id = f.load_id
GROUP BY name
UNION ALL
SELECT 'file of rejects or findings', f.snapshot AS name, count()
FROM (SELECT source, snapshot FROM rejects UNION ALL SELECT source, snapshot FROM findings) AS f
LEFT ANTI JOIN snapshots AS s ON s.source = f.source AND s.snapshot = f.snapshot
GROUP BY name
UNION ALL
SELECT 'publication of a verdict', v.publication_id AS name, count()
FROM verdicts AS v
LEFT ANTI JOIN publications AS p ON p.publication_id = v.publication_id
WHERE v.publication_id != '' AND v.state != 'withdrawn'
GROUP BY name
UNION ALL
SELECT 'place of a claim', c.subject_code AS name, count()
FROM claims AS c
LEFT ANTI JOIN regions AS r ON r.code = c.subject_code
WHERE match(c.subject_code, '^[0-9]{9}$') AND c.subject_code != '000000000'
GROUP BY name)
ORDER BY what, name
LIMIT 100;

-- No text of a complaint, a plan, a meeting or a report shows an e-mail address, a mobile number or twelve digits after the word
-- ИИН: they are masked before a row is written. Rows appear when masking is switched off in the configuration.
SELECT source, snapshot, source_table, source_row
FROM
(
    SELECT source, snapshot, source_table, source_row, text FROM complaints
    UNION ALL
    SELECT source, snapshot, source_table, source_row, concat(issue, '\n', measure, '\n', responsible, '\n', status_text) FROM plan_items
    UNION ALL
    SELECT source, snapshot, source_table, source_row, concat(place, '\n', venue, '\n', who, '\n', note, '\n', measure) FROM meetings
    UNION ALL
    SELECT source, snapshot, source_table, source_row, quote FROM claims
    UNION ALL
    SELECT source, snapshot, source_table, source_row, title FROM publications
    UNION ALL
    SELECT source, snapshot, source_table, source_row, title FROM meeting_papers
)
WHERE match(text, '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\\.[A-Za-z]{2,}')
    OR match(text, '(?:\\+7|\\b8)[ (-]*7[0-9]{2}[ )-]*[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}\\b')
    OR match(text, '(?i)(?:ИИН|ЖСН)[ :№-]*[0-9]{12}\\b')
ORDER BY source, snapshot, source_table, source_row
LIMIT 100;

-- A complaint is registered between independence and the moment its file was read, and its corrected times
-- are the printed ones moved by the shift.
SELECT c.source AS source, c.complaint_id AS complaint_id, c.registered_at AS registered_at, s.seen_at AS seen_at
FROM complaints AS c
LEFT JOIN snapshots AS s ON s.snapshot = c.snapshot AND s.source = c.source
WHERE c.registered_at < toDateTime('1991-12-16 00:00:00', 'Asia/Almaty')
    OR c.registered_at > s.seen_at + INTERVAL 1 DAY
    OR dateDiff('minute', c.registered_raw, toDateTime64(toString(c.registered_at), 3, 'UTC')) NOT BETWEEN c.time_shift_minutes - 61 AND c.time_shift_minutes + 61
ORDER BY source, complaint_id
LIMIT 100;

-- How verdicts changed, with the day. Grain: obligation × change.
CREATE OR REPLACE VIEW publication_history AS
SELECT
    judged_on,
    region_code,
    name,
    obligation,
    period,
    event,
    state_before,
    state,
    published_on,
    days_late,
    url,
    evidence_sha256,
    reason_ru AS reason
FROM verdicts
WHERE event != '' AND judged_on <= toDate(now(), 'Asia/Almaty') -- as in publication_status
ORDER BY judged_on, region_code, period;
ALTER TABLE publication_history MODIFY COMMENT 'Every change of a verdict on the day on which it was seen, up to today in Almaty: opened, changed, replaced';
ALTER TABLE publication_history
    COMMENT COLUMN reason 'Why, in Russian';

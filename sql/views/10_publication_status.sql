-- Who has published and who has not, by the last verdict. Grain: obligation.
CREATE OR REPLACE VIEW publication_status AS
SELECT
    region_code,
    district_code,
    name,
    obligation,
    period,
    due_on,
    basis,
    state,
    since,
    published_on,
    days_late,
    url,
    evidence_sha256,
    checked_at,
    reason_ru AS reason,
    judged_on
FROM verdicts
WHERE judged_on <= toDate(now(), 'Asia/Almaty') -- a night of a clock that was ahead says nothing before its day
ORDER BY judged_on DESC, run_id DESC
LIMIT 1 BY obligation_id;
ALTER TABLE publication_status MODIFY COMMENT 'The last verdict on every obligation, up to today in Almaty; overdue only where every place was looked at in health after the end of grace';
ALTER TABLE publication_status
    COMMENT COLUMN reason 'Why, in Russian';

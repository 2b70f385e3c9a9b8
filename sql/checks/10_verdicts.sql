-- Nobody is accused without proof: an overdue verdict comes after the days of grace and rests on looks that reached the
-- end of every listing after them; one that says published, late or withdrawn names its publication.
SELECT obligation_id, judged_on, state, checked_at, evidence_sha256
FROM verdicts
WHERE state = 'overdue' AND (evidence IN ('', '[]', 'null') OR evidence_sha256 = '' OR checked_at IS NULL OR grace_until IS NULL
        OR judged_on <= grace_until OR toDate(assumeNotNull(checked_at), 'Asia/Almaty') <= grace_until)
    OR state IN ('published', 'late', 'withdrawn') AND publication_id = ''
    OR state NOT IN ('pending', 'published', 'late', 'unreadable', 'not_found', 'overdue', 'withdrawn', 'unverifiable')
ORDER BY judged_on, obligation_id
LIMIT 100;

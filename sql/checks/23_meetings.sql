-- Every code of a meeting stands in its vocabulary, its days are in order, nobody is counted below nothing, and a
-- meeting is called missed only where a paper says so.
SELECT * FROM (
SELECT 'status' AS what, meeting_id, toString(status) AS value FROM meetings WHERE status NOT IN ('planned', 'held', 'cancelled', 'moved', 'missed')
UNION ALL
SELECT 'kind', meeting_id, toString(kind) FROM meetings WHERE kind NOT IN ('meeting', 'reception')
UNION ALL
SELECT 'level', meeting_id, toString(level) FROM meetings WHERE level IS NOT NULL AND assumeNotNull(level) NOT IN ('oblast', 'city', 'district', 'rural', 'ministry')
UNION ALL
SELECT 'region_code', meeting_id, toString(region_code) FROM meetings
WHERE region_code IS NOT NULL AND assumeNotNull(region_code) NOT IN (SELECT code FROM regions WHERE level = 'region')
UNION ALL
SELECT 'district_code', meeting_id, toString(district_code) FROM meetings
WHERE district_code IS NOT NULL AND assumeNotNull(district_code) NOT IN (SELECT code FROM regions WHERE level IN ('district', 'city_district'))
UNION ALL
SELECT 'days', meeting_id, concat(toString(planned_from), ' to ', toString(planned_to)) FROM meetings WHERE planned_from > planned_to
UNION ALL
SELECT 'count', meeting_id, concat(ifNull(toString(participants), ''), '/', ifNull(toString(issues_raised), ''), '/', ifNull(toString(issues_resolved), '')) FROM meetings
WHERE participants < 0 OR issues_raised < 0 OR issues_resolved < 0
UNION ALL
SELECT 'missed without a paper', meeting_id, toString(planned_from) FROM meetings WHERE status = 'missed' AND results_id = '')
ORDER BY what, meeting_id
LIMIT 100;

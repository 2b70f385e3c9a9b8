-- A share lies within its bounds: the score of openness within 0 and 100, its parts and what is known of it within 0
-- and 1.
SELECT obligation_id, judged_on, openness, openness_known, openness_parts
FROM verdicts
WHERE openness < 0 OR openness > 100 OR openness_known < 0 OR openness_known > 1 OR arrayExists(p -> p < 0 OR p > 1, mapValues(openness_parts))
ORDER BY judged_on, obligation_id
LIMIT 100;

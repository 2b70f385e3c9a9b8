-- Claims say what the vocabulary holds: shares lie within 0 and 100 unless they are growth, counts are not negative, days are
-- in order, and no claim is twice there.
SELECT * FROM (
SELECT 'share' AS what, claim_id, toString(value) AS figure FROM claims WHERE unit = 'percent' AND metric != 'appeals_growth' AND (value < 0 OR value > 100)
UNION ALL
SELECT 'negative', claim_id, toString(value) FROM claims WHERE unit != 'percent' AND claims.value < 0
UNION ALL
SELECT 'days', claim_id, concat(toString(period_from), ' to ', toString(period_to)) FROM claims WHERE period_from > period_to
UNION ALL
SELECT 'unit', claim_id, unit FROM claims WHERE unit NOT IN ('count', 'percent', 'kzt') OR qualifier NOT IN ('exact', 'about', 'over', 'under')
UNION ALL
SELECT 'twice', claim_id, toString(count()) FROM claims GROUP BY source, claim_id HAVING count() > 1)
ORDER BY what, claim_id
LIMIT 100;

-- Warning: A month of a source has more complaints than the upper bound that the months before it teach (see
-- usual_volumes). People may have had reason to complain; or rows came twice under new ids.
SELECT source, month, complaints, usual, round(high) AS at_most
FROM usual_volumes
WHERE complaints > high
ORDER BY source, month
LIMIT 100;

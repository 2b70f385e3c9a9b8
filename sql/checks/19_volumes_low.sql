-- No month of a source lacks complaints: none has fewer than the lower bound that the months before it teach (see
-- usual_volumes). An export that was cut, or a month that never came, shows here.
SELECT source, month, complaints, usual, round(low) AS at_least
FROM usual_volumes
WHERE complaints < low
ORDER BY source, month
LIMIT 100;

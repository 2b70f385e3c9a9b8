-- Warning: Claims that contradict each other: reports that name different figures for the same thing of the same time,
-- by more than a hundredth. Both are kept, for who is right cannot be told from them.
SELECT subject_code, channel, metric, period, values, reports
FROM reported_figures
WHERE length(values) > 1 AND period != '' AND values[-1] - values[1] > 0.01 * abs(values[-1])
ORDER BY subject_code, channel, metric, period
LIMIT 100;

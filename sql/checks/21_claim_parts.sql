-- Warning: Claims whose parts do not make the whole: outcomes of issues that are more than the issues, meetings held
-- and missed that are more than those planned, money allotted that is more than was needed, a share that is another
-- than its figures say (by more than a point), or half-years that are not their year. Figures are rounded by those who
-- say them: a hundredth is let pass.
WITH
    told AS
    (
        SELECT
            subject_code,
            channel,
            period,
            mapFromArrays(groupArray(metric), groupArray(assumeNotNull(value))) AS figure,
            arraySum(m -> figure[m], ['issues_resolved', 'issues_in_progress', 'issues_remaining', 'issues_not_supported', 'issues_long_term', 'issues_no_documents', 'issues_funded', 'issues_funding_considered']) AS outcomes,
            figure[if(channel = 'central_list', 'issues_central_level', 'issues_raised')] AS issues
        FROM reported_figures
        WHERE value IS NOT NULL AND detail IS NULL AND period != ''
        GROUP BY subject_code, channel, period
    ),
    years AS
    (
        SELECT
            subject_code,
            channel,
            metric,
            substring(period, 1, 4) AS year,
            anyIf(value, period = year) AS whole,
            anyIf(value, period = concat(year, '-H1')) AS first,
            anyIf(value, period = concat(year, '-H2')) AS second
        FROM reported_figures
        WHERE value IS NOT NULL AND detail IS NULL AND unit != 'percent' AND match(period, '^[0-9]{4}(-H[12])?$') AND metric NOT IN ('budget_needed', 'issues_remaining', 'issues_in_progress')
        GROUP BY subject_code, channel, metric, year
    )
SELECT * FROM (
SELECT 'outcomes of issues' AS what, subject_code, channel, period, issues AS whole, outcomes AS parts FROM told WHERE issues > 0 AND outcomes > issues * 1.01
UNION ALL
SELECT 'meetings', subject_code, channel, period, figure['meetings_planned'], figure['meetings_held'] + figure['meetings_missed'] FROM told
WHERE mapContains(figure, 'meetings_planned') AND figure['meetings_held'] + figure['meetings_missed'] > figure['meetings_planned'] * 1.01
UNION ALL
SELECT 'money', subject_code, channel, period, figure['budget_needed'], figure['budget_allocated'] FROM told
WHERE mapContains(figure, 'budget_needed') AND figure['budget_allocated'] > figure['budget_needed'] * 1.01 AND NOT mapContains(figure, 'issues_remaining')
UNION ALL
SELECT 'share of issues', subject_code, channel, period, figure['issues_resolved_share'], round(figure['issues_resolved'] / figure['issues_raised'] * 100, 1) FROM told
WHERE mapContains(figure, 'issues_resolved_share') AND mapContains(figure, 'issues_resolved') AND figure['issues_raised'] > 0 AND abs(figure['issues_resolved_share'] - figure['issues_resolved'] / figure['issues_raised'] * 100) > 1
UNION ALL
SELECT concat('half-years of ', metric), subject_code, channel, year, whole, ifNull(first, 0) + ifNull(second, 0) AS halves FROM years
WHERE whole IS NOT NULL AND (halves > whole * 1.01 OR first IS NOT NULL AND second IS NOT NULL AND halves < whole * 0.99))
ORDER BY what, subject_code, channel, period
LIMIT 100;

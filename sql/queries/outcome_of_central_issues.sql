-- What became of the issues that only central bodies can solve?
-- Reads compared_figures and central_level_issues, of it the items of plans whose responsible body is central: another
-- list than that of the Government, so nothing published stands beside them. The last row of the reports of a period
-- is computed: how many issues of the list have an outcome.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
WITH
    ['issues_resolved', 'issues_in_progress', 'issues_funded', 'issues_funding_considered', 'issues_no_documents', 'issues_long_term', 'issues_not_supported'] AS outcomes,
    said AS
    (
        SELECT metric, period, reported, published, difference, note
        FROM compared_figures
        WHERE subject_code = '000000000' AND channel = 'central_list' AND startsWith(metric, 'issues_') AND startsWith(period, {period:String})
    )
SELECT basis, metric AS outcome, period, ours, published, difference, note
FROM
(
    SELECT 1 AS part, 'reports' AS basis, metric, period, reported AS ours, published, difference, note FROM said
    UNION ALL
    SELECT 2, 'reports', 'sum of the outcomes', period,
        if(countIf(has(outcomes, metric) AND reported IS NULL) > 0 OR countIf(has(outcomes, metric)) = 0, NULL, sumIf(reported, has(outcomes, metric))) AS parts,
        anyIf(published, metric = 'issues_central_level') AS whole, parts - whole, if(parts IS NULL, 'the reports do not name every outcome', 'computed; beside it the length of the list')
    FROM said
    GROUP BY period
    UNION ALL
    SELECT 3, 'plans', outcome, period, issues, CAST(NULL, 'Nullable(Float64)'), CAST(NULL, 'Nullable(Float64)'), 'items of plans for central bodies, another list'
    FROM central_level_issues
    WHERE told_by = 'plans' AND region_code = '000000000' AND startsWith(central_level_issues.period, {period:String})
)
ORDER BY part = 3, period, part, indexOf(outcomes, metric), metric;

-- How many issues were raised at meetings and receptions, and what became of them?
-- Reads compared_figures and plan_items_now. A plan holds what was left to do after the meetings, so its items are
-- other things than the issues that were raised, and nothing published stands beside them.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
WITH answers AS
    (
        SELECT 'reports' AS basis, subject, channel, metric, period, reported AS ours, published, difference, note
        FROM compared_figures
        WHERE startsWith(period, {period:String}) AND channel IN ('akims', 'ministers')
            AND metric IN ('issues_raised', 'issues_resolved', 'issues_resolved_share', 'issues_in_progress', 'issues_remaining')
            AND (subject_code = '000000000' OR question = 'issues_raised_and_solved')
        UNION ALL
        SELECT 'plans', 'Казахстан', 'akims', pair.1, period, pair.2, CAST(NULL, 'Nullable(Float64)'), CAST(NULL, 'Nullable(Float64)'),
            concat('items of ', toString(akimats), ' akimats: another thing than issues raised')
        FROM
        (
            SELECT
                ifNull(half_year, '') AS period,
                uniqExact(akimat_code) AS akimats,
                [('items', toFloat64(count())), ('items_resolved', toFloat64(countIf(status = 'resolved')))] AS figures
            FROM plan_items_now
            WHERE startsWith(ifNull(half_year, ''), {period:String})
            GROUP BY period
        )
        ARRAY JOIN figures AS pair
    )
SELECT basis, subject, channel, metric, period, ours, published, difference, note
FROM answers
ORDER BY basis DESC, subject DESC, channel, period, metric;

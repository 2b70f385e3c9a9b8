-- How much money is needed for what people raised, and how much was allotted (billions of tenge)?
-- Reads compared_figures and funding_gap. The plans name the cost of single items, many of them none: their sum is what
-- was named, no more. An item counts as allotted when its state is funded, in progress or resolved.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
WITH answers AS
    (
        SELECT 'reports' AS basis, subject, channel, metric, period, if(unit = 'kzt', 1e9, 1) AS scale, reported / scale AS ours, published / scale AS published, difference / scale AS difference,
            if(unit = 'percent', trimLeft(concat(note, ' percent')), note) AS note
        FROM compared_figures
        WHERE metric IN ('budget_needed', 'budget_allocated', 'budget_allocated_share', 'budget_considered') AND startsWith(period, {period:String})
        UNION ALL
        SELECT 'plans', 'Казахстан', 'akims', sums.1, period, 1e9, round(sums.2 / 1e9, 2), CAST(NULL, 'Nullable(Float64)'), CAST(NULL, 'Nullable(Float64)'),
            concat('named for ', toString(items_with_cost), ' of ', toString(items), ' items: not the whole need')
        FROM funding_gap
        ARRAY JOIN [('budget_needed', toFloat64(needed_kzt)), ('budget_allocated', toFloat64(allotted_kzt))] AS sums
        WHERE part = 'all' AND region_code = '000000000' AND items > 0 AND startsWith(period, {period:String})
    )
SELECT basis, subject, channel, metric, period, ours, published, difference, note
FROM answers
ORDER BY basis DESC, subject DESC, channel, period, metric DESC;

-- Which regions solve the largest and the smallest share of what people raise at meetings with akims?
-- Reads compared_figures (what reports say beside what was published) and plan_items_now (the statuses that the plans
-- themselves give their items). A plan holds what was left to do after the meetings, the published share is of all that was
-- raised: a wide difference asks a question and proves nothing. Shown are three regions from either end, and all that were
-- named in public.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
WITH
    -- Of an item without a status, or whose words do not tell it, nothing is known: it is not counted.
    plans AS
    (
        SELECT akimat_code AS subject_code, any(akimat) AS subject, countIf(ifNull(status, 'unknown') != 'unknown') AS items, round(countIf(status = 'resolved') / nullIf(items, 0) * 100, 1) AS ours
        FROM plan_items_now
        WHERE startsWith(ifNull(half_year, ''), {period:String}) AND akimat_code IS NOT NULL
        GROUP BY akimat_code
    ),
    said AS
    (
        SELECT subject_code, subject, period, reported, published, difference, note
        FROM compared_figures
        WHERE metric = 'issues_resolved_share' AND channel = 'akims' AND subject_code != '000000000' AND startsWith(period, {period:String})
    ),
    answers AS
    (
        SELECT 1 AS part, subject, 'reports' AS basis, period, reported AS ours, published, difference, note FROM said
        UNION ALL
        SELECT 2, p.subject, 'plans', {period:String}, p.ours, s.published, round(p.ours - s.published, 1),
            multiIf(p.ours IS NULL, 'the plans give no status', s.published IS NULL, concat('of ', toString(p.items), ' items; no published figure'), concat('of ', toString(p.items), ' items'))
        FROM plans AS p
        LEFT JOIN said AS s ON s.subject_code = p.subject_code AND s.period = {period:String}
    )
SELECT basis, subject, period, ours AS solved_percent, published, difference, note
FROM
(
    SELECT
        *,
        row_number() OVER (PARTITION BY basis ORDER BY ours IS NULL, ours DESC, subject) AS from_the_best,
        row_number() OVER (PARTITION BY basis ORDER BY ours IS NULL, ours, subject) AS from_the_worst
    FROM answers
)
WHERE from_the_best <= 3 OR from_the_worst <= 3 OR published IS NOT NULL
ORDER BY part, ifNull(ours, published) DESC, subject;

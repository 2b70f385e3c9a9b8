-- How many meetings of ministers were planned, held and missed?
-- Reads compared_figures and meetings_once. Rows of meetings count what papers on single meetings tell; papers that nobody
-- read tell nothing. The last row is computed: planned less held, which is to be what was said to be missed.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
WITH
    said AS
    (
        SELECT metric, period, reported, published, difference, note
        FROM compared_figures
        WHERE subject_code = '000000000' AND channel = 'ministers' AND metric IN ('meetings_planned', 'meetings_held', 'meetings_missed') AND startsWith(period, {period:String})
    ),
    recorded AS
    (
        SELECT told.1 AS metric, arrayJoin([toString(toYear(day)), concat(toString(toYear(day)), if(toMonth(day) <= 6, '-H1', '-H2'))]) AS period, toNullable(count()) AS meetings
        FROM
        (
            SELECT
                arrayJoin([
                    ('meetings_planned', coalesce(planned_on, planned_from)),
                    ('meetings_held', if(status = 'held', coalesce(held_on, planned_on, planned_from), NULL)),
                    ('meetings_missed', if(status = 'missed', coalesce(planned_on, planned_from), NULL))]) AS told,
                assumeNotNull(told.2) AS day
            FROM meetings_once
            WHERE kind = 'meeting' AND level = 'ministry'
        )
        WHERE told.2 IS NOT NULL
        GROUP BY metric, period
    ),
    remainder AS
    (
        SELECT
            period,
            anyIf(reported, metric = 'meetings_planned') - anyIf(reported, metric = 'meetings_held') AS reported,
            anyIf(published, metric = 'meetings_missed') AS published
        FROM said
        GROUP BY period
        HAVING countIf(metric = 'meetings_planned') > 0 AND countIf(metric = 'meetings_held') > 0
    )
SELECT basis, metric, period, ours, published, difference, note
FROM
(
    SELECT 1 AS part, 'reports' AS basis, metric, period, reported AS ours, published, difference, note FROM said
    UNION ALL
    SELECT 2, 'meetings', s.metric, s.period, toFloat64(r.meetings), s.published, r.meetings - s.published,
        if(r.meetings IS NULL, 'no paper that was read tells of such a meeting', 'as far as papers were read')
    FROM said AS s
    LEFT JOIN recorded AS r ON r.metric = s.metric AND r.period = s.period
    UNION ALL
    SELECT 3, 'reports', 'planned − held', period, reported, published, reported - published,
        if(reported IS NULL, 'the reports do not name both', 'computed; beside it the meetings said to be missed')
    FROM remainder
)
ORDER BY part, period, metric DESC;

-- How many people were received, and how many came to the meetings?
-- Reads compared_figures and meetings_once. Rows of meetings add up what papers on single meetings and receptions tell;
-- papers that nobody read tell nothing.
SET param_period = '2022'; -- a year with its half-years, one half-year: 2022-H2, or empty for all times
WITH
    said AS
    (
        SELECT subject_code, subject, channel, metric, detail, period, reported, published, difference, note
        FROM compared_figures
        WHERE metric IN ('receptions_held', 'citizens_received', 'participants', 'proposals_received') AND startsWith(period, {period:String})
    ),
    recorded AS
    (
        SELECT
            arrayJoin(['000000000', region]) AS subject_code,
            if(level = 'ministry', 'ministers', 'akims') AS channel,
            arrayJoin([toString(toYear(day)), concat(toString(toYear(day)), if(toMonth(day) <= 6, '-H1', '-H2'))]) AS period,
            countIf(kind = 'reception') AS receptions_held,
            sumIf(people, kind = 'reception') AS citizens_received,
            sumIf(people, kind = 'meeting') AS participants
        FROM
        (
            SELECT ifNull(toString(level), '') AS level, ifNull(toString(region_code), '') AS region, toString(kind) AS kind, participants AS people, assumeNotNull(coalesce(held_on, planned_on, planned_from)) AS day
            FROM meetings_once
            WHERE status = 'held' AND coalesce(held_on, planned_on, planned_from) IS NOT NULL
        )
        GROUP BY subject_code, channel, period
    ),
    told AS
    (
        SELECT subject_code, channel, period, figure.1 AS metric, figure.2 AS people
        FROM recorded
        ARRAY JOIN [('receptions_held', toNullable(toFloat64(receptions_held))), ('citizens_received', toFloat64(citizens_received)), ('participants', toFloat64(participants))] AS figure
    )
SELECT basis, subject, channel, metric, detail, period, ours, published, difference, note
FROM
(
    SELECT 'reports' AS basis, subject_code, subject, channel, metric, detail, period, reported AS ours, published, difference, note FROM said
    UNION ALL
    SELECT 'meetings', s.subject_code, s.subject, s.channel, s.metric, s.detail, s.period, t.people, s.published, t.people - s.published,
        if(t.people IS NULL, 'no paper that was read tells of such people', 'as far as papers were read')
    FROM said AS s
    LEFT JOIN told AS t ON t.subject_code = s.subject_code AND t.channel = s.channel AND t.metric = s.metric AND t.period = s.period
    WHERE s.channel IN ('ministers', 'akims') AND s.metric IN ('receptions_held', 'citizens_received', 'participants')
)
ORDER BY basis DESC, period DESC, subject_code, channel, metric DESC, detail;

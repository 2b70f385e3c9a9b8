-- How many meetings did akims of which level hold?
-- Reads compared_figures and meetings_once. Meetings of akims are those of all levels together; the levels below are its
-- parts. Rows of meetings count what papers on single meetings tell; papers that nobody read tell nothing.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
WITH
    said AS
    (
        SELECT subject_code, subject, channel, period, reported, published, difference, note
        FROM compared_figures
        WHERE metric = 'meetings_held' AND channel IN ('akims', 'akims_oblast', 'akims_district', 'akims_rural') AND startsWith(period, {period:String})
    ),
    recorded AS
    (
        SELECT
            arrayJoin(['000000000', ifNull(region_code, '')]) AS subject_code,
            arrayJoin(['akims', transform(level, ['oblast', 'city', 'district', 'rural'], ['akims_oblast', 'akims_oblast', 'akims_district', 'akims_rural'], '')]) AS channel,
            arrayJoin([toString(toYear(day)), concat(toString(toYear(day)), if(toMonth(day) <= 6, '-H1', '-H2'))]) AS period,
            toNullable(count()) AS meetings
        FROM
        (
            SELECT ifNull(toString(level), '') AS level, toString(region_code) AS region_code, assumeNotNull(coalesce(held_on, planned_on, planned_from)) AS day
            FROM meetings_once
            WHERE kind = 'meeting' AND status = 'held' AND ifNull(meetings_once.level, '') != 'ministry' AND coalesce(held_on, planned_on, planned_from) IS NOT NULL
        )
        GROUP BY subject_code, channel, period
    )
SELECT basis, subject, channel, period, ours AS held, published, difference, note
FROM
(
    SELECT 'reports' AS basis, subject_code, subject, channel, period, reported AS ours, published, difference, note FROM said
    UNION ALL
    SELECT 'meetings', s.subject_code, s.subject, s.channel, s.period, toFloat64(r.meetings), s.published, r.meetings - s.published,
        if(r.meetings IS NULL, 'no paper that was read tells of such a meeting', 'as far as papers were read')
    FROM said AS s
    LEFT JOIN recorded AS r ON r.subject_code = s.subject_code AND r.channel = s.channel AND r.period = s.period
)
ORDER BY basis DESC, subject_code, period, indexOf(['akims', 'akims_oblast', 'akims_district', 'akims_rural'], channel);

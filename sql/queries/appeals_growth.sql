-- How many appeals came, and how did those to local bodies grow from half-year to half-year?
-- Reads compared_figures and complaints_today. Growth is that of complaints whose body is local, against the half-year
-- before, in percent; without both half-years, each held from within ten days of its begin to within ten days of its end,
-- there is none. What was published is of e-Otinish, so its analytic export is counted: the dump with texts may have the
-- same appeals, and a contact centre has calls.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
SET param_source = 'eotinish'; -- source of the complaints (see sources); empty for all
WITH
    halves AS
    (
        SELECT
            half_year, toNullable(count()) AS complaints, toNullable(countIf(ifNull(body_level, '') = 'local')) AS local,
            toDate(concat(substring(half_year, 1, 4), if(endsWith(half_year, 'H1'), '-01-01', '-07-01'))) AS begin,
            toNullable(min(registered_on) <= begin + 10 AND max(registered_on) >= addMonths(begin, 6) - 11) AS whole
        FROM complaints_today
        WHERE ({source:String} = '' OR source = {source:String})
        GROUP BY half_year
    ),
    asked AS
    (
        SELECT
            arrayJoin(if(length({period:String}) = 4, [concat({period:String}, '-H1'), concat({period:String}, '-H2')], [{period:String}])) AS half_year,
            if(endsWith(half_year, '-H1'), concat(toString(toInt32OrZero(substring(half_year, 1, 4)) - 1), '-H2'), concat(substring(half_year, 1, 4), '-H1')) AS before
    ),
    said AS
    (
        SELECT metric, period, reported, published, difference, note
        FROM compared_figures
        WHERE metric IN ('appeals_growth', 'appeals_received') AND channel = 'e_otinish' AND subject_code = '000000000' AND startsWith(period, {period:String})
    ),
    ours AS
    (
        SELECT 'appeals_growth' AS metric, a.half_year AS period, if(h.whole AND b.whole, round((h.local / nullIf(b.local, 0) - 1) * 100, 1), NULL) AS value,
            multiIf(h.complaints IS NULL AND b.complaints IS NULL, 'no complaints of this half-year nor of the one before',
                h.complaints IS NULL, 'no complaints of this half-year', b.complaints IS NULL, 'no complaints of the half-year before',
                NOT h.whole, 'complaints of a part of this half-year only', NOT b.whole, 'complaints of a part of the half-year before only', '') AS note
        FROM asked AS a
        LEFT JOIN halves AS h ON h.half_year = a.half_year
        LEFT JOIN halves AS b ON b.half_year = a.before
        UNION ALL
        SELECT 'appeals_received', {period:String}, toFloat64(nullIf(sum(complaints), 0)),
            if(ifNull(sum(complaints), 0) = 0, 'no complaints of this time', concat('complaints of ', if({source:String} = '', 'all sources', {source:String})))
        FROM halves
        WHERE startsWith(half_year, {period:String})
    ),
    answers AS
    (
        SELECT 'reports' AS basis, metric, period, reported AS ours, published, difference, note FROM said
        UNION ALL
        SELECT 'complaints', o.metric, o.period, o.value, s.published, round(o.value - s.published, 1), o.note
        FROM ours AS o
        LEFT JOIN said AS s ON s.metric = o.metric AND s.period = o.period
    )
SELECT basis, metric, period, ours, published, difference, note
FROM answers
ORDER BY basis DESC, metric DESC, period;

-- What share of the appeals falls to local bodies?
-- Reads compared_figures and complaints_today. Ours is the share of the complaints whose body tells its level; how
-- many do not is in the note. What was published is of e-Otinish.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
SET param_source = 'eotinish'; -- source of the complaints (see sources); empty for all
WITH
    said AS
    (
        SELECT period, reported, published, difference, note
        FROM compared_figures
        WHERE metric = 'appeals_local_share' AND subject_code = '000000000' AND startsWith(period, {period:String})
    ),
    answers AS
    (
        SELECT 'reports' AS basis, period, reported AS ours, published, difference, note FROM said
        UNION ALL
        SELECT 'complaints', {period:String}, round(countIf(ifNull(body_level, '') = 'local') / nullIf(countIf(body_level IS NOT NULL), 0) * 100, 1) AS share,
            (SELECT any(published) FROM said WHERE period = {period:String}) AS beside, round(share - beside, 1),
            if(count() = 0, 'no complaints of this time', concat('of ', toString(count()), ' complaints; level of the body unknown: ', toString(countIf(body_level IS NULL))))
        FROM complaints_today
        WHERE startsWith(half_year, {period:String}) AND ({source:String} = '' OR source = {source:String})
    )
SELECT basis, period, ours AS local_percent, published, difference, note
FROM answers
ORDER BY basis DESC, period;

-- Which akimats did not publish their action plan?
-- Reads compared_figures and publication_status, the last verdict of the monitor: 1 where no plan is found though
-- every place was read to its end after the days of grace, 0 where one is published, null where it cannot be told yet, or
-- at all; the note is the verdict. Who is not yet due has not failed to publish.
-- What was said on one day and what is found on another may both be true.
SET param_period = '2022-H2'; -- a half-year
WITH
    judged AS
    (
        SELECT
            assumeNotNull(region_code) AS subject_code,
            name AS subject,
            state,
            multiIf(state = 'overdue', 1, state IN ('published', 'late', 'unreadable'), 0, NULL) AS missing,
            judged_on
        FROM publication_status
        WHERE obligation = 'action_plan' AND period = {period:String} AND district_code IS NULL
    ),
    said AS
    (
        SELECT subject_code, any(subject) AS subject, any(reported) AS reported, any(published) AS published, any(difference) AS difference, any(note) AS note
        FROM compared_figures
        WHERE metric = 'plan_not_published' AND period = {period:String}
        GROUP BY subject_code
    ),
    answers AS
    (
        SELECT subject_code, subject, 'reports' AS basis, reported AS ours, published, difference, note FROM said
        UNION ALL
        SELECT '000000000', 'Казахстан', 'verdicts', if(count() = 0, NULL, toFloat64(countIf(ifNull(missing, 0) = 1))),
            (SELECT any(published) FROM said WHERE subject_code = '000000000') AS all_published,
            if(count() = 0, NULL, toFloat64(countIf(ifNull(missing, 0) = 1)) - all_published),
            if(count() = 0, 'the monitor has judged nothing of this period', concat('of ', toString(count()), ' akimats on ', toString(max(judged_on)), '; cannot be told: ', toString(countIf(missing IS NULL))))
        FROM judged
        UNION ALL
        SELECT j.subject_code, j.subject, 'verdicts', toFloat64(j.missing), s.published, toFloat64(j.missing) - s.published, concat(j.state, if(s.published IS NULL, '; not named in public', ''))
        FROM judged AS j
        LEFT JOIN said AS s ON s.subject_code = j.subject_code
        WHERE ifNull(j.missing, 1) = 1 OR s.published IS NOT NULL
    )
SELECT basis, subject, ours AS not_published, published, difference, note
FROM answers
ORDER BY basis, subject_code;

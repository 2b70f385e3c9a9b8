-- Which regions lead by complaints?
-- Reads published_figures and complaints_today. The regions were named without figures, so there is no difference:
-- beside a region's name stands its rank by our complaints, in today's division. It was e-Otinish that was spoken of.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
SET param_source = 'eotinish'; -- source of the complaints (see sources); empty for all
WITH
    ours AS
    (
        SELECT region_today_code AS subject_code, toNullable(count()) AS complaints, toNullable(rank() OVER (ORDER BY count() DESC)) AS place
        FROM complaints_today
        WHERE startsWith(half_year, {period:String}) AND region_today_code IS NOT NULL AND ({source:String} = '' OR source = {source:String})
        GROUP BY region_today_code
    ),
    named AS
    (
        SELECT subject_code, toNullable(any(published_figures.subject)) AS subject, any(published_figures.said_by) AS said_by
        FROM published_figures
        WHERE metric = 'complaint_leader' AND startsWith(period, {period:String})
        GROUP BY subject_code
    ),
    names AS (SELECT code, any(name_ru) AS name_ru FROM regions WHERE level = 'region' AND valid_to IS NULL GROUP BY code)
SELECT
    ifNull(n.subject, r.name_ru) AS subject,
    o.complaints AS complaints,
    o.place AS place,
    if(n.subject IS NULL, 'not named', concat('named by the ', n.said_by)) AS published,
    multiIf(o.complaints IS NULL, 'no complaints of this time', n.subject IS NULL, '', o.place <= 4, 'among our first four too', 'not among our first four') AS note
FROM ours AS o
FULL JOIN named AS n ON n.subject_code = o.subject_code
LEFT JOIN names AS r ON r.code = ifNull(o.subject_code, n.subject_code)
WHERE n.subject IS NOT NULL OR o.place <= 4
ORDER BY o.place IS NULL, o.place, subject;

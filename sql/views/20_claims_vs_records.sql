-- What reports say of solved issues, beside what the records say.
-- Purpose: put the two side by side and rank the gaps. Grain: period × region × channel × reported share; one row
-- without channel where nothing is reported. The region 000000000 is Kazakhstan. A period is a half-year, or a year
-- where a report speaks of one. Reports that contradict each other are rows of their own, each with its gap.
-- Columns: see their comments. What cannot be compared is null.
--   reported_share_percent  issues_resolved_share, else issues_resolved of issues_raised of the same channel and period
--   plans_share_percent     items that the plans of the meetings of that period call resolved, of those with a state
--   closed_in_time_percent  complaints of the period that were closed in time, of those closed, or open and late
--   next_growth_percent     growth of complaints in the next half-year against this one; of half-years only, and only
--                           where the warehouse holds both to within ten days of their begin and end
-- gap_plans and gap_complaints are percentage points: positive where the report is the better one.
-- Example: SELECT region, reported_share_percent, plans_share_percent, closed_in_time_percent, next_growth_percent,
--          gap_rank FROM claims_vs_records WHERE period = '2022-H2' ORDER BY gap_rank
CREATE OR REPLACE VIEW claims_vs_records
(
    period                 String            COMMENT 'Half-year, 2022-H2, or year, 2022',
    year                   Nullable(UInt16)  COMMENT 'Its year',
    region_code            String            COMMENT 'KATO code in today''s division, 000000000 for Kazakhstan, or the key of a ministry that reports',
    region                 Nullable(String)  COMMENT 'Its name in Russian; null for a ministry',
    channel                Nullable(String)  COMMENT 'Of whose work the report speaks (see claims); null where nothing is reported',
    reported_share_percent Nullable(Float64) COMMENT 'Share solved as reported, percent; null where nothing is reported',
    reported_how           Nullable(String)  COMMENT 'share: the report says the share; resolved of raised: it says both numbers',
    plans_share_percent    Nullable(Float64) COMMENT 'Items that plans call resolved, percent of those with a state; null without any',
    closed_in_time_percent Nullable(Float64) COMMENT 'Complaints closed in time, percent of those closed, or open and late; null without any',
    next_growth_percent    Nullable(Float64) COMMENT 'Growth of complaints in the next half-year, percent; null where one of both is not held whole',
    plan_items             Nullable(UInt64)  COMMENT 'Items with a state',
    complaints_decided     Nullable(UInt64)  COMMENT 'Complaints closed, or open and late',
    gap_plans              Nullable(Float64) COMMENT 'reported_share_percent less plans_share_percent, percentage points',
    gap_complaints         Nullable(Float64) COMMENT 'reported_share_percent less closed_in_time_percent, percentage points',
    gap                    Nullable(Float64) COMMENT 'The larger of both gaps; null where there is nothing to compare',
    gap_rank               Nullable(UInt64)  COMMENT 'Place by gap within the period, 1 is the widest; null without a gap'
)
AS
WITH
    shares AS
    (
        SELECT period, subject_code AS region, channel, arrayJoin(values) AS share, 'share' AS how
        FROM reported_figures
        WHERE metric = 'issues_resolved_share' AND unit = 'percent' AND detail IS NULL
        UNION ALL
        SELECT period, subject_code, channel, round(resolved / raised * 100, 1), 'resolved of raised'
        FROM
        (
            SELECT
                period, subject_code, channel,
                groupUniqArrayArrayIf(values, metric = 'issues_resolved_share') AS said,
                arrayJoin(groupUniqArrayArrayIf(values, metric = 'issues_resolved')) AS resolved,
                arrayJoin(groupUniqArrayArrayIf(values, metric = 'issues_raised')) AS raised
            FROM reported_figures
            WHERE metric IN ('issues_resolved_share', 'issues_resolved', 'issues_raised') AND detail IS NULL
            GROUP BY period, subject_code, channel
        )
        WHERE empty(said) AND raised > 0 AND resolved <= raised
    ),
    reported AS
    (
        SELECT period, region, channel, shares.share AS share, any(shares.how) AS how
        FROM shares
        WHERE match(period, '^[0-9]{4}(-H[12])?$')
        GROUP BY period, region, channel, share
    ),
    -- Half-years of complaints, by region and for the country, each with the next one beside it; and years.
    counted AS
    (
        SELECT
            year, half, region_today_code,
            min(registered_on) AS first_day, max(registered_on) AS last_day,
            count() AS complaints,
            countIf(status = 'closed') AS in_time,
            countIf(status = 'closed_overdue') + countIf(status = 'open_overdue') AS late
        FROM countable_complaints
        GROUP BY year, half, region_today_code
    ),
    halves AS
    (
        SELECT
            concat(toString(year), '-H', toString(half)) AS half_year,
            arrayJoin(arrayDistinct([ifNull(region_today_code, ''), '000000000'])) AS region,
            sum(c.complaints) AS complaints, sum(c.in_time) AS in_time, sum(c.late) AS late,
            min(c.first_day) AS first_day, max(c.last_day) AS last_day
        FROM counted AS c
        GROUP BY half_year, region
    ),
    begun AS
    (
        SELECT
            *,
            toDate(concat(substring(half_year, 1, 4), if(endsWith(half_year, 'H1'), '-01-01', '-07-01'))) AS begin,
            min(first_day) OVER (PARTITION BY half_year) <= begin + 10 AND max(last_day) OVER (PARTITION BY half_year) >= addMonths(begin, 6) - 11 AS whole
        FROM halves
    ),
    followed AS
    (
        SELECT
            *,
            leadInFrame(complaints) OVER following AS next_complaints,
            leadInFrame(whole) OVER following AND leadInFrame(begin) OVER following = addMonths(begin, 6) AS next_whole,
            if(whole AND next_whole, (next_complaints / complaints - 1) * 100, NULL) AS growth
        FROM begun
        WINDOW following AS (PARTITION BY region ORDER BY begin ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    ),
    closed AS
    (
        SELECT
            arrayJoin([half_year, substring(half_year, 1, 4)]) AS period, region,
            sum(f.in_time) AS in_time, sum(f.in_time) + sum(f.late) AS decided,
            if(match(period, '-H'), any(f.growth), NULL) AS growth
        FROM followed AS f
        WHERE region != ''
        GROUP BY period, region
    ),
    plans AS
    (
        SELECT
            arrayJoin([assumeNotNull(half_year), substring(assumeNotNull(half_year), 1, 4)]) AS period,
            arrayJoin(arrayDistinct([ifNull(toString(akimat_code), ''), '000000000'])) AS region,
            countIf(status IS NOT NULL) AS told,
            countIf(ifNull(status, '') = 'resolved') AS resolved
        FROM plan_items_now
        WHERE half_year IS NOT NULL
        GROUP BY period, region
    ),
    keys AS
    (
        SELECT period, region, channel, CAST(share, 'Nullable(Float64)') AS share, how FROM reported
        UNION ALL
        SELECT DISTINCT period, region, '', NULL, ''
        FROM (SELECT period, region FROM closed WHERE match(period, '-H') UNION ALL SELECT period, region FROM plans WHERE match(period, '-H') AND region != '')
        WHERE (period, region) NOT IN (SELECT period, region FROM reported)
    )
SELECT
    k.period AS period,
    toUInt16OrNull(substring(k.period, 1, 4)) AS year,
    k.region AS region_code,
    nullIf(d.name_ru, '') AS region,
    nullIf(k.channel, '') AS channel,
    round(k.share, 1) AS reported_share_percent,
    nullIf(k.how, '') AS reported_how,
    round(p.resolved / nullIf(p.told, 0) * 100, 1) AS plans_share_percent,
    round(c.in_time / nullIf(c.decided, 0) * 100, 1) AS closed_in_time_percent,
    round(c.growth, 1) AS next_growth_percent,
    nullIf(p.told, 0) AS plan_items,
    nullIf(c.decided, 0) AS complaints_decided,
    round(reported_share_percent - plans_share_percent, 1) AS gap_plans,
    round(reported_share_percent - closed_in_time_percent, 1) AS gap_complaints,
    greatest(ifNull(gap_plans, gap_complaints), ifNull(gap_complaints, gap_plans)) AS gap,
    if(gap IS NULL, NULL, rank() OVER (PARTITION BY k.period ORDER BY gap DESC NULLS LAST)) AS gap_rank
FROM keys AS k
LEFT JOIN plans AS p ON p.period = k.period AND p.region = k.region
LEFT JOIN closed AS c ON c.period = k.period AND c.region = k.region
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS d ON d.code = k.region
SETTINGS join_use_nulls = 0
COMMENT 'Share of issues solved as reports claim it, beside the share by the plans'' own states, the share of complaints closed in time, and the growth of complaints after it; the gaps, ranked within a period. Grain: period × region × channel × reported share';

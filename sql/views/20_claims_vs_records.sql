-- What reports say of solved issues, beside what the records say.
-- Purpose: put the two side by side and rank the gaps. Grain: period × region × channel × reported share; one row
-- without channel where nothing is reported. The region 000000000 is Kazakhstan. A period is a half-year, or a year
-- where a report speaks of one. Reports that contradict each other are rows of their own, each with its gap.
-- Columns: see their comments. What cannot be compared is null.
--   reported_share_percent  issues_resolved_share, else issues_resolved of issues_raised of the same channel and period
--   plans_share_percent     items that the plans of the meetings of that period call resolved, of those whose state is known
--   closed_in_time_percent  complaints of the period that were closed in time, of those closed, or open and late; of sources
--                           that tell of delays (see timed_sources)
--   next_growth_percent     growth of complaints in the next half-year against this one; of half-years only, and of the
--                           sources that the warehouse holds whole in both (see held_half_years)
-- gap_plans and gap_complaints are percentage points: positive where the report is the better one. The records are those
-- of the akims' work, so a report on that of ministers or on the central list has no gap. A plan holds what was left to do
-- after the meetings, a report speaks of all that was raised: a wide gap asks a question and proves nothing.
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
    plans_share_percent    Nullable(Float64) COMMENT 'Items that plans of akimats call resolved, percent of those whose state is known; null without any. A plan holds what was left to do after the meetings',
    closed_in_time_percent Nullable(Float64) COMMENT 'Complaints closed in time, percent of those closed, or open and late; null without any',
    next_growth_percent    Nullable(Float64) COMMENT 'Growth of complaints in the next half-year, percent, of the sources that are held whole in both (see held_half_years); null without any',
    plan_items             Nullable(UInt64)  COMMENT 'Items whose state is known',
    complaints_decided     Nullable(UInt64)  COMMENT 'Complaints closed, or open and late, of sources that tell of delays (see timed_sources)',
    gap_plans              Nullable(Float64) COMMENT 'reported_share_percent less plans_share_percent, percentage points; of reports on akims only',
    gap_complaints         Nullable(Float64) COMMENT 'reported_share_percent less closed_in_time_percent, percentage points; of reports on akims only',
    gap                    Nullable(Float64) COMMENT 'The larger of both gaps; null where there is nothing to compare',
    gap_rank               Nullable(UInt64)  COMMENT 'Place by gap within the period, 1 is the widest; null without a gap'
)
AS
WITH
    (SELECT groupArray((toString(source), number)) FROM held_half_years) AS filled,
    -- The shares that reports say; where none says one, those of the numbers resolved and raised.
    reported AS
    (
        SELECT
            period, subject_code AS region, channel,
            groupUniqArrayArrayIf(values, metric = 'issues_resolved_share' AND unit = 'percent') AS said,
            groupUniqArrayArrayIf(values, metric = 'issues_resolved') AS resolved,
            groupUniqArrayArrayIf(values, metric = 'issues_raised') AS raised,
            if(
                countIf(metric = 'issues_resolved_share') > 0,
                arrayMap(share -> (share, 'share'), said),
                arrayDistinct(arrayFlatten(arrayMap(
                    part -> arrayMap(whole -> (round(part / whole * 100, 1), 'resolved of raised'), arrayFilter(whole -> whole > 0 AND part <= whole, raised)),
                    resolved)))) AS shares
        FROM reported_figures
        WHERE metric IN ('issues_resolved_share', 'issues_resolved', 'issues_raised') AND detail IS NULL AND match(period, '^[0-9]{4}(-H[12])?$')
        GROUP BY period, region, channel
        HAVING notEmpty(shares)
    ),
    -- Half-years of complaints, by region and for the country, each with the next one beside it; and years.
    counted AS
    (
        SELECT
            source, year, half, region_today_code,
            count() AS complaints,
            countIf(status = 'closed') AS in_time,
            countIf(status = 'closed_overdue') + countIf(status = 'open_overdue') AS late
        FROM countable_complaints
        GROUP BY source, year, half, region_today_code
        SETTINGS preferred_optimize_projection_name = 'by_district' -- the engine need not weigh the others
    ),
    halves AS
    (
        SELECT
            concat(toString(year), '-H', toString(half)) AS half_year,
            toInt32(year * 2 + half) AS number,
            arrayJoin(arrayDistinct([ifNull(region_today_code, ''), '000000000'])) AS region,
            sumIf(c.in_time, is_timed) AS in_time,
            sum(c.late) AS late,
            -- Of sources that fill this half-year and the one before, and this one and the next.
            sumIf(c.complaints, has(filled, (toString(source), number)) AND has(filled, (toString(source), toInt32(number - 1)))) AS against_before,
            sumIf(c.complaints, has(filled, (toString(source), number)) AND has(filled, (toString(source), toInt32(number + 1)))) AS against_next
        FROM (SELECT *, sum(late) OVER (PARTITION BY source) > 0 AS is_timed FROM counted) AS c -- as in timed_sources
        GROUP BY half_year, number, region
    ),
    followed AS
    (
        SELECT
            *,
            if(leadInFrame(number) OVER following = number + 1, (nullIf(leadInFrame(against_before) OVER following, 0) / nullIf(against_next, 0) - 1) * 100, NULL) AS growth
        FROM halves
        WINDOW following AS (PARTITION BY region ORDER BY number ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
    ),
    both AS
    (
        SELECT period, region, arrayMap(share -> (channel, share.1, share.2), shares) AS claims, 0 AS told, 0 AS resolved, 0 AS in_time, 0 AS decided, CAST(NULL, 'Nullable(Float64)') AS growth
        FROM reported
        UNION ALL
        SELECT
            arrayJoin(arrayDistinct([assumeNotNull(half_year), substring(assumeNotNull(half_year), 1, 4)])) AS period,
            arrayJoin(arrayDistinct([ifNull(toString(akimat_code), ''), '000000000'])) AS region,
            [], countIf(ifNull(status, 'unknown') != 'unknown'), countIf(ifNull(status, '') = 'resolved'), 0, 0, NULL
        FROM plan_items_now
        WHERE half_year IS NOT NULL
        GROUP BY period, region
        UNION ALL
        SELECT
            arrayJoin([half_year, substring(half_year, 1, 4)]) AS period, region,
            [], 0, 0, sum(f.in_time), sum(f.in_time) + sum(f.late), if(match(period, '-H'), any(f.growth), NULL)
        FROM followed AS f
        WHERE region != ''
        GROUP BY period, region
    ),
    together AS
    (
        SELECT
            period, region,
            groupArrayArray(both.claims) AS claims,
            sum(both.told) AS told, sum(both.resolved) AS resolved,
            sum(both.in_time) AS in_time, sum(both.decided) AS decided, any(both.growth) AS growth
        FROM both
        GROUP BY period, region
    ),
    keys AS
    (
        SELECT t.*, claim
        FROM together AS t
        ARRAY JOIN if(empty(claims), [('', CAST(NULL, 'Nullable(Float64)'), '')], claims) AS claim
        WHERE notEmpty(claims) OR match(period, '-H') AND region != ''
    )
SELECT
    k.period AS period,
    toUInt16OrNull(substring(k.period, 1, 4)) AS year,
    k.region AS region_code,
    nullIf(d.name_ru, '') AS region,
    nullIf(k.claim.1, '') AS channel,
    round(k.claim.2, 1) AS reported_share_percent,
    nullIf(k.claim.3, '') AS reported_how,
    round(k.resolved / nullIf(k.told, 0) * 100, 1) AS plans_share_percent,
    round(k.in_time / nullIf(k.decided, 0) * 100, 1) AS closed_in_time_percent,
    round(k.growth, 1) AS next_growth_percent,
    nullIf(k.told, 0) AS plan_items,
    nullIf(k.decided, 0) AS complaints_decided,
    if(startsWith(k.claim.1, 'akims'), round(reported_share_percent - plans_share_percent, 1), NULL) AS gap_plans,
    if(startsWith(k.claim.1, 'akims'), round(reported_share_percent - closed_in_time_percent, 1), NULL) AS gap_complaints,
    greatest(ifNull(gap_plans, gap_complaints), ifNull(gap_complaints, gap_plans)) AS gap,
    if(gap IS NULL, NULL, rank() OVER (PARTITION BY k.period ORDER BY gap DESC NULLS LAST)) AS gap_rank
FROM keys AS k
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS d ON d.code = k.region
SETTINGS join_use_nulls = 0, max_threads_for_indexes = 1
COMMENT 'Share of issues solved as reports claim it, beside the share by the plans'' own states, the share of complaints closed in time, and the growth of complaints after it; the gaps, ranked within a period. Grain: period × region × channel × reported share';

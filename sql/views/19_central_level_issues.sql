-- What became of the issues that only central bodies can solve.
-- Purpose: the list that akimats send upwards, by outcome: by items of plans whose responsible body is central, and by
-- what reports say of the central list. Grain: told_by × period × region × outcome.
-- Columns: see their comments. outcome is without_documents, funded, funding_considered, in_work, not_supported, done,
-- long_term or not_told; all counts them together (by reports: their own figure for the whole list, else null).
-- Example: SELECT outcome, issues, share_percent, money_kzt FROM central_level_issues
--          WHERE told_by = 'reports' AND period = '2022-H2' AND region_code = '000000000' ORDER BY issues DESC
CREATE OR REPLACE VIEW central_level_issues
(
    told_by       String            COMMENT 'plans: items whose responsible body is central; reports: claims about the central list',
    period        String            COMMENT 'Half-year of the meetings, 2022-H2, or 2024 of plans for a whole year; or the time that a claim speaks of',
    year          Nullable(UInt16)  COMMENT 'Its year; null when it has none',
    region_code   Nullable(String)  COMMENT 'KATO code of the region; 000000000 for Kazakhstan as a whole, which by plans sums the others; null when unknown',
    region        Nullable(String)  COMMENT 'Its name in Russian',
    outcome       String            COMMENT 'without_documents, funded, funding_considered, in_work, not_supported, done, long_term, not_told or all',
    issues        Nullable(Float64) COMMENT 'How many; null where reports contradict each other',
    share_percent Nullable(Float64) COMMENT 'Of all of the same teller, period and region, percent; null when their number is not told',
    money_kzt     Nullable(Float64) COMMENT 'Money that goes with them, tenge; null when not told'
)
AS
WITH
    items AS
    (
        SELECT
            half_year AS period,
            if(grouping(akimat_code) = 1, '000000000', ifNull(toString(akimat_code), '')) AS region_code,
            if(grouping(state) = 1, 'all', state) AS outcome,
            toFloat64(count()) AS issues,
            sum(toFloat64(cost_kzt)) AS money
        FROM
        (
            SELECT
                half_year, akimat_code, cost_kzt,
                transform(ifNull(toString(status), ''),
                    ['no_documents', 'funded', 'funding_considered', 'in_progress', 'planned', 'not_supported', 'resolved', 'long_term'],
                    ['without_documents', 'funded', 'funding_considered', 'in_work', 'in_work', 'not_supported', 'done', 'long_term'], 'not_told') AS state
            FROM plan_items_now
            WHERE responsible_level = 'central' AND half_year IS NOT NULL
        )
        GROUP BY GROUPING SETS ((half_year, akimat_code, state), (half_year, akimat_code), (half_year, state), (half_year))
    ),
    said AS
    (
        SELECT
            period, subject_code AS region_code,
            transform(metric,
                ['issues_no_documents', 'issues_funded', 'budget_allocated', 'issues_funding_considered', 'budget_considered',
                    'issues_in_progress', 'issues_not_supported', 'issues_resolved', 'issues_long_term', 'issues_central_level', 'issues_raised'],
                ['without_documents', 'funded', 'funded', 'funding_considered', 'funding_considered',
                    'in_work', 'not_supported', 'done', 'long_term', 'all', 'all'], '') AS outcome,
            groupUniqArrayArrayIf(values, unit = 'count') AS issues,
            groupUniqArrayArrayIf(values, unit = 'kzt') AS money
        FROM reported_figures
        WHERE (channel = 'central_list' OR metric = 'issues_central_level') AND detail IS NULL AND period != '' AND outcome != ''
        GROUP BY period, region_code, outcome
    ),
    both AS
    (
        SELECT 'plans' AS told_by, assumeNotNull(period) AS period, region_code, outcome, CAST(issues, 'Nullable(Float64)') AS issues, money FROM items
        UNION ALL
        SELECT 'reports', period, region_code, outcome, if(length(said.issues) = 1, said.issues[1], NULL), if(length(said.money) = 1, said.money[1], NULL) FROM said
    )
SELECT
    b.told_by AS told_by,
    b.period AS period,
    toUInt16OrNull(substring(b.period, 1, 4)) AS year,
    nullIf(b.region_code, '') AS region_code,
    nullIf(d.name_ru, '') AS region,
    b.outcome AS outcome,
    b.issues AS issues,
    round(b.issues / nullIf(a.issues, 0) * 100, 1) AS share_percent,
    b.money AS money_kzt
FROM both AS b
LEFT JOIN (SELECT * FROM both WHERE outcome = 'all') AS a ON a.told_by = b.told_by AND a.period = b.period AND a.region_code = b.region_code
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS d ON d.code = b.region_code
SETTINGS join_use_nulls = 0
COMMENT 'Issues that need central bodies, by outcome: as plans have them and as reports tell of the central list. Grain: told_by × period × region × outcome; rows of outcome all count the others together, and the region 000000000 sums the others: never sum over both';

-- Money that plans need, and money that is there.
-- Purpose: the gap, by the plans' own items, with what reports claim beside it. Grain: period × region × part, where
-- part is category (one row a category) or all (one row for all of them, with the claims). The region 000000000 is
-- Kazakhstan.
-- Columns: see their comments. An item counts as allotted when its state is funded, in_progress or resolved, as missing
-- when it is funding_considered, no_documents, long_term or not_supported, else as not told. Claims are of the akims of
-- any level; where reports name different figures, none is shown. A period may be a year: of claims, and of plans for a
-- whole year, whose items are in no half-year.
-- Example: SELECT region, needed_kzt, allotted_kzt, claimed_needed_kzt, claimed_allotted_kzt FROM funding_gap
--          WHERE period = '2022-H2' AND part = 'all' ORDER BY missing_kzt DESC
CREATE OR REPLACE VIEW funding_gap
(
    period                 String            COMMENT 'Half-year of the meetings, 2022-H2, or 2024 of plans for a whole year; or the time that a claim speaks of',
    year                   Nullable(UInt16)  COMMENT 'Its year; null when it has none',
    region_code            Nullable(String)  COMMENT 'KATO code of the akimat''s region; 000000000 for Kazakhstan as a whole, which sums the others; null when unknown',
    region                 Nullable(String)  COMMENT 'Its name in Russian',
    part                   String            COMMENT 'category: one row a category; all: one row for all, with the claims',
    category_code          Nullable(String)  COMMENT 'Code of the category; null when unknown, and in rows of part all',
    items                  UInt64            COMMENT 'Items of plans',
    items_with_cost        UInt64            COMMENT 'Of them those that say what they cost',
    needed_kzt             Nullable(Int64)   COMMENT 'Money they need, tenge; null when none says',
    allotted_kzt           Nullable(Int64)   COMMENT 'Money of items that are funded, in progress or resolved',
    missing_kzt            Nullable(Int64)   COMMENT 'Money of items that wait for money, documents or a later time, or are not supported',
    not_told_kzt           Nullable(Int64)   COMMENT 'Money of items whose state does not say',
    allotted_share_percent Nullable(Float64) COMMENT 'allotted_kzt of the money whose item says what became of it (allotted_kzt and missing_kzt), percent; null when of none',
    claimed_needed_kzt     Nullable(Float64) COMMENT 'Money needed as reports claim; null where none does, or they differ',
    claimed_allotted_kzt   Nullable(Float64) COMMENT 'Money allotted as reports claim',
    claimed_considered_kzt Nullable(Float64) COMMENT 'Money that may be allotted later, as reports claim',
    claimed_share_percent  Nullable(Float64) COMMENT 'Share allotted as reports claim, else of the two figures before, percent',
    claimed_gap_kzt        Nullable(Float64) COMMENT 'claimed_needed_kzt less claimed_allotted_kzt'
)
AS
WITH
    items AS
    (
        SELECT
            half_year AS period,
            if(grouping(akimat_code) = 1, '000000000', ifNull(toString(akimat_code), '')) AS region_code,
            if(grouping(category_code) = 1, 'all', 'category') AS part,
            ifNull(toString(category_code), '') AS category,
            count() AS items,
            countIf(cost_kzt IS NOT NULL) AS priced,
            sum(cost_kzt) AS needed,
            sumIf(cost_kzt, ifNull(status, '') IN ('funded', 'in_progress', 'resolved')) AS allotted,
            sumIf(cost_kzt, ifNull(status, '') IN ('funding_considered', 'no_documents', 'long_term', 'not_supported')) AS missing,
            sumIf(cost_kzt, ifNull(status, '') IN ('', 'planned', 'explained', 'unknown')) AS not_told
        FROM plan_items_now
        WHERE half_year IS NOT NULL
        GROUP BY GROUPING SETS ((half_year, akimat_code, category_code), (half_year, akimat_code), (half_year))
    ),
    said AS
    (
        SELECT
            period, subject_code AS region_code,
            groupUniqArrayArrayIf(values, metric = 'budget_needed') AS needed,
            groupUniqArrayArrayIf(values, metric = 'budget_allocated') AS allotted,
            groupUniqArrayArrayIf(values, metric = 'budget_allocated_share') AS share,
            groupUniqArrayArrayIf(values, metric = 'budget_considered') AS considered
        FROM reported_figures
        WHERE metric IN ('budget_needed', 'budget_allocated', 'budget_allocated_share', 'budget_considered')
            AND channel IN ('akims', 'akims_oblast', 'akims_district', 'akims_rural') AND detail IS NULL AND period != ''
        GROUP BY period, region_code
    ),
    both AS
    (
        SELECT assumeNotNull(period) AS period, region_code, part, category, items, priced, needed, allotted, missing, not_told FROM items
        UNION ALL
        SELECT period, region_code, 'all', '', 0, 0, NULL, NULL, NULL, NULL FROM said
    ),
    summed AS
    (
        SELECT
            period, region_code, part, category,
            sum(both.items) AS items, sum(both.priced) AS priced,
            sum(both.needed) AS needed, sum(both.allotted) AS allotted, sum(both.missing) AS missing, sum(both.not_told) AS not_told
        FROM both
        GROUP BY period, region_code, part, category
    )
SELECT
    s.period AS period,
    toUInt16OrNull(substring(s.period, 1, 4)) AS year,
    nullIf(s.region_code, '') AS region_code,
    nullIf(d.name_ru, '') AS region,
    s.part AS part,
    if(s.part = 'all', NULL, nullIf(s.category, '')) AS category_code,
    s.items AS items,
    s.priced AS items_with_cost,
    s.needed AS needed_kzt,
    s.allotted AS allotted_kzt,
    s.missing AS missing_kzt,
    s.not_told AS not_told_kzt,
    round(ifNull(s.allotted, 0) / nullIf(ifNull(s.allotted, 0) + ifNull(s.missing, 0), 0) * 100, 1) AS allotted_share_percent,
    if(s.part = 'all' AND length(c.needed) = 1, c.needed[1], NULL) AS claimed_needed_kzt,
    if(s.part = 'all' AND length(c.allotted) = 1, c.allotted[1], NULL) AS claimed_allotted_kzt,
    if(s.part = 'all' AND length(c.considered) = 1, c.considered[1], NULL) AS claimed_considered_kzt,
    if(s.part = 'all' AND length(c.share) = 1, c.share[1], round(claimed_allotted_kzt / nullIf(claimed_needed_kzt, 0) * 100, 1)) AS claimed_share_percent,
    claimed_needed_kzt - claimed_allotted_kzt AS claimed_gap_kzt
FROM summed AS s
LEFT JOIN said AS c ON c.period = s.period AND c.region_code = s.region_code
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS d ON d.code = s.region_code
SETTINGS join_use_nulls = 0
COMMENT 'Money that items of plans need, have and lack, by period, region and category, with the figures that reports claim. Grain: period × region × part. Rows overlap: those of part all sum those of part category, and the region 000000000 (Kazakhstan, of part all only) sums the others, so never sum over part, nor over regions with 000000000 among them';

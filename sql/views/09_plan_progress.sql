-- How far the akimats are with what they promised, by their own words. Grain: akimat × half-year.
CREATE OR REPLACE VIEW plan_progress
(
    akimat_code            LowCardinality(Nullable(String)) COMMENT 'KATO code of the region whose akimat drew up the plans; null when unknown',
    akimat                 String                           COMMENT 'Name of that region',
    half_year              Nullable(String)                 COMMENT 'Half-year of the meetings: 2022-H2; 2024 of plans for a whole year; null when the plan does not say, or names another time',
    items                  UInt64                           COMMENT 'Items of the plans',
    without_status         UInt64                           COMMENT 'Items whose state is not known: the plan has no such column, or its words do not tell',
    resolved               UInt64                           COMMENT 'Items that the plan calls resolved',
    under_way              UInt64                           COMMENT 'Items in progress, planned or funded',
    waiting                UInt64                           COMMENT 'Items that wait for money, documents or a later time',
    not_supported          UInt64                           COMMENT 'Items that are not supported',
    explained              UInt64                           COMMENT 'Items that were answered by an explanation',
    resolved_share_percent Nullable(Float64)                COMMENT 'Resolved ones of those whose state is known, percent; null when of none',
    with_deadline          UInt64                           COMMENT 'Items that say until when',
    with_responsible       UInt64                           COMMENT 'Items that say who is to do it',
    cost_kzt               Nullable(Int64)                  COMMENT 'Money that the items name together, tenge; null when none does',
    with_cost              UInt64                           COMMENT 'Items that name a cost above zero'
)
AS
SELECT
    akimat_code,
    any(i.akimat) AS akimat,
    half_year,
    count() AS items,
    countIf(ifNull(status, 'unknown') = 'unknown') AS without_status,
    countIf(status = 'resolved') AS resolved,
    countIf(status IN ('in_progress', 'planned', 'funded')) AS under_way,
    countIf(status IN ('funding_considered', 'no_documents', 'long_term')) AS waiting,
    countIf(status = 'not_supported') AS not_supported,
    countIf(status = 'explained') AS explained,
    round(resolved / nullIf(items - without_status, 0) * 100, 1) AS resolved_share_percent,
    countIf(deadline_to IS NOT NULL) AS with_deadline,
    countIf(responsible != '') AS with_responsible,
    sum(i.cost_kzt) AS cost_kzt,
    countIf(i.cost_kzt > 0) AS with_cost
FROM plan_items_now AS i
GROUP BY akimat_code, half_year
COMMENT 'Items of the plans by akimat and half-year (or whole year) of the meetings: how many, in which state by the plan''s own words, with a deadline, with somebody responsible, and what they cost';

-- How far the akimats are with what they promised, by their own words. Grain: akimat × half-year.
CREATE OR REPLACE VIEW plan_progress AS
SELECT
    akimat_code,
    any(i.akimat) AS akimat,
    half_year,
    count() AS items,
    countIf(status IS NULL) AS without_status,
    countIf(status = 'resolved') AS resolved,
    countIf(status IN ('in_progress', 'planned', 'funded')) AS under_way,
    countIf(status IN ('funding_considered', 'no_documents', 'long_term')) AS waiting,
    countIf(status = 'not_supported') AS not_supported,
    countIf(status = 'explained') AS explained,
    round(resolved / nullIf(countIf(status IS NOT NULL), 0) * 100, 1) AS resolved_share_percent,
    countIf(deadline_to IS NOT NULL) AS with_deadline,
    countIf(responsible != '') AS with_responsible,
    sum(i.cost_kzt) AS cost_kzt,
    countIf(i.cost_kzt > 0) AS with_cost
FROM plan_items_now AS i
GROUP BY akimat_code, half_year;
ALTER TABLE plan_progress MODIFY COMMENT 'Items of the plans by akimat and half-year of the meetings: how many, in which state by the plan''s own words, with a deadline, with somebody responsible, and what they cost';
ALTER TABLE plan_progress
    COMMENT COLUMN akimat_code 'KATO code of the region whose akimat drew up the plans; null when unknown',
    COMMENT COLUMN akimat 'Name of that region',
    COMMENT COLUMN half_year 'Half-year of the meetings: 2022-H2; null when the plan does not say',
    COMMENT COLUMN items 'Items of the plans',
    COMMENT COLUMN without_status 'Items of plans that have no column of the state',
    COMMENT COLUMN resolved 'Items that the plan calls resolved',
    COMMENT COLUMN under_way 'Items in progress, planned or funded',
    COMMENT COLUMN waiting 'Items that wait for money, documents or a later time',
    COMMENT COLUMN not_supported 'Items that are not supported',
    COMMENT COLUMN explained 'Items that were answered by an explanation',
    COMMENT COLUMN resolved_share_percent 'Resolved ones of those with a status, percent; null when none has one',
    COMMENT COLUMN with_deadline 'Items that say until when',
    COMMENT COLUMN with_responsible 'Items that say who is to do it',
    COMMENT COLUMN cost_kzt 'Money that the items name together, tenge; null when none does',
    COMMENT COLUMN with_cost 'Items that name a cost above zero';

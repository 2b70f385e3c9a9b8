-- How many complaints each body gets, month by month, and what becomes of them.
-- Purpose: the trend of one body, and bodies side by side. Grain: source × month × today's region × body as
-- printed. Spellings of one body have the same body_key: sum over it. Sources begin and end: a trend over all of them jumps
-- where one does, so ask for one.
-- Columns: see their comments.
-- Example: SELECT month, sum(complaints), sum(overdue) FROM body_trends
--          WHERE source = 'eotinish' AND year = 2025 AND body_key = 'ministry:health' GROUP BY month ORDER BY month
CREATE OR REPLACE VIEW body_trends
(
    source            LowCardinality(String)           COMMENT 'Where they were published (see sources)',
    month             Date                             COMMENT 'First day of the month of registration',
    year              UInt16                           COMMENT 'Its year',
    region_today_code Nullable(String)                 COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    body              LowCardinality(Nullable(String)) COMMENT 'The body as printed; null when the source names none',
    body_key          Nullable(String)                 COMMENT 'Identity of the body, the same for all its spellings (see bodies); null when the name tells none',
    body_kind         LowCardinality(Nullable(String)) COMMENT 'Kind of the body (see bodies)',
    body_level        Nullable(String)                 COMMENT 'central or local; null when the name does not tell',
    complaints        UInt64                           COMMENT 'Complaints',
    open              UInt64                           COMMENT 'Open and not late',
    open_overdue      UInt64                           COMMENT 'Open and late',
    closed            UInt64                           COMMENT 'Closed in time; where the source tells nothing of delays, closed',
    closed_overdue    UInt64                           COMMENT 'Closed late',
    overdue           UInt64                           COMMENT 'Late ones, open or closed'
)
AS
WITH counted AS
    (
        SELECT
            source, month, region_today_code, body,
            count() AS complaints,
            countIf(status = 'open') AS open,
            countIf(status = 'open_overdue') AS open_overdue,
            countIf(status = 'closed') AS closed,
            countIf(status = 'closed_overdue') AS closed_overdue
        FROM countable_complaints
        GROUP BY source, month, region_today_code, body
    )
SELECT
    c.source AS source,
    c.month AS month,
    toYear(c.month) AS year,
    c.region_today_code AS region_today_code,
    c.body AS body,
    nullIf(b.body_key, '') AS body_key,
    nullIf(toString(b.kind), '') AS body_kind,
    if(b.scope IN ('central', 'local'), toString(b.scope), NULL) AS body_level,
    c.complaints AS complaints,
    c.open AS open,
    c.open_overdue AS open_overdue,
    c.closed AS closed,
    c.closed_overdue AS closed_overdue,
    c.open_overdue + c.closed_overdue AS overdue
FROM (SELECT *, ifNull(body, '') AS name FROM counted) AS c
LEFT JOIN bodies AS b ON b.body = c.name
SETTINGS join_use_nulls = 0
COMMENT 'Number of complaints by source, month, today''s region and the body that answers, with their states. Grain: source × month × today''s region × body as printed';

-- How many complaints each body gets, month by month, and what becomes of them.
-- Purpose: the trend of one body, and bodies side by side. Grain: month × today's region × body as printed. Spellings
-- of one body have the same body_key: sum over it.
-- Columns: see their comments.
-- Example: SELECT month, sum(complaints), sum(overdue) FROM body_trends
--          WHERE year = 2025 AND body_key = 'ministry:health' GROUP BY month ORDER BY month
CREATE OR REPLACE VIEW body_trends AS
WITH counted AS
    (
        SELECT
            month, region_today_code, body,
            count() AS complaints,
            countIf(status = 'open') AS open,
            countIf(status = 'open_overdue') AS open_overdue,
            countIf(status = 'closed') AS closed,
            countIf(status = 'closed_overdue') AS closed_overdue
        FROM complaints_today
        GROUP BY month, region_today_code, body
    )
SELECT
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
LEFT JOIN bodies AS b ON b.body = c.name;
ALTER TABLE body_trends MODIFY COMMENT 'Number of complaints by month, today''s region and the body that answers, with their states. Grain: month × today''s region × body as printed';
ALTER TABLE body_trends
    COMMENT COLUMN month 'First day of the month of registration',
    COMMENT COLUMN year 'Its year',
    COMMENT COLUMN region_today_code 'KATO code of the region in today''s division; null when unknown or divided',
    COMMENT COLUMN body 'The body as printed; null when the source names none',
    COMMENT COLUMN body_key 'Identity of the body, the same for all its spellings (see bodies); null when the name tells none',
    COMMENT COLUMN body_kind 'Kind of the body (see bodies)',
    COMMENT COLUMN body_level 'central or local; null when the name does not tell',
    COMMENT COLUMN complaints 'Complaints',
    COMMENT COLUMN open 'Open and not late',
    COMMENT COLUMN open_overdue 'Open and late',
    COMMENT COLUMN closed 'Closed in time',
    COMMENT COLUMN closed_overdue 'Closed late',
    COMMENT COLUMN overdue 'Late ones, open or closed';

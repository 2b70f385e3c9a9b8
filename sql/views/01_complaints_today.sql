-- Complaints with what most questions need: month and half-year, today's division beside that of the day,
-- names, lateness, days to an answer, and which body it is, local or central. Grain: complaint.
CREATE OR REPLACE VIEW complaints_today AS
WITH
    -- A code meant other land before a reform, so a place is found by code and day.
    places AS
    (
        SELECT code, name_ru, today_code, ifNull(valid_from, toDate32('1900-01-01')) AS since
        FROM regions
    ),
    days AS
    (
        SELECT *, toDate32(registered_at) AS day, ifNull(region_code, '') AS region_key, ifNull(district_code, '') AS district_key, ifNull(body, '') AS body_name
        FROM complaints
    )
SELECT
    c.source AS source,
    c.complaint_id AS complaint_id,
    toDate(c.registered_at) AS registered_on,
    toStartOfMonth(c.registered_at) AS month,
    concat(toString(toYear(c.registered_at)), '-H', toString(intDiv(toMonth(c.registered_at) - 1, 6) + 1)) AS half_year,
    c.kind AS kind,
    c.applicant_type AS applicant_type,
    c.region_code AS region_code,
    nullIf(r.name_ru, '') AS region,
    c.district_code AS district_code,
    nullIf(d.name_ru, '') AS district,
    -- A district tells today's region even where its old region was divided.
    multiIf(
        d.today_code IS NOT NULL, concat(substring(assumeNotNull(d.today_code), 1, 2), '0000000'),
        c.district_code IS NULL OR r.today_code IS NOT NULL, r.today_code,
        NULL) AS region_today_code,
    d.today_code AS district_today_code,
    c.category_code AS category_code,
    c.category_how AS category_how,
    nullIf(c.applicant_key, '') AS applicant_key,
    c.status AS status,
    CAST(toString(c.status) IN ('open_overdue', 'closed_overdue'), 'Bool') AS is_overdue,
    CAST(toString(c.status) IN ('closed', 'closed_overdue'), 'Bool') AS is_closed,
    if(c.finished_at IS NULL OR c.finished_at < c.registered_at, NULL, dateDiff('second', c.registered_at, c.finished_at) / 86400) AS days_to_close,
    c.body AS body,
    nullIf(b.body_key, '') AS body_key,
    nullIf(b.kind, '') AS body_kind,
    if(b.scope IN ('central', 'local'), b.scope, NULL) AS body_level,
    c.lang AS lang,
    c.text AS text,
    c.text_fingerprint AS text_fingerprint
FROM days AS c
ASOF LEFT JOIN places AS r ON r.code = c.region_key AND r.since <= c.day
ASOF LEFT JOIN places AS d ON d.code = c.district_key AND d.since <= c.day
LEFT JOIN bodies AS b ON b.body = c.body_name;
ALTER TABLE complaints_today MODIFY COMMENT 'Complaints with month, half-year, today''s division, names, lateness and level of the body. Grain: complaint. body_level is central for ministries, committees, agencies and their territorial departments, local for akimats and their bodies, null when the name does not tell (see bodies)';

-- Complaints with what most questions need: month, half-year and year, today's division beside that of the day,
-- names, lateness, days to an answer, and which body it is, local or central.
-- Purpose: every other view on complaints reads this one. Grain: complaint.
-- Columns: see their comments (DESCRIBE TABLE complaints_today).
-- Example: SELECT region, avg(is_overdue) FROM complaints_today WHERE source = 'eotinish' AND year = 2025 GROUP BY region
-- Joins: none. Names and codes are looked up in small arrays, once a value and not once a row. So a question about few
-- columns reads these alone, and one that counts by month, place, category, body or state reads the projections of
-- complaints (migrations 00010 and 00016), whose expressions stand here letter by letter.
CREATE OR REPLACE VIEW complaints_today
(
    source              LowCardinality(String)           COMMENT 'Where it was published (see sources)',
    complaint_id        String,
    registered_on       Date                             COMMENT 'Day of registration, local',
    month               Date                             COMMENT 'First day of the month of registration',
    half_year           String                           COMMENT 'Half-year of registration: 2022-H2',
    year                UInt16                           COMMENT 'Year of registration',
    kind                LowCardinality(Nullable(String)),
    applicant_type      LowCardinality(Nullable(String)),
    region_code         LowCardinality(Nullable(String)) COMMENT 'KATO code of the region on the day of registration; null when unknown',
    region              Nullable(String)                 COMMENT 'Its name on that day, in Russian',
    district_code       LowCardinality(Nullable(String)) COMMENT 'KATO code of the district or city on that day; null when unknown or not given',
    district            Nullable(String)                 COMMENT 'Its name on that day, in Russian',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    district_today_code Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null when unknown or divided',
    category_code       LowCardinality(Nullable(String)),
    category_how        LowCardinality(Nullable(String)),
    applicant_key       Nullable(String),
    status              LowCardinality(String),
    is_overdue          Bool                             COMMENT 'Open or closed, but late by the source''s own word; false also where the source tells nothing of delays, so take shares of sources that do (see timed_sources)',
    is_closed           Bool                             COMMENT 'Closed, in time, late, or nobody knows which',
    days_to_close       Nullable(Float64)                COMMENT 'Days from registration to the end of work, with fractions; null when one of both is unknown',
    is_answered         Nullable(UInt8)                  COMMENT 'Closed, and both times are known and in order',
    tenths_to_close     UInt16                           COMMENT 'days_to_close in tenths of a day, rounded, at most 65,535; without meaning where is_answered is not true',
    body                LowCardinality(Nullable(String)),
    body_key            LowCardinality(Nullable(String)) COMMENT 'Identity of the body, the same for all its spellings (see bodies); null when the name tells none',
    body_kind           LowCardinality(Nullable(String)) COMMENT 'Kind of the body: ministry, akimat, … (see bodies)',
    body_level          LowCardinality(Nullable(String)) COMMENT 'central or local; null when the name does not tell',
    lang                LowCardinality(Nullable(String)),
    text                String,
    text_fingerprint    UInt64
)
AS
WITH
    -- The only day on which a code that is still in use changed its land. What a code meant on either side of it:
    -- today's code, and the region of today. Empty where the land was divided.
    toDate(registered_at) >= toDate('2022-06-08') AS after_reform,
    (
        SELECT (groupArray(code), groupArray(before), groupArray(after), groupArray(if(before = '', '', concat(substring(before, 1, 2), '0000000'))), groupArray(if(after = '', '', concat(substring(after, 1, 2), '0000000'))))
        FROM
        (
            SELECT code, argMaxIf(ifNull(today_code, ''), since, since < toDate32('2022-06-08')) AS before, argMax(ifNull(today_code, ''), since) AS after
            FROM divisions
            GROUP BY code
        )
    ) AS today,
    -- Names change on more days. A name is found by its code and the number of such days that have passed.
    (SELECT groupArray(since) FROM (SELECT DISTINCT since FROM divisions WHERE since > toDate32('1900-01-01') ORDER BY since)) AS renamings,
    (
        SELECT (groupArray(concat(code, ' ', toString(passed))), groupArray(name))
        FROM
        (
            SELECT code, passed, argMax(name_ru, since) AS name
            FROM divisions
            ARRAY JOIN range(length(renamings) + 1) AS passed
            WHERE passed = 0 AND since = toDate32('1900-01-01') OR passed > 0 AND since <= renamings[passed]
            GROUP BY code, passed
        )
    ) AS names,
    toString(arrayCount(d -> d <= toDate32(registered_at), renamings)) AS passed_by_then,
    (
        SELECT (groupArray(body), groupArray(body_key), groupArray(toString(kind)), groupArray(if(scope IN ('central', 'local'), toString(scope), '')))
        FROM bodies
    ) AS known,
    if(after_reform, transform(region_code, today.1, today.3, ''), transform(region_code, today.1, today.2, '')) AS region_today,
    if(after_reform, transform(district_code, today.1, today.3, ''), transform(district_code, today.1, today.2, '')) AS district_today,
    if(after_reform, transform(district_code, today.1, today.5, ''), transform(district_code, today.1, today.4, '')) AS region_of_district
SELECT
    _partition_value.1 AS source, -- as in countable_complaints
    complaint_id,
    toDate(registered_at) AS registered_on,
    toStartOfMonth(registered_at) AS month,
    concat(toString(toYear(month)), '-H', toString(intDiv(toMonth(month) - 1, 6) + 1)) AS half_year,
    toYear(month) AS year,
    kind,
    applicant_type,
    region_code,
    if(region_code IS NULL, NULL, nullIf(transform(concat(assumeNotNull(region_code), ' ', passed_by_then), names.1, names.2, ''), '')) AS region,
    district_code,
    if(district_code IS NULL, NULL, nullIf(transform(concat(assumeNotNull(district_code), ' ', passed_by_then), names.1, names.2, ''), '')) AS district,
    -- A district tells today's region even where its old region was divided.
    nullIf(if(region_of_district != '', region_of_district, region_today), '') AS region_today_code,
    nullIf(district_today, '') AS district_today_code,
    category_code,
    category_how,
    nullIf(applicant_key, '') AS applicant_key,
    status,
    CAST(toString(status) IN ('open_overdue', 'closed_overdue'), 'Bool') AS is_overdue,
    CAST(toString(status) IN ('closed', 'closed_overdue'), 'Bool') AS is_closed,
    if(finished_at IS NULL OR finished_at < registered_at, NULL, dateDiff('second', registered_at, finished_at) / 86400) AS days_to_close,
    finished_at >= registered_at AND status IN ('closed', 'closed_overdue') AS is_answered,
    toUInt16(least(round(dateDiff('second', registered_at, assumeNotNull(finished_at)) / 8640), 65535)) AS tenths_to_close,
    body,
    nullIf(transform(body, known.1, known.2, ''), '') AS body_key,
    nullIf(transform(body, known.1, known.3, ''), '') AS body_kind,
    nullIf(transform(body, known.1, known.4, ''), '') AS body_level,
    lang,
    text,
    text_fingerprint
FROM complaints
COMMENT 'Complaints with month, half-year, year, today''s division, names, lateness and level of the body. Grain: complaint. body_level is central for ministries, committees, agencies and their territorial departments, local for akimats and their bodies, null when the name does not tell (see bodies)';

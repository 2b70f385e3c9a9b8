-- Complaints with only what counts are made of: month, place of today, category, body, state.
-- Purpose: the views that count read this one. Names of places and identities of bodies are looked up once a row of an
-- answer, not here, so that a question is planned and answered sooner than from complaints_today. Grain: complaint.
-- Columns: see their comments.
-- Example: SELECT region_today_code, count() FROM countable_complaints WHERE year = 2025 GROUP BY region_today_code
-- Speed: codes are looked up in small arrays, once a value and not once a row, and the expressions are letter by letter
-- those of the projections of complaints (migration 00010), which the engine reads in place of the rows where a question
-- is about months, places, categories, bodies and states alone. One thread looks which parts to read: they are hundreds and
-- small, and to start threads for each projection took as long as reading them.
CREATE OR REPLACE VIEW countable_complaints
(
    source              LowCardinality(String)           COMMENT 'Where it was published (see sources)',
    month               Date                             COMMENT 'First day of the month of registration',
    year                UInt16                           COMMENT 'Its year',
    half                UInt8                            COMMENT 'Its half of the year, 1 or 2',
    registered_on       Date                             COMMENT 'Day of registration, local',
    region_code         LowCardinality(Nullable(String)) COMMENT 'KATO code of the region on the day of registration; null when unknown',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    district_today_code Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null when unknown or divided',
    place_today         UInt32                           COMMENT 'district_today_code as a number, else region_today_code; 0 when both are null. A number is counted by in half the time',
    category_code       LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories); null when unknown',
    body                LowCardinality(Nullable(String)) COMMENT 'The body that answers, as printed (see bodies)',
    status              LowCardinality(String)           COMMENT 'open, open_overdue, closed, closed_overdue, withdrawn, forwarded or unknown',
    is_answered         Nullable(UInt8)                  COMMENT 'Closed, and both times are known and in order',
    tenths_to_close     UInt16                           COMMENT 'Tenths of a day from registration to the end of work, rounded, at most 65,535; without meaning where is_answered is not true'
)
AS
WITH
    -- The only day on which a code that is still in use changed its land. What a code meant on either side of it:
    -- today's code, and the region of today. Empty where the land was divided. The first row of a code holds for all days
    -- before its second.
    toDate(registered_at) >= toDate('2022-06-08') AS after_reform,
    (
        SELECT
            (
                groupArray(code), groupArray(before), groupArray(after),
                groupArray(if(before = '', '', concat(substring(before, 1, 2), '0000000'))),
                groupArray(if(after = '', '', concat(substring(after, 1, 2), '0000000'))),
                groupArray(toUInt32OrZero(before)), groupArray(toUInt32OrZero(after))
            )
        FROM
        (
            SELECT
                code,
                if(countIf(begun < toDate32('2022-06-08')) = 0, argMin(leads_to, begun), argMaxIf(leads_to, begun, begun < toDate32('2022-06-08'))) AS before,
                argMax(leads_to, begun) AS after
            FROM (SELECT code, ifNull(valid_from, toDate32('1900-01-01')) AS begun, ifNull(today_code, '') AS leads_to FROM regions)
            GROUP BY code
        )
    ) AS today,
    if(after_reform, transform(region_code, today.1, today.3, ''), transform(region_code, today.1, today.2, '')) AS region_today,
    if(after_reform, transform(district_code, today.1, today.3, ''), transform(district_code, today.1, today.2, '')) AS district_today,
    if(after_reform, transform(district_code, today.1, today.5, ''), transform(district_code, today.1, today.4, '')) AS region_of_district,
    if(after_reform, transform(region_code, today.1, today.7, toUInt32(0)), transform(region_code, today.1, today.6, toUInt32(0))) AS region_number,
    if(after_reform, transform(district_code, today.1, today.7, toUInt32(0)), transform(district_code, today.1, today.6, toUInt32(0))) AS district_number
SELECT
    -- The first value of the partition, which a projection knows too, while it knows no column but its own.
    _partition_value.1 AS source,
    toStartOfMonth(registered_at) AS month,
    toYear(month) AS year,
    toUInt8(intDiv(toMonth(month) - 1, 6) + 1) AS half,
    toDate(registered_at) AS registered_on,
    region_code,
    -- A district tells today's region even where its old region was divided.
    nullIf(if(region_of_district != '', region_of_district, region_today), '') AS region_today_code,
    nullIf(district_today, '') AS district_today_code,
    CAST(if(district_number != 0, district_number, region_number), 'UInt32') AS place_today,
    category_code,
    body,
    status,
    finished_at >= registered_at AND status IN ('closed', 'closed_overdue') AS is_answered,
    toUInt16(least(round(dateDiff('second', registered_at, assumeNotNull(finished_at)) / 8640), 65535)) AS tenths_to_close
FROM complaints
SETTINGS max_threads_for_indexes = 1
COMMENT 'Complaints with what counts are made of: month, place of today, category, body and state; answered from the projections of complaints where a question allows. Names and identities are in complaints_today. Grain: complaint';

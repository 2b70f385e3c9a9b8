-- Problems raised again and again: complaints of one place and category whose texts are nearly the same, at least
-- three of them, on at least two days. Grain: today's region × today's district × category × group of texts.
-- A fingerprint has four lanes, and texts are nearly the same when three agree: so a fingerprint has four keys, one
-- without each lane, and fingerprints that are alike have a key in common. Likeness is passed on three times, so that
-- a text belongs to the group of what is like a text like its own.
CREATE OR REPLACE VIEW systemic_issues
(
    region_today_code     Nullable(String)                 COMMENT 'KATO code of the region in today''s division',
    region                Nullable(String)                 COMMENT 'Its name on the last day',
    district_today_code   Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null when unknown',
    district              Nullable(String)                 COMMENT 'Its name on the last day; null when unknown',
    category_code         LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories); null when unknown',
    complaints            UInt64                           COMMENT 'Complaints of the group, three at least',
    days                  UInt64                           COMMENT 'Different days on which they were registered, two at least',
    months                UInt64                           COMMENT 'Different months',
    first_day             Date                             COMMENT 'Day of the first complaint',
    last_day              Date                             COMMENT 'Day of the last complaint',
    overdue_share_percent Float64                          COMMENT 'Late ones, percent of those of the group whose state is known; nan when of none',
    open_share_percent    Float64                          COMMENT 'Open ones, percent of the same; nan when of none',
    example               String                           COMMENT 'Shortest text of the group, personal data masked'
)
AS
WITH
    (f, lane) -> bitOr(bitShiftLeft(bitShiftRight(bitShiftRight(f, 16 * lane), 16), 16 * lane), bitAnd(f, bitShiftLeft(toUInt64(1), 16 * lane) - 1)) AS without,
    told AS
    (
        SELECT
            source, complaint_id, registered_on, month, region_today_code, region, district_today_code, district, category_code,
            is_overdue, status, text, text_fingerprint AS fingerprint,
            cityHash64(region_today_code, ifNull(district_today_code, ''), ifNull(category_code, '')) AS cell
        FROM complaints_today
        WHERE text_fingerprint != 0 AND region_today_code IS NOT NULL
    ),
    -- Every fingerprint under its four keys.
    keyed AS
    (
        SELECT cell, fingerprint, cityHash64(cell, without(fingerprint, arrayJoin([0, 1, 2, 3]))) AS key
        FROM told
    ),
    -- Those that share a key with another complaint's, and the smallest of those they share it with. Most keys are met
    -- once: they are counted first, so that only the others need memory for their members.
    once AS
    (
        SELECT cell, arrayJoin(members) AS fingerprint, min(smallest) AS label
        FROM
        (
            SELECT any(k.cell) AS cell, min(k.fingerprint) AS smallest, groupUniqArray(k.fingerprint) AS members
            FROM keyed AS k
            WHERE key IN (SELECT key FROM keyed GROUP BY key HAVING count() > 1)
            GROUP BY key
        )
        GROUP BY cell, fingerprint
    ),
    twice AS
    (
        SELECT cell, arrayJoin(members) AS fingerprint, min(smallest) AS label
        FROM
        (
            SELECT any(k.cell) AS cell, cityHash64(k.cell, without(k.fingerprint, arrayJoin([0, 1, 2, 3]))) AS key, min(k.label) AS smallest, groupArray(k.fingerprint) AS members
            FROM once AS k
            GROUP BY key
        )
        GROUP BY cell, fingerprint
    ),
    thrice AS
    (
        SELECT cell, arrayJoin(members) AS fingerprint, min(smallest) AS label
        FROM
        (
            SELECT any(k.cell) AS cell, cityHash64(k.cell, without(k.fingerprint, arrayJoin([0, 1, 2, 3]))) AS key, min(k.label) AS smallest, groupArray(k.fingerprint) AS members
            FROM twice AS k
            GROUP BY key
        )
        GROUP BY cell, fingerprint
    )
SELECT
    t.region_today_code AS region_today_code,
    argMax(t.region, t.registered_on) AS region,
    t.district_today_code AS district_today_code,
    argMax(t.district, t.registered_on) AS district,
    t.category_code AS category_code,
    count() AS complaints,
    uniqExact(t.registered_on) AS days,
    uniqExact(t.month) AS months,
    min(t.registered_on) AS first_day,
    max(t.registered_on) AS last_day,
    round(countIf(t.is_overdue) / countIf(t.status != 'unknown') * 100, 2) AS overdue_share_percent,
    round(countIf(t.status IN ('open', 'open_overdue')) / countIf(t.status != 'unknown') * 100, 2) AS open_share_percent,
    argMinIf(t.text, (length(t.text), t.source, t.complaint_id), t.text != '') AS example
FROM told AS t
INNER JOIN thrice AS g ON g.cell = t.cell AND g.fingerprint = t.fingerprint
GROUP BY t.cell, g.label, region_today_code, district_today_code, category_code
HAVING complaints >= 3 AND days >= 2
ORDER BY complaints DESC, first_day, region_today_code, district_today_code, category_code, example
SETTINGS join_use_nulls = 0
COMMENT 'Problems raised again and again in one place: groups of at least three complaints of one district (today''s division) and category, on at least two days, whose texts are nearly the same. region and district are the names on the last day; shares are percent of the group; example is its shortest text. Complaints without a region of today or with too short a text are in none';

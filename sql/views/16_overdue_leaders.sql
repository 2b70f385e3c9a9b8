-- Which bodies are late most often.
-- Purpose: whom to ask first. Grain: half-year × body. A body is its identity (see bodies) with its region: that of its
-- name, else that of the complaint, none for a body of the republic; a name that tells no identity stands for itself.
-- Columns: see their comments. Shares are of decided complaints: closed, or open and late. A body with fewer than 100
-- of them in the half-year has no rank by share.
-- Example: SELECT name, overdue, overdue_share_percent FROM overdue_leaders
--          WHERE half_year = '2025-H2' ORDER BY rank_by_share LIMIT 20
CREATE OR REPLACE VIEW overdue_leaders
(
    half_year             String            COMMENT 'Half-year of registration: 2022-H2',
    year                  UInt16            COMMENT 'Its year',
    body_key              Nullable(String)  COMMENT 'Identity of the body (see bodies); null when its name tells none',
    name                  String            COMMENT 'The spelling met most often',
    body_level            Nullable(String)  COMMENT 'central or local; null when the name does not tell',
    region_today_code     Nullable(String)  COMMENT 'KATO code of its region in today''s division; null for a body of the republic and when unknown',
    complaints            UInt64            COMMENT 'Complaints of sources that tell of delays (see timed_sources)',
    decided               UInt64            COMMENT 'Of them closed, or open and late',
    overdue               UInt64            COMMENT 'Of them late, open or closed',
    open_overdue          UInt64            COMMENT 'Of them late and still open',
    overdue_share_percent Nullable(Float64) COMMENT 'overdue of decided, percent; null when none is decided',
    rank                  UInt64            COMMENT 'Place by number of late ones within the half-year, 1 has most',
    rank_by_share         Nullable(UInt64)  COMMENT 'Place by share of late ones, 1 has the largest; null below 100 decided complaints'
)
AS
WITH
    (SELECT groupArray(toString(source)) FROM timed_sources) AS timed,
    -- A region as a number, the first two digits of its code, is counted by in less time; 0 is none. The projection is
    -- named, so that the engine need not weigh the others.
    counted AS
    (
        SELECT
            year, half, toUInt8(intDiv(place_today, 10000000)) AS region, body,
            count() AS complaints,
            countIf(status = 'open_overdue') AS open_overdue,
            countIf(status = 'closed') AS closed_in_time,
            countIf(status = 'closed_overdue') AS closed_overdue
        FROM countable_complaints
        WHERE has(timed, toString(source))
        GROUP BY year, half, region, body
        SETTINGS preferred_optimize_projection_name = 'by_body'
    ),
    named AS
    (
        SELECT
            c.year AS year, c.half AS half, c.complaints AS complaints, c.open_overdue AS open_overdue,
            c.closed_in_time AS closed_in_time, c.closed_overdue AS closed_overdue,
            c.name AS spelling, b.body_key AS body_key,
            if(body_key = '', c.name, body_key) AS identity,
            multiIf(b.level = 'republic', '', b.region_code IS NOT NULL, toString(assumeNotNull(b.region_code)), if(c.region = 0, '', concat(leftPad(toString(c.region), 2, '0'), '0000000'))) AS place,
            if(b.scope IN ('central', 'local'), toString(b.scope), '') AS level
        FROM (SELECT *, toString(assumeNotNull(body)) AS name FROM counted WHERE body IS NOT NULL) AS c
        LEFT JOIN bodies AS b ON b.body = c.name
    ),
    summed AS
    (
        SELECT
            year, half, identity, place,
            any(n.body_key) AS body_key,
            argMax(n.spelling, n.complaints) AS name,
            any(n.level) AS level,
            sum(n.complaints) AS complaints,
            sum(n.open_overdue) AS late_open,
            sum(n.closed_overdue) AS late_closed,
            late_open + late_closed AS overdue,
            overdue + sum(n.closed_in_time) AS decided
        FROM named AS n
        GROUP BY year, half, identity, place
    )
SELECT
    concat(toString(year), '-H', toString(half)) AS half_year,
    year,
    nullIf(body_key, '') AS body_key,
    name,
    nullIf(level, '') AS body_level,
    nullIf(place, '') AS region_today_code,
    complaints,
    decided,
    overdue,
    late_open AS open_overdue,
    round(overdue / nullIf(decided, 0) * 100, 2) AS overdue_share_percent,
    rank() OVER (PARTITION BY year, half ORDER BY overdue DESC) AS rank,
    if(decided >= 100, rank() OVER (PARTITION BY year, half ORDER BY if(decided >= 100, overdue / decided, -1) DESC), NULL) AS rank_by_share
FROM summed
SETTINGS join_use_nulls = 0, max_threads_for_indexes = 1
COMMENT 'Bodies by number and share of late complaints within a half-year, ranked. Grain: half-year × body';

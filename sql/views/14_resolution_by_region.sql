-- Which regions answer in time, and which do not.
-- Purpose: regions side by side, by period. Grain: half-year × today's region. Month by month and by category: see
-- resolution.
-- Columns: see their comments. Of sources that tell nothing of delays (see timed_sources) there are none. A complaint
-- counts as decided when it is closed, or open and late; what is open and not yet due, withdrawn or forwarded says nothing
-- of the region. Ranks are among regions of today with at least 30 decided complaints in the half-year; others have none.
-- Example: SELECT region, in_time_share_percent, rank FROM resolution_by_region
--          WHERE half_year = '2025-H2' ORDER BY rank
CREATE OR REPLACE VIEW resolution_by_region
(
    half_year             String            COMMENT 'Half-year of registration: 2022-H2',
    year                  UInt16            COMMENT 'Its year',
    region_today_code     Nullable(String)  COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    region                Nullable(String)  COMMENT 'Its name in Russian',
    complaints            UInt64            COMMENT 'Complaints of sources that tell of delays (see timed_sources)',
    open                  UInt64            COMMENT 'Open and not late',
    open_overdue          UInt64            COMMENT 'Open and late',
    closed_in_time        UInt64            COMMENT 'Closed in time',
    closed_overdue        UInt64            COMMENT 'Closed late',
    decided               UInt64            COMMENT 'closed_in_time, closed_overdue and open_overdue together',
    in_time_share_percent Nullable(Float64) COMMENT 'closed_in_time of decided, percent; null when none is decided',
    overdue_share_percent Nullable(Float64) COMMENT 'Late ones of decided, percent; null when none is decided',
    days_median           Nullable(Float64) COMMENT 'Days in which half of the closed ones were answered; null when no times are known',
    days_p90              Nullable(Float64) COMMENT 'Days in which nine in ten were',
    rank                  Nullable(UInt64)  COMMENT 'Place by share in time within the half-year, 1 is best; null below 30 decided complaints'
)
AS
WITH
    (SELECT groupArray(toString(source)) FROM timed_sources) AS timed,
    counted AS
    (
        SELECT
            year, half, region_today_code,
            max(registered_on) AS last_day,
            count() AS complaints,
            countIf(status = 'open') AS open,
            countIf(status = 'open_overdue') AS open_overdue,
            countIf(status = 'closed') AS closed_in_time,
            countIf(status = 'closed_overdue') AS closed_overdue,
            countIf(is_answered) AS answered,
            quantilesExactIf(0.5, 0.9)(tenths_to_close, is_answered) AS tenths
        FROM countable_complaints
        WHERE has(timed, toString(source))
        GROUP BY year, half, region_today_code
    ),
    shares AS
    (
        SELECT *, ifNull(region_today_code, '') AS place, closed_in_time + closed_overdue + open_overdue AS decided
        FROM counted
    )
SELECT
    concat(toString(s.year), '-H', toString(s.half)) AS half_year,
    s.year AS year,
    s.region_today_code AS region_today_code,
    nullIf(d.name_ru, '') AS region,
    s.complaints AS complaints,
    s.open AS open,
    s.open_overdue AS open_overdue,
    s.closed_in_time AS closed_in_time,
    s.closed_overdue AS closed_overdue,
    s.decided AS decided,
    round(s.closed_in_time / nullIf(s.decided, 0) * 100, 2) AS in_time_share_percent,
    round((s.closed_overdue + s.open_overdue) / nullIf(s.decided, 0) * 100, 2) AS overdue_share_percent,
    if(s.answered = 0, NULL, s.tenths[1] / 10) AS days_median,
    if(s.answered = 0, NULL, s.tenths[2] / 10) AS days_p90,
    if(s.decided >= 30 AND s.place != '', rank() OVER (PARTITION BY s.year, s.half ORDER BY if(s.decided >= 30 AND s.place != '', s.closed_in_time / s.decided, -1) DESC), NULL) AS rank
FROM shares AS s
ASOF LEFT JOIN divisions AS d ON d.code = s.place AND d.since <= s.last_day
SETTINGS join_use_nulls = 0
COMMENT 'Complaints, of sources that tell of delays, closed in time and late, days to an answer, and the rank of the region by share in time, by half-year and today''s region. Grain: half-year × today''s region';

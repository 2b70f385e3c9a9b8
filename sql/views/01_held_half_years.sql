-- Half-years that the warehouse holds whole, by source: from within ten days of the begin to within ten days of the end.
-- Purpose: growth compares only these. Grain: source × half-year.
-- Columns: see their comments.
-- Example: SELECT * FROM held_half_years WHERE source = 'eotinish' ORDER BY half_year
CREATE OR REPLACE VIEW held_half_years
(
    source    LowCardinality(String) COMMENT 'Where complaints are published (see sources)',
    half_year String                 COMMENT 'Half-year of registration: 2022-H2',
    year      UInt16                 COMMENT 'Its year',
    number    Int32                  COMMENT 'Number of the half-year, one more than that of the one before: twice the year, and 1 or 2'
)
AS
SELECT
    _partition_value.1 AS source, -- as in timed_sources
    concat(toString(year), '-H', toString(half)) AS half_year,
    toUInt16(intDiv(_partition_value.2, 100)) AS year, -- the second value of the partition is the month: 202207
    toInt32(year * 2 + half) AS number
FROM complaints
GROUP BY source, year, toUInt8(intDiv(_partition_value.2 % 100 - 1, 6) + 1) AS half
-- First and last times of a part, and the month of its partition, are known without reading anything.
HAVING toDate(min(registered_at)) <= makeDate(year, half * 6 - 5, 1) + 10 AND toDate(max(registered_at)) >= addMonths(makeDate(year, half * 6 - 5, 1), 6) - 11
COMMENT 'Half-years of which the warehouse has complaints of a source from within ten days of the begin to within ten days of the end: growth compares only these. Grain: source × half-year';

-- How many complaints a source has a month, beside what is usual by its own history. Grain: source × month. Usual is
-- the median of up to twelve months before; the bounds lie six spreads from it, where the spread is the median
-- distance from the median (× 1.4826, which makes it a standard deviation where volumes are normal), at least a
-- twentieth of the usual and the square root of it. A month without complaints between two with some counts as 0. The
-- first and the last month are left out, for they may not be whole. With fewer than six months before, or fewer than
-- 50 complaints usual, nothing is learned.
-- Example: SELECT * FROM usual_volumes WHERE complaints < low
CREATE OR REPLACE VIEW usual_volumes
(
    source     String            COMMENT 'Where the complaints come from (see sources)',
    month      Date              COMMENT 'First day of the month',
    complaints UInt64            COMMENT 'Complaints registered in it',
    months     UInt64            COMMENT 'Months before it that were learned from, twelve at most',
    usual      Nullable(Float64) COMMENT 'Median of those months; null where there are too few',
    low        Nullable(Float64) COMMENT 'Below this a month lacks complaints; null where nothing is learned',
    high       Nullable(Float64) COMMENT 'Above this a month has too many; null where nothing is learned'
)
AS
WITH
    counted AS
    (
        SELECT source, toStartOfMonth(registered_at) AS month, count() AS complaints
        FROM complaints
        GROUP BY source, month
    ),
    whole AS
    (
        SELECT
            source,
            arrayMap(i -> addMonths(min(month), i), range(1, toUInt64(greatest(1, dateDiff('month', min(month), max(month)))))) AS months,
            mapFromArrays(groupArray(month), groupArray(complaints)) AS found,
            arrayMap(m -> found[m], months) AS volumes
        FROM counted
        GROUP BY source
    ),
    told AS
    (
        SELECT source, months[i] AS month, volumes[i] AS complaints, arraySlice(volumes, greatest(1, i - 12), least(12, i - 1)) AS before
        FROM whole
        ARRAY JOIN arrayEnumerate(months) AS i
    ),
    learned AS
    (
        SELECT
            *,
            arrayReduce('quantileExactInclusive(0.5)', before) AS median,
            arrayReduce('quantileExactInclusive(0.5)', arrayMap(v -> abs(v - median), before)) AS distance,
            greatest(1.4826 * distance, median / 20, sqrt(median)) AS spread
        FROM told
    )
SELECT
    source,
    month,
    complaints,
    length(before) AS months,
    if(months < 6 OR median < 50, NULL, median) AS usual,
    usual - 6 * spread AS low,
    usual + 6 * spread AS high
FROM learned
SETTINGS join_use_nulls = 0
COMMENT 'Complaints of every whole month of a source beside what is usual by the twelve months before, with bounds learned from them. Grain: source × month';

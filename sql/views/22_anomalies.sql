-- Months in which a place had far more complaints of a category than its season explains.
-- Purpose: where something happened. Grain: source × month × place (today's region and district) × category, of months
-- that have passed and with at least 20 complaints; complaints without a region or category of today are in none.
-- Method. The months of a source, place and category are a series. Sources begin, end and have gaps: a month in which the
-- warehouse has no complaint of the source, wherever in the country, is not known and no part of the series; in any other a
-- place without complaints has zero. A month is expected to have what is usual there: the larger of two medians, that of the
-- 12 months before (recent) and that of the same calendar month of the earlier years (season), both of known months. Its
-- scatter is 1.4826 × the median absolute deviation of the 12 months before from their median, but at least the square root
-- of what is expected (chance alone) and at least 1. score = (complaints - expected) / scatter. state says:
--   jump                  score at least 3.5, and at least half as many again as expected
--   usual                 anything else
--   insufficient_history  fewer than 12 known months before it: neither usual level nor season is known, so there is no score
-- The history of a place begins with its first complaint of any category to the source, for a district that is new has no
-- past to compare with. With 12 months of history the season is one month, the same of the year before.
-- Speed: the rows are kept in anomaly_months, and read from there unless a load of complaints was begun after they were made.
-- Example: SELECT month, region_today_code, district_today_code, category_code, complaints, expected, score
--          FROM anomalies WHERE source = 'eotinish' AND year = 2025 AND state = 'jump' ORDER BY score DESC LIMIT 20
CREATE OR REPLACE VIEW anomalies
(
    source              LowCardinality(String)           COMMENT 'Where they were published (see sources)',
    month               Date                             COMMENT 'First day of the month',
    year                UInt16                           COMMENT 'Its year',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region in today''s division',
    district_today_code Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null: complaints of the region that name none',
    category_code       LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories)',
    complaints          Int64                            COMMENT 'Complaints of the month',
    recent              Nullable(Float64)                COMMENT 'Median of the 12 months before that are held of the source; null without such a history',
    season              Nullable(Float64)                COMMENT 'Median of the same calendar month of the earlier years, as far as held; null where none is',
    expected            Nullable(Float64)                COMMENT 'The larger of both; null without a history',
    score               Nullable(Float64)                COMMENT 'How far complaints exceed it, in scatters; null without a history',
    state               String                           COMMENT 'jump, usual or insufficient_history'
)
AS
WITH
    (
        SELECT maxIf(load_id, target = 'complaints') <= maxIf(load_id, target = 'anomaly_months') AND (SELECT count() FROM anomaly_months) > 0
        FROM loads
        WHERE target IN ('complaints', 'anomaly_months')
    ) AS are_kept,
    -- The months that are held of each source: those with any complaint of it, the newest when one is of its last day.
    (
        SELECT (groupArray(source), groupArray(months))
        FROM
        (
            SELECT
                toString(source) AS source,
                max(month) AS newest,
                arrayFilter((m, last_day) -> m < newest OR last_day = toLastDayOfMonth(m), groupArray(month), groupArray(last_day)) AS months
            FROM
            (
                SELECT _partition_value.1 AS source, makeDate(intDiv(_partition_value.2, 100), _partition_value.2 % 100, 1) AS month, toDate(max(registered_at)) AS last_day
                FROM complaints -- of which nothing is read: see held_half_years
                GROUP BY source, month
            )
            GROUP BY source
        )
    ) AS held,
    arrayMin(arrayFlatten(held.2)) AS first,
    toUInt32(dateDiff('month', first, arrayMax(arrayFlatten(held.2))) + 1) AS length,
    -- Beside each source 1 for every month from the first to the last of the warehouse that is not held of it.
    arrayMap(months -> arrayMap(i -> NOT has(months, addMonths(first, i)), range(length)), held.2) AS missing,
    (SELECT groupArray(code) FROM (SELECT code FROM categories ORDER BY code)) AS codes,
    -- Counted by numbers, which takes half the time of counting by codes: place_today, and those of source and category.
    counted AS
    (
        SELECT
            CAST(transform(source, held.1, range(1, length(held.1) + 1), 0), 'UInt16') AS source_number, month, place_today AS spot,
            CAST(transform(ifNull(category_code, ''), codes, range(1, length(codes) + 1), 0), 'UInt16') AS category,
            count() AS complaints
        FROM countable_complaints
        WHERE NOT are_kept
        GROUP BY source_number, month, spot, category
        SETTINGS preferred_optimize_projection_name = 'by_place'
    ),
    -- The history of a place begins with its first complaint of any category. Series that never reach 20, which are most, are
    -- left out before they are written out.
    series AS
    (
        SELECT
            source_number, spot, category,
            -- groupArrayInsertAt would do it in one, but the whole view took a tenth more instructions with it.
            groupArray(toInt32(toRelativeMonthNum(c.month) - toRelativeMonthNum(first)) + 1) AS places,
            groupArray(toInt32(c.complaints)) AS told,
            max(c.complaints) AS most,
            min(arrayMin(places)) OVER (PARTITION BY source_number, spot) AS beginning
        FROM counted AS c
        WHERE c.spot != 0 AND c.category != 0
        GROUP BY source_number, spot, category
    ),
    populated AS
    (
        SELECT
            source_number, spot, category, beginning,
            has(places, 1) AS from_first,
            mapPopulateSeries(if(from_first, places, arrayPushBack(places, 1)), if(from_first, told, arrayPushBack(told, 0)), toInt32(length)).2 AS zeros,
            -- A month that is not held is -1.
            arrayMap((c, m) -> if(m, toInt32(-1), c), zeros, missing[source_number]) AS counts
        FROM series
        WHERE most >= 20
    ),
    -- seasons are the same counts, ordered by calendar month, each with years of them; kept are those of months that are held,
    -- and ranks say for each month how many of them there are until it.
    begun AS
    (
        SELECT
            *,
            arrayFilter(c -> c >= 0, counts) AS kept,
            arrayCumSum(arrayMap(c -> toInt32(c >= 0), counts)) AS ranks,
            arraySort((c, i) -> (i - 1) % 12 * length + i, counts, arrayEnumerate(counts)) AS seasons,
            ranks[beginning] AS first_rank
        FROM populated
    ),
    -- Arrays that are handed into a lambda, or joined, are copied for every element: so only slices of them are.
    months AS
    (
        SELECT
            source_number, spot, category, kept, seasons, place, beginning, rank, rank - first_rank AS before, addMonths(first, place - 1) AS month
        FROM begun
        ARRAY JOIN arrayFilter((i, c) -> c >= 20, arrayEnumerate(counts), counts) AS place, arrayFilter((r, c) -> c >= 20, ranks, counts) AS rank
    ),
    histories AS
    (
        SELECT
            source_number, month, category,
            leftPad(toString(spot), 9, '0') AS code,
            kept[rank] AS complaints,
            before,
            -- Added to what is not known without a history: a condition around that took a fifth more instructions, for the
            -- engine computes late what stands in one.
            if(before < 12, NULL, 0) AS known,
            arraySort(arraySlice(kept, greatest(rank - 12, 1), 12)) AS recent,
            -- Where the calendar month of this place begins among the seasons, how many of it are before, and how many of those
            -- are not held, which come first when sorted.
            (place - 1) % 12 AS calendar,
            intDiv(length, 12) * calendar + least(calendar, length % 12) AS earlier,
            toUInt32(intDiv(place - beginning, 12)) AS years,
            arraySort(arraySlice(seasons, earlier + intDiv(place - 1, 12) - years + 1, years)) AS season,
            countEqual(season, -1) AS lost,
            years - lost AS told,
            (recent[6] + recent[7]) / 2 AS recent_median,
            if(told = 0, 0, season[lost + intDiv(told + 1, 2)] + season[lost + intDiv(told, 2) + 1]) / 2 AS season_median,
            greatest(recent_median, season_median) AS usually,
            arraySort(arrayMap(c -> abs(c - recent_median), recent)) AS distances,
            greatest(1.4826 * (distances[6] + distances[7]) / 2, sqrt(usually), 1) AS scatter
        FROM months
    )
SELECT
    held.1[source_number] AS source,
    month,
    toYear(month) AS year,
    concat(substring(code, 1, 2), '0000000') AS region_today_code,
    if(endsWith(code, '0000000'), NULL, code) AS district_today_code,
    codes[category] AS category_code,
    toInt64(complaints) AS complaints,
    recent_median + known AS recent,
    season_median + if(told = 0, NULL, known) AS season,
    usually + known AS expected,
    round((complaints - usually) / scatter, 2) + known AS score,
    multiIf(before < 12, 'insufficient_history', score >= 3.5 AND complaints >= 1.5 * usually, 'jump', 'usual') AS state
FROM histories
UNION ALL
SELECT * FROM anomaly_months WHERE are_kept
SETTINGS max_threads_for_indexes = 1
COMMENT 'Months with at least 20 complaints of a source, place and category, with what was to be expected of their season, a robust score and whether it is a jump. Grain: source × month × today''s region × today''s district × category';

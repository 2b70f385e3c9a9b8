-- Months in which a place had far more complaints of a category than its season explains.
-- Purpose: where something happened. Grain: month × place (today's region and district) × category, of months that have
-- passed and with at least 20 complaints; complaints without a region or category of today are in none.
-- Method. For each place and category the months from the first to the last of the warehouse are a series; a month
-- without complaints is a zero. A month is expected to have what is usual there: the larger of two medians, that of the
-- 12 months before (recent) and that of the same calendar month of the earlier years (season). Its scatter is 1.4826 ×
-- the median absolute deviation of the 12 months before from their median, but at least the square root of what is
-- expected (chance alone) and at least 1. score = (complaints - expected) / scatter. state says:
--   jump                  score at least 3.5, and at least half as many again as expected
--   usual                 anything else
--   insufficient_history  fewer than 12 months before it: neither usual level nor season is known, so there is no score
-- The history of a place begins with its first complaint of any category, for a district that is new has no past to
-- compare with. With 12 months of history the season is one month, the same of the year before.
-- Example: SELECT month, region_today_code, district_today_code, category_code, complaints, expected, score
--          FROM anomalies WHERE year = 2025 AND state = 'jump' ORDER BY score DESC LIMIT 20
CREATE OR REPLACE VIEW anomalies
(
    month               Date                             COMMENT 'First day of the month',
    year                UInt16                           COMMENT 'Its year',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region in today''s division',
    district_today_code Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null: complaints of the region that name none',
    category_code       LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories)',
    complaints          Int64                            COMMENT 'Complaints of the month',
    recent              Nullable(Float64)                COMMENT 'Median of the 12 months before; null without such a history',
    season              Nullable(Float64)                COMMENT 'Median of the same calendar month of the earlier years',
    expected            Nullable(Float64)                COMMENT 'The larger of both',
    score               Nullable(Float64)                COMMENT 'How far complaints exceed it, in scatters; null without a history',
    state               String                           COMMENT 'jump, usual or insufficient_history'
)
AS
WITH
    (SELECT (toDate(min(registered_at)), toDate(max(registered_at))) FROM complaints) AS held,
    toStartOfMonth(assumeNotNull(held.1)) AS first,
    toStartOfMonth(assumeNotNull(held.2)) AS newest,
    -- The last month counts when the warehouse has complaints of its last day.
    if(assumeNotNull(held.2) = toLastDayOfMonth(newest), newest, addMonths(newest, -1)) AS last,
    toUInt32(greatest(dateDiff('month', first, last) + 1, 0)) AS length,
    (SELECT groupArray(code) FROM (SELECT code FROM categories ORDER BY code)) AS codes,
    -- Counted by numbers, which takes half the time of counting by codes: place_today, and the number of the category.
    counted AS
    (
        SELECT
            month, place_today AS spot,
            CAST(transform(ifNull(category_code, ''), codes, range(1, length(codes) + 1), 0), 'UInt16') AS category,
            count() AS complaints
        FROM countable_complaints
        GROUP BY month, spot, category
        SETTINGS preferred_optimize_projection_name = 'by_place'
    ),
    series AS
    (
        SELECT
            spot, category,
            -- groupArrayInsertAt would do it in one, but the whole view took a tenth more instructions with it.
            groupArray(toInt32(toRelativeMonthNum(c.month) - toRelativeMonthNum(first)) + 1) AS places,
            groupArray(toInt32(c.complaints)) AS told,
            has(places, 1) AS from_first,
            mapPopulateSeries(if(from_first, places, arrayPushBack(places, 1)), if(from_first, told, arrayPushBack(told, 0)), toInt32(length)).2 AS counts
        FROM counted AS c
        WHERE c.spot != 0 AND c.category != 0
        GROUP BY spot, category
    ),
    -- The history of a place begins with its first complaint of any category. seasons are the same counts, ordered by
    -- calendar month, each with years of them.
    begun AS
    (
        SELECT
            *,
            arraySort((c, i) -> (i - 1) % 12 * length + i, counts, arrayEnumerate(counts)) AS seasons,
            min(arrayFirstIndex(c -> c > 0, counts)) OVER (PARTITION BY spot) AS beginning
        FROM series
    ),
    -- Arrays that are handed into a lambda, or joined, are copied for every element: so only slices of them are.
    months AS
    (
        SELECT
            spot, category, counts, seasons, place, place - beginning AS before, addMonths(first, place - 1) AS month
        FROM begun
        ARRAY JOIN arrayFilter((i, c) -> c >= 20, arrayEnumerate(counts), counts) AS place
    ),
    histories AS
    (
        SELECT
            month, category,
            leftPad(toString(spot), 9, '0') AS code,
            counts[place] AS complaints,
            before,
            -- Added to what is not known without a history: a condition around that took a fifth more instructions, for the
            -- engine computes late what stands in one.
            if(before < 12, NULL, 0) AS known,
            arraySort(arraySlice(counts, greatest(place - 12, 1), 12)) AS recent,
            -- Where the calendar month of this place begins among the seasons, and how many of it are before.
            (place - 1) % 12 AS calendar,
            intDiv(length, 12) * calendar + least(calendar, length % 12) AS earlier,
            toUInt32(intDiv(before, 12)) AS years,
            arraySort(arraySlice(seasons, earlier + intDiv(place - 1, 12) - years + 1, years)) AS season,
            (recent[6] + recent[7]) / 2 AS recent_median,
            (season[intDiv(years + 1, 2)] + season[intDiv(years, 2) + 1]) / 2 AS season_median,
            greatest(recent_median, season_median) AS usually,
            arraySort(arrayMap(c -> abs(c - recent_median), recent)) AS distances,
            greatest(1.4826 * (distances[6] + distances[7]) / 2, sqrt(greatest(usually, 0)), 1) AS scatter
        FROM months
    )
SELECT
    month,
    toYear(month) AS year,
    concat(substring(code, 1, 2), '0000000') AS region_today_code,
    if(endsWith(code, '0000000'), NULL, code) AS district_today_code,
    codes[category] AS category_code,
    toInt64(complaints) AS complaints,
    recent_median + known AS recent,
    season_median + known AS season,
    usually + known AS expected,
    round((complaints - usually) / scatter, 2) + known AS score,
    multiIf(before < 12, 'insufficient_history', score >= 3.5 AND complaints >= 1.5 * usually, 'jump', 'usual') AS state
FROM histories
SETTINGS max_threads_for_indexes = 1
COMMENT 'Months with at least 20 complaints of a place and category, with what was to be expected of their season, a robust score and whether it is a jump. Grain: month × today''s region × today''s district × category';

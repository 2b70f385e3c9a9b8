-- What the reports that were read say of one figure, taken together: one value where they agree, none where they
-- contradict each other, and then all their values beside it. Grain: subject × channel × metric × detail × period ×
-- unit.
-- Example: SELECT subject, metric, period, values FROM reported_figures WHERE length(values) > 1
CREATE OR REPLACE VIEW reported_figures
(
    subject_code String            COMMENT 'Whose figure it is, as in claims',
    subject      String            COMMENT 'The same for people',
    channel      String            COMMENT 'Of whose work or of which list it speaks, as in claims',
    metric       String            COMMENT 'What is counted, as in claims',
    detail       Nullable(String)  COMMENT 'What a share is of, or what a part is; null where nothing is said',
    period       String            COMMENT 'Time that it speaks of: 2022, 2022-H2, one day, or first/last day; empty when no report says it',
    unit         String            COMMENT 'count, percent or kzt',
    value        Nullable(Float64) COMMENT 'The figure; null where the reports contradict each other',
    values       Array(Float64)    COMMENT 'All figures that the reports name, smallest first',
    about        Bool              COMMENT 'Whether some report says about, over or under',
    reports      UInt64            COMMENT 'How many reports name it'
)
AS
SELECT
    subject_code,
    any(said.subject) AS subject,
    channel,
    metric,
    CAST(said.detail, 'Nullable(String)') AS detail,
    period,
    unit,
    if(length(values) = 1, values[1], NULL) AS value,
    arraySort(groupUniqArray(said.value)) AS values,
    max(said.qualifier != 'exact') AS about,
    uniqExact(said.snapshot) AS reports
FROM
(
    SELECT
        *,
        concat(formatDateTime(period_from, '%m%d'), formatDateTime(period_to, '%m%d')) AS days,
        multiIf(
            period_from IS NULL AND period_to IS NULL, '',
            period_from = period_to, toString(period_from),
            toYear(period_from) = toYear(period_to) AND days = '01011231', toString(toYear(period_from)),
            toYear(period_from) = toYear(period_to) AND days = '01010630', concat(toString(toYear(period_from)), '-H1'),
            toYear(period_from) = toYear(period_to) AND days = '07011231', concat(toString(toYear(period_from)), '-H2'),
            concat(ifNull(toString(period_from), ''), '/', ifNull(toString(period_to), ''))) AS period
    FROM claims
) AS said
GROUP BY subject_code, channel, metric, detail, period, unit
COMMENT 'Claims taken together: one value of a figure where all reports agree, none where they contradict each other. Grain: subject × channel × metric × detail × period × unit';

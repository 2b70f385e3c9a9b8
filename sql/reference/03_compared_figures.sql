-- Published figures beside what the reports that were read say, with the difference. A side that is not there is null,
-- and the note says why. Grain: published figure, and figure of a report that is no published one.
-- Example: SELECT subject, metric, reported, published FROM compared_figures WHERE difference != 0
CREATE OR REPLACE VIEW compared_figures
(
    question     String            COMMENT 'Query that answers the question; empty for a figure that only reports name',
    subject_code String            COMMENT 'Whose figure it is, as in claims',
    subject      String            COMMENT 'The same for people',
    channel      String            COMMENT 'Of whose work or of which list it speaks, as in claims',
    metric       String            COMMENT 'What is counted, as in published_figures',
    detail       Nullable(String)  COMMENT 'What a share is of, or what a part is; null where nothing is said',
    period       String            COMMENT 'Time that it speaks of: 2022, 2022-H2, one day, or first/last day; empty when nobody says it',
    unit         String            COMMENT 'count, percent, kzt or named',
    statement    String            COMMENT 'What was said in public, in our words; empty for a figure that only reports name',
    said_by      String            COMMENT 'Who said it, by office; empty for a figure that only reports name',
    reported     Nullable(Float64) COMMENT 'What the reports that were read say; null where none does or they contradict each other',
    published    Nullable(Float64) COMMENT 'The published figure; null where there is none, or no number',
    difference   Nullable(Float64) COMMENT 'reported − published; null where either is null',
    note         String            COMMENT 'Why a side is missing, or what is to be minded; empty when both are plain'
)
AS
SELECT
    p.question AS question,
    if(p.question = '', r.subject_code, p.subject_code) AS subject_code,
    if(p.question = '', r.subject, p.subject) AS subject,
    if(p.question = '', r.channel, p.channel) AS channel,
    if(p.question = '', r.metric, p.metric) AS metric,
    if(p.question = '', r.detail, p.detail) AS detail,
    if(p.question = '', r.period, p.period) AS period,
    if(p.question = '', r.unit, p.unit) AS unit,
    p.statement AS statement,
    p.said_by AS said_by,
    r.value AS reported,
    p.value AS published,
    round(r.value - p.value, 2) AS difference,
    multiIf(
        length(r.values) > 1, concat('reports disagree: ', arrayStringConcat(arrayMap(v -> toString(toDecimal64(v, 1)), r.values), ' / ')),
        r.reports = 0 AND p.unit = 'named', 'named without a figure',
        r.reports = 0, 'no report that was read says it',
        p.question = '', 'no published figure',
        r.about OR p.qualifier != 'exact', 'not exact: about, over or under',
        '') AS note
FROM (SELECT *, ifNull(detail, '') AS part FROM published_figures) AS p
FULL JOIN (SELECT *, ifNull(detail, '') AS part FROM reported_figures) AS r
    ON r.subject_code = p.subject_code AND r.channel = p.channel AND r.metric = p.metric AND r.part = p.part AND r.period = p.period AND r.unit = p.unit
SETTINGS join_use_nulls = 0
COMMENT 'Published figures beside what reports say, with the difference and a note where a side is missing. Grain: published figure, and figure of a report that is no published one';

-- What ran last night, how it ended, and what it brought.
-- Purpose: one look in the morning. Last night is the 24 hours up to the begin of the newest run. Grain: run × load; a run
-- that loaded nothing is one row without a load.
-- Columns: see their comments. A load that is unfinished was killed, and the next run does it again; a refused file was no
-- load, and stands with the run in which that was found out. The rejects of a file are counted by reason as far as they are
-- kept (see bounds.keep_rejects in the configuration); rejected counts all.
-- Example: SELECT pipeline, state, source, file, outcome, rows, rejected, rejects FROM last_night ORDER BY started_at, load_id
CREATE OR REPLACE VIEW last_night
(
    run_id      String                                COMMENT 'Run (see runs)',
    pipeline    LowCardinality(String)                COMMENT 'What ran',
    state       LowCardinality(String)                COMMENT 'How the run ended: running, ok, failed, contract, interrupted or died',
    started_at  DateTime64(3, 'Asia/Almaty')          COMMENT 'Begin of the run',
    finished_at Nullable(DateTime64(3, 'Asia/Almaty')) COMMENT 'End of the run; null while it runs and when it died',
    run_error   String                                COMMENT 'Why the run failed; empty when it did not',
    load_id     String                                COMMENT 'Load (see loads); empty for a run that loaded nothing',
    target      String                                COMMENT 'Table that was loaded; empty without a load',
    source      String                                COMMENT 'Whose file it was; empty without a load',
    snapshot    String                                COMMENT 'SHA-256 of the file',
    file        String                                COMMENT 'Its name; empty where the load is of many files',
    outcome     LowCardinality(String)                COMMENT 'done, failed, unfinished or refused; empty without a load',
    load_error  String                                COMMENT 'Why the load failed or the file was refused; empty otherwise',
    rows        UInt64                                COMMENT 'Rows that the load brought; of a refused file rows that were read',
    repeated    UInt64                                COMMENT 'Rows that a newer word replaced',
    rejected    UInt64                                COMMENT 'Rows that could not become facts',
    rejects     Map(String, UInt64)                   COMMENT 'How many of them by reason, of those that are kept'
)
AS
WITH
    (SELECT groupArray(id) FROM (SELECT runs.run_id AS id FROM runs ORDER BY id)) AS ids,
    night AS
    (
        SELECT * FROM runs WHERE started_at > (SELECT max(started_at) FROM runs) - INTERVAL 24 HOUR
    ),
    moved AS
    (
        SELECT
            l.load_id AS load_id, toString(l.target) AS target, any(l.run_id) AS run_id, toString(any(l.source)) AS source, any(l.snapshot) AS snapshot,
            multiIf(countIf(l.step = 'done') > 0, 'done', countIf(l.step = 'failed') > 0, 'failed', 'unfinished') AS outcome,
            anyIf(l.error, l.step = 'failed') AS error, max(l.rows) AS rows, max(l.repeated) AS repeated
        FROM loads AS l
        WHERE l.unit = '' AND l.target NOT IN ('systemic_groups', 'anomaly_months')
        GROUP BY load_id, target
        UNION ALL
        -- Ids of runs and loads order by time.
        SELECT s.load_id, 'complaints', arrayLast(id -> id <= s.load_id, ids), toString(s.source), s.snapshot, 'refused', s.reason, s.rows, 0
        FROM snapshots AS s
        WHERE s.state = 'refused' AND s.load_id NOT IN (SELECT loads.load_id FROM loads)
    ),
    refused AS
    (
        SELECT load_id, mapFromArrays(groupArray(why), groupArray(rows)) AS by_reason
        FROM (SELECT toString(r.load_id) AS load_id, toString(r.reason) AS why, count() AS rows FROM rejects AS r GROUP BY load_id, why ORDER BY why)
        GROUP BY load_id
    ),
    files AS
    (
        SELECT s.load_id AS load_id, if(count() = 1, any(s.name), '') AS name, sum(s.rejected) AS rejected
        FROM snapshots AS s
        GROUP BY load_id
    )
SELECT
    n.run_id AS run_id,
    n.pipeline AS pipeline,
    n.state AS state,
    n.started_at AS started_at,
    n.finished_at AS finished_at,
    n.error AS run_error,
    m.load_id AS load_id,
    m.target AS target,
    m.source AS source,
    m.snapshot AS snapshot,
    f.name AS file,
    m.outcome AS outcome,
    m.error AS load_error,
    m.rows AS rows,
    m.repeated AS repeated,
    f.rejected AS rejected,
    r.by_reason AS rejects
FROM night AS n
LEFT JOIN moved AS m ON m.run_id = n.run_id
LEFT JOIN files AS f ON f.load_id = m.load_id
LEFT JOIN refused AS r ON r.load_id = m.load_id
SETTINGS join_use_nulls = 0
COMMENT 'Runs of the 24 hours up to the newest, how they ended, what each load brought, and its rejects by reason. Grain: run × load; a run that loaded nothing is one row';

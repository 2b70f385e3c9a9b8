-- +goose Up
CREATE TABLE IF NOT EXISTS runs
(
    run_id      String                          COMMENT 'Id of the run, ordered by time',
    pipeline    LowCardinality(String)          COMMENT 'What ran: complaints, …',
    owner       String                          COMMENT 'Machine and data folder it ran in',
    version     LowCardinality(String)          COMMENT 'Version of the program',
    started_at  DateTime64(3, 'Asia/Almaty')    COMMENT 'Begin, by the clock that was passed in',
    finished_at Nullable(DateTime64(3, 'Asia/Almaty')) COMMENT 'End; null while it runs and for a run that died',
    state       LowCardinality(String)          COMMENT 'running, ok, failed, contract (the data broke one), interrupted or died',
    files       UInt64                          COMMENT 'Files looked at',
    files_new   UInt64                          COMMENT 'Of them not seen before',
    rows        UInt64                          COMMENT 'Rows read',
    loaded      UInt64                          COMMENT 'Rows that became facts and are in the warehouse',
    repeated    UInt64                          COMMENT 'Rows that a newer word about the same complaint replaced',
    rejected    UInt64                          COMMENT 'Rows that could not become facts (see rejects)',
    error       String                          COMMENT 'Why it failed; empty when it did not'
)
ENGINE = MergeTree ORDER BY (started_at, run_id)
COMMENT 'Runs of the pipelines. Grain: run';

CREATE TABLE IF NOT EXISTS loads
(
    load_id    String                       COMMENT 'Id of the load',
    run_id     String                       COMMENT 'Run it belongs to',
    at         DateTime64(3, 'Asia/Almaty') COMMENT 'When this step was recorded, by the clock that was passed in',
    step       LowCardinality(String)       COMMENT 'intent (before anything changes), done, or failed',
    target     LowCardinality(String)       COMMENT 'Table that is loaded',
    source     LowCardinality(String)       COMMENT 'Source of the file',
    snapshot   String                       COMMENT 'SHA-256 of the file',
    unit       String                       COMMENT 'Partition that is replaced; empty for the load as a whole',
    rows       UInt64                       COMMENT 'Rows of the unit after the swap; of the whole load: rows brought',
    repeated   UInt64                       COMMENT 'Rows that a newer word replaced',
    checksum   UInt64                       COMMENT 'Sum of the hashes of the unit''s facts, without load columns; 0 for the load as a whole',
    version    LowCardinality(String)       COMMENT 'Version of the program and so of its vocabularies',
    error      String                       COMMENT 'Why it failed; empty otherwise'
)
ENGINE = MergeTree ORDER BY (at, load_id, unit)
COMMENT 'Ledger of loads, append only. Grain: load × unit × step. A snapshot is loaded when a step done without unit says so';

CREATE TABLE IF NOT EXISTS snapshots
(
    snapshot    String                       COMMENT 'SHA-256 of the bytes as received',
    source      LowCardinality(String)       COMMENT 'Source whose profile read it',
    origin      String                       COMMENT 'Path or URL it was first seen at, without credentials',
    name        String                       COMMENT 'File name',
    size        UInt64                       COMMENT 'Bytes as received',
    exported_at DateTime('Asia/Almaty')      COMMENT 'When the publisher made it: date in the name, else modification time',
    seen_at     DateTime64(3, 'Asia/Almaty') COMMENT 'When it was first read, by the clock that was passed in',
    state       LowCardinality(String)       COMMENT 'loaded or refused',
    reason      String                       COMMENT 'Why it was refused; empty when it was loaded',
    dialect     String                       COMMENT 'Separator, quoting and encoding that were found; empty for JSON and workbooks',
    time_shift_minutes Int16                 COMMENT 'Shift of its times that was corrected, minutes',
    rows        UInt64                       COMMENT 'Rows read: facts + rejected',
    facts       UInt64                       COMMENT 'Rows that became facts, repeated ones included',
    rejected    UInt64                       COMMENT 'Rows that could not become facts',
    load_id     String                       COMMENT 'Load that read it last'
)
ENGINE = MergeTree ORDER BY (source, snapshot)
COMMENT 'Files that were read. Grain: source × snapshot';

CREATE TABLE IF NOT EXISTS rejects
(
    source       LowCardinality(String) COMMENT 'Source of the file',
    snapshot     LowCardinality(String) COMMENT 'SHA-256 of the file',
    source_table LowCardinality(String) COMMENT 'Member of a zip or sheet of a workbook; empty for a plain file',
    source_row   UInt64                 COMMENT 'Line, row of the sheet or number of the object; from 1',
    reason       LowCardinality(String) COMMENT 'Code of the reason: field_count, empty_id, bad_date, …',
    detail       String                 COMMENT 'The reason for a person',
    load_id      LowCardinality(String) COMMENT 'Load that rejected it'
)
ENGINE = MergeTree ORDER BY (source, snapshot, source_table, source_row)
COMMENT 'Rows that could not become facts. Their text stays in the archive, for it may hold personal data. Grain: snapshot × row; at most as many a file as the configuration keeps';

CREATE TABLE IF NOT EXISTS findings
(
    source       LowCardinality(String) COMMENT 'Source of the file',
    snapshot     LowCardinality(String) COMMENT 'SHA-256 of the file',
    source_table LowCardinality(String) COMMENT 'Member of a zip or sheet of a workbook; empty for a plain file',
    kind         LowCardinality(String) COMMENT 'Code: unknown_column, unknown_region, shift_unknown, …',
    subject      String                 COMMENT 'The column or the value',
    detail       String                 COMMENT 'For a person',
    count        UInt64                 COMMENT 'How many rows show it',
    first_row    UInt64                 COMMENT 'Where first; 0 for the file as a whole',
    load_id      LowCardinality(String) COMMENT 'Load that found it'
)
ENGINE = MergeTree ORDER BY (source, snapshot, kind, subject)
COMMENT 'Oddities that stopped no row: unknown columns, values without a code. Grain: snapshot × table × kind × subject';

-- +goose Down
DROP TABLE runs;
DROP TABLE loads;
DROP TABLE snapshots;
DROP TABLE rejects;
DROP TABLE findings;

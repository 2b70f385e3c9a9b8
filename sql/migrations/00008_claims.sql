-- +goose Up
CREATE TABLE IF NOT EXISTS claims
(
    source        LowCardinality(String)           COMMENT 'Where reports come from: reports (see sources)',
    claim_id      String                           COMMENT 'Identity of the claim: its file and where in it it stands',
    subject_code  LowCardinality(String)           COMMENT 'Whose figure it is: KATO code, nine digits, 000000000 for Kazakhstan as a whole; or the key of a ministry',
    subject       LowCardinality(String)           COMMENT 'The same for people',
    channel       LowCardinality(String)           COMMENT 'Of whose work or of which list it speaks: ministers, akims, akims_oblast, akims_district, akims_rural, central_list, e_otinish, reception, other',
    metric        LowCardinality(String)           COMMENT 'What is counted: meetings_held, issues_raised, issues_resolved_share, budget_needed, …',
    detail        LowCardinality(Nullable(String)) COMMENT 'What a share is of, or what a part is; null where nothing is said',
    period_from   Nullable(Date32)                 COMMENT 'First day of the time that it speaks of; null where the text does not say',
    period_to     Nullable(Date32)                 COMMENT 'Last day',
    value         Float64                          COMMENT 'The figure, in units; money in tenge',
    unit          LowCardinality(String)           COMMENT 'count, percent or kzt',
    qualifier     LowCardinality(String)           COMMENT 'exact, about, over or under',
    quote         String                           COMMENT 'The sentence that says so, names of people masked',
    sentence      UInt32                           COMMENT 'Which sentence of the paragraph, or row of a table, from 1',
    snapshot      LowCardinality(String)           COMMENT 'SHA-256 of the report (see snapshots)',
    source_table  LowCardinality(String)           COMMENT 'Member of a zip; empty for a plain file',
    source_row    UInt32                           COMMENT 'Which paragraph or table of the report, from 1',
    exported_at   DateTime('Asia/Almaty')          COMMENT 'When the report was made: a date in its name, else when the file was written',
    load_id       LowCardinality(String)           COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY source
ORDER BY (claim_id)
COMMENT 'What official reports claim, not what is true: two figures that contradict each other are two rows. Grain: statement in a report';

ALTER TABLE sources MODIFY COLUMN kind COMMENT 'complaints, plans or reports';

-- +goose Down
DROP TABLE claims;

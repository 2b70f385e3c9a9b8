-- +goose Up
CREATE TABLE IF NOT EXISTS complaints
(
    source             LowCardinality(String)           COMMENT 'Where it was published: eotinish, eotinish_text, cc109, … (see sources)',
    complaint_id       String                           COMMENT 'The source''s own id; where it prints none, the registration number, else a key made of the content. Unique within a source',
    reg_number         String                           COMMENT 'Registration number as printed, ЖТ-… of a person, ЗТ-… of a legal entity, …/N of a part forwarded; empty when there is none',
    kind               LowCardinality(Nullable(String)) COMMENT 'application, complaint, request, report, proposal, response or other; null when the source does not say',
    applicant_type     LowCardinality(Nullable(String)) COMMENT 'person, entrepreneur or legal_entity; null when the source does not say',
    registered_at      DateTime('Asia/Almaty')          COMMENT 'When it was registered, local time, corrected for the source''s shift',
    due_at             Nullable(DateTime('Asia/Almaty')) COMMENT 'When the answer is due, local time, corrected',
    finished_at        Nullable(DateTime('Asia/Almaty')) COMMENT 'When the work on it ended, local time, corrected; null while it is open or when the source does not say',
    region_code        LowCardinality(Nullable(String)) COMMENT 'KATO code of the region on the day of registration, nine digits; null when unknown (see regions.today_code for today''s division)',
    district_code      LowCardinality(Nullable(String)) COMMENT 'KATO code of the district or city on the day of registration; null when unknown or not given',
    body               LowCardinality(Nullable(String)) COMMENT 'The body that answers, as printed',
    category_code      LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories); null when the source''s own categories do not tell it',
    status             LowCardinality(String)           COMMENT 'open, open_overdue, closed, closed_overdue, withdrawn, forwarded or unknown',
    is_duplicate       Nullable(Bool)                   COMMENT 'The source''s own mark of a repeated appeal; null when it has none',
    is_forwarded       Nullable(Bool)                   COMMENT 'Forwarded to another body',
    is_ext_forwarded   Nullable(Bool)                   COMMENT 'Forwarded outside the system',
    lang               LowCardinality(Nullable(String)) COMMENT 'Language of the text: ru, kk or mixed; null when there is no text or it is too short to tell',
    text               String                           COMMENT 'Text of the complaint; empty when the export has none',
    registered_raw     DateTime64(3, 'UTC')             COMMENT 'registered_at as printed: the digits of the export, read as if they were UTC',
    due_raw            Nullable(DateTime64(3, 'UTC'))   COMMENT 'due_at as printed',
    finished_raw       Nullable(DateTime64(3, 'UTC'))   COMMENT 'finished_at as printed',
    time_shift_minutes Int16                            COMMENT 'What was added to the printed times, minutes; measured per file',
    region_raw         LowCardinality(String)           COMMENT 'Region as printed',
    district_raw       LowCardinality(String)           COMMENT 'District as printed',
    category_raw       LowCardinality(String)           COMMENT 'Category as printed, the widest of three levels',
    issue_raw          LowCardinality(String)           COMMENT 'Issue as printed, the middle level',
    subissue_raw       LowCardinality(String)           COMMENT 'Subissue as printed, the narrowest level',
    state_raw          LowCardinality(String)           COMMENT 'State as printed',
    overdue_raw        LowCardinality(String)           COMMENT 'Mark of delay as printed',
    snapshot           LowCardinality(String)           COMMENT 'SHA-256 of the file it was read from (see snapshots)',
    source_table       LowCardinality(String)           COMMENT 'Member of a zip or sheet of a workbook; empty for a plain file',
    source_row         UInt32                           COMMENT 'Line of a text file (the record''s first), row of a sheet, number of a JSON object; from 1',
    exported_at        DateTime('Asia/Almaty')          COMMENT 'When the publisher made the file; of two exports the later is believed',
    load_id            LowCardinality(String)           COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY (source, toYYYYMM(registered_at))
ORDER BY (registered_at, complaint_id)
COMMENT 'Complaints, one row each: the newest export''s word. Grain: source × complaint_id. Replaced by whole months, so count() is exact without FINAL';

-- +goose Down
DROP TABLE complaints;

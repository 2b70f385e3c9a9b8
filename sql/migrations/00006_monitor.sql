-- +goose Up
ALTER TABLE looks
    ADD COLUMN IF NOT EXISTS listed Array(String) COMMENT 'The site''s own ids of the entries whose title could be that of an action plan, as this look listed them',
    ADD COLUMN IF NOT EXISTS known_seen UInt32 COMMENT 'Of the entries that the last healthy look listed and this one had to show: those that it showed',
    ADD COLUMN IF NOT EXISTS known_missing UInt32 COMMENT 'Of the same: those that it did not show',
    ADD COLUMN IF NOT EXISTS plans_kept UInt32 COMMENT 'Of the plans that were known and are listed: those that the program still takes for plans',
    ADD COLUMN IF NOT EXISTS plans_lost UInt32 COMMENT 'Of the same: those that it does not take for plans any more',
    ADD COLUMN IF NOT EXISTS examined Bool COMMENT 'Whether the canaries were asked: what tells a changed site from an empty one',
    ADD COLUMN IF NOT EXISTS failures Array(String) COMMENT 'Canaries that did not pass, with their figures; a look with any says nothing about what is not published';

CREATE TABLE IF NOT EXISTS verdicts
(
    run_id         String                           COMMENT 'Run that judged (see runs)',
    judged_on      Date                             COMMENT 'Day of the verdict',
    obligation_id  String                           COMMENT 'Identity of what is owed: code of the akimat''s place, kind and period',
    region_code    LowCardinality(String)           COMMENT 'KATO code of the akimat''s region',
    district_code  LowCardinality(Nullable(String)) COMMENT 'KATO code of a district''s akimat; null for a region''s',
    name           String                           COMMENT 'The akimat, in Russian',
    obligation     LowCardinality(String)           COMMENT 'What is owed: action_plan, …',
    period         LowCardinality(String)           COMMENT 'For which period: 2022-H2',
    period_from    Date32                           COMMENT 'First day of the period',
    period_to      Date32                           COMMENT 'Last day of the period',
    due_on         Nullable(Date32)                 COMMENT 'Last day on which it is in time; null when none is known',
    grace_until    Nullable(Date32)                 COMMENT 'Last day on which it is not called overdue',
    basis          LowCardinality(String)           COMMENT 'law: an act sets the day; policy: it is a setting of this installation',
    norm           LowCardinality(String)           COMMENT 'Norm that it follows from',
    state          LowCardinality(String)           COMMENT 'pending, published, late, unreadable, not_found, overdue, withdrawn or unverifiable',
    event          LowCardinality(String)           COMMENT 'What changed against the verdict before: opened, changed, replaced (another publication); empty when nothing did',
    state_before   LowCardinality(String)           COMMENT 'State of the verdict before; empty for the first',
    since          Nullable(Date32)                 COMMENT 'First day of this state; of an unverifiable one, of the first look that failed',
    published_on   Nullable(Date32)                 COMMENT 'Day of publication; null when there is none or nobody knows',
    days_late      Nullable(Int32)                  COMMENT 'Days from due_on to the publication, at least so many where its day is unknown; null when not late',
    publication_id String                           COMMENT 'Publication that it rests on (see publications); empty when on none',
    url            String                           COMMENT 'Where that is',
    evidence_sha256 String                          COMMENT 'SHA-256 of its main file; without a publication, that of the first page of the listings that were read',
    evidence       String                           COMMENT 'All that it rests on, as JSON: publications and looks with hashes and counts',
    checked_at     Nullable(DateTime64(3, 'Asia/Almaty')) COMMENT 'Up to when all places are known to have been looked at in health; null when they never were',
    reason_key     LowCardinality(String)           COMMENT 'Rule that decided',
    reason_ru      String                           COMMENT 'Why, in Russian',
    reason_kk      String                           COMMENT 'Why, in Kazakh',
    reason_en      String                           COMMENT 'Why, in English',
    was            LowCardinality(String)           COMMENT 'Last state that rested on a publication; empty when there was none',
    openness       Nullable(Float64)                COMMENT 'Score of openness, 0 to 100: the weighted mean of the parts that are known; null while nothing is known',
    openness_known Float64                          COMMENT 'Which share of the weights is known, 0 to 1',
    openness_parts Map(String, Float64)             COMMENT 'The parts that are known, each 0 to 1'
)
ENGINE = MergeTree ORDER BY (obligation_id, judged_on, run_id)
COMMENT 'What was said of every obligation, night by night, append only: an old verdict is never rewritten. Grain: obligation × run that judged it first that day or changed it';

-- +goose Down
DROP TABLE verdicts;
ALTER TABLE looks DROP COLUMN failures, DROP COLUMN examined, DROP COLUMN plans_lost, DROP COLUMN plans_kept, DROP COLUMN known_missing, DROP COLUMN known_seen, DROP COLUMN listed;

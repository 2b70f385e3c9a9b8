-- +goose Up
CREATE TABLE IF NOT EXISTS acceptances
(
    run_id String                       COMMENT 'Run that wrote it down (see runs)',
    at     DateTime64(3, 'Asia/Almaty') COMMENT 'From when on the site counts as it is, by the clock that was passed in',
    source LowCardinality(String)       COMMENT 'Whose site: govkz/aktobe, …',
    who    String                       COMMENT 'Who accepted it',
    reason String                       COMMENT 'Why, in the operator''s words',
    doubts Array(String)                COMMENT 'What was held against the site then: language of the listing and canary, with its figures'
)
ENGINE = MergeTree ORDER BY (source, at)
COMMENT 'Sites that changed for good, as operators have seen: from that moment the canaries learn anew what is usual there. Append only; what was judged before stays. Grain: source × acceptance';

-- +goose Down
DROP TABLE acceptances;

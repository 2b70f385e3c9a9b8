-- +goose Up
CREATE TABLE IF NOT EXISTS removals
(
    run_id    String                       COMMENT 'Run that removed it (see runs)',
    at        DateTime64(3, 'Asia/Almaty') COMMENT 'When, by the clock that was passed in',
    room      LowCardinality(String)       COMMENT 'archive (an object) or warehouse (rows, or the words in them)',
    kind      LowCardinality(String)       COMMENT 'Which rule of the configuration: listings, documents, exports; texts, rejects, findings, attempts',
    rule      String                       COMMENT 'How old it had to be: 400d',
    sha256    String                       COMMENT 'Of an object: the content that the archive does not keep any more; empty for rows',
    source    LowCardinality(String)       COMMENT 'Of an object: whose it was; empty for rows',
    name      String                       COMMENT 'Of an object: name under which it was first seen; empty for rows',
    rows      UInt64                       COMMENT 'Rows that were removed, or emptied of their text; 0 for an object',
    bytes     UInt64                       COMMENT 'Of an object: bytes on the disk; 0 for rows',
    was_proof Bool                         COMMENT 'A fact or a verdict rested on it, and the configuration said to remove it all the same'
)
ENGINE = MergeTree ORDER BY (at, room, kind, sha256)
COMMENT 'What retention removed, append only: what a fact, a look or a verdict names by its hash and the archive does not give is here. Grain: object; of rows run × kind';

-- +goose Down
DROP TABLE IF EXISTS removals;

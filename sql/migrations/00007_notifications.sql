-- +goose Up
CREATE TABLE IF NOT EXISTS notifications
(
    run_id     String                       COMMENT 'Run that wrote the row (see runs)',
    at         DateTime64(3, 'Asia/Almaty') COMMENT 'When, by the clock that was passed in',
    night      Date                         COMMENT 'Day of the verdicts that the message tells of',
    message_id String                       COMMENT 'Identity of the message: kind, night and part of the digest',
    kind       LowCardinality(String)       COMMENT 'digest, heartbeat, or known (states that count as told without a message)',
    part       UInt16                       COMMENT 'Part of a digest that one message cannot hold, from 1',
    step       LowCardinality(String)       COMMENT 'due (before anything is sent), then for each service sent or failed',
    service    LowCardinality(String)       COMMENT 'Service that it was sent to: telegram, smtp, … without its address; empty for due',
    services   Array(String)                COMMENT 'Of a due message: the services that are to have it',
    title      String                       COMMENT 'Of a due message: its title, subject of a mail',
    text       String                       COMMENT 'Of a due message: what is sent',
    told       Map(String, String)          COMMENT 'Of a due message: obligations whose state it tells, with that state (see verdicts)',
    error      String                       COMMENT 'Why it failed, without anything of the address; empty otherwise'
)
ENGINE = MergeTree ORDER BY (night, message_id, at)
COMMENT 'What people were told, append only. Grain: message × step × service. A service that has no row sent of a due message gets it by the next run, so after a kill between sending and writing this down it gets that message once more';

-- +goose Down
DROP TABLE notifications;

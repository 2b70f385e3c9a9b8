-- +goose Up
-- What the view anomalies says takes a second over 20 million complaints, most of it for history that no night changes. So its
-- rows are kept as they were after the last load; the view reads them while no later load was begun, and computes otherwise.
CREATE TABLE IF NOT EXISTS anomaly_months
(
    source              LowCardinality(String)           COMMENT 'Where they were published (see sources)',
    month               Date                             COMMENT 'First day of the month',
    year                UInt16                           COMMENT 'Its year',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region in today''s division',
    district_today_code Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null: complaints of the region that name none',
    category_code       LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories)',
    complaints          Int64                            COMMENT 'Complaints of the month',
    recent              Nullable(Float64)                COMMENT 'Median of the 12 months before that are held of the source; null without such a history',
    season              Nullable(Float64)                COMMENT 'Median of the same calendar month of the earlier years, as far as held; null where none is',
    expected            Nullable(Float64)                COMMENT 'The larger of both; null without a history',
    score               Nullable(Float64)                COMMENT 'How far complaints exceed it, in scatters; null without a history',
    state               LowCardinality(String)           COMMENT 'jump, usual or insufficient_history'
)
ENGINE = MergeTree ORDER BY (year, month, source)
COMMENT 'The rows of the view anomalies as they were when run all or serve last made them, after a night that loaded complaints: ask the view, which knows whether they still hold. Grain: source × month × today''s region × today''s district × category';

-- +goose Down
DROP TABLE IF EXISTS anomaly_months;

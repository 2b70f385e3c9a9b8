-- +goose Up
CREATE TABLE IF NOT EXISTS regions
(
    code        String           COMMENT 'KATO code, nine digits; 000000000 is Kazakhstan as a whole',
    level       LowCardinality(String) COMMENT 'republic, region, district (also a city of oblast significance) or city_district',
    region_code String           COMMENT 'Code of the region it belongs to; of a region its own; empty for the republic',
    name_ru     String           COMMENT 'Official name in Russian',
    name_kk     String           COMMENT 'Official name in Kazakh',
    name_en     String           COMMENT 'Name in English; empty below the regions',
    iso         String           COMMENT 'ISO 3166-2 code of a region; empty otherwise',
    valid_from  Nullable(Date32) COMMENT 'First day; null when before what the classifier tells',
    valid_to    Nullable(Date32) COMMENT 'First day on which it is no more; null while it is valid',
    today_code  Nullable(String) COMMENT 'Code of the same territory in today''s division; null when it was divided'
)
ENGINE = MergeTree ORDER BY (code, level)
COMMENT 'Regions, districts and city districts with the time they were valid. Grain: code × valid_from';

CREATE TABLE IF NOT EXISTS categories
(
    code    String COMMENT 'Code of the category',
    name_ru String COMMENT 'Name in Russian',
    name_kk String COMMENT 'Name in Kazakh',
    name_en String COMMENT 'Name in English',
    scope   String COMMENT 'What belongs to it and what does not'
)
ENGINE = MergeTree ORDER BY code
COMMENT 'The 28 categories of complaints and plan items';

CREATE TABLE IF NOT EXISTS sources
(
    source String COMMENT 'Code that facts carry',
    title  String COMMENT 'For people',
    kind   LowCardinality(String) COMMENT 'complaints'
)
ENGINE = MergeTree ORDER BY source
COMMENT 'Publishers that exports come from';

-- +goose Down
DROP TABLE regions;
DROP TABLE categories;
DROP TABLE sources;

-- +goose Up
ALTER TABLE complaints
    ADD COLUMN IF NOT EXISTS category_how LowCardinality(Nullable(String)) COMMENT 'Where category_code comes from: source (its own categories) or text (the words of the complaint); null without a code' AFTER category_code,
    ADD COLUMN IF NOT EXISTS applicant_key String COMMENT 'Keyed hash that stands for the applicant, so that repeats can be counted; empty without a key in the configuration, or when the source names no applicant' AFTER applicant_type,
    ADD COLUMN IF NOT EXISTS text_fingerprint UInt64 COMMENT 'Fingerprint of the text after masking: of texts that say nearly the same at least three of its four 16-bit lanes are equal (see the view systemic_issues); 0 when there is no text or it is too short' AFTER text;
ALTER TABLE complaints MODIFY COLUMN category_code COMMENT 'Code of the category (see categories); null when neither the source''s own categories nor the text tell it';
ALTER TABLE complaints MODIFY COLUMN text COMMENT 'Text of the complaint with personal data masked: [phone], [name], …; empty when the export has none';
ALTER TABLE complaints MODIFY COLUMN body COMMENT 'The body that answers, as printed, names of people masked (see bodies)';

CREATE TABLE IF NOT EXISTS bodies
(
    body          String                           COMMENT 'Name as printed in complaints.body',
    body_key      String                           COMMENT 'Identity of the body, the same for all its spellings; empty when the name tells none',
    name          String                           COMMENT 'Name without legal form and quotation marks',
    kind          LowCardinality(String)           COMMENT 'ministry, committee, department, akimat, apparat, upravlenie, quasi_state, …',
    level         LowCardinality(String)           COMMENT 'republic, region, district, rural or unknown',
    scope         LowCardinality(String)           COMMENT 'central (ministries and their territorial departments), local (akimats and their bodies) or unknown',
    region_code   LowCardinality(Nullable(String)) COMMENT 'KATO code of its region in today''s division; null when the name tells none',
    district_code LowCardinality(Nullable(String)) COMMENT 'KATO code of its district in today''s division; null when the name tells none'
)
ENGINE = MergeTree ORDER BY body
COMMENT 'Who the bodies named in complaints are. Made anew from complaints.body after every run. Grain: spelling';

CREATE TABLE IF NOT EXISTS settlements
(
    code          String                           COMMENT 'KATO code, nine digits',
    name_ru       String                           COMMENT 'Name in Russian, with its type',
    name_kk       String                           COMMENT 'Name in Kazakh',
    region_code   LowCardinality(String)           COMMENT 'KATO code of its region',
    district_code LowCardinality(String)           COMMENT 'KATO code of its district or city'
)
ENGINE = MergeTree ORDER BY code
COMMENT 'Towns, villages and rural districts of the classifier, as of `qulaq reference import`; empty before the first';

-- +goose Down
DROP TABLE settlements;
DROP TABLE bodies;
ALTER TABLE complaints DROP COLUMN text_fingerprint, DROP COLUMN applicant_key, DROP COLUMN category_how;

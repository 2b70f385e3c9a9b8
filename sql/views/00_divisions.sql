-- Places by the day: which name a code had from which day on, and where its land is in today's division.
-- Purpose: the other views look up the place of a fact here. Grain: code × first day.
-- A fact carries a code that was valid on its day, so the first row of a code holds for all days before its second.
-- Columns: code, since (first day of this row; 1900-01-01 for a code's first), name_ru, today_code (null where the land
-- was divided).
-- Example: SELECT * FROM divisions WHERE code = '630000000'
CREATE OR REPLACE VIEW divisions
(
    code       String           COMMENT 'KATO code, nine digits',
    since      Date32           COMMENT 'First day on which the row holds; 1900-01-01 for the first row of a code',
    name_ru    String           COMMENT 'Official name in Russian from that day on',
    today_code Nullable(String) COMMENT 'KATO code of the same land in today''s division; null where it was divided'
)
AS
SELECT
    code,
    if(row_number() OVER (PARTITION BY code ORDER BY valid_from ASC NULLS FIRST) = 1, toDate32('1900-01-01'), assumeNotNull(valid_from)) AS since,
    name_ru,
    today_code
FROM regions
COMMENT 'Places by the day: name and today''s code of each code from a day on. Grain: code × first day';

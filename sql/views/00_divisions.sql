-- Places by the day: which name a code had from which day on, and where its land is in today's division.
-- Purpose: the other views look up the place of a fact here. Grain: code × first day.
-- A fact carries a code that was valid on its day, so the first row of a code holds for all days before its second.
-- Columns: code, since (first day of this row; 1900-01-01 for a code's first), name_ru, today_code (null where the land
-- was divided).
-- Example: SELECT * FROM divisions WHERE code = '630000000'
CREATE OR REPLACE VIEW divisions AS
SELECT
    code,
    if(row_number() OVER (PARTITION BY code ORDER BY valid_from ASC NULLS FIRST) = 1, toDate32('1900-01-01'), assumeNotNull(valid_from)) AS since,
    name_ru,
    today_code
FROM regions;
ALTER TABLE divisions MODIFY COMMENT 'Places by the day: name and today''s code of each code from a day on. Grain: code × first day';
ALTER TABLE divisions
    COMMENT COLUMN code 'KATO code, nine digits',
    COMMENT COLUMN since 'First day on which the row holds; 1900-01-01 for the first row of a code',
    COMMENT COLUMN name_ru 'Official name in Russian from that day on',
    COMMENT COLUMN today_code 'KATO code of the same land in today''s division; null where it was divided';

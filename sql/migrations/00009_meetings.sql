-- +goose Up
CREATE TABLE IF NOT EXISTS meetings
(
    source          LowCardinality(String)           COMMENT 'Whose site told of it: govkz/aktobe, … (see sources)',
    meeting_id      String                           COMMENT 'Identity of the meeting through its papers: source and a key of official, place and planned time',
    kind            LowCardinality(String)           COMMENT 'meeting (an official comes to the people) or reception (people come to an official, one by one)',
    level           LowCardinality(Nullable(String)) COMMENT 'Whose meeting: oblast, city (of republican significance), district (also a city district and a town with an administration of its own), rural (okrug, village, town within a district), ministry; null when the papers do not say',
    region_code     LowCardinality(Nullable(String)) COMMENT 'KATO code of the region where it is held; null when unknown',
    district_code   LowCardinality(Nullable(String)) COMMENT 'KATO code of the district or city where it is held; null when unknown',
    place           String                           COMMENT 'Village, okrug or microdistrict, as printed, names of people masked; empty when not said',
    place_key       String                           COMMENT 'The same without the words for what it is, to be compared',
    venue           String                           COMMENT 'House or square, as printed; empty when not said',
    who             String                           COMMENT 'Whose meeting it is, as printed in the row, names of people masked; empty when the row does not say',
    time            LowCardinality(String)           COMMENT 'Hour, hh:mm, local; empty when not said',
    planned_on      Nullable(Date32)                 COMMENT 'Day on which it was to be held; null where only a month or a quarter is said, or nothing',
    planned_from    Nullable(Date32)                 COMMENT 'First day of the month, quarter or other time in which it was to be held; the day itself where one is said',
    planned_to      Nullable(Date32)                 COMMENT 'Last day of that time',
    planned_text    String                           COMMENT 'When it was to be held, as printed',
    held_on         Nullable(Date32)                 COMMENT 'Day on which it was held; null when it was not, or the day is unknown',
    status          LowCardinality(String)           COMMENT 'planned (nothing says what became of it), held, cancelled, moved (the papers say so), missed (a paper says that it was not held, or whole results that cover its day do not list it)',
    note            String                           COMMENT 'What the row says of it besides, personal data masked',
    participants    Nullable(Int64)                  COMMENT 'People who came; of a reception people who were received; null when not said',
    issues_raised   Nullable(Int64)                  COMMENT 'Issues that they raised; null when not said',
    issues_resolved Nullable(Int64)                  COMMENT 'Of them resolved; null when not said',
    measure         String                           COMMENT 'What was done about them, personal data masked; empty when not said',
    lang            LowCardinality(String)           COMMENT 'Language of the row: ru, kk or mixed; empty when it is too short to tell',
    calendar_id     String                           COMMENT 'Publication of the calendar that planned it (see meeting_papers); empty when none did',
    announcement_id String                           COMMENT 'Publication that announced it; empty when none did',
    results_id      String                           COMMENT 'Publication that says what became of it; of a missed meeting, the results that cover its day and do not list it; empty when none does',
    snapshot        LowCardinality(String)           COMMENT 'SHA-256 of the file that the row was read from (see snapshots): of the results, else of the announcement, else of the calendar',
    source_table    LowCardinality(String)           COMMENT 'Member of a zip or sheet, and which table of it; table 0 is the text',
    source_row      UInt32                           COMMENT 'Row of that table, from 1; of text, which paragraph',
    page            UInt16                           COMMENT 'Page, from 1; 0 where the format has none',
    exported_at     DateTime('Asia/Almaty')          COMMENT 'When the file was first seen',
    load_id         LowCardinality(String)           COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY source
ORDER BY (meeting_id)
COMMENT 'Meetings of akims and ministers with the people, by all papers of a source together: what calendars planned, announcements told and results say. Grain: meeting';

CREATE TABLE IF NOT EXISTS meeting_papers
(
    source         LowCardinality(String)            COMMENT 'Whose site (see sources)',
    publication_id String                            COMMENT 'The site''s own id and language: 1072256/ru; with /2, /3 … where its content was changed later',
    lang           LowCardinality(String)            COMMENT 'Language of the listing it stood in: ru or kk',
    sort           LowCardinality(String)            COMMENT 'What it is: calendar, announcement or results',
    kind           LowCardinality(String)            COMMENT 'Of what: meeting or reception',
    role           LowCardinality(String)            COMMENT 'current (its rows count), replaced (by a later one), translation (of one that counts) or unread (no meeting could be read of it)',
    title          String                            COMMENT 'Title as published, names of people masked',
    url            String                            COMMENT 'Where it is',
    published_at   Nullable(DateTime('Asia/Almaty')) COMMENT 'The platform''s own stamp; null where it shows that of its migration',
    level          LowCardinality(Nullable(String))  COMMENT 'Whose meetings: oblast, city, district, rural or ministry; null when the title does not say or speaks of several',
    region_code    LowCardinality(Nullable(String))  COMMENT 'KATO code of the akimat''s region; null when unknown',
    district_code  LowCardinality(Nullable(String))  COMMENT 'KATO code of the district, of a district''s or a rural akim''s paper; null for a region''s',
    period_from    Nullable(Date32)                  COMMENT 'First day of the time that it covers; null when it does not say',
    period_to      Nullable(Date32)                  COMMENT 'Last day of that time',
    meetings       UInt32                            COMMENT 'Meetings that were read of it',
    whole          Bool                              COMMENT 'Every row was understood and nothing left unread: only then what it does not list means anything',
    unreadable_why String                            COMMENT 'Why no meeting could be read; empty when some could',
    file           LowCardinality(String)            COMMENT 'SHA-256 of the file that its meetings were read from (see snapshots)',
    snapshot       LowCardinality(String)            COMMENT 'SHA-256 of the listing page it was first seen in',
    source_table   LowCardinality(String)            COMMENT 'Always empty',
    source_row     UInt32                            COMMENT 'Which entry of that page, from 1',
    exported_at    DateTime('Asia/Almaty')           COMMENT 'When it was first seen in this form',
    load_id        LowCardinality(String)            COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY source
ORDER BY (publication_id)
COMMENT 'Calendars, announcements and results of meetings, in every form in which they were seen. Grain: publication × form';

CREATE TABLE IF NOT EXISTS meeting_norms
(
    norm       LowCardinality(String) COMMENT 'Name of the norm',
    level      LowCardinality(String) COMMENT 'Who is to meet the people: oblast, city, district, rural (akims) or ministry',
    place      LowCardinality(String) COMMENT 'In each of what: district, city_district, village, microdistrict; anywhere of a ministry',
    meetings   UInt8                  COMMENT 'How many meetings are owed in each place and period',
    period     LowCardinality(String) COMMENT 'quarter, half_year or year',
    valid_from Date32                 COMMENT 'First day on which it holds',
    valid_to   Nullable(Date32)       COMMENT 'Last day; null while it holds',
    basis      LowCardinality(String) COMMENT 'law (the act says so) or policy (it is read into the act)',
    source     String                 COMMENT 'The act, and which of its wordings'
)
ENGINE = MergeTree
ORDER BY (level, valid_from)
COMMENT 'How many meetings akims and ministers owe. Grain: norm × level';

TRUNCATE TABLE meeting_norms;
INSERT INTO meeting_norms (norm, level, place, meetings, period, valid_from, valid_to, basis, source) VALUES
    ('akims-2022', 'oblast', 'district', 1, 'half_year', '2022-03-03', '2023-12-31', 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция 2022–2023 годов'),
    ('akims-2022', 'city', 'city_district', 1, 'quarter', '2022-03-03', '2023-12-31', 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция 2022–2023 годов'),
    ('akims-2022', 'district', 'village', 1, 'quarter', '2022-03-03', '2023-12-31', 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция 2022–2023 годов'),
    ('akims-2022', 'rural', 'microdistrict', 1, 'quarter', '2022-03-03', '2023-12-31', 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция 2022–2023 годов'),
    ('akims-2024', 'oblast', 'district', 1, 'year', '2024-01-01', NULL, 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция с января 2024 года (Указ от 20 ноября 2023 года)'),
    ('akims-2024', 'city', 'city_district', 1, 'year', '2024-01-01', NULL, 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция с января 2024 года (Указ от 20 ноября 2023 года)'),
    ('akims-2024', 'district', 'village', 1, 'half_year', '2024-01-01', NULL, 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция с января 2024 года (Указ от 20 ноября 2023 года)'),
    ('akims-2024', 'rural', 'microdistrict', 1, 'half_year', '2024-01-01', NULL, 'law', 'Указ Президента РК от 3 марта 2022 года № 826, редакция с января 2024 года (Указ от 20 ноября 2023 года)'),
    ('ministers-2024', 'ministry', 'anywhere', 1, 'quarter', '2024-01-09', NULL, 'law', 'Указ Президента РК от 9 января 2024 года № 431');

-- +goose Down
DROP TABLE meeting_norms;
DROP TABLE meeting_papers;
DROP TABLE meetings;

-- +goose Up
-- What the views need to answer fast, and the people to count by.

CREATE TABLE IF NOT EXISTS population
(
    region_code LowCardinality(String) COMMENT 'KATO code of the region, 000000000 for Kazakhstan as a whole',
    year        UInt16                 COMMENT 'The figure is of 1 January of this year',
    territory   LowCardinality(String) COMMENT 'Which land the figure is of: both (the reform of 8 June 2022 left the region as it was), before (as it was until that day) or since (as it is from that day on, also where the Bureau reckoned back)',
    people      UInt32                 COMMENT 'Permanent population',
    precision   UInt32                 COMMENT 'To how many people the figure is known: 1 is as published, 100 is rounded to hundreds',
    source      LowCardinality(String) COMMENT 'series: the yearly series of the Bureau of National Statistics, before it was reckoned anew after the census of 2021; release2023 and so on: its news of the 1 January of that year, as first published; growth2022: that of 2023 less the growth of 2022 that was published with it'
)
ENGINE = MergeTree ORDER BY (region_code, year, territory)
COMMENT 'Population of the regions on 1 January, by the Bureau of National Statistics. Grain: region × year × territory. A region and year without a figure known for sure has no row. Figures before 2022 and from 2022 on are of two series: the census of 2021 found 400,000 people more';

TRUNCATE TABLE population;
INSERT INTO population (region_code, year, territory, people, precision, source) VALUES
    ('000000000', 2020, 'both', 18631779, 1, 'series'),
    ('110000000', 2020, 'both', 736735, 1, 'series'),
    ('150000000', 2020, 'both', 881651, 1, 'series'),
    ('190000000', 2020, 'before', 2055724, 1, 'series'),
    ('230000000', 2020, 'both', 645280, 1, 'series'),
    ('270000000', 2020, 'both', 656844, 1, 'series'),
    ('310000000', 2020, 'both', 1130099, 1, 'series'),
    ('350000000', 2020, 'before', 1376882, 1, 'series'),
    ('390000000', 2020, 'both', 868549, 1, 'series'),
    ('430000000', 2020, 'both', 803531, 1, 'series'),
    ('470000000', 2020, 'both', 698796, 1, 'series'),
    ('550000000', 2020, 'both', 752169, 1, 'series'),
    ('590000000', 2020, 'both', 548755, 1, 'series'),
    ('610000000', 2020, 'both', 2016037, 1, 'series'),
    ('630000000', 2020, 'before', 1369597, 1, 'series'),
    ('710000000', 2020, 'both', 1136156, 1, 'series'),
    ('750000000', 2020, 'both', 1916822, 1, 'series'),
    ('790000000', 2020, 'both', 1038152, 1, 'series'),
    ('000000000', 2021, 'both', 18879552, 1, 'series'),
    ('110000000', 2021, 'both', 735566, 1, 'series'),
    ('150000000', 2021, 'both', 894333, 1, 'series'),
    ('190000000', 2021, 'before', 2077967, 1, 'series'),
    ('230000000', 2021, 'both', 657110, 1, 'series'),
    ('270000000', 2021, 'both', 661316, 1, 'series'),
    ('310000000', 2021, 'both', 1139192, 1, 'series'),
    ('350000000', 2021, 'before', 1375938, 1, 'series'),
    ('390000000', 2021, 'both', 864550, 1, 'series'),
    ('430000000', 2021, 'both', 814588, 1, 'series'),
    ('470000000', 2021, 'both', 719571, 1, 'series'),
    ('550000000', 2021, 'both', 751012, 1, 'series'),
    ('590000000', 2021, 'both', 543735, 1, 'series'),
    ('610000000', 2021, 'both', 2044742, 1, 'series'),
    ('630000000', 2021, 'before', 1363797, 1, 'series'),
    ('710000000', 2021, 'both', 1184411, 1, 'series'),
    ('750000000', 2021, 'both', 1977258, 1, 'series'),
    ('790000000', 2021, 'both', 1074466, 1, 'series'),
    ('000000000', 2022, 'both', 19503159, 1, 'release2023'),
    ('100000000', 2022, 'since', 611858, 1, 'growth2022'),
    ('190000000', 2022, 'since', 1478600, 100, 'growth2022'),
    ('330000000', 2022, 'since', 698757, 1, 'growth2022'),
    ('350000000', 2022, 'since', 1134966, 1, 'growth2022'),
    ('390000000', 2022, 'both', 835686, 1, 'growth2022'),
    ('550000000', 2022, 'both', 756511, 1, 'growth2022'),
    ('590000000', 2022, 'both', 539111, 1, 'growth2022'),
    ('610000000', 2022, 'both', 2088510, 1, 'growth2022'),
    ('630000000', 2022, 'since', 732966, 1, 'growth2022'),
    ('710000000', 2022, 'both', 1295711, 1, 'growth2022'),
    ('790000000', 2022, 'both', 1162400, 100, 'growth2022'),
    ('000000000', 2023, 'both', 19765004, 1, 'release2023'),
    ('100000000', 2023, 'since', 610189, 1, 'release2023'),
    ('110000000', 2023, 'both', 787971, 1, 'release2023'),
    ('150000000', 2023, 'both', 928185, 1, 'release2023'),
    ('190000000', 2023, 'since', 1505984, 1, 'release2023'),
    ('230000000', 2023, 'both', 693040, 1, 'release2023'),
    ('270000000', 2023, 'both', 688091, 1, 'release2023'),
    ('310000000', 2023, 'both', 1217955, 1, 'release2023'),
    ('330000000', 2023, 'since', 698675, 1, 'release2023'),
    ('350000000', 2023, 'since', 1134753, 1, 'release2023'),
    ('390000000', 2023, 'both', 832110, 1, 'release2023'),
    ('430000000', 2023, 'both', 833531, 1, 'release2023'),
    ('470000000', 2023, 'both', 766956, 1, 'release2023'),
    ('550000000', 2023, 'both', 754903, 1, 'release2023'),
    ('590000000', 2023, 'both', 534024, 1, 'release2023'),
    ('610000000', 2023, 'both', 2119063, 1, 'release2023'),
    ('620000000', 2023, 'since', 221395, 1, 'release2023'),
    ('630000000', 2023, 'since', 730172, 1, 'release2023'),
    ('710000000', 2023, 'both', 1354435, 1, 'release2023'),
    ('750000000', 2023, 'both', 2161695, 1, 'release2023'),
    ('790000000', 2023, 'both', 1191877, 1, 'release2023'),
    ('000000000', 2024, 'both', 20033842, 1, 'release2024'),
    ('710000000', 2024, 'both', 1430105, 1, 'release2024'),
    ('000000000', 2025, 'both', 20286084, 1, 'release2025'),
    ('190000000', 2025, 'since', 1560377, 1, 'release2025'),
    ('310000000', 2025, 'both', 1222513, 1, 'release2025'),
    ('350000000', 2025, 'since', 1133984, 1, 'release2025'),
    ('610000000', 2025, 'both', 2154334, 1, 'release2025'),
    ('710000000', 2025, 'both', 1528887, 1, 'release2025'),
    ('750000000', 2025, 'both', 2292333, 1, 'release2025'),
    ('790000000', 2025, 'both', 1256263, 1, 'release2025'),
    ('000000000', 2026, 'both', 20495975, 1, 'release2026'),
    ('100000000', 2026, 'since', 595676, 1, 'release2026'),
    ('190000000', 2026, 'since', 1596331, 1, 'release2026'),
    ('310000000', 2026, 'both', 1215373, 1, 'release2026'),
    ('350000000', 2026, 'since', 1131287, 1, 'release2026'),
    ('590000000', 2026, 'both', 514156, 1, 'release2026'),
    ('610000000', 2026, 'both', 2148658, 1, 'release2026'),
    ('620000000', 2026, 'since', 218993, 1, 'release2026'),
    ('710000000', 2026, 'both', 1638233, 1, 'release2026'),
    ('750000000', 2026, 'both', 2347924, 1, 'release2026'),
    ('790000000', 2026, 'both', 1293648, 1, 'release2026');

CREATE TABLE IF NOT EXISTS systemic_groups
(
    region_today_code     String           COMMENT 'KATO code of the region in today''s division',
    region                Nullable(String) COMMENT 'Its name on the last day',
    district_today_code   Nullable(String) COMMENT 'KATO code of the district in today''s division; null when not given',
    district              Nullable(String) COMMENT 'Its name on the last day',
    category_code         Nullable(String) COMMENT 'Code of the category (see categories); null when unknown',
    complaints            UInt64           COMMENT 'Complaints of the group',
    days                  UInt64           COMMENT 'Days on which there were any',
    months                UInt64           COMMENT 'Months in which there were any',
    first_day             Date             COMMENT 'Day of the first',
    last_day              Date             COMMENT 'Day of the last',
    overdue_share_percent Float64          COMMENT 'Share of late ones, percent',
    open_share_percent    Float64          COMMENT 'Share of open ones, percent',
    example               String           COMMENT 'The shortest text of the group, personal data masked'
)
ENGINE = MergeTree ORDER BY (region_today_code, complaints)
COMMENT 'The rows of the view systemic_issues as they were when they were last computed, which takes long: INSERT INTO systemic_groups SELECT * FROM systemic_issues. Empty before the first time. Grain: group';

-- The views group complaints by month, place, category, body and state. A projection keeps such groups beside the rows
-- of each part, and the engine reads it in place of the rows where a question allows; the answer is the same with and
-- without. It is swapped with its partition, which a materialised view would miss.
--
-- What it costs. Nothing while a file is loaded: parts are written without projections, and a deletion of replaced rows
-- drops those of the parts that it touches. They are made when parts are merged, or all that are missing, in the
-- background, with the last statement of this migration; until then the engine reads the rows of such a part.
--
-- The expressions are those of the view complaints_today, letter by letter. The only day on which a code that is still
-- in use changed its land is 8 June 2022: a month and the side of that day tell the division of the day.
ALTER TABLE complaints MODIFY SETTING
    lightweight_mutation_projection_mode = 'drop', materialize_projections_on_insert = 0, materialize_projections_on_merge = 1;
-- Where two projections would take as much reading, the engine takes the first: so the one with fewer rows comes first.
ALTER TABLE complaints ADD PROJECTION IF NOT EXISTS by_district
(
    SELECT
        toStartOfMonth(registered_at), toDate(registered_at) >= toDate('2022-06-08'), region_code, district_code,
        count(), countIf(status = 'open'), countIf(status = 'open_overdue'), countIf(status = 'closed'), countIf(status = 'closed_overdue'),
        countIf(status = 'withdrawn'), countIf(status = 'forwarded'),
        min(toDate(registered_at)), max(toDate(registered_at)),
        countIf(finished_at >= registered_at AND status IN ('closed', 'closed_overdue')),
        quantilesExactIf(0.5, 0.9)(toUInt16(least(round(dateDiff('second', registered_at, assumeNotNull(finished_at)) / 8640), 65535)), finished_at >= registered_at AND status IN ('closed', 'closed_overdue'))
    GROUP BY toStartOfMonth(registered_at), toDate(registered_at) >= toDate('2022-06-08'), region_code, district_code
);
ALTER TABLE complaints ADD PROJECTION IF NOT EXISTS by_place
(
    SELECT
        toStartOfMonth(registered_at), toDate(registered_at) >= toDate('2022-06-08'), region_code, district_code, category_code,
        count(), countIf(status = 'open'), countIf(status = 'open_overdue'), countIf(status = 'closed'), countIf(status = 'closed_overdue'),
        countIf(status = 'withdrawn'), countIf(status = 'forwarded'),
        min(toDate(registered_at)), max(toDate(registered_at)),
        countIf(finished_at >= registered_at AND status IN ('closed', 'closed_overdue')),
        quantilesExactIf(0.5, 0.9)(toUInt16(least(round(dateDiff('second', registered_at, assumeNotNull(finished_at)) / 8640), 65535)), finished_at >= registered_at AND status IN ('closed', 'closed_overdue'))
    GROUP BY toStartOfMonth(registered_at), toDate(registered_at) >= toDate('2022-06-08'), region_code, district_code, category_code
);
ALTER TABLE complaints ADD PROJECTION IF NOT EXISTS by_body
(
    SELECT
        toStartOfMonth(registered_at), toDate(registered_at) >= toDate('2022-06-08'), region_code, district_code, body,
        count(), countIf(status = 'open'), countIf(status = 'open_overdue'), countIf(status = 'closed'), countIf(status = 'closed_overdue'),
        countIf(status = 'withdrawn'), countIf(status = 'forwarded'),
        min(toDate(registered_at)), max(toDate(registered_at))
    GROUP BY toStartOfMonth(registered_at), toDate(registered_at) >= toDate('2022-06-08'), region_code, district_code, body
);
ALTER TABLE complaints ADD PROJECTION IF NOT EXISTS by_status
(
    SELECT status, registered_at, region_code, district_code, category_code, body ORDER BY status
);

ALTER TABLE complaints
    MATERIALIZE PROJECTION by_district, MATERIALIZE PROJECTION by_place, MATERIALIZE PROJECTION by_body, MATERIALIZE PROJECTION by_status;

-- +goose Down
ALTER TABLE complaints DROP PROJECTION by_status;
ALTER TABLE complaints DROP PROJECTION by_body;
ALTER TABLE complaints DROP PROJECTION by_district;
ALTER TABLE complaints DROP PROJECTION by_place;
ALTER TABLE complaints RESET SETTING lightweight_mutation_projection_mode, materialize_projections_on_insert, materialize_projections_on_merge;
DROP TABLE systemic_groups;
DROP TABLE population;

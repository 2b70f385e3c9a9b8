-- The map of problems: what is open, with whom, where, for how long, and what money it lacks.
-- Purpose: one table of what central and local bodies have before them, by category and place. Grain: category × body ×
-- place (today's region and district). A body of complaints is its identity (see bodies), else its spelling; a body of
-- plan items is who is responsible, as printed. The two meet in one row only where the plan prints a spelling that
-- complaints have too.
-- Columns: see their comments. Days are counted to as_of, the newest day of registration in the warehouse, so that the
-- answer changes only with the data. Money is of items not yet resolved or explained; money_missing_kzt is of those for
-- which the plan says that money is considered, documents are missing, the item is for later, or it is not supported.
-- is_systemic is null while systemic_groups has no group: `run all` and `serve` fill it after a night that loaded something.
-- Example: SELECT region, category_code, body_level, sum(open), max(oldest_days) FROM problem_map
--          WHERE is_systemic GROUP BY ALL ORDER BY 4 DESC LIMIT 20
-- Speed: open complaints are read from the projection by_status.
CREATE OR REPLACE VIEW problem_map
(
    category_code       LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories); null when unknown',
    body_level          Nullable(String)                 COMMENT 'central or local; null when the name does not tell',
    body_key            Nullable(String)                 COMMENT 'Identity of the body (see bodies); null when its name tells none',
    body                Nullable(String)                 COMMENT 'A spelling of the body, or who is responsible as the plan prints it; null when nobody is named',
    region_today_code   Nullable(String)                 COMMENT 'KATO code of the region in today''s division; null when unknown or divided',
    region              Nullable(String)                 COMMENT 'Its name in Russian',
    district_today_code Nullable(String)                 COMMENT 'KATO code of the district in today''s division; null when unknown',
    district            Nullable(String)                 COMMENT 'Its name in Russian',
    open                UInt64                           COMMENT 'Open complaints, late ones among them',
    overdue             UInt64                           COMMENT 'Of them late',
    oldest_days         Nullable(Int32)                  COMMENT 'Age of the oldest open complaint on as_of, days; null when none is open',
    mean_days           Nullable(Float64)                COMMENT 'Mean age of the open complaints, days',
    plan_items          UInt64                           COMMENT 'Items that plans of any half-year do not call resolved or explained, those without a state among them; a problem that is in the plans of two half-years counts twice',
    money_needed_kzt    Nullable(Int64)                  COMMENT 'Money these items name together, tenge; null when none of them says',
    money_missing_kzt   Nullable(Int64)                  COMMENT 'Of it money that the plan says is not there; null when none of them says',
    is_systemic         Nullable(Bool)                   COMMENT 'Whether complaints of this place and category repeat one another (see systemic_groups); null when nobody has looked yet',
    systemic_complaints Nullable(UInt64)                 COMMENT 'How many complaints of this place and category repeat one another, of whatever body: the same number in each of its rows, so never sum over bodies',
    as_of               Nullable(Date)                   COMMENT 'Newest day of registration in the warehouse'
)
AS
WITH
    (SELECT max(registered_on) FROM countable_complaints) AS newest,
    (SELECT count() FROM systemic_groups) AS known_groups,
    asked AS
    (
        SELECT
            category_code, body, region_today_code, district_today_code,
            count() AS open,
            countIf(status = 'open_overdue') AS overdue,
            min(registered_on) AS first_day,
            sum(toInt64(newest - registered_on)) AS days
        FROM countable_complaints
        WHERE status IN ('open', 'open_overdue')
        GROUP BY category_code, body, region_today_code, district_today_code
    ),
    promised AS
    (
        SELECT
            category_code, nullIf(responsible, '') AS body, any(responsible_level) AS level, region_today_code, district_today_code,
            count() AS items,
            sum(cost_kzt) AS needed,
            sumIf(cost_kzt, status IN ('funding_considered', 'no_documents', 'long_term', 'not_supported')) AS missing
        FROM plan_items_now
        WHERE status IS NULL OR status NOT IN ('resolved', 'explained')
        GROUP BY category_code, body, region_today_code, district_today_code
    ),
    parts AS
    (
        SELECT
            ifNull(toString(a.category_code), '') AS category, ifNull(a.region_today_code, '') AS region, ifNull(a.district_today_code, '') AS district,
            a.name AS spelling, b.body_key AS body_key, if(b.scope IN ('central', 'local'), toString(b.scope), '') AS level,
            a.open AS open, a.overdue AS overdue, a.first_day AS first_day, a.days AS days,
            0 AS items, CAST(NULL, 'Nullable(Int64)') AS needed, CAST(NULL, 'Nullable(Int64)') AS missing
        FROM (SELECT *, ifNull(toString(body), '') AS name FROM asked) AS a
        LEFT JOIN bodies AS b ON b.body = a.name
        UNION ALL
        SELECT
            ifNull(toString(p.category_code), ''), ifNull(p.region_today_code, ''), ifNull(p.district_today_code, ''),
            p.name, b.body_key, multiIf(b.scope IN ('central', 'local'), toString(b.scope), ifNull(p.level, '')),
            0, 0, toDate('2149-06-06'), 0,
            p.items, p.needed, p.missing
        FROM (SELECT *, ifNull(body, '') AS name FROM promised) AS p
        LEFT JOIN bodies AS b ON b.body = p.name
    ),
    summed AS
    (
        SELECT
            category, region, district, if(parts.body_key = '', parts.spelling, parts.body_key) AS identity,
            any(parts.spelling) AS body, any(parts.body_key) AS key, max(parts.level) AS body_level,
            sum(parts.open) AS open, sum(parts.overdue) AS overdue, min(parts.first_day) AS first_day, sum(parts.days) AS days,
            sum(parts.items) AS items, sum(parts.needed) AS needed, sum(parts.missing) AS missing
        FROM parts
        GROUP BY category, region, district, identity
    )
SELECT
    nullIf(s.category, '') AS category_code,
    nullIf(s.body_level, '') AS body_level,
    nullIf(s.key, '') AS body_key,
    nullIf(s.body, '') AS body,
    nullIf(s.region, '') AS region_today_code,
    nullIf(r.name_ru, '') AS region,
    nullIf(s.district, '') AS district_today_code,
    nullIf(d.name_ru, '') AS district,
    s.open AS open,
    s.overdue AS overdue,
    if(s.open = 0, NULL, toInt32(newest - s.first_day)) AS oldest_days,
    if(s.open = 0, NULL, round(s.days / s.open, 1)) AS mean_days,
    s.items AS plan_items,
    s.needed AS money_needed_kzt,
    s.missing AS money_missing_kzt,
    if(known_groups = 0, NULL, CAST(g.complaints > 0, 'Bool')) AS is_systemic,
    if(known_groups = 0, NULL, g.complaints) AS systemic_complaints,
    newest AS as_of
FROM summed AS s
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS r ON r.code = s.region
LEFT JOIN (SELECT code, argMax(name_ru, since) AS name_ru FROM divisions GROUP BY code) AS d ON d.code = s.district
LEFT JOIN
(
    SELECT region_today_code AS region, ifNull(district_today_code, '') AS district, ifNull(category_code, '') AS category, sum(systemic_groups.complaints) AS complaints
    FROM systemic_groups
    GROUP BY region, district, category
) AS g ON g.region = s.region AND g.district = s.district AND g.category = s.category
SETTINGS join_use_nulls = 0
COMMENT 'Open problems by category, body and place: open and late complaints with their age, items of plans with the money they need and lack, and whether complaints there repeat one another. Grain: category × body × place';

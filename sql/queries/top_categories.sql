-- What do people complain of and speak about most?
-- Reads published_figures, complaints_today, plan_items_now and categories. The topics were named without figures:
-- beside each stands its rank among the complaints and among the items of the plans. Whoever spoke of "transport and
-- communications" may have meant roads as well: the category is the nearest one.
SET param_period = '2022'; -- a year with its half-years, or one half-year: 2022-H2
SET param_source = 'eotinish'; -- source of the complaints (see sources); empty for all
WITH
    complaints_of AS
    (
        SELECT category_code AS code, toNullable(count()) AS complaints, toNullable(rank() OVER (ORDER BY count() DESC)) AS place
        FROM complaints_today
        WHERE startsWith(half_year, {period:String}) AND category_code IS NOT NULL AND ({source:String} = '' OR source = {source:String})
        GROUP BY category_code
    ),
    items_of AS
    (
        SELECT category_code AS code, toNullable(count()) AS items, toNullable(rank() OVER (ORDER BY count() DESC)) AS place
        FROM plan_items_now
        WHERE startsWith(ifNull(half_year, ''), {period:String}) AND category_code IS NOT NULL
        GROUP BY category_code
    ),
    named AS
    (
        SELECT assumeNotNull(detail) AS code, toNullable(arrayStringConcat(arraySort(groupUniqArray(if(channel = 'e_otinish', 'most complaints', 'most at meetings'))), ', ')) AS published
        FROM published_figures
        WHERE metric = 'top_category' AND startsWith(period, {period:String})
        GROUP BY code
    ),
    codes AS (SELECT code FROM complaints_of UNION DISTINCT SELECT code FROM items_of UNION DISTINCT SELECT code FROM named),
    names AS (SELECT code, any(name_ru) AS name_ru FROM categories GROUP BY code)
SELECT
    k.code AS category_code,
    if(c.name_ru = '', k.code, c.name_ru) AS category,
    a.complaints AS complaints,
    a.place AS place_by_complaints,
    i.items AS plan_items,
    i.place AS place_by_items,
    ifNull(n.published, 'not named') AS published,
    multiIf(a.complaints IS NULL AND i.items IS NULL, 'neither complaints nor items of this time', a.complaints IS NULL, 'no complaints of this time', i.items IS NULL, 'no items of this time', '') AS note
FROM codes AS k
LEFT JOIN complaints_of AS a ON a.code = k.code
LEFT JOIN items_of AS i ON i.code = k.code
LEFT JOIN named AS n ON n.code = k.code
LEFT JOIN names AS c ON c.code = k.code
WHERE n.published IS NOT NULL OR a.place <= 5 OR i.place <= 5
ORDER BY n.published IS NULL, published, ifNull(a.place, 1000), ifNull(i.place, 1000), category;

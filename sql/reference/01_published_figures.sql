-- What officials published about meetings with people and about appeals: the figures of 2022, each with who said it,
-- when and where, told in our own words. They are data of the program and hold what was said, not what is true: two
-- officials who contradict each other are two rows. The question is the name of the query that answers it (see
-- sql/queries). The sitting was on 31 January 2023: Kazinform and KTK report it under that day. The interview is known
-- in a translation without a date, the remark without any. A topic or a region that was named without a figure has no
-- value.
CREATE OR REPLACE VIEW published_figures
(
    question     String                 COMMENT 'Query that answers the question (qulaq sql --list)',
    subject_code String                 COMMENT 'Of whom the figure speaks: KATO code, nine digits; 000000000 is Kazakhstan as a whole',
    subject      String                 COMMENT 'The same for people, in Russian',
    channel      String                 COMMENT 'Of whose work or of which list it speaks, as in claims: ministers, akims, akims_oblast, akims_district, akims_rural, central_list, e_otinish, reception, other',
    metric       String                 COMMENT 'What is counted, as in claims; besides, complaint_leader and top_category for what is only named',
    detail       Nullable(String)       COMMENT 'Code of the category (see categories) or what a part is; null where nothing is said',
    period       String                 COMMENT 'Time that it speaks of: 2022, 2022-H2, or first and last day; empty when the source does not say',
    value        Nullable(Float64)      COMMENT 'The figure, in units; money in tenge; null where something is named without a figure',
    unit         String                 COMMENT 'count, percent, kzt, or named',
    qualifier    String                 COMMENT 'exact, about, over or under',
    statement    String                 COMMENT 'What was said, in our words',
    said_by      String                 COMMENT 'Who said it, by office',
    source_title String                 COMMENT 'Where it was published',
    source_date  Nullable(Date32)       COMMENT 'Day of the sitting or of the publication; null when not known',
    url          Nullable(String)       COMMENT 'Address of the publication; null when not known'
)
AS
WITH
    papers AS
    (
        SELECT * FROM VALUES('paper String, source_title String, source_date Nullable(String), url Nullable(String)',
        ('sitting', 'Prime Minister of Kazakhstan: More than 1,500 concerns voiced by citizens during meetings with ministers and akims', '2023-01-31', 'https://primeminister.kz/en/news/more-than-1500-concerns-voiced-by-citizens-during-meetings-with-ministers-and-akims'),
        ('elorda', 'Elorda.info: Нужно открытое и живое общение', '2023-01-31', NULL),
        ('materials', 'Информационно-справочные материалы МНЭ и МИОР к заседанию Правительства', '2023-01-31', NULL),
        ('interview', 'Hearing State, a year later: interview', NULL, 'https://www.worldysnews.com/hearing-state-a-year-later'),
        ('remark', 'Kazakh24.info: Премьер Казахстана сделал замечание акимам', NULL, NULL))
    ),
    officials AS
    (
        SELECT * FROM VALUES('official String, said_by String',
        ('economy', 'Minister of National Economy'),
        ('information', 'Minister of Information and Public Development'),
        ('prime', 'Prime Minister'),
        ('almaty_region', 'Akim of Almaty region'),
        ('appeals', 'Deputy head of the department for appeals, Administration of the President'))
    ),
    figures AS
    (
        SELECT * FROM VALUES('question String, subject_code String, channel String, metric String, detail Nullable(String), period String, value Nullable(Float64), unit String, qualifier String, official String, paper String, statement String',
        -- Best and worst regions by the share of issues solved, whole year.
        ('best_and_worst_regions', '150000000', 'akims', 'issues_raised', NULL, '2022', 4497, 'count', 'exact', 'economy', 'sitting', 'Aktobe region: issues raised at meetings with akims'),
        ('best_and_worst_regions', '150000000', 'akims', 'issues_resolved', NULL, '2022', 4259, 'count', 'exact', 'economy', 'sitting', 'Aktobe region: of them solved'),
        ('best_and_worst_regions', '150000000', 'akims', 'issues_resolved_share', NULL, '2022', 94.7, 'percent', 'exact', 'economy', 'sitting', 'Aktobe region has the highest share solved'),
        ('best_and_worst_regions', '390000000', 'akims', 'issues_raised', NULL, '2022', 3467, 'count', 'exact', 'economy', 'sitting', 'Kostanay region: issues raised'),
        ('best_and_worst_regions', '390000000', 'akims', 'issues_resolved', NULL, '2022', 3224, 'count', 'exact', 'economy', 'sitting', 'Kostanay region: of them solved'),
        ('best_and_worst_regions', '390000000', 'akims', 'issues_resolved_share', NULL, '2022', 93, 'percent', 'exact', 'economy', 'sitting', 'Kostanay region comes second by the share solved'),
        ('best_and_worst_regions', '750000000', 'akims', 'issues_raised', NULL, '2022', 4518, 'count', 'exact', 'economy', 'sitting', 'Almaty city: issues raised'),
        ('best_and_worst_regions', '750000000', 'akims', 'issues_resolved', NULL, '2022', 4194, 'count', 'exact', 'economy', 'sitting', 'Almaty city: of them solved'),
        ('best_and_worst_regions', '750000000', 'akims', 'issues_resolved_share', NULL, '2022', 92.8, 'percent', 'exact', 'economy', 'sitting', 'Almaty city comes third by the share solved'),
        ('best_and_worst_regions', '190000000', 'akims', 'issues_raised', NULL, '2022', 1029, 'count', 'exact', 'economy', 'sitting', 'Almaty region: issues raised'),
        ('best_and_worst_regions', '190000000', 'akims', 'issues_resolved', NULL, '2022', 294, 'count', 'exact', 'economy', 'sitting', 'Almaty region: of them solved'),
        ('best_and_worst_regions', '190000000', 'akims', 'issues_resolved_share', NULL, '2022', 28.5, 'percent', 'exact', 'economy', 'sitting', 'Almaty region has the lowest share solved'),
        ('best_and_worst_regions', '270000000', 'akims', 'issues_raised', NULL, '2022', 3751, 'count', 'exact', 'economy', 'sitting', 'West Kazakhstan region: issues raised'),
        ('best_and_worst_regions', '270000000', 'akims', 'issues_resolved', NULL, '2022', 1895, 'count', 'exact', 'economy', 'sitting', 'West Kazakhstan region: of them solved'),
        ('best_and_worst_regions', '270000000', 'akims', 'issues_resolved_share', NULL, '2022', 50.5, 'percent', 'exact', 'economy', 'sitting', 'West Kazakhstan region is second from the end'),
        ('best_and_worst_regions', '230000000', 'akims', 'issues_raised', NULL, '2022', 2808, 'count', 'exact', 'economy', 'sitting', 'Atyrau region: issues raised'),
        ('best_and_worst_regions', '230000000', 'akims', 'issues_resolved', NULL, '2022', 1533, 'count', 'exact', 'economy', 'sitting', 'Atyrau region: of them solved'),
        ('best_and_worst_regions', '230000000', 'akims', 'issues_resolved_share', NULL, '2022', 54.5, 'percent', 'exact', 'economy', 'sitting', 'Atyrau region is third from the end'),
        -- What was raised and what was solved: the country, the ministers, and one region by its own akim.
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_raised', NULL, '2022', 63000, 'count', 'exact', 'economy', 'sitting', 'All akims, whole year: issues raised'),
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_resolved', NULL, '2022', 47600, 'count', 'exact', 'economy', 'sitting', 'All akims, whole year: of them solved'),
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_resolved_share', NULL, '2022', 75.5, 'percent', 'exact', 'economy', 'sitting', 'All akims, whole year: share solved'),
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_raised', NULL, '2022-H2', 33400, 'count', 'over', 'economy', 'sitting', 'All akims, second half-year: proposals and issues raised'),
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_resolved', NULL, '2022-H2', 33100, 'count', 'exact', 'economy', 'sitting', 'All akims, second half-year: solved by local bodies'),
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_resolved_share', NULL, '2022-H2', 99, 'percent', 'exact', 'economy', 'elorda', 'All akims, second half-year: share solved'),
        ('issues_raised_and_solved', '000000000', 'akims', 'issues_raised', NULL, '', 30000, 'count', 'about', 'prime', 'remark', 'Akims of all levels, at the meetings held until then: issues and proposals raised'),
        ('issues_raised_and_solved', '000000000', 'ministers', 'issues_raised', NULL, '2022', 1679, 'count', 'exact', 'information', 'sitting', 'Ministers, whole year: issues raised'),
        ('issues_raised_and_solved', '000000000', 'ministers', 'issues_resolved', NULL, '2022', 1241, 'count', 'exact', 'information', 'sitting', 'Ministers, whole year: of them solved'),
        ('issues_raised_and_solved', '000000000', 'ministers', 'issues_resolved_share', NULL, '2022', 74, 'percent', 'exact', 'information', 'sitting', 'Ministers, whole year: share solved'),
        ('issues_raised_and_solved', '000000000', 'ministers', 'issues_in_progress', NULL, '2022', 438, 'count', 'exact', 'information', 'sitting', 'Ministers, whole year: issues still in work'),
        ('issues_raised_and_solved', '190000000', 'akims', 'issues_raised', NULL, '2022-H2', 1029, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: issues on the list that came of the meetings'),
        ('issues_raised_and_solved', '190000000', 'akims', 'issues_resolved', NULL, '2022', 37, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region by its akim: carried out. The minister counted 294, which is 37 and the 257 in progress'),
        ('issues_raised_and_solved', '190000000', 'akims', 'issues_in_progress', NULL, '2022', 257, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region by its akim: in progress'),
        ('issues_raised_and_solved', '190000000', 'akims', 'issues_remaining', NULL, '2022', 735, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region by its akim: to be solved step by step'),
        -- Who did not publish the action plan of the second half-year.
        ('plans_not_published', '000000000', 'akims', 'plan_not_published', NULL, '2022-H2', 5, 'count', 'exact', 'economy', 'materials', 'Akimats without a published plan'),
        ('plans_not_published', '630000000', 'akims', 'plan_not_published', NULL, '2022-H2', 1, 'count', 'exact', 'economy', 'materials', 'East Kazakhstan region is one of the five'),
        ('plans_not_published', '590000000', 'akims', 'plan_not_published', NULL, '2022-H2', 1, 'count', 'exact', 'economy', 'materials', 'North Kazakhstan region is one of the five'),
        ('plans_not_published', '550000000', 'akims', 'plan_not_published', NULL, '2022-H2', 1, 'count', 'exact', 'economy', 'materials', 'Pavlodar region is one of the five'),
        ('plans_not_published', '620000000', 'akims', 'plan_not_published', NULL, '2022-H2', 1, 'count', 'exact', 'economy', 'materials', 'Ulytau region is one of the five'),
        ('plans_not_published', '710000000', 'akims', 'plan_not_published', NULL, '2022-H2', 1, 'count', 'exact', 'economy', 'materials', 'Astana is one of the five'),
        -- Appeals: how many, to whom, and how they grew.
        ('appeals_growth', '000000000', 'e_otinish', 'appeals_received', NULL, '2022', 1700000, 'count', 'over', 'prime', 'elorda', 'Appeals through e-Otinish in the year'),
        ('appeals_growth', '000000000', 'e_otinish', 'appeals_growth', NULL, '2022-H2', 16, 'percent', 'exact', 'prime', 'elorda', 'Appeals to akimats, second half-year against the first'),
        ('local_bodies_share', '000000000', 'e_otinish', 'appeals_local_share', NULL, '2022', 82, 'percent', 'exact', 'prime', 'elorda', 'Share of the appeals that fell to local executive bodies'),
        ('leaders_by_complaints', '750000000', 'e_otinish', 'complaint_leader', NULL, '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Almaty city is named first among the leaders by complaints'),
        ('leaders_by_complaints', '710000000', 'e_otinish', 'complaint_leader', NULL, '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Astana is named among the leaders by complaints'),
        ('leaders_by_complaints', '350000000', 'e_otinish', 'complaint_leader', NULL, '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Karaganda region is named among the leaders by complaints'),
        ('leaders_by_complaints', '150000000', 'e_otinish', 'complaint_leader', NULL, '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Aktobe region is named among the leaders by complaints'),
        ('leaders_by_complaints', '000000000', 'reception', 'complaints_share', 'Almaty, Akmola, Kostanay, Zhambyl and Turkistan regions', '2019-11-21', 47, 'percent', 'exact', 'appeals', 'interview', 'Day of receptions in the whole country: share of the requests that came from these five regions'),
        -- What people write and speak about.
        ('top_categories', '000000000', 'e_otinish', 'top_category', 'construction', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Construction is among the topics of most complaints'),
        ('top_categories', '000000000', 'e_otinish', 'top_category', 'transport', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Transport and communications are among the topics of most complaints'),
        ('top_categories', '000000000', 'e_otinish', 'top_category', 'utilities', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Housing and utilities are among the topics of most complaints'),
        ('top_categories', '000000000', 'other', 'top_category', 'utilities', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Utilities and construction move people most at meetings'),
        ('top_categories', '000000000', 'other', 'top_category', 'construction', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Utilities and construction move people most at meetings'),
        ('top_categories', '000000000', 'other', 'top_category', 'agriculture', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Agriculture and land move people most at meetings'),
        ('top_categories', '000000000', 'other', 'top_category', 'land', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Agriculture and land move people most at meetings'),
        ('top_categories', '000000000', 'other', 'top_category', 'prices', '2022', NULL, 'named', 'exact', 'prime', 'elorda', 'Prices move people most at meetings'),
        ('top_categories', '000000000', 'ministers', 'top_category', 'telecom', '', NULL, 'named', 'exact', 'prime', 'remark', 'Mobile network and internet were asked about at meetings with ministers'),
        ('top_categories', '000000000', 'ministers', 'top_category', 'power', '', NULL, 'named', 'exact', 'prime', 'remark', 'Electricity was asked about at meetings with ministers'),
        ('top_categories', '000000000', 'ministers', 'top_category', 'gas', '', NULL, 'named', 'exact', 'prime', 'remark', 'Gas was asked about at meetings with ministers'),
        ('top_categories', '000000000', 'ministers', 'top_category', 'water', '', NULL, 'named', 'exact', 'prime', 'remark', 'Drinking water was asked about at meetings with ministers'),
        ('top_categories', '000000000', 'ministers', 'top_category', 'social_protection', '', NULL, 'named', 'exact', 'prime', 'remark', 'Social problems were asked about at meetings with ministers'),
        ('top_categories', '000000000', 'reception', 'complaints_share', 'utilities, social_protection, housing, land', '2019-11-21', 68.8, 'percent', 'exact', 'appeals', 'interview', 'Day of receptions in the whole country: share of those who came with these topics'),
        -- Meetings: planned, held, missed.
        ('missed_meetings', '000000000', 'ministers', 'meetings_planned', NULL, '2022', 227, 'count', 'exact', 'information', 'sitting', 'Ministers: meetings on the schedule of the year'),
        ('missed_meetings', '000000000', 'ministers', 'meetings_planned', NULL, '2022-H1', 55, 'count', 'exact', 'information', 'sitting', 'Ministers: of them in the first half-year'),
        ('missed_meetings', '000000000', 'ministers', 'meetings_planned', NULL, '2022-H2', 172, 'count', 'exact', 'information', 'sitting', 'Ministers: of them in the second half-year'),
        ('missed_meetings', '000000000', 'ministers', 'meetings_held', NULL, '2022', 212, 'count', 'exact', 'information', 'sitting', 'Ministers: meetings held by the schedule, May to December'),
        ('missed_meetings', '000000000', 'ministers', 'meetings_missed', NULL, '2022', 15, 'count', 'exact', 'prime', 'elorda', 'Ministers: planned meetings that were not held'),
        ('meetings_held', '000000000', 'akims', 'meetings_held', NULL, '2022', 28300, 'count', 'exact', 'economy', 'sitting', 'Akims of all levels, whole year'),
        ('meetings_held', '000000000', 'akims', 'meetings_held', NULL, '2022-H1', 8500, 'count', 'exact', 'economy', 'sitting', 'Akims of all levels, first half-year'),
        ('meetings_held', '000000000', 'akims', 'meetings_held', NULL, '2022-H2', 19800, 'count', 'about', 'economy', 'sitting', 'Akims of all levels, second half-year'),
        ('meetings_held', '190000000', 'akims', 'meetings_held', NULL, '2022-H2', 1161, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: akims of all levels'),
        ('meetings_held', '190000000', 'akims_oblast', 'meetings_held', NULL, '2022-H2', 10, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: the akim of the region'),
        ('meetings_held', '190000000', 'akims_district', 'meetings_held', NULL, '2022-H2', 386, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: akims of districts and cities'),
        ('meetings_held', '190000000', 'akims_rural', 'meetings_held', NULL, '2022-H2', 765, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: akims of rural districts and villages'),
        -- Money needed and allotted.
        ('money_needed_and_allotted', '000000000', 'akims', 'budget_needed', NULL, '2022-H2', 485e9, 'kzt', 'exact', 'economy', 'materials', 'Local budgets need this for what people raised'),
        ('money_needed_and_allotted', '000000000', 'akims', 'budget_allocated', NULL, '2022-H2', 253.8e9, 'kzt', 'exact', 'economy', 'materials', 'Of it allotted from local budgets'),
        ('money_needed_and_allotted', '000000000', 'akims', 'budget_allocated_share', NULL, '2022-H2', 52.3, 'percent', 'exact', 'economy', 'materials', 'Share of the need that was allotted'),
        ('money_needed_and_allotted', '000000000', 'central_list', 'budget_allocated', NULL, '2022-H2', 20.2e9, 'kzt', 'exact', 'economy', 'sitting', 'Central list: set aside in the republican budget'),
        ('money_needed_and_allotted', '000000000', 'central_list', 'budget_considered', NULL, '2022-H2', 61.2e9, 'kzt', 'exact', 'economy', 'sitting', 'Central list: to be considered when the republican budget is revised'),
        ('money_needed_and_allotted', '190000000', 'akims', 'budget_allocated', NULL, '2022', 9.1e9, 'kzt', 'exact', 'almaty_region', 'sitting', 'Almaty region: allotted'),
        ('money_needed_and_allotted', '190000000', 'akims', 'budget_needed', NULL, '2022', 279e9, 'kzt', 'exact', 'almaty_region', 'sitting', 'Almaty region: needed for what remains'),
        -- What became of the issues that only the centre can solve.
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_central_level', NULL, '2022-H2', 62, 'count', 'exact', 'economy', 'sitting', 'Issues on the list'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_no_documents', NULL, '2022-H2', 10, 'count', 'exact', 'economy', 'sitting', 'The regions have no documents for them'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_funded', NULL, '2022-H2', 5, 'count', 'exact', 'economy', 'sitting', 'Money is set aside'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_funding_considered', NULL, '2022-H2', 13, 'count', 'exact', 'economy', 'sitting', 'Money will be considered'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_in_progress', NULL, '2022-H2', 14, 'count', 'exact', 'economy', 'sitting', 'In work at state bodies'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_not_supported', NULL, '2022-H2', 18, 'count', 'exact', 'economy', 'sitting', 'Not supported: local bodies are competent'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_resolved', NULL, '2022-H2', 2, 'count', 'exact', 'economy', 'sitting', 'Done'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_selected_central', NULL, '2022-H2', 6, 'count', 'exact', 'economy', 'sitting', 'Chosen by central bodies to be solved by them'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_central_level', NULL, '2022-H1', 14, 'count', 'exact', 'economy', 'sitting', 'Issues on the list'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_resolved', NULL, '2022-H1', 5, 'count', 'exact', 'economy', 'sitting', 'Done'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_not_supported', NULL, '2022-H1', 6, 'count', 'exact', 'economy', 'sitting', 'Not supported'),
        ('outcome_of_central_issues', '000000000', 'central_list', 'issues_long_term', NULL, '2022-H1', 3, 'count', 'exact', 'economy', 'sitting', 'Long-term, in work'),
        -- People received.
        ('people_received', '000000000', 'ministers', 'receptions_held', NULL, '2022', 216, 'count', 'exact', 'information', 'sitting', 'Ministers: receptions at meetings in the regions'),
        ('people_received', '000000000', 'ministers', 'citizens_received', NULL, '2022', 1498, 'count', 'exact', 'information', 'sitting', 'Ministers: citizens received there'),
        ('people_received', '190000000', 'akims', 'participants', NULL, '2022-H2', 94113, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: people who took part in meetings'),
        ('people_received', '190000000', 'akims', 'proposals_received', NULL, '2022-H2', 2594, 'count', 'exact', 'almaty_region', 'sitting', 'Almaty region: proposals of citizens'),
        ('people_received', '000000000', 'reception', 'citizens_received', NULL, '2019-07-22/2020-07-22', 1777, 'count', 'exact', 'appeals', 'interview', 'Reception of the Administration of the President in the first year of the department'),
        ('people_received', '000000000', 'reception', 'citizens_received', 'receptions in the regions', '2019-07-22/2020-07-22', 700, 'count', 'exact', 'appeals', 'interview', 'Of them at receptions in nine regions'),
        ('people_received', '000000000', 'reception', 'citizens_received', NULL, '2019-11-21', 14000, 'count', 'over', 'appeals', 'interview', 'Day of receptions in the whole country: people who came'),
        ('people_received', '000000000', 'reception', 'citizens_received', NULL, '2020-06-01/2020-06-30', 55, 'count', 'exact', 'appeals', 'interview', 'Received over video by the Assistant to the President in June, from seven regions'))
    )
SELECT
    f.question AS question,
    f.subject_code AS subject_code,
    transform(f.subject_code,
        ['000000000', '150000000', '190000000', '230000000', '270000000', '350000000', '390000000', '550000000', '590000000', '620000000', '630000000', '710000000', '750000000'],
        ['Казахстан', 'Актюбинская область', 'Алматинская область', 'Атырауская область', 'Западно-Казахстанская область', 'Карагандинская область', 'Костанайская область', 'Павлодарская область',
            'Северо-Казахстанская область', 'область Ұлытау', 'Восточно-Казахстанская область', 'г.Астана', 'г.Алматы'], '') AS subject,
    f.channel AS channel,
    f.metric AS metric,
    f.detail AS detail,
    f.period AS period,
    f.value AS value,
    f.unit AS unit,
    f.qualifier AS qualifier,
    f.statement AS statement,
    o.said_by AS said_by,
    p.source_title AS source_title,
    toDate32(p.source_date) AS source_date,
    p.url AS url
FROM figures AS f
INNER JOIN papers AS p ON p.paper = f.paper
INNER JOIN officials AS o ON o.official = f.official
SETTINGS join_use_nulls = 0
COMMENT 'Figures of 2022 that officials published, with who said it, when and where, in our own words: what our answers are put beside. Two officials who contradict each other are two rows. Grain: figure × who said it';

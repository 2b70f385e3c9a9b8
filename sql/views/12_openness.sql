-- How open the akimats are. Grain: akimat × half-year.
CREATE OR REPLACE VIEW openness AS
SELECT
    region_code,
    name,
    period,
    state,
    openness AS score,
    round(openness_known, 2) AS known,
    if(mapContains(openness_parts, 'published'), openness_parts['published'], NULL) AS published,
    if(mapContains(openness_parts, 'in_time'), openness_parts['in_time'], NULL) AS in_time,
    if(mapContains(openness_parts, 'readable'), openness_parts['readable'], NULL) AS readable,
    if(mapContains(openness_parts, 'answered'), openness_parts['answered'], NULL) AS answered,
    if(mapContains(openness_parts, 'languages'), openness_parts['languages'], NULL) AS languages,
    if(mapContains(openness_parts, 'announced'), openness_parts['announced'], NULL) AS announced
FROM verdicts
WHERE obligation = 'action_plan' AND judged_on <= toDate(now(), 'Asia/Almaty') -- as in publication_status
ORDER BY judged_on DESC, run_id DESC
LIMIT 1 BY obligation_id;
ALTER TABLE openness MODIFY COMMENT 'Score of openness, by the last verdict up to today in Almaty, of each akimat and half-year with its parts: published, in time, readable, items with a responsible body and a deadline, both languages, announced meetings; null where not known. score = 100 × the sum of weight × part over the parts that are known / the sum of their weights; weights: published 0.40, in_time 0.15, readable 0.15, answered 0.15, languages 0.10, announced 0.05 (docs/VERDICTS.md says more). announced = meetings of the half-year that were announced before their day / meetings of which it can be told whether they were, by meetings and meeting_papers';
ALTER TABLE openness
    COMMENT COLUMN score 'Score of openness, 0 to 100: the weighted mean of the parts that are known; null while nothing is known',
    COMMENT COLUMN known 'Which share of the weights is known, 0 to 1',
    COMMENT COLUMN published 'Whether the plan is published, 0 or 1; null when not known',
    COMMENT COLUMN in_time 'Whether in time, 0 to 1; null when not known',
    COMMENT COLUMN readable 'Whether it can be read by a machine, 0 to 1; null when not known',
    COMMENT COLUMN answered 'Share of its items with somebody responsible and a deadline, 0 to 1; null when not known',
    COMMENT COLUMN languages 'Whether it is there in both languages, 0 to 1; null when not known',
    COMMENT COLUMN announced 'Share of the half-year''s known meetings that were announced before their day, of those of which that can be told, 0 to 1; null when there are none';

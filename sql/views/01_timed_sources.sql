-- Sources that tell of delays: those that call at least one complaint late.
-- Purpose: shares of late answers, and of answers in time. A source that calls none late knows no deadlines, such as a contact
-- centre: its complaints are closed, and nobody can say when they had to be. Grain: source.
-- Columns: source.
-- Example: SELECT region, avg(is_overdue) FROM complaints_today WHERE source IN (SELECT source FROM timed_sources) GROUP BY region
CREATE OR REPLACE VIEW timed_sources
(
    source LowCardinality(String) COMMENT 'Where complaints are published (see sources)'
)
AS
SELECT _partition_value.1 AS source -- as in countable_complaints, whose lookups of places would be planned here for nothing
FROM complaints
GROUP BY source
HAVING countIf(status = 'open_overdue') + countIf(status = 'closed_overdue') > 0
SETTINGS preferred_optimize_projection_name = 'by_district', max_threads_for_indexes = 1 -- as in countable_complaints
COMMENT 'Sources that tell of delays: those that call at least one complaint late. Where a source calls none, closed says nothing of in time. Grain: source';

-- How many complaints, by month, region, category and status.
-- Grain: month × region of the day × today's region × category × status.
CREATE OR REPLACE VIEW complaint_trends AS
SELECT
    month,
    region_code,
    any(t.region) AS region,
    region_today_code,
    category_code,
    status,
    count() AS complaints
FROM complaints_today AS t
GROUP BY month, region_code, region_today_code, category_code, status;
ALTER TABLE complaint_trends MODIFY COMMENT 'Number of complaints by month, region (of the day and of today), category and status. A null code means: the source does not tell';

-- +goose Up
ALTER TABLE sources MODIFY COLUMN kind COMMENT 'What comes from it: complaints, plans (and calendars and results of meetings: the site of an akimat) or reports';
ALTER TABLE sources MODIFY COMMENT 'Publishers of exports, sites of akimats, and the reports. Grain: source';
ALTER TABLE systemic_groups MODIFY COMMENT 'The rows of the view systemic_issues, which takes long, as they were last computed: made anew by run all and serve after a night that loaded complaints. Grain: group';

-- +goose Down
ALTER TABLE systemic_groups MODIFY COMMENT 'The rows of the view systemic_issues as they were when they were last computed, which takes long: INSERT INTO systemic_groups SELECT * FROM systemic_issues. Empty before the first time. Grain: group';
ALTER TABLE sources MODIFY COMMENT 'Publishers that exports come from';
ALTER TABLE sources MODIFY COLUMN kind COMMENT 'complaints';

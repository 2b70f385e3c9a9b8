-- +goose Up
ALTER TABLE systemic_groups
    COMMENT COLUMN overdue_share_percent 'Share of late ones, percent of those whose state is known; nan when of none',
    COMMENT COLUMN open_share_percent 'Share of open ones, percent of the same; nan when of none';

-- +goose Down
ALTER TABLE systemic_groups
    COMMENT COLUMN overdue_share_percent 'Share of late ones, percent',
    COMMENT COLUMN open_share_percent 'Share of open ones, percent';

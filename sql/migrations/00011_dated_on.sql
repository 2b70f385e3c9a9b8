-- +goose Up
ALTER TABLE publications
    ADD COLUMN IF NOT EXISTS dated_on Nullable(Date32) COMMENT 'Day that the paper itself bears: of its approval, its number or its signature; null when it says none, or several' AFTER published_at;

-- +goose Down
ALTER TABLE publications DROP COLUMN dated_on;

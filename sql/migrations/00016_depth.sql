-- +goose Up
ALTER TABLE looks
    ADD COLUMN IF NOT EXISTS reach_on Nullable(Date32) COMMENT 'Day of the third oldest entry: how far the listing reaches back; null when fewer bear a day, and of looks before 22 November 2026',
    ADD COLUMN IF NOT EXISTS moved_on Nullable(Date32) COMMENT 'Of a whole look: day that more than half of its entries, and at least five, bear, as the move of a site leaves it; null when there is none';

-- +goose Down
ALTER TABLE looks DROP COLUMN moved_on, DROP COLUMN reach_on;

-- +goose Up
ALTER TABLE looks
    ADD COLUMN IF NOT EXISTS oldest_on Array(Date32)    COMMENT 'Days of its three oldest entries: how far the listing reaches back; fewer when fewer bear a day, none of looks that were made before this was kept',
    ADD COLUMN IF NOT EXISTS moved_on  Nullable(Date32) COMMENT 'Of a whole look: day that more than half of its entries, and at least five, bear, as the move of a site leaves it; null when there is none';

-- +goose Down
ALTER TABLE looks DROP COLUMN moved_on, DROP COLUMN oldest_on;

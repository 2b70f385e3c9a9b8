-- +goose Up
ALTER TABLE publications
    ADD COLUMN IF NOT EXISTS listed_at DateTime('Asia/Almaty') DEFAULT exported_at COMMENT 'When its entry was first seen, under whatever title and with whatever content; before exported_at where it was changed since, and published_at is not the day of what it holds then' AFTER exported_at;
ALTER TABLE meeting_papers
    ADD COLUMN IF NOT EXISTS listed_at DateTime('Asia/Almaty') DEFAULT exported_at COMMENT 'When its entry was first seen, under whatever title and with whatever content; before exported_at where it was changed since, and published_at is not the day of what it holds then' AFTER exported_at;
ALTER TABLE looks
    COMMENT COLUMN last_at 'Newest stamp among the entries, those to come left aside',
    COMMENT COLUMN oldest_on 'Days of its three oldest entries, those before two years without any left aside: how far the listing reaches back; fewer when fewer bear a day, none of looks that were made before this was kept';

-- +goose Down
ALTER TABLE looks
    COMMENT COLUMN last_at 'Newest stamp among the entries',
    COMMENT COLUMN oldest_on 'Days of its three oldest entries: how far the listing reaches back; fewer when fewer bear a day, none of looks that were made before this was kept';
ALTER TABLE meeting_papers DROP COLUMN listed_at;
ALTER TABLE publications DROP COLUMN listed_at;

-- +goose Up
-- Ministers met the people in 2022 and 2023 as well: by decree № 863, which names no number but a schedule, approved before
-- 10 January and reviewed by half-year. Without this row their meetings of those years were in no period.
INSERT INTO meeting_norms (norm, level, place, meetings, period, valid_from, valid_to, basis, source)
    SELECT 'ministers-2022', 'ministry', 'anywhere', 0, 'half_year', '2022-04-07', '2024-01-08', 'law', 'Указ Президента РК от 7 апреля 2022 года № 863: встречи по утверждённому графику'
    WHERE 'ministers-2022' NOT IN (SELECT toString(norm) FROM meeting_norms);
ALTER TABLE meeting_norms COMMENT COLUMN meetings 'How many meetings are owed in each place and period; 0 where the act leaves the number to a schedule';

-- +goose Down
ALTER TABLE meeting_norms COMMENT COLUMN meetings 'How many meetings are owed in each place and period';
ALTER TABLE meeting_norms DELETE WHERE norm = 'ministers-2022' SETTINGS mutations_sync = 2;

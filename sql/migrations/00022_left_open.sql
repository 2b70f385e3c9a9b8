-- +goose Up
ALTER TABLE publications
    COMMENT COLUMN kind 'plan, lookalike (another sort of plan), other, or unreadable (something of it could not be read, and the rest, without a table, leaves open what it is)';

-- +goose Down
ALTER TABLE publications
    COMMENT COLUMN kind 'plan, lookalike (another sort of plan), other, or unreadable (no file of it could be read, and its title leaves it open)';

-- +goose Up
ALTER TABLE complaints COMMENT COLUMN text_fingerprint 'Fingerprint of the text after masking: of texts that say nearly the same at least three of its four 16-bit lanes are equal (see the view systemic_issues); 0 when there was no text or it was too short. It stays when retention empties the text, so an empty text may have one';

-- +goose Down
ALTER TABLE complaints COMMENT COLUMN text_fingerprint 'Fingerprint of the text after masking: of texts that say nearly the same at least three of its four 16-bit lanes are equal (see the view systemic_issues); 0 when there is no text or it is too short';

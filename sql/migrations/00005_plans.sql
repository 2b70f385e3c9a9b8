-- +goose Up
CREATE TABLE IF NOT EXISTS plans
(
    source         LowCardinality(String)           COMMENT 'Whose site published it: govkz/aktobe, … (see sources)',
    plan_id        String                           COMMENT 'Identity of the plan through its versions and languages: source, district and period; where the paper names no period, source and publication',
    region_code    LowCardinality(Nullable(String)) COMMENT 'KATO code of the region whose akimat drew it up; null when unknown',
    district_code  LowCardinality(Nullable(String)) COMMENT 'KATO code of the district or city, where a district''s akimat drew it up; null for a region''s',
    period_from    Nullable(Date32)                 COMMENT 'First day of the period in which the meetings were held; null when the paper does not say',
    period_to      Nullable(Date32)                 COMMENT 'Last day of that period',
    title          String                           COMMENT 'Title as published, names of people masked',
    lang           LowCardinality(String)           COMMENT 'Language of the version that counts: ru, kk or mixed; empty when unknown',
    published_on   Nullable(Date32)                 COMMENT 'Day on which the version that counts was published; null when the platform shows only the stamp of its migration and the paper no date',
    first_published_on Nullable(Date32)             COMMENT 'Day on which the first version of it was published; null when no version shows one',
    versions       UInt16                           COMMENT 'How many different versions were published, in the language of the one that counts',
    items          UInt32                           COMMENT 'Items of the version that counts',
    readable       Bool                             COMMENT 'Whether items could be read: false for scans without text, encrypted and damaged files',
    unreadable_why String                           COMMENT 'Why not; empty for a readable plan',
    recognised     Bool                             COMMENT 'Read from pictures by recognition: letters may be wrong',
    format         LowCardinality(String)           COMMENT 'What it was read from: html, docx, xlsx, xls, pdf, text; empty when it was not read',
    publication_id String                           COMMENT 'Publication of the version that counts (see publications)',
    url            String                           COMMENT 'Where it was published',
    snapshot       LowCardinality(String)           COMMENT 'SHA-256 of the file it was read from (see snapshots)',
    source_table   LowCardinality(String)           COMMENT 'Member of a zip; empty for a plain file',
    source_row     UInt32                           COMMENT 'Always 0: a plan is a whole file',
    exported_at    DateTime('Asia/Almaty')          COMMENT 'When the file was first seen',
    load_id        LowCardinality(String)           COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY source
ORDER BY (plan_id)
COMMENT 'Action plans on what people raised at meetings with akims. Grain: plan, in the version and language that counts; other versions are in publications';

CREATE TABLE IF NOT EXISTS plan_items
(
    source          LowCardinality(String)           COMMENT 'Whose site published it (see sources)',
    item_id         String                           COMMENT 'Identity of the item through the versions of its plan: plan_id and a key of issue and measure',
    plan_id         String                           COMMENT 'Plan it belongs to (see plans)',
    item_no         String                           COMMENT 'Number as printed, without the last dot; empty when there is none',
    section         String                           COMMENT 'Heading of the section it stands in; empty when there is none',
    issue           String                           COMMENT 'What was raised, personal data masked',
    measure         String                           COMMENT 'What is to be done, personal data masked',
    completion_form String                           COMMENT 'How completion is shown: report, act, …; empty when not said',
    responsible     String                           COMMENT 'Who is to do it, as printed, names of people masked',
    deadline_from   Nullable(Date32)                 COMMENT 'First day of the time in which it is to be done; null for a mere "until"',
    deadline_to     Nullable(Date32)                 COMMENT 'Last day; null when none is said, or work goes on for ever',
    deadline_text   String                           COMMENT 'Deadline as printed',
    cost_kzt        Nullable(Int64)                  COMMENT 'Money needed, whole tenge; 0 when none is needed, null when not said',
    cost_text       String                           COMMENT 'Money as printed',
    funding_source  String                           COMMENT 'Where the money comes from, as printed; empty when not said',
    status          LowCardinality(Nullable(String)) COMMENT 'resolved, in_progress, planned, funded, funding_considered, no_documents, not_supported, long_term, explained or unknown; null when the plan has no such column',
    status_text     String                           COMMENT 'Status as printed, personal data masked',
    category_code   LowCardinality(Nullable(String)) COMMENT 'Code of the category (see categories), told from the issue; null when it tells none',
    region_code     LowCardinality(Nullable(String)) COMMENT 'KATO code of the region',
    district_code   LowCardinality(Nullable(String)) COMMENT 'KATO code of the district or city: from the section, a column or the text; null when unknown',
    lang            LowCardinality(String)           COMMENT 'Language of the item: ru, kk or mixed; empty when it is too short to tell',
    first_seen_on   Nullable(Date32)                 COMMENT 'Day of the first version that has it',
    vanished_on     Nullable(Date32)                 COMMENT 'Day of the first version that has it no more; null while the plan has it',
    snapshot        LowCardinality(String)           COMMENT 'SHA-256 of the file it was read from (see snapshots)',
    source_table    LowCardinality(String)           COMMENT 'Member of a zip or sheet, and which table of it',
    source_row      UInt32                           COMMENT 'Row of that table, from 1',
    page            UInt16                           COMMENT 'Page, from 1; 0 where the format has none',
    exported_at     DateTime('Asia/Almaty')          COMMENT 'When the file was first seen',
    load_id         LowCardinality(String)           COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY source
ORDER BY (plan_id, item_id)
COMMENT 'Items of action plans, also those that a corrected plan dropped (vanished_on). Grain: plan × item';

CREATE TABLE IF NOT EXISTS publications
(
    source         LowCardinality(String)           COMMENT 'Whose site (see sources)',
    publication_id String                           COMMENT 'The site''s own id and language: 1072256/ru; with /2, /3 … where its content was changed later',
    lang           LowCardinality(String)           COMMENT 'Language of the listing it stood in: ru or kk',
    title          String                           COMMENT 'Title as published, names of people masked',
    url            String                           COMMENT 'Where it is',
    published_at   Nullable(DateTime('Asia/Almaty')) COMMENT 'The platform''s own stamp; null where it shows that of its migration',
    kind           LowCardinality(String)           COMMENT 'plan, lookalike (another sort of plan), other, or unreadable (no file of it could be read, and its title leaves it open)',
    why            String                           COMMENT 'The words that decided, or why it could not be read',
    role           LowCardinality(String)           COMMENT 'Of a plan: current, replaced (by a later version), translation (of the one that counts) or copy; empty otherwise',
    plan_id        String                           COMMENT 'Plan that it is a version of (see plans); empty when it is none',
    region_code    LowCardinality(Nullable(String)) COMMENT 'KATO code of the region that it concerns; null when unknown',
    district_code  LowCardinality(Nullable(String)) COMMENT 'KATO code of the district that it concerns; null when none',
    period_from    Nullable(Date32)                 COMMENT 'First day of the period that it concerns; null when unknown',
    period_to      Nullable(Date32)                 COMMENT 'Last day of that period',
    items          UInt32                           COMMENT 'Items that were read',
    files          UInt16                           COMMENT 'Files it came with, the text of the page not counted',
    file_hashes    String                           COMMENT 'SHA-256 of the files that were fetched (see snapshots), parted by spaces',
    snapshot       LowCardinality(String)           COMMENT 'SHA-256 of the listing page it was first seen in',
    source_table   LowCardinality(String)           COMMENT 'Always empty',
    source_row     UInt32                           COMMENT 'Which entry of that page, from 1',
    exported_at    DateTime('Asia/Almaty')          COMMENT 'When it was first seen in this form',
    load_id        LowCardinality(String)           COMMENT 'Load that brought the row (see loads)'
)
ENGINE = MergeTree
PARTITION BY source
ORDER BY (publication_id)
COMMENT 'Publications whose title could be that of an action plan, in every form in which they were seen. Grain: publication × form';

CREATE TABLE IF NOT EXISTS looks
(
    run_id       String                       COMMENT 'Run it belongs to (see runs)',
    at           DateTime64(3, 'Asia/Almaty') COMMENT 'When it began, by the clock that was passed in',
    source       LowCardinality(String)       COMMENT 'Whose site (see sources)',
    lang         LowCardinality(String)       COMMENT 'Language of the listing',
    since        Nullable(DateTime('Asia/Almaty')) COMMENT 'Only what was published after it was asked for; null for a look at the whole listing',
    outcome      LowCardinality(String)       COMMENT 'healthy, empty, refused, unreachable, changed_shape, login_page, captcha or cut: only the first two say anything about what is published',
    complete     Bool                         COMMENT 'Read to its end',
    pages        UInt32                       COMMENT 'Pages of the listing that were read',
    entries      UInt32                       COMMENT 'Entries on them',
    candidates   UInt32                       COMMENT 'Of them those whose title could be that of an action plan',
    bytes        UInt64                       COMMENT 'Bytes that were received',
    first_at     Nullable(DateTime('Asia/Almaty')) COMMENT 'Oldest stamp among the entries',
    last_at      Nullable(DateTime('Asia/Almaty')) COMMENT 'Newest stamp among the entries',
    page_hashes  Array(String)                COMMENT 'SHA-256 of the pages, in order: the proof of what stood there',
    files_new    UInt32                       COMMENT 'Files that were fetched',
    files_failed UInt32                       COMMENT 'Files that could not be fetched',
    error        String                       COMMENT 'Why it went wrong; empty when it did not'
)
ENGINE = MergeTree ORDER BY (source, at)
COMMENT 'Every look at a listing of publications, append only. Grain: run × source × language';

CREATE TABLE IF NOT EXISTS attempts
(
    run_id      String                       COMMENT 'Run it belongs to (see runs)',
    at          DateTime64(3, 'Asia/Almaty') COMMENT 'When the request was sent',
    source      LowCardinality(String)       COMMENT 'For which source',
    url         String                       COMMENT 'Address, without secrets',
    status      UInt16                       COMMENT 'HTTP status; 0 when no answer came',
    bytes       UInt64                       COMMENT 'Bytes of the body that were read',
    duration_ms UInt32                       COMMENT 'How long it took, milliseconds',
    error       String                       COMMENT 'Why it did not do; empty when it did'
)
ENGINE = MergeTree ORDER BY (source, at)
COMMENT 'Every request to a site of plans, append only. Grain: request';

ALTER TABLE sources MODIFY COLUMN kind COMMENT 'complaints, or plans';
ALTER TABLE loads MODIFY COLUMN snapshot COMMENT 'SHA-256 of the file; of a load of plans, of the list of all files that its facts are made of and of the program''s version';

-- +goose Down
DROP TABLE attempts;
DROP TABLE looks;
DROP TABLE publications;
DROP TABLE plan_items;
DROP TABLE plans;

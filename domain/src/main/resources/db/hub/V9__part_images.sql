-- Pictures of parts, and parts mended by hand.

-- One picture however many parts show it. Both names are the SHA-256 of a WebP file below the hub's data folder: the longer side at most 1200
-- and 300 pixels. A file without a row here belongs to nobody and is swept.
create table image (
    hash text primary key,
    small_hash text not null,
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    bytes bigint not null,
    created_at timestamptz not null
);
create index image_by_small_hash on image (small_hash);

-- In order; the first is the main one.
create table part_image (
    part_id uuid not null references part,
    hash text not null references image,
    position integer not null check (position > 0),
    added_at timestamptz not null,
    added_by text not null,
    primary key (part_id, hash),
    constraint part_image_place unique (part_id, position) deferrable initially deferred
);
create index part_image_by_hash on part_image (hash);

-- A ZIP of pictures and how far it is; its file waits in the data folder until finished_at.
create table image_batch (
    id uuid primary key,
    file_name text not null,
    received_at timestamptz not null,
    received_by uuid not null,
    received_by_name text not null,
    files integer,
    finished_at timestamptz,
    refusal_code text,
    refusal_arguments text[]
);
create index image_batch_open on image_batch (received_at) where finished_at is null;

-- What became of each file of it. Refused ones have a reason.
create table image_batch_file (
    batch_id uuid not null references image_batch,
    name text not null,
    part_id uuid,
    outcome text not null check (outcome in ('STORED', 'KNOWN', 'REFUSED')),
    refusal_code text,
    refusal_arguments text[],
    at timestamptz not null,
    primary key (batch_id, name)
);

-- Written by batch-jobs alone, like the catalogue itself, in the transaction of the change.
create table part_change (
    id uuid primary key,
    part_id uuid not null references part,
    at timestamptz not null,
    who uuid not null,
    who_name text not null,
    kind text not null check (kind in ('ADDED', 'MENDED', 'REMOVED', 'RESTORED', 'UNDONE')),
    undoes uuid unique references part_change
);
create index part_change_by_part on part_change (part_id, id desc);

-- One row for each value that went, came, or took another's place; lists (barcodes, interchanges, fitments) by their items.
create table part_change_value (
    change_id uuid not null references part_change,
    number integer not null,
    field text not null,
    old_value text,
    new_value text,
    primary key (change_id, number)
);

create index part_removed on part (removed_at desc) where removed_at is not null;

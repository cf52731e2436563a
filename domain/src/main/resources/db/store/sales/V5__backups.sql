-- Pruned documents: where the chain that is left hangs, and the texts that the store still shows (a sale to print again or to take back).

create table outbox_pruned (
    only_row integer primary key check (only_row = 1),
    sequence integer not null,
    hash blob not null,
    at text not null
);

create table document_kept (
    sequence integer primary key,
    body blob not null
);

-- Each time this file was put together from a backup. Until the hub has said that it holds no more than this file, nothing is sold.
create table restoration (
    id integer primary key,
    at text not null,
    backup_at text not null,
    backup_sequence integer not null,
    last_sequence integer not null,
    salvaged integer not null,
    folio_jump integer not null,
    complete integer not null,
    confirmed_at text
);

-- A manager said that the clock is right although it did not look so.
create table clock_acceptance (
    id integer primary key,
    at text not null,
    user_id text not null,
    user_name text not null,
    trouble text not null,
    reason text not null
);

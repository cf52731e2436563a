-- The shelf: bins, values, and the documents that move it besides tickets.

-- value: centavos added to the shelf's value; variance: what of an incoming cost did not go there.
alter table stock_movement add column bin text not null default '';
alter table stock_movement add column value integer not null default 0;
alter table stock_movement add column variance integer not null default 0;
drop index stock_movement_by_part;
create index stock_movement_by_part on stock_movement (part_id, at);
create index stock_movement_by_cause on stock_movement (cause);

-- Sums of the branch's own movements. last_cost: centavos per unit of what came in last with a cost.
alter table stock_balance add column value integer not null default 0;
alter table stock_balance add column last_cost integer not null default 0;

create table stock_bin (
    part_id text not null,
    bin text not null,
    moved integer not null,
    primary key (part_id, bin)
) without rowid;
create index stock_bin_by_bin on stock_bin (bin);
insert into stock_bin (part_id, bin, moved)
select part_id, '', moved
from stock_balance;

-- act_hash: what was asked, so that the same act with other content is noticed. body: as sent.
create table stock_document (
    id text primary key,
    kind text not null,
    number text not null,
    at text not null,
    by_name text not null,
    act_hash text not null,
    body blob not null,
    document_sequence integer not null
);
create index stock_document_by_kind on stock_document (kind, at);
create index stock_document_by_number on stock_document (number) where number <> '';

-- What this branch sent and took in of each transfer, by part.
create table transfer_line (
    number text not null,
    part_id text not null,
    sent integer not null default 0,
    sent_value integer not null default 0,
    arrived integer not null default 0,
    primary key (number, part_id)
) without rowid;

create table transfer_counter (
    only_row integer primary key check (only_row = 1),
    next integer not null
);
insert into transfer_counter (only_row, next) values (1, 1);

create table stock_count (
    id text primary key,
    bin text,
    started_at text not null,
    by_name text not null,
    closed_at text,
    abandoned_at text,
    counted integer,
    differing integer,
    value integer
);
create index stock_count_open on stock_count (started_at) where closed_at is null and abandoned_at is null;

create table stock_count_line (
    count_id text not null references stock_count,
    part_id text not null,
    bin text not null,
    counted integer not null,
    expected integer not null,
    fence integer not null,
    at text not null,
    primary key (count_id, part_id, bin)
) without rowid;

create table stock_count_entry (
    id text primary key,
    count_id text not null references stock_count,
    part_id text not null,
    bin text not null,
    quantity integer not null,
    replaces integer not null,
    by_name text not null,
    at text not null
);

-- Copies of what the hub publishes; replaceable at any time.

create table stream_version (
    stream text primary key,
    version integer not null,
    applied_at text not null
) without rowid;

create table part (
    id text primary key,
    line_code text not null,
    part_number text not null,
    brand text not null,
    name_es text not null,
    name_en text not null,
    category text not null,
    unit text not null,
    tax_class text not null,
    core integer not null,
    sat_code text not null,
    sat_unit text not null,
    tax_object text not null,
    relations text not null
) without rowid;

create table part_barcode (
    barcode text primary key,
    part_id text not null,
    pack integer not null
) without rowid;
create index part_barcode_by_part on part_barcode (part_id);

create table part_price (
    part_id text primary key,
    amount integer not null,
    currency text not null,
    includes_tax integer not null
) without rowid;

create table branch_stock (
    store_id text not null,
    part_id text not null,
    store_code text not null,
    on_hand integer not null,
    opening integer not null,
    bin text not null,
    as_of text not null,
    primary key (part_id, store_id)
) without rowid;

create table person (
    id text primary key,
    username text not null unique,
    name text not null,
    role text not null,
    pin_hash text,
    code_hash text,
    code_expires_at text
) without rowid;

create table settings (
    only_row integer primary key check (only_row = 1),
    body text not null
);

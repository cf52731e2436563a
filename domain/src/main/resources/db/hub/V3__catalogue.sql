-- The catalogue. Written by batch-jobs alone.

create table part (
    id uuid primary key,
    line_code text not null,
    part_number text not null,
    normal_number text not null,
    brand text not null,
    name_es text not null,
    name_en text not null,
    category text not null,
    unit text not null,
    tax_class text not null check (tax_class in ('GENERAL', 'ZERO', 'EXEMPT')),
    core bigint not null,
    sat_code text not null,
    sat_unit text not null,
    tax_object text not null,
    created_at timestamptz not null,
    removed_at timestamptz,
    catalogue_version bigint not null,
    unique (line_code, part_number)
);
create index part_by_catalogue_version on part (catalogue_version);
create index part_by_normal_number on part (normal_number);

-- amount is null when the part has no price any more: the stores must be told.
create table part_price (
    part_id uuid primary key references part,
    amount bigint check (amount >= 0),
    currency text not null,
    includes_tax boolean not null,
    prices_version bigint not null
);
create index part_price_by_version on part_price (prices_version);

create table part_barcode (
    part_id uuid not null references part,
    barcode text not null unique,
    pack bigint not null check (pack > 0),
    primary key (part_id, barcode)
);

-- mirrored: the other half of an equivalence that a file tells of the other part only; kept by the import, never in a file.
create table part_interchange (
    part_id uuid not null references part,
    kind text not null check (kind in ('OEM', 'EQUIVALENT', 'SUPERSEDES')),
    other_brand text not null,
    other_number text not null,
    other_normal text not null default '',
    mirrored boolean not null default false,
    primary key (part_id, kind, other_brand, other_number)
);
create index part_interchange_by_other on part_interchange (other_normal) where kind = 'EQUIVALENT' and not mirrored;

create table fitment (
    part_id uuid not null references part,
    make text not null,
    model text not null,
    year_from integer not null,
    year_to integer not null,
    engine text not null,
    position text not null,
    notes text not null,
    primary key (part_id, make, model, year_from, year_to, engine, position)
);

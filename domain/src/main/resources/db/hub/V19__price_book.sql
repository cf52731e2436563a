-- The price book: what a part costs whom from when. A row is never changed: another takes its place, or it is withdrawn. So every version that a sale
-- names can be told from these tables: published by then and not yet withdrawn.

create table price_level (
    code text primary key,
    name text not null,
    created_at timestamptz not null default now()
);
insert into price_level (code, name)
values ('PUBLICO', 'Público'), ('TALLER', 'Taller'), ('MAYOREO', 'Mayoreo');

-- changed_version: that stores must have to know of the row as it is now.
create table price_rule (
    id uuid primary key,
    target text not null check (target in ('ALL', 'BRAND', 'CATEGORY', 'PART')),
    target_value text not null,
    level text,
    customer_id uuid,
    from_quantity bigint not null check (from_quantity >= 0),
    amount bigint check (amount >= 0),
    includes_tax boolean not null,
    percent_off integer check (percent_off between 1 and 9999),
    starts date not null,
    ends date,
    book_version bigint not null,
    withdrawn_version bigint,
    changed_version bigint not null,
    created_at timestamptz not null,
    created_by text not null,
    withdrawn_at timestamptz,
    withdrawn_by text,
    check ((level is null) <> (customer_id is null)),
    check ((amount is null) <> (percent_off is null)),
    check (ends >= starts)
);
create index price_rule_by_target on price_rule (target_value, target);
create index price_rule_by_change on price_rule (changed_version);

-- body: as it goes to the stores.
create table promotion (
    id uuid primary key,
    name text not null,
    body jsonb not null,
    starts date not null,
    ends date,
    book_version bigint not null,
    withdrawn_version bigint,
    changed_version bigint not null,
    created_at timestamptz not null,
    created_by text not null,
    withdrawn_at timestamptz,
    withdrawn_by text
);
create index promotion_by_change on promotion (changed_version);

insert into stream_version (stream, version, published_at)
values ('price_book', 0, now());

-- Why a line of a sale costs what it costs, as the store says.
alter table sale_line add column price_level text;
alter table sale_line add column price_rule uuid;
alter table sale_line add column price_break bigint;
alter table sale_line add column promotion uuid;
alter table sale_line add column promotion_name text;
alter table sale_line add column promotion_off bigint;
alter table sale_line add column book_version bigint;
alter table sale_line add column prices_version bigint;
alter table sale_line add column priced_for date;

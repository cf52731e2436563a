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

-- What a supplier asked for a part last.
create table supplier_cost (
    supplier text not null,
    part_id uuid not null references part,
    cost bigint not null check (cost > 0),
    listed_on date not null,
    run_id bigint not null,
    primary key (supplier, part_id)
);
create index supplier_cost_by_part on supplier_cost (part_id);

-- How a supplier's costs become prices. The narrowest that fits goes: of the brand, then of the longer category, then of the band that starts highest.
create table price_formula (
    supplier text not null,
    brand text not null,
    category text not null,
    cost_from bigint not null check (cost_from >= 0),
    level text not null,
    method text not null check (method in ('MARGIN', 'MARKUP')),
    hundredths bigint not null check (hundredths between 0 and 100000),
    ending text not null check (ending in ('NONE', 'C90', 'C99', 'PESO', 'FIVE', 'TEN')),
    check (method <> 'MARGIN' or hundredths < 10000),
    primary key (supplier, brand, category, cost_from, level)
);

create table staging_price (
    run_id bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    cost bigint not null,
    primary key (run_id, line)
);

create table staging_price_formula (
    run_id bigint not null,
    line bigint not null,
    brand text not null,
    category text not null,
    cost_from bigint not null,
    level text not null,
    method text not null,
    hundredths bigint not null,
    ending text not null,
    primary key (run_id, line)
);

-- Every change of a run, before and after it is published. net: the new price without tax.
create table price_change (
    run_id bigint not null references job_run on delete cascade,
    part_id uuid not null,
    level text not null,
    cost bigint not null,
    old_price bigint,
    new_price bigint not null,
    net bigint not null,
    includes_tax boolean not null,
    primary key (run_id, part_id, level)
);

alter table price_rule add column run_id bigint;
create index price_rule_by_run on price_rule (run_id) where run_id is not null;

-- The hub's price book: prices by level or customer, and promotions. Bodies are the stream's own rows.

create table price_rule (
    id text primary key,
    target text not null,
    target_value text not null collate nocase,
    level text,
    customer text,
    from_quantity integer not null,
    amount integer,
    includes_tax integer not null,
    percent_off integer,
    starts text not null,
    ends text,
    version integer not null
) without rowid;
create index price_rule_by_target on price_rule (target, target_value, level, customer, from_quantity, starts);

create table promotion (
    id text primary key,
    ends text,
    version integer not null,
    body text not null
) without rowid;

-- Schema 5 of sales: on what terms a line came back, and what proves another branch's ticket. Who brings back too much, how parts may come back, and what did not fit.

create table line_return (
    line_id uuid primary key references sale_line,
    sale_id uuid not null references sale,
    store_id uuid not null references store,
    source text not null,
    sold_by uuid,
    fee_percent integer,
    fee_base bigint,
    fee_tax bigint,
    waived text not null default '',
    make text,
    model text,
    year integer,
    engine text,
    inspected boolean not null,
    at timestamptz not null
);
create index line_return_by_sale on line_return (sale_id);
create index line_return_by_time on line_return (at desc);

create table ticket_proof (
    sale_id uuid not null references sale,
    sold_sale uuid not null,
    sold_by uuid not null,
    folio text not null,
    codes text not null,
    holds boolean not null,
    primary key (sale_id, sold_sale)
);

-- What of a returned line is more than was sold, in the order in which it happened, whatever came here first: charged to the branch that took it back.
create table return_excess (
    line_id uuid primary key references sale_line,
    sold_line uuid not null,
    store_id uuid not null references store,
    quantity bigint not null,
    amount bigint not null,
    found_at timestamptz not null
);
create index return_excess_by_sold on return_excess (sold_line);

create table return_rule (
    target text not null check (target in ('PART', 'CATEGORY', 'BRAND', 'ALL')),
    target_value text not null,
    returnable boolean not null,
    days integer,
    fee_percent integer not null,
    inspect boolean not null,
    withdrawn boolean not null default false,
    set_by_name text not null,
    set_at timestamptz not null,
    returns_version bigint not null,
    primary key (target, target_value)
);
create index return_rule_by_version on return_rule (returns_version);

create table misfit (
    part_id uuid not null,
    make text not null,
    model text not null,
    year integer not null,
    engine text not null,
    times bigint not null,
    last_at timestamptz not null,
    returns_version bigint not null
);
create unique index misfit_of_vehicle on misfit (part_id, lower(make), lower(model), year, lower(engine));
create index misfit_by_version on misfit (returns_version);

-- What a ticket that is to be invoiced comes to for SAT: what was sold, and by original ticket what came back. Amounts are positive.
create table fiscal_document (
    id uuid primary key,
    sale_id uuid not null references sale,
    position integer not null,
    kind text not null check (kind in ('INCOME', 'CREDIT')),
    net bigint not null,
    discount bigint not null,
    tax bigint not null,
    total bigint not null,
    payment_form text not null,
    -- Of a credit: the ticket that is credited; empty without one. related_uuid: of its invoice, once it has one.
    related_sale uuid,
    related_folio text not null default '',
    related_invoiced boolean not null default false,
    related_uuid text,
    unique (sale_id, position)
);

create table fiscal_document_line (
    document_id uuid not null references fiscal_document,
    line_id uuid not null references sale_line,
    primary key (document_id, line_id)
);

insert into stream_version (stream, version, published_at)
values ('returns', 0, now());

-- Sales as journal entries for the accountant's systems (docs/accounting.md). Written by hub.accounting alone.

-- Each sale as signed amounts, credit above zero: the lines' figures against the tenders'. Their sum is zero for every sale that adds up.
create view accounting_figure as
select l.sale_id,
    case
        when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') then 'CORES'
        when l.kind in ('RETURN', 'MISC_RETURN') then 'RETURNS'
        else 'SALES'
    end as role,
    case
        when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') then ''
        when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%'
        else l.tax_factor
    end as kind,
    l.net as amount
from sale_line l
union all
select l.sale_id, 'DISCOUNTS', '', -l.discount
from sale_line l
where l.discount <> 0
union all
select l.sale_id, 'TAX', trim_scale(l.tax_rate * 100)::text || '%', l.tax
from sale_line l
where l.tax <> 0
union all
select t.sale_id, 'TENDER', t.kind, -t.amount
from sale_tender t;

-- The account for each role and kind in one target's chart; store_id null: every branch without a row of its own.
create table account_mapping (
    target text not null,
    role text not null,
    kind text not null,
    store_id uuid references store,
    account text not null check (account <> ''),
    name text not null,
    sat_group text not null,
    unique nulls not distinct (target, role, kind, store_id)
);

create table branch_mapping (
    target text not null,
    store_id uuid not null references store,
    cost_center text not null,
    primary key (target, store_id)
);

create table accounting_export (
    id bigint generated always as identity primary key,
    target text not null,
    run_id bigint not null unique,
    until date not null,
    taken_by text not null,
    taken_at timestamptz not null,
    written_at timestamptz
);
create index accounting_export_by_target on accounting_export (target, id desc);

-- number: 1 for a day's first entry of a branch; what comes later carries 2 and so on, and corrects it.
create table export_entry (
    id uuid primary key,
    export_id bigint not null references accounting_export,
    target text not null,
    store_id uuid not null references store,
    day date not null,
    number integer not null check (number > 0),
    reference text not null,
    tickets bigint not null,
    total bigint not null,
    unique (target, store_id, day, number),
    unique (target, reference)
);
create index export_entry_by_export on export_entry (export_id, day);

create table export_entry_line (
    entry_id uuid not null references export_entry,
    position integer not null,
    role text not null,
    kind text not null,
    account text not null,
    account_name text not null,
    sat_group text not null,
    cost_center text not null,
    debit bigint not null,
    credit bigint not null,
    primary key (entry_id, position),
    check (debit >= 0 and credit >= 0 and (debit = 0) <> (credit = 0))
);

-- Every ticket in exactly one entry of a target.
create table export_item (
    target text not null,
    sale_id uuid not null references sale,
    entry_id uuid not null references export_entry,
    primary key (target, sale_id)
);
create index export_item_by_entry on export_item (entry_id);

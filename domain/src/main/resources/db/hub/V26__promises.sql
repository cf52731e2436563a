-- Quotes, layaways and special orders of all branches, and the deposits that the company owes for them.

-- closed_as: SOLD or CANCELLED.
create table promise (
    id uuid primary key,
    store_id uuid not null references store,
    kind text not null,
    number text not null,
    customer_id uuid,
    customer_name text not null,
    phone text not null,
    currency text not null,
    total bigint not null,
    day date not null,
    due_on date not null,
    plan jsonb not null,
    note text not null,
    made_at timestamptz not null,
    by_name text not null,
    arrived_at timestamptz,
    told_at timestamptz,
    closed_at timestamptz,
    closed_as text,
    sale_id uuid,
    document_id uuid not null unique references document (id)
);
create index promise_open on promise (due_on, id) where closed_at is null;
create index promise_by_store on promise (store_id, made_at desc);
create unique index promise_by_sale on promise (sale_id) where sale_id is not null;

create table promise_line (
    promise_id uuid not null references promise,
    position integer not null,
    kind text not null,
    part_id uuid not null,
    line_code text not null,
    part_number text not null,
    description text not null,
    quantity bigint not null,
    total bigint not null,
    primary key (promise_id, position)
);

-- Append-only. amount: what it does to what is owed for the promise.
create table promise_entry (
    id uuid primary key,
    promise_id uuid not null references promise,
    store_id uuid not null references store,
    kind text not null check (kind in ('TAKEN', 'APPLIED', 'RETURNED', 'KEPT')),
    currency text not null,
    amount bigint not null,
    tender text,
    cash_session_id uuid,
    reference text not null,
    at timestamptz not null,
    day date not null,
    by_name text not null,
    document_id uuid not null references document (id)
);
create index promise_entry_by_promise on promise_entry (promise_id, at);
create index promise_entry_by_session on promise_entry (cash_session_id) where cash_session_id is not null;

-- What is applied to a sale lowers what is owed, and is no payment.
create or replace view accounting_figure as
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
select t.sale_id, case t.kind when 'DEPOSIT' then 'DEPOSITS' else 'TENDER' end,
    case t.kind when 'DEPOSIT' then '' else t.kind end, -t.amount
from sale_tender t;

-- The same of deposits that were taken, given back or kept; their sum is zero for each.
create view accounting_deposit_figure as
select e.id as deposit_id, 'DEPOSITS' as role, '' as kind, e.amount
from promise_entry e
where e.kind <> 'APPLIED'
union all
select e.id, case e.kind when 'KEPT' then 'PENALTIES' else 'TENDER' end, case e.kind when 'KEPT' then '' else e.tender end, -e.amount
from promise_entry e
where e.kind <> 'APPLIED';

-- Every deposit in exactly one entry of a target, as every ticket.
create table export_deposit (
    target text not null,
    deposit_id uuid not null references promise_entry,
    entry_id uuid not null references export_entry,
    primary key (target, deposit_id)
);
create index export_deposit_by_entry on export_deposit (entry_id);

-- What is owed to suppliers as old pieces, and orders that are filled up to a supplier's minimum.

-- core: what a supplier charges for the old piece of a part until it comes, in the supplier's currency. core_days: within so many days of the purchase; 0 for no end.
-- fill_up: suggested orders of this supplier are filled up to the minimum order.
alter table supplier_part add column core numeric(18, 4) not null default 0 check (core >= 0);
alter table supplier add column core_days integer not null default 0 check (core_days between 0 and 365);
alter table supplier add column fill_up boolean not null default false;

-- Pieces that were bought with a core charge. run_id: of the opening load that brought them, else null. Nothing here says what came back: that follows from the returns.
create table supplier_core_charge (
    id uuid primary key default gen_random_uuid(),
    supplier_id uuid not null references supplier,
    store_id uuid not null references store,
    part_id uuid not null references part,
    stock_document_id uuid references stock_document,
    run_id bigint,
    reference text not null,
    at timestamptz not null,
    due_on date,
    quantity bigint not null check (quantity > 0),
    unit numeric(18, 4) not null check (unit > 0),
    currency text not null check (currency in ('MXN', 'USD')),
    unique (stock_document_id, part_id)
);
create index supplier_core_charge_by_part on supplier_core_charge (supplier_id, part_id, at, id);
create index supplier_core_charge_by_run on supplier_core_charge (run_id) where run_id is not null;

-- Old pieces that a branch gave to a supplier. supplier_id is null while nobody has said who that is.
create table supplier_core_return (
    id uuid primary key,
    store_id uuid not null references store,
    supplier_id uuid references supplier,
    supplier text not null,
    reference text not null,
    note text not null,
    at timestamptz not null,
    by_name text not null,
    document_id uuid not null unique references document (id),
    settled_at timestamptz,
    settled_by text,
    settled_note text not null default ''
);
create index supplier_core_return_by_supplier on supplier_core_return (supplier_id, at desc);

create table supplier_core_return_line (
    id uuid primary key,
    return_id uuid not null references supplier_core_return,
    position integer not null,
    part_id uuid not null,
    quantity bigint not null check (quantity > 0),
    unique (return_id, position)
);
create index supplier_core_return_line_by_part on supplier_core_return_line (part_id);

-- What the supplier credited for a return, in hundredths of the supplier's currency. The id is the screen's: the same credit twice is one.
create table supplier_core_credit (
    id uuid primary key,
    return_id uuid not null references supplier_core_return,
    amount bigint not null check (amount > 0),
    reference text not null,
    at timestamptz not null,
    by_name text not null
);
create index supplier_core_credit_by_return on supplier_core_credit (return_id);

-- Which pieces given close which charge, the oldest first: both sides laid out on one line for each supplier and part and cut where they overlap. It follows from charges and
-- returns alone, so the order in which documents come in does not matter.
create view supplier_core_match as
with charged as (
    select id, supplier_id, part_id, quantity, unit, sum(quantity) over (partition by supplier_id, part_id order by at, id)::bigint as upto
    from supplier_core_charge),
given as (
    select l.id, l.return_id, r.supplier_id, l.part_id, l.quantity,
        sum(l.quantity) over (partition by r.supplier_id, l.part_id order by r.at, l.id)::bigint as upto
    from supplier_core_return r
    join supplier_core_return_line l on l.return_id = r.id
    where r.supplier_id is not null)
select c.id as charge_id, g.id as line_id, g.return_id, c.unit, least(c.upto, g.upto) - greatest(c.upto - c.quantity, g.upto - g.quantity) as quantity
from charged c
join given g on g.supplier_id = c.supplier_id
and g.part_id = c.part_id
and g.upto > c.upto - c.quantity
and c.upto > g.upto - g.quantity;

-- What may come along with a suggested order that is below its supplier's minimum, as the job reorder-alerts left it. room: whole packs up to the target; days: until the part
-- reaches its reorder point, by which they are ranked. Quantities are thousandths.
create table reorder_filler (
    store_id uuid not null references store,
    part_id uuid not null references part,
    supplier_id uuid not null references supplier,
    their_number text not null,
    cost numeric(18, 4) not null,
    pack bigint not null,
    room bigint not null,
    available bigint not null,
    point bigint not null,
    target bigint not null,
    per_day numeric(18, 4) not null,
    days numeric(18, 2) not null,
    position integer not null,
    primary key (store_id, part_id)
);
create index reorder_filler_by_supplier on reorder_filler (supplier_id, store_id, position);

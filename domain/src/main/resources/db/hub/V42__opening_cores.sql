-- Cores in the opening load: what lies at branches, what customers left a deposit for, what is owed to suppliers (supplier_core_charge, by its run_id).

-- unit: the deposit, or the charge, of one piece, in hundredths of its currency.
create table staging_core (
    run_id bigint not null,
    line bigint not null,
    kind text not null,
    store_code text not null,
    customer text,
    supplier text,
    line_code text not null,
    part_number text not null,
    quantity bigint not null,
    unit bigint,
    since date,
    primary key (run_id, line)
);

-- With a customer: pieces that the customer still has to bring, for the deposit that was paid in the other system. Without one: pieces that lay at the branch.
create table core_opening (
    id uuid primary key,
    run_id bigint not null,
    store_id uuid not null references store,
    customer_id uuid references customer,
    part_id uuid not null references part,
    quantity bigint not null check (quantity > 0),
    unit bigint not null check (unit >= 0),
    since date not null
);
create index core_opening_by_run on core_opening (run_id);
create index core_opening_by_part on core_opening (part_id, store_id);
create index core_opening_by_customer on core_opening (customer_id) where customer_id is not null;

-- Pieces of an opening deposit that came, and what was paid back for them. The id is the screen's: the same act twice is one.
create table core_opening_back (
    id uuid primary key,
    opening_id uuid not null references core_opening,
    quantity bigint not null check (quantity > 0),
    amount bigint not null check (amount >= 0),
    at timestamptz not null,
    by_name text not null
);
create index core_opening_back_by_opening on core_opening_back (opening_id);

-- Cores by branch and part: pieces that came for their deposit, those that came with the sale, those there at the start; less what went on to a supplier.
create view core_lying as
select store_id, part_id, sum(quantity)::bigint as quantity
from (
    select s.store_id, l.part_id, abs(l.quantity) as quantity
    from sale_line l
    join sale s on s.id = l.sale_id
    where l.kind = 'CORE_RETURN'
    union all
    select s.store_id, l.part_id, l.quantity
    from sale_line l
    join sale s on s.id = l.sale_id
    where l.particulars ->> 'coreGiven' = 'NOW'
    and l.kind in ('PART', 'RETURN')
    union all
    select store_id, part_id, quantity
    from core_opening
    where customer_id is null
    union all
    select o.store_id, o.part_id, b.quantity
    from core_opening_back b
    join core_opening o on o.id = b.opening_id
    union all
    select r.store_id, l.part_id, -l.quantity
    from supplier_core_return_line l
    join supplier_core_return r on r.id = l.return_id) as taken
where part_id is not null
group by store_id, part_id;

-- CORES: id of the core_opening or the supplier_core_charge.
alter table opening_made drop constraint opening_made_what_check;
alter table opening_made add constraint opening_made_what_check check (what in ('STOCK', 'SUPPLIER', 'CUSTOMER', 'BALANCE', 'CORES'));

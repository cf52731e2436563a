-- Promised goods, classes by value of sales, closed branches, and the opening load from another system.

-- Centavos times thousandths leave the 64 bits beyond some 92 million pesos x 1,000,000 pieces.
create or replace view stock_in_transit as
select number, part_id, quantity, value, sent_value - value - arrived_cost - lost_value as variance
from (
    select number, part_id, sent - arrived - lost as quantity, sent_value, arrived_cost, lost_value,
        case
            when sent = 0 then 0
            else sent_value - round(cast(sent_value as numeric) * least(arrived + lost, sent) / sent)::bigint
        end as value
    from stock_transfer_line) as line;

-- A piece of another branch's, promised to somebody: each branch tells its own steps, in whichever order they come.
-- asked_by_hub: the hub asks for the branch (overstock here, needed there). reserved: what the giver could set aside; less than quantity is a case.
create table stock_lease (
    id uuid primary key,
    asker uuid not null references store,
    giver uuid not null references store,
    part_id uuid not null,
    quantity bigint not null check (quantity > 0),
    ticket_id uuid,
    line_id uuid,
    for_whom text not null,
    asked_at timestamptz not null,
    asked_by text not null,
    asked_by_hub boolean not null default false,
    expires_at timestamptz not null,
    reserved_at timestamptz,
    reserved bigint,
    refused_at timestamptz,
    refused_by text,
    released_at timestamptz,
    sent_at timestamptz,
    sent bigint,
    sent_number text,
    withdrawn_at timestamptz,
    withdrawn_by text,
    why text not null default '',
    leases_version bigint not null default 0
);
create index stock_lease_by_version on stock_lease (leases_version);
create index stock_lease_of_giver on stock_lease (giver, part_id) where sent_at is null and withdrawn_at is null and refused_at is null;
create index stock_lease_open on stock_lease (asked_at) where sent_at is null and withdrawn_at is null;

-- A, B or C by value of sales over a year at the branch; null: nothing sold.
alter table stock_on_hand add column abc text check (abc in ('A', 'B', 'C'));
create index stock_on_hand_negative on stock_on_hand (store_id, part_id) where on_hand < 0;

alter table store add column closed_by text;
alter table store add column closed_reason text not null default '';

insert into stream_version (stream, version, published_at)
values ('leases', 0, now());

-- An opening charge comes from another system, and so from no document.
alter table account_entry alter column document_id drop not null;

create table staging_supplier (
    run_id bigint not null,
    line bigint not null,
    code text not null,
    name text not null,
    rfc text not null,
    email text not null,
    currency text not null,
    credit_days integer not null,
    lead_days integer not null,
    minimum_order bigint not null,
    note text not null,
    primary key (run_id, line)
);

create table staging_customer (
    run_id bigint not null,
    line bigint not null,
    code text not null,
    name text not null,
    phone text not null,
    email text not null,
    rfc text not null,
    fiscal_name text not null,
    postal_code text not null,
    regime text not null,
    tax_use text not null,
    price_level text not null,
    notes text not null,
    found_by text not null,
    store_code text,
    balance bigint,
    reference text not null,
    day date,
    due_on date,
    primary key (run_id, line)
);

-- By the other system's own key, so that a customer comes in once.
create table opening_customer (
    code text primary key,
    customer_id uuid not null unique references customer,
    run_id bigint not null
);

-- What a run of opening-stock made, so that it can be taken back. id: of the supplier, the customer or the charge.
create table opening_made (
    run_id bigint not null,
    what text not null check (what in ('STOCK', 'SUPPLIER', 'CUSTOMER', 'BALANCE')),
    id uuid,
    store_id uuid,
    part_id uuid,
    quantity bigint not null default 0,
    value bigint not null default 0,
    undone_at timestamptz
);
create index opening_made_by_run on opening_made (run_id, what);
create index opening_made_open on opening_made (id) where id is not null and undone_at is null;

-- Suppliers, purchase orders and what came of them, reorder alerts, suppliers' invoices.

-- minimum_order: in hundredths of the supplier's currency. lead_days: agreed, used until receipts have told better.
create table supplier (
    id uuid primary key,
    code text not null unique,
    name text not null,
    rfc text not null,
    email text not null,
    currency text not null check (currency in ('MXN', 'USD')),
    credit_days integer not null check (credit_days between 0 and 365),
    lead_days integer not null check (lead_days between 0 and 365),
    minimum_order bigint not null check (minimum_order >= 0),
    note text not null,
    archived_at timestamptz
);
create unique index supplier_by_rfc on supplier (rfc) where rfc <> '' and archived_at is null;

-- What a supplier calls a part of ours. pack: thousandths that come together. cost: of the last order, receipt or invoice.
create table supplier_part (
    supplier_id uuid not null references supplier,
    their_number text not null,
    part_id uuid not null references part,
    cost numeric(18, 4),
    pack bigint not null default 1000 check (pack > 0),
    noted_at timestamptz not null,
    primary key (supplier_id, their_number)
);
create index supplier_part_by_part on supplier_part (part_id, supplier_id);

-- What one person may approve, in centavos of pesos; null for any amount. A role that is not here approves nothing.
create table purchase_limit (
    role text primary key,
    amount bigint check (amount >= 0)
);
insert into purchase_limit (role, amount)
values ('ADMIN', null), ('ACCOUNTANT', 5000000);

create sequence purchase_number;

-- A life of timestamps: draft, approved, sent, received in part, received; closed and cancelled end it.
create table purchase_order (
    id uuid primary key,
    number text not null unique,
    supplier_id uuid not null references supplier,
    store_id uuid not null references store,
    currency text not null check (currency in ('MXN', 'USD')),
    rate numeric(16, 6) not null check (rate > 0),
    expected_on date,
    note text not null,
    created_at timestamptz not null,
    created_by text not null,
    approved_at timestamptz,
    approved_by text,
    sent_at timestamptz,
    sent_by text,
    first_received_at timestamptz,
    received_at timestamptz,
    closed_at timestamptz,
    closed_by text,
    cancelled_at timestamptz,
    cancelled_by text,
    end_reason text not null default '',
    orders_version bigint not null default 0,
    check (sent_at is null or approved_at is not null),
    check (cancelled_at is null or closed_at is null)
);
create index purchase_order_by_time on purchase_order (created_at desc);
create index purchase_order_by_version on purchase_order (store_id, orders_version);
create index purchase_order_open on purchase_order (store_id)
    where approved_at is not null and received_at is null and closed_at is null and cancelled_at is null;

-- received: sum over all receipts that name the order, kept by the transaction that posts them.
create table purchase_order_line (
    id uuid primary key,
    order_id uuid not null references purchase_order,
    position integer not null,
    part_id uuid not null references part,
    their_number text not null,
    quantity bigint not null check (quantity > 0),
    cost numeric(18, 4) not null check (cost >= 0),
    reason text not null,
    received bigint not null default 0,
    unique (order_id, position),
    unique (order_id, part_id)
);
create index purchase_order_line_by_part on purchase_order_line (part_id);

-- Which receipt is of which order. order_id is null where the store named an order that the hub does not know.
create table purchase_receipt (
    stock_document_id uuid primary key references stock_document,
    order_id uuid references purchase_order,
    order_number text not null
);
create index purchase_receipt_by_order on purchase_receipt (order_id);

-- Found when a receipt is posted; kept, never refused. expected and found: thousandths, or for COST ten-thousandths of the currency.
create table purchase_difference (
    id uuid primary key default gen_random_uuid(),
    stock_document_id uuid not null references stock_document,
    order_id uuid references purchase_order,
    part_id uuid,
    what text not null check (what in ('MORE', 'NOT_ORDERED', 'COST', 'CURRENCY', 'OTHER_BRANCH', 'ORDER_UNKNOWN', 'ORDER_ENDED', 'NOT_SENT')),
    expected bigint not null,
    found bigint not null,
    at timestamptz not null,
    settled_at timestamptz,
    settled_by text,
    note text not null default ''
);
create index purchase_difference_open on purchase_difference (at) where settled_at is null;
create index purchase_difference_by_document on purchase_difference (stock_document_id);

-- Measured, not agreed: from sending an order to its first goods, orders of the last year.
create view supplier_lead as
select supplier_id, count(*) as orders,
    percentile_cont(0.5) within group (order by extract(epoch from first_received_at - sent_at) / 86400)::numeric(8, 2) as days
from purchase_order
where sent_at is not null
and first_received_at >= sent_at
and first_received_at > now() - interval '1 year'
group by supplier_id;

-- One open alert at most for a part at a branch. Quantities are thousandths.
create table reorder_alert (
    id uuid primary key default gen_random_uuid(),
    store_id uuid not null references store,
    part_id uuid not null,
    kind text not null check (kind in ('REORDER', 'SLOW', 'DEAD')),
    on_hand bigint not null,
    on_way bigint not null,
    on_order bigint not null,
    per_day numeric(18, 4) not null,
    lost_per_day numeric(18, 4) not null,
    season numeric(6, 3) not null,
    lead_days numeric(8, 2) not null,
    point bigint not null,
    target bigint not null,
    need bigint not null,
    from_branches bigint not null,
    to_order bigint not null,
    value bigint not null,
    last_sold_on date,
    supplier_id uuid references supplier,
    their_number text,
    cost numeric(18, 4),
    raised_at timestamptz not null,
    seen_at timestamptz not null,
    run_id bigint not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    snoozed_until timestamptz,
    snoozed_by text,
    resolved_at timestamptz,
    resolved_by text,
    resolved_why text not null default ''
);
create unique index reorder_alert_open on reorder_alert (store_id, part_id) where resolved_at is null;
create index reorder_alert_resolved on reorder_alert (store_id, part_id, resolved_at) where resolved_by is not null;
create index reorder_alert_by_kind on reorder_alert (kind, raised_at) where resolved_at is null;

create table reorder_transfer (
    alert_id uuid not null references reorder_alert on delete cascade,
    from_store uuid not null references store,
    quantity bigint not null check (quantity > 0),
    primary key (alert_id, from_store)
);

-- For the reorder run: sales of the last days over all branches and parts.
create index stock_movement_sold on stock_movement (at) include (store_id, part_id, quantity) where kind in ('SALE', 'RETURN');

-- One per fiscal folio: the same file twice is the same invoice. problems: what the checks found, one sentence a line.
create table supplier_invoice (
    id uuid primary key,
    fiscal_id uuid not null unique,
    supplier_id uuid references supplier,
    issuer_rfc text not null,
    issuer_name text not null,
    receiver_rfc text not null,
    kind text not null,
    series text not null,
    folio text not null,
    issued_at timestamp not null,
    currency text not null,
    rate numeric(16, 6) not null,
    net bigint not null,
    total bigint not null,
    problems text not null,
    taken_at timestamptz not null,
    taken_by text not null,
    order_id uuid references purchase_order,
    settled_at timestamptz,
    settled_by text,
    xml bytea not null
);
create index supplier_invoice_by_time on supplier_invoice (taken_at desc);
create index supplier_invoice_by_order on supplier_invoice (order_id);

create table supplier_invoice_line (
    invoice_id uuid not null references supplier_invoice,
    position integer not null,
    their_number text not null,
    description text not null,
    unit text not null,
    quantity numeric(18, 6) not null,
    cost numeric(18, 6) not null,
    net bigint not null,
    part_id uuid references part,
    primary key (invoice_id, position)
);

insert into stream_version (stream, version, published_at)
values ('orders', 0, now());

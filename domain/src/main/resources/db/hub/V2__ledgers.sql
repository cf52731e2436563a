-- What documents come to once applied.

create table sale (
    id uuid primary key,
    store_id uuid not null references store,
    register_id uuid not null,
    cash_session_id uuid not null,
    cashier_id uuid not null,
    cashier_name text not null,
    folio_prefix text not null,
    folio_number bigint not null,
    invoice_code text not null,
    sold_at timestamptz not null,
    business_day date not null,
    currency text not null,
    issuer_rfc text not null,
    issuer_name text not null,
    issuer_regime text not null,
    issuer_postal_code text not null,
    fiscal_state text not null,
    price_version bigint not null,
    net bigint not null,
    discount bigint not null,
    tax bigint not null,
    cores bigint not null,
    total bigint not null,
    savings bigint not null,
    document_id uuid not null unique references document (id)
);
create index sale_by_day on sale (store_id, business_day);
-- Not unique: a folio or a code that came twice is flagged as a difference, its money still counts.
create index sale_by_folio on sale (store_id, folio_prefix, folio_number);
create index sale_by_invoice_code on sale (invoice_code);

create table sale_line (
    id uuid primary key,
    sale_id uuid not null references sale,
    position integer not null,
    kind text not null,
    part_id uuid not null,
    line_code text not null,
    part_number text not null,
    description text not null,
    unit text not null,
    quantity bigint not null,
    price bigint not null,
    list_price bigint not null,
    price_includes_tax boolean not null,
    net bigint not null,
    discount bigint not null,
    base bigint not null,
    tax bigint not null,
    total bigint not null,
    tax_object text not null,
    tax_factor text not null,
    tax_rate numeric(8, 6) not null,
    sat_product text not null,
    sat_unit text not null,
    salesperson_id uuid not null,
    salesperson_name text not null,
    unique (sale_id, position)
);

create table sale_tender (
    id uuid primary key,
    sale_id uuid not null references sale,
    position integer not null,
    kind text not null,
    sat_payment_form text not null,
    amount bigint not null,
    received bigint not null,
    reference text not null,
    unique (sale_id, position)
);

-- A document whose figures the hub's own check finds odd: flagged, never recomputed.
create table ledger_difference (
    id uuid primary key,
    document_id uuid not null references document (id),
    what text not null,
    found_at timestamptz not null
);
create index ledger_difference_by_document on ledger_difference (document_id);

create table cash_session (
    id uuid primary key,
    store_id uuid not null references store,
    register_id uuid not null,
    opened_by uuid not null,
    opened_by_name text not null,
    opened_at timestamptz not null,
    opening_float bigint not null,
    currency text not null,
    document_id uuid not null unique references document (id)
);

create table stock_movement (
    id uuid primary key,
    store_id uuid not null references store,
    part_id uuid not null,
    kind text not null,
    quantity bigint not null,
    cause uuid not null,
    at timestamptz not null
);
create index stock_movement_by_part on stock_movement (store_id, part_id, at);
create index stock_movement_by_cause on stock_movement (cause);

-- Sum of stock_movement, kept by the same transaction. stock_version: version of the stock stream that last told of it.
create table stock_on_hand (
    store_id uuid not null references store,
    part_id uuid not null,
    on_hand bigint not null,
    opening bigint not null default 0,
    bin text not null default '',
    minimum bigint,
    maximum bigint,
    as_of timestamptz not null,
    stock_version bigint not null default 0,
    primary key (store_id, part_id)
);
create index stock_on_hand_by_version on stock_on_hand (stock_version);

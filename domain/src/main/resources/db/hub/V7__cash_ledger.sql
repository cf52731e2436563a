-- Cash sessions from their movements to their Z, as the stores' documents tell them. A Z is compared with the documents before it and never computed anew.

create table cash_movement (
    id uuid primary key,
    store_id uuid not null references store,
    cash_session_id uuid not null references cash_session,
    register_id uuid not null,
    kind text not null check (kind in ('PAID_IN', 'PAID_OUT', 'DROP')),
    currency text not null,
    amount bigint not null,
    reason text not null,
    note text not null,
    reference text not null,
    by_id uuid not null,
    by_name text not null,
    approved_by_name text not null,
    at timestamptz not null,
    document_id uuid not null unique references document (id)
);
create index cash_movement_by_session on cash_movement (cash_session_id, at);

create table cashier_switch (
    id uuid primary key,
    store_id uuid not null references store,
    cash_session_id uuid not null references cash_session,
    from_id uuid not null,
    from_name text not null,
    to_id uuid not null,
    to_name text not null,
    at timestamptz not null,
    document_id uuid not null unique references document (id)
);
create index cashier_switch_by_session on cashier_switch (cash_session_id, at);

-- supersedes: number of the Z that the session had before it was opened again; 0 for none.
create table cash_z (
    id uuid primary key,
    store_id uuid not null references store,
    cash_session_id uuid not null references cash_session,
    register_id uuid not null,
    number bigint not null,
    supersedes bigint not null,
    business_day date not null,
    opened_at timestamptz not null,
    cashier_id uuid not null,
    cashier_name text not null,
    closed_at timestamptz not null,
    closed_by uuid not null,
    closed_by_name text not null,
    journal_rows bigint not null,
    journal_hash text not null,
    currency text not null,
    sales_count bigint not null,
    first_folio text not null,
    last_folio text not null,
    net bigint not null,
    discount bigint not null,
    tax bigint not null,
    cores bigint not null,
    total bigint not null,
    document_id uuid not null unique references document (id)
);
-- Not unique: a number that came twice is flagged as a difference.
create index cash_z_by_number on cash_z (register_id, number);
create index cash_z_by_session on cash_z (cash_session_id, number);
create index cash_z_by_day on cash_z (store_id, business_day);

create table cash_z_tender (
    cash_z_id uuid not null references cash_z,
    kind text not null,
    currency text not null,
    opening bigint not null,
    received bigint not null,
    change bigint not null,
    paid_in bigint not null,
    paid_out bigint not null,
    drops bigint not null,
    expected bigint not null,
    counted bigint not null,
    difference bigint not null,
    reason text not null,
    primary key (cash_z_id, kind, currency)
);

create table cash_z_tax (
    cash_z_id uuid not null references cash_z,
    object text not null,
    factor text not null,
    rate numeric(8, 6) not null,
    base bigint not null,
    tax bigint not null,
    primary key (cash_z_id, object, factor, rate)
);

create table cash_z_pieces (
    cash_z_id uuid not null references cash_z,
    currency text not null,
    form text not null,
    value bigint not null,
    pieces integer not null,
    primary key (cash_z_id, currency, form, value)
);

create table cash_reopening (
    id uuid primary key,
    store_id uuid not null references store,
    cash_session_id uuid not null references cash_session,
    z_number bigint not null,
    reason text not null,
    by_id uuid not null,
    by_name text not null,
    at timestamptz not null,
    document_id uuid not null unique references document (id)
);
create index cash_reopening_by_session on cash_reopening (cash_session_id, at);

create index sale_by_cash_session on sale (cash_session_id);

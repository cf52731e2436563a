-- Outside systems that are spoken to (docs/connections.md). Written by hub.outside alone.
-- secrets: encrypted with the key beside the database, bound to the row's id.
create table outside_connection (
    id uuid primary key,
    kind text not null,
    name text not null unique,
    address text not null,
    local_network boolean not null,
    enabled boolean not null,
    settings jsonb not null,
    secrets bytea not null,
    changed_at timestamptz not null,
    changed_by text not null,
    tried_at timestamptz,
    tried_says text not null default '',
    tried_code text,
    tried_arguments text[] not null default '{}'
);
create index outside_connection_by_kind on outside_connection (kind, id) where enabled;

-- What goes to a spoken target (docs/accounting.md), one row for each entry, written with the export that takes its tickets.
-- Written by hub.accounting alone. state: WAITING, DELIVERED, REFUSED.
-- tried_at: when a call was given up; the ERP may be at work on it for a while.
-- claim: whose turn it is until claimed_until; a sender that died gives its turn up by time.
create table erp_delivery (
    id uuid primary key,
    target text not null,
    export_id bigint not null references accounting_export,
    entry_id uuid not null unique references export_entry,
    position integer not null,
    reference text not null,
    day date not null,
    branch text not null,
    amount bigint not null,
    state text not null default 'WAITING' check (state in ('WAITING', 'DELIVERED', 'REFUSED')),
    outside_id text,
    code text not null default '',
    reason text not null default '',
    tries integer not null default 0,
    next_try timestamptz not null,
    tried_at timestamptz,
    claim uuid,
    claimed_until timestamptz,
    settled_at timestamptz,
    unique (target, reference),
    check ((state = 'DELIVERED') = (outside_id is not null))
);
create index erp_delivery_waiting on erp_delivery (target, day, position, reference) where state = 'WAITING';
create index erp_delivery_refused on erp_delivery (target, day) where state = 'REFUSED';
create index erp_delivery_by_claim on erp_delivery (claim) where claim is not null;
create index erp_delivery_by_export on erp_delivery (export_id, state);

-- Every exchange with an ERP, as it went.
create table erp_exchange (
    id bigint generated always as identity primary key,
    target text not null,
    reference text not null,
    at timestamptz not null,
    outcome text not null,
    outside_id text not null,
    reason text not null,
    took_ms bigint not null
);
create index erp_exchange_by_reference on erp_exchange (target, reference, id desc);

-- What the ERP calls our branches and price list; no row: not told.
create table erp_code (
    target text not null,
    kind text not null,
    ours text not null,
    theirs text not null check (theirs <> ''),
    primary key (target, kind, ours)
);

-- What was last told to an ERP of parts, stock and prices: a hash of its words.
create table erp_master (
    target text not null,
    kind text not null,
    code text not null,
    hash bytea not null,
    state text not null check (state in ('DELIVERED', 'REFUSED')),
    reason text not null default '',
    told_at timestamptz not null,
    primary key (target, kind, code)
);
create index erp_master_refused on erp_master (target, kind, code) where state = 'REFUSED';

-- What branches asked of lenders. The row is there before the lender is asked, so no id is ever asked of two lenders or lent twice.
create table lender_order (
    id uuid primary key,
    store_id uuid not null,
    -- Null where a branch asked about something that never came: from then on it is refused.
    connection_id uuid references outside_connection (id),
    amount bigint not null check (amount >= 0),
    -- The order that is given back; null where a ticket is paid.
    original_id uuid references lender_order (id),
    state text not null check (state in ('ASKED', 'WAITING', 'APPROVED', 'DENIED', 'EXPIRED', 'CANCELLING', 'CANCELLED')),
    reference text not null default '',
    reason text not null default '',
    asked_at timestamptz not null,
    changed_at timestamptz not null,
    -- The ticket that it paid, or was paid back in.
    sale_id uuid
);
create index lender_order_by_reference on lender_order (store_id, reference) where reference <> '';
create index lender_order_by_original on lender_order (original_id) where original_id is not null;

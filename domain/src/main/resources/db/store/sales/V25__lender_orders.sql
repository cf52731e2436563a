-- What a lender was asked for a ticket, through the hub. The row is there before the hub is asked.
create table lender_order (
    id text primary key,
    ticket_id text not null,
    amount integer not null check (amount > 0),
    -- The lender's number of the order that is given back; empty where a ticket is paid.
    original text not null default '',
    phone_last_four text not null default '' check (length(phone_last_four) <= 4),
    by_id text not null,
    by_name text not null,
    asked_at text not null,
    reference text not null default '',
    reason text not null default '',
    -- The lender has it and waits for the customer.
    taken_at text,
    approved_at text,
    denied_at text,
    -- Asked to take it back; without cancelled_at nobody knows whether it was.
    cancelling_at text,
    cancelled_at text,
    used_at text
);
create index lender_order_by_ticket on lender_order (ticket_id);
-- At most one of a ticket without an answer, whatever a program does.
create unique index lender_order_one_open on lender_order (ticket_id)
where approved_at is null and denied_at is null and cancelled_at is null;

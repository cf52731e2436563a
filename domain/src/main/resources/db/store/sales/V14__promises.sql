-- Quotes, layaways and special orders, and the deposits held for them.

alter table register add column next_quote integer not null default 1;
alter table register add column next_layaway integer not null default 1;
alter table register add column next_order integer not null default 1;
alter table register add column next_deposit integer not null default 1;

-- What the ticket sells that was promised before; the lines stand as they were agreed.
alter table ticket add column promise_id text;
alter table ticket_line add column agreed_json text;
create unique index ticket_one_of_a_promise on ticket (promise_id)
where promise_id is not null and finished_at is null and dropped_at is null;

-- body: as the document has it. closed_at: sold or cancelled; out of promise_entry and promise_change.
create table promise (
    id text primary key,
    kind text not null check (kind in ('QUOTE', 'LAYAWAY', 'ORDER')),
    number text not null unique,
    ticket_id text not null,
    customer_id text,
    found_by text not null,
    day text not null,
    due_on text not null,
    body text not null,
    document_sequence integer not null,
    closed_at text
);
create index promise_open on promise (due_on, id) where closed_at is null and kind <> 'QUOTE';
create index promise_by_customer on promise (customer_id) where customer_id is not null;

-- What is set apart while the promise is open.
create table promise_line (
    promise_id text not null,
    position integer not null,
    part_id text not null,
    quantity integer not null,
    document_sequence integer not null,
    primary key (promise_id, position)
) without rowid;
create index promise_line_by_part on promise_line (part_id);

-- Append-only. amount: what it does to the deposit that is held. A quote that was sold has one of nothing.
create table promise_entry (
    id text primary key,
    promise_id text not null,
    kind text not null check (kind in ('TAKEN', 'APPLIED', 'RETURNED', 'KEPT')),
    amount integer not null,
    tender text,
    reference text not null,
    at text not null,
    by_name text not null,
    request text not null,
    document_sequence integer not null
);
create index promise_entry_by_promise on promise_entry (promise_id, at);
create unique index promise_applied_once on promise_entry (promise_id) where kind = 'APPLIED';

create table promise_change (
    id text primary key,
    promise_id text not null,
    change text not null check (change in ('ARRIVED', 'TOLD', 'CANCELLED')),
    at text not null,
    by_name text not null,
    note text not null,
    document_sequence integer not null,
    unique (promise_id, change)
);

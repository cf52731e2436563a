-- What a card terminal was asked, written before it is asked. Without approved_at, declined_at and reversed_at nobody knows what became of it.
create table card_charge (
    id text primary key,
    ticket_id text not null,
    amount integer not null,
    months integer not null,
    by_id text not null,
    by_name text not null,
    asked_at text not null,
    kind text,
    authorization text not null default '',
    last_four text not null default '' check (length(last_four) <= 4),
    reason text not null default '',
    approved_at text,
    declined_at text,
    -- Asked to give it back; without reversed_at nobody knows whether it did.
    reversing_at text,
    reversed_at text,
    used_at text
);
create index card_charge_by_ticket on card_charge (ticket_id);
-- At most one charge of a ticket without an answer, whatever a program does.
create unique index card_charge_one_open on card_charge (ticket_id)
where approved_at is null and declined_at is null and reversed_at is null;

-- Store credits that were issued or taken here, each with the text of its slip.
create table credit (
    id text primary key,
    issuer text not null,
    code text not null unique,
    amount integer not null,
    issued_on text not null,
    proof text not null
);

-- The id is the tender's.
create table credit_spending (
    id text primary key,
    credit_id text not null references credit,
    sale_id text not null,
    amount integer not null,
    at text not null
);
create index credit_spending_by_credit on credit_spending (credit_id);

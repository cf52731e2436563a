-- Notes of the counter. A note is a ticket that waits, with a number; ticket_id is the sale's id once it is paid.
create table note (
    ticket_id text primary key,
    number integer not null unique,
    issued_by text not null,
    issued_by_name text not null,
    issued_at text not null,
    expires_at text not null,
    -- Whether the warehouse hands over what it sells.
    hand_over integer not null,
    expired_at text
);
create index note_waiting on note (expires_at) where expired_at is null;

-- What notes hold on the shelf; counts until then.
create table note_hold (
    part_id text not null,
    ticket_id text not null,
    quantity integer not null,
    until text not null,
    primary key (part_id, ticket_id)
) without rowid;
create index note_hold_by_ticket on note_hold (ticket_id);

create table hand_over (
    id text primary key,
    sale_id text not null,
    at text not null,
    by_id text not null,
    by_name text not null,
    document_sequence integer not null
);
create index hand_over_by_sale on hand_over (sale_id);

create table hand_over_line (
    hand_over_id text not null,
    line_id text not null,
    quantity integer not null,
    primary key (hand_over_id, line_id)
) without rowid;
create index hand_over_line_by_line on hand_over_line (line_id);

-- What old tickets are looked for by.
alter table sale add column customer_id text;
alter table sale add column customer_name text;
-- In lower case without accents.
alter table sale add column customer_found text;
update sale
set (customer_id, customer_name, customer_found) = (
    select ticket.customer_id, ticket.customer_name, lower(ticket.customer_name)
    from ticket
    where ticket.id = sale.id)
where exists (select 1 from ticket where ticket.id = sale.id and ticket.customer_id is not null);
create index sale_by_time on sale (sold_at desc);
create index sale_by_total on sale (total);
create index sale_by_folio_number on sale (folio_number);
create index sale_by_customer on sale (customer_found) where customer_found is not null;

-- Slips of cash that went to the bank. pieces: value x number, in centavos.
create table bank_deposit (
    id text primary key,
    day text not null,
    bank text not null,
    account text not null,
    total integer not null,
    pieces text not null,
    at text not null,
    by_id text not null,
    by_name text not null
);
create index bank_deposit_by_day on bank_deposit (day, at);
create index card_charge_by_time on card_charge (asked_at);

-- Customers made or mended here, who a ticket is sold to, and this branch's part of the customers' accounts.

alter table ticket add column customer_id text;
alter table ticket add column customer_name text;

-- fields: JSON of those that changed. Heard: it stands in the hub's copy of the customer, and counts here no more.
create table customer_change (
    id text primary key,
    customer_id text not null,
    made integer not null,
    fields text not null,
    at text not null,
    by_id text not null,
    by_name text not null,
    document_sequence integer not null,
    heard_at text
);
create index customer_change_waiting on customer_change (customer_id, document_sequence) where heard_at is null;

-- What customers with changes that are not heard yet are found by.
create table customer_word (
    word text not null,
    customer_id text not null,
    primary key (word, customer_id)
) without rowid;
create index customer_word_by_customer on customer_word (customer_id);

-- Append-only but for bounced_at. amount: what it does to the balance. cause: the sale, or the act.
create table account_entry (
    id text primary key,
    customer_id text not null,
    kind text not null check (kind in ('CHARGE', 'CREDIT', 'PAYMENT', 'BOUNCED', 'FEE')),
    amount integer not null,
    at text not null,
    day text not null,
    due_on text,
    reference text not null,
    tender text,
    body text not null default '',
    bounced_at text,
    document_sequence integer not null
);
create index account_entry_by_customer on account_entry (customer_id, at desc);
create index account_entry_charges on account_entry (customer_id, day) where kind in ('CHARGE', 'FEE');

-- What of a payment or a credit pays which charge; negative where a bounced cheque takes it back.
create table account_applied (
    entry_id text not null references account_entry,
    charge_id text not null,
    amount integer not null,
    primary key (entry_id, charge_id)
) without rowid;
create index account_applied_by_charge on account_applied (charge_id);

-- Sum of account_entry, kept by the same transaction.
create table account_balance (
    customer_id text primary key,
    balance integer not null
) without rowid;

alter table register add column next_receipt integer not null default 1;

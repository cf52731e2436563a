-- Customers as the branches tell of them, what they may owe, and what they owe.

create table customer (
    id uuid primary key,
    name text not null,
    phone text not null default '',
    email text not null default '',
    rfc text not null default '',
    fiscal_name text not null default '',
    postal_code text not null default '',
    regime text not null default '',
    tax_use text not null default '',
    vehicles text not null default '',
    price_level text not null default 'PUBLICO',
    notes text not null default '',
    -- Without accents, in lower case: what the list is searched by.
    found_by text not null default '',
    made_at timestamptz not null,
    made_by_store uuid references store,
    customers_version bigint not null default 0
);
create index customer_by_name on customer (name, id);
create index customer_by_version on customer (customers_version);

-- The timeline: every change that came, by the order in which the hub heard of it. before: what the fields held then.
create table customer_change (
    id uuid primary key,
    customer_id uuid not null references customer,
    store_id uuid not null references store,
    fields jsonb not null,
    before jsonb not null,
    at timestamptz not null,
    received_at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    document_id uuid not null unique references document (id)
);
create index customer_change_by_customer on customer_change (customer_id, received_at desc);

-- Every line that was ever set; the newest counts. signature: by the hub's key, over all of it.
create table credit_line (
    customer_id uuid not null references customer,
    set_at timestamptz not null,
    currency text not null,
    limit_amount bigint not null check (limit_amount >= 0),
    days integer not null check (days between 0 and 365),
    held boolean not null,
    branch_limit bigint not null check (branch_limit between 0 and limit_amount),
    reason text not null,
    set_by uuid not null,
    set_by_name text not null,
    signature text not null,
    primary key (customer_id, set_at)
);

-- amount: what it does to the balance. A charge has a day on which it is due.
create table account_entry (
    id uuid primary key,
    customer_id uuid not null references customer,
    store_id uuid not null references store,
    kind text not null check (kind in ('CHARGE', 'CREDIT', 'PAYMENT', 'BOUNCED', 'FEE')),
    currency text not null,
    amount bigint not null,
    at timestamptz not null,
    day date not null,
    due_on date,
    reference text not null,
    tender text,
    cash_session_id uuid,
    note text not null default '',
    bounced_at timestamptz,
    by_name text not null,
    document_id uuid not null references document (id)
);
create index account_entry_by_customer on account_entry (customer_id, at desc);
create index account_entry_by_session on account_entry (cash_session_id) where cash_session_id is not null;
create index account_entry_charges on account_entry (customer_id, day) where kind in ('CHARGE', 'FEE');

-- What of an entry pays which charge; negative where a bounced cheque takes it back. No reference to the charge: it may come later.
create table account_applied (
    entry_id uuid not null references account_entry,
    charge_id uuid not null,
    amount bigint not null,
    primary key (entry_id, charge_id)
);
create index account_applied_by_charge on account_applied (charge_id);

-- Sums of account_entry by branch, kept by the same transaction.
create table account_balance (
    customer_id uuid not null references customer,
    store_id uuid not null references store,
    balance bigint not null,
    primary key (customer_id, store_id)
);

alter table sale add column customer_id uuid;
alter table sale add column customer_name text;
alter table sale add column due_on date;
alter table sale add column approved_by uuid;
alter table sale add column approved_by_name text;
create index sale_by_customer on sale (customer_id, sold_at desc) where customer_id is not null;

insert into stream_version (stream, version, published_at)
values ('customers', 0, now());

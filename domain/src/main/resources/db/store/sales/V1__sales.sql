-- What a branch must never lose. Written by the main process alone, through one connection; the relay reads it.

create table identity (
    only_row integer primary key check (only_row = 1),
    store_id text not null,
    slug text not null,
    epoch integer not null,
    hub_address text not null,
    hub_public_key text not null,
    broker_address text not null,
    broker_user text not null,
    sealed_broker_password blob not null,
    sealed_store_secret blob not null,
    sealed_private_key blob not null,
    tunnel_port integer not null,
    sealed_tunnel_token blob not null,
    registered_at text not null
);

create table register (
    id text primary key,
    name text not null,
    prefix text not null,
    next_folio integer not null default 1
);

create table person_secret (
    user_id text primary key,
    pin_hash text,
    -- The hub's hash when this one was chosen: once the hub has a third one, a PIN was chosen elsewhere later.
    replaced_pin_hash text,
    spent_code_hash text,
    failed_tries integer not null default 0,
    locked_until text,
    code_tries integer not null default 0
);

create table cash_session (
    id text primary key,
    register_id text not null references register,
    opened_by text not null,
    opened_by_name text not null,
    opened_at text not null,
    opening_float integer not null,
    closed_at text
);
create unique index cash_session_one_open on cash_session (register_id) where closed_at is null;

create table cash_journal (
    id integer primary key,
    cash_session_id text not null references cash_session,
    at text not null,
    kind text not null,
    amount integer not null,
    cause text not null
);
create index cash_journal_by_session on cash_journal (cash_session_id);

create table ticket (
    id text primary key,
    register_id text not null references register,
    opened_at text not null,
    finished_at text
);
create unique index ticket_one_in_hand on ticket (register_id) where finished_at is null;

create table ticket_line (
    id text primary key,
    ticket_id text not null references ticket,
    position integer not null,
    part_id text not null,
    quantity integer not null,
    price integer not null,
    list_price integer not null,
    price_includes_tax integer not null,
    core integer not null,
    -- The line of the core deposit; its id is minted with the line so that it stays the same at every reading.
    core_line_id text not null,
    part_json text not null,
    salesperson text not null,
    salesperson_name text not null,
    unique (ticket_id, position)
);

create table ticket_act (
    ticket_id text not null references ticket,
    act text not null,
    primary key (ticket_id, act)
) without rowid;

create table sale (
    id text primary key,
    register_id text not null,
    cash_session_id text not null references cash_session,
    folio_prefix text not null,
    folio_number integer not null,
    invoice_code text not null unique,
    sold_at text not null,
    business_day text not null,
    total integer not null,
    request_hash text not null,
    document_sequence integer not null,
    unique (folio_prefix, folio_number)
);
create index sale_by_register on sale (register_id, sold_at desc);

create table sale_line (
    id text primary key,
    sale_id text not null references sale,
    position integer not null,
    kind text not null,
    part_id text not null,
    quantity integer not null,
    net integer not null,
    discount integer not null,
    base integer not null,
    tax integer not null,
    total integer not null
);
create index sale_line_by_sale on sale_line (sale_id, position);

create table sale_tender (
    id text primary key,
    sale_id text not null references sale,
    position integer not null,
    kind text not null,
    amount integer not null,
    received integer not null,
    reference text not null
);
create index sale_tender_by_sale on sale_tender (sale_id, position);

create table stock_movement (
    id text primary key,
    part_id text not null,
    kind text not null,
    quantity integer not null,
    cause text not null,
    at text not null
);
create index stock_movement_by_part on stock_movement (part_id);

-- Sum of the branch's own movements; the opening stock is the hub's and stands in reference.db.
create table stock_balance (
    part_id text primary key,
    moved integer not null
) without rowid;

create table outbox (
    sequence integer primary key autoincrement,
    id text not null unique,
    epoch integer not null,
    key text not null,
    type text not null,
    schema integer not null,
    occurred_at text not null,
    after text not null,
    previous_hash blob not null,
    hash blob not null,
    signature blob not null,
    body blob not null
);

create table acknowledged (
    only_row integer primary key check (only_row = 1),
    sequence integer not null,
    hub_epoch integer not null,
    hash blob not null,
    at text not null
);

create table print_job (
    id text primary key,
    sale_id text not null,
    reprint integer not null,
    kick_drawer integer not null,
    queued_at text not null,
    started_at text,
    printed_at text,
    failed_at text,
    failure text,
    tries integer not null default 0,
    -- Cannot be laid out: our own mistake, so it must not hold up the others.
    given_up_at text
);
create index print_job_waiting on print_job (queued_at) where printed_at is null and given_up_at is null;

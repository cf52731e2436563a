-- Company, stores, people, and the documents that stores send, exactly as they came.

create table hub_state (
    only_row boolean primary key default true check (only_row),
    hub_epoch bigint not null,
    created_at timestamptz not null
);

create table company (
    only_row boolean primary key default true check (only_row),
    rfc text not null,
    name text not null,
    regime text not null,
    receipt_footer text not null
);

create table store (
    id uuid primary key,
    slug text not null unique,
    code text not null unique,
    name text not null,
    address text not null,
    postal_code text not null,
    tax_region text not null check (tax_region in ('STANDARD', 'BORDER')),
    time_zone text not null,
    public_key bytea not null,
    secret_hash text not null,
    broker_user text not null unique,
    broker_password_hash text not null,
    tunnel_port integer not null unique,
    tunnel_token_hash text not null,
    epoch integer not null,
    registered_at timestamptz not null
);

create table register (
    id uuid primary key,
    store_id uuid not null references store,
    name text not null,
    prefix text not null unique
);

create table store_activation (
    code_hash text primary key,
    created_by uuid,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);

create table store_heartbeat (
    store_id uuid primary key references store,
    received_at timestamptz not null,
    sent_at timestamptz not null,
    version text not null,
    outbox_last bigint not null,
    relayed bigint not null,
    acknowledged bigint not null,
    disk_free_bytes bigint not null,
    printer text not null,
    streams jsonb not null
);

create table person (
    id uuid primary key,
    username text not null unique,
    name text not null,
    role text not null check (role in ('CASHIER', 'MANAGER', 'WAREHOUSE', 'MECHANIC', 'ACCOUNTANT', 'ADMIN')),
    store_id uuid references store,
    password_hash text,
    pin_hash text,
    code_hash text,
    code_expires_at timestamptz,
    code_tries integer not null default 0,
    failed_tries integer not null default 0,
    locked_until timestamptz,
    users_version bigint not null default 0,
    created_at timestamptz not null,
    removed_at timestamptz
);
create index person_by_users_version on person (users_version);

create table audit (
    id uuid primary key,
    at timestamptz not null,
    who text not null,
    act text not null,
    subject text not null
);
create index audit_by_time on audit (at desc);

create table stream_version (
    stream text primary key,
    version bigint not null,
    published_at timestamptz not null
);
insert into stream_version (stream, version, published_at)
select stream, 0, now()
from unnest(array['catalogue', 'index', 'prices', 'stock', 'users', 'settings']) as stream;

-- One row per store: the state of mx.refahub.domain.delivery.Landing, locked by each landing transaction.
create table landing (
    store_id uuid primary key references store,
    epoch integer not null,
    hub_epoch bigint not null,
    landed bigint not null,
    hash bytea not null,
    frozen_at timestamptz,
    frozen_reason text,
    gap_asked_at timestamptz,
    duplicates bigint not null default 0,
    last_landed_at timestamptz
);

create table document (
    store_id uuid not null references store,
    epoch integer not null,
    sequence bigint not null,
    id uuid not null unique,
    key text not null,
    type text not null,
    schema integer not null,
    occurred_at timestamptz not null,
    after uuid[] not null,
    previous_hash bytea not null,
    hash bytea not null,
    signature bytea not null,
    body bytea not null,
    landed_at timestamptz not null,
    primary key (store_id, epoch, sequence)
);
create index document_by_landing on document (landed_at desc, id desc);
create index document_by_key on document (store_id, key, epoch, sequence);
create index document_by_type on document (type, landed_at desc);

-- What is still to be applied: a short queue beside the long archive. A row leaves when its document is applied.
create table document_to_apply (
    id uuid primary key references document (id),
    store_id uuid not null,
    key text not null,
    epoch integer not null,
    sequence bigint not null,
    parked_at timestamptz,
    parked_reason text,
    waiting_since timestamptz
);
create index document_to_apply_in_order on document_to_apply (store_id, key, epoch, sequence);
create index document_to_apply_waiting on document_to_apply (waiting_since) where waiting_since is not null;
create index document_to_apply_parked on document_to_apply (parked_at) where parked_at is not null;

create table document_applied (
    id uuid primary key references document (id),
    applied_at timestamptz not null,
    remark text
);

-- Beyond a gap.
create table document_waiting (
    store_id uuid not null references store,
    epoch integer not null,
    sequence bigint not null,
    frame bytea not null,
    received_at timestamptz not null,
    primary key (store_id, epoch, sequence)
);

-- Evidence: what was refused, with the reason.
create table document_aside (
    id uuid primary key,
    store_id uuid,
    why text not null,
    content bytea not null,
    content_hash bytea not null unique,
    received_at timestamptz not null
);

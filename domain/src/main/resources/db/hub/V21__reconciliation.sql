-- What stores and hub say of the same documents, and who a store is from when to when.

create table reconciliation (
    id uuid primary key,
    store_id uuid not null references store,
    cause text not null check (cause in ('NIGHT', 'CONSOLE', 'COMMAND', 'START')),
    at timestamptz not null,
    first_sequence bigint not null,
    last_sequence bigint not null,
    documents bigint not null,
    cells integer not null,
    exchanged bigint not null,
    sent_again bigint not null,
    mended bigint not null,
    incomplete boolean not null
);
create index reconciliation_by_store on reconciliation (store_id, at desc);

create table reconciliation_cell (
    reconciliation_id uuid not null references reconciliation on delete cascade,
    day date not null,
    type text not null,
    store_count bigint not null,
    store_sum bigint not null,
    hub_count bigint not null,
    hub_sum bigint not null,
    equal boolean not null,
    primary key (reconciliation_id, day, type)
);

-- A difference lasts from the first report that names it to the first that no longer does, or until somebody settles it.
create table reconciliation_finding (
    id uuid primary key,
    store_id uuid not null references store,
    sequence bigint not null,
    kind text not null,
    day date not null,
    type text not null,
    document_id uuid,
    store_hash text,
    hub_hash text,
    store_amount bigint,
    hub_amount bigint,
    -- The store's copy of a document that differs, as it sent it: a frame of one.
    store_copy bytea,
    found_at timestamptz not null,
    last_found_at timestamptz not null,
    gone_at timestamptz,
    settled_at timestamptz,
    settled_by text,
    reason text
);
create unique index reconciliation_finding_open on reconciliation_finding (store_id, sequence) where gone_at is null;
create index reconciliation_finding_by_time on reconciliation_finding (store_id, found_at desc);

-- Every life of a store: one row per epoch. base: the sequence after which its documents begin; none of an epoch before goes beyond it.
create table store_epoch (
    store_id uuid not null references store,
    epoch integer not null,
    base bigint not null,
    public_key bytea not null,
    secret_hash text not null,
    machine text not null default '',
    cause text not null check (cause in ('REGISTERED', 'REPLACED', 'DISK_IS_OLDER', 'CHAIN_DIFFERS', 'COPIED')),
    granted_by text not null,
    granted_at timestamptz not null,
    -- Numbers left out at each till, as the store told when it had taken the epoch over.
    folio_jump bigint,
    taken_at timestamptz,
    primary key (store_id, epoch)
);
insert into store_epoch (store_id, epoch, base, public_key, secret_hash, cause, granted_by, granted_at, taken_at)
select id, epoch, 0, public_key, secret_hash, 'REGISTERED', 'registration', registered_at, registered_at
from store;

-- Code with which new hardware takes the place of a store's PC.
create table store_replacement (
    code_hash text primary key,
    store_id uuid not null references store,
    created_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    used_by_key bytea
);
create index store_replacement_by_store on store_replacement (store_id, created_at desc);

-- A machine that says it is the store and cannot be believed: an older disk, a fork, a copy. One click grants it a new epoch.
create table store_claim (
    store_id uuid not null references store,
    machine text not null,
    cause text not null check (cause in ('DISK_IS_OLDER', 'CHAIN_DIFFERS', 'COPIED')),
    here bigint not null,
    hub bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    granted_at timestamptz,
    granted_by text,
    taken_at timestamptz,
    primary key (store_id, machine)
);

alter table store_heartbeat add column machine text not null default '';
alter table store_heartbeat add column epoch integer not null default 1;

-- When the hub last noticed that it has lost what it had acknowledged, and began a new hub epoch with this store.
alter table landing add column lost_at timestamptz;

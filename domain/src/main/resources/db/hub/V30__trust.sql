-- What lay on a store's counter when it was heard of last: tickets in hand and parked, counts under way, pages that wait. Not a document: only the newest counts, and only until a machine has got it back.
create table store_counter (
    store_id uuid not null references store,
    epoch integer not null,
    content bytea not null,
    at timestamptz not null,
    primary key (store_id, epoch)
);

-- Secrets that are on their way to a store (NEXT), and those of before, until their grace is over (FORMER).
alter table store add column secrets_set_at timestamptz;
update store
set secrets_set_at = registered_at;
alter table store add column rotation_asked_at timestamptz;
create table store_secret (
    store_id uuid not null references store,
    state text not null check (state in ('NEXT', 'FORMER')),
    epoch integer not null,
    secret_hash text not null,
    broker_password_hash text not null,
    tunnel_token_hash text not null,
    made_at timestamptz not null,
    valid_until timestamptz,
    primary key (store_id, state)
);

-- The version gate: parked because this hub is older than the store. Tried again when the hub has been brought up to date.
alter table document_to_apply add column newer boolean not null default false;
update document_to_apply
set newer = true
where parked_reason like '%newer than this hub%'
or parked_reason like '%unknown to this hub%';

-- What each heartbeat said of how the store is, and what it said before: one row when something changed, else one in ten minutes.
alter table store_heartbeat add column level text;
alter table store_heartbeat add column health jsonb;
create table store_heartbeat_past (
    store_id uuid not null references store,
    at timestamptz not null,
    level text not null,
    version text not null,
    machine text not null,
    waiting bigint not null,
    disk_free_bytes bigint not null,
    clock_offset_millis bigint not null,
    troubles text not null,
    primary key (store_id, at)
);

-- What a store answered to an order of the console.
create table store_answer (
    command_id uuid primary key,
    store_id uuid not null references store,
    kind text not null,
    ordered_at timestamptz not null,
    ordered_by text not null,
    answered_at timestamptz,
    exit_status integer,
    lines text,
    attachment bytea
);
create index store_answer_by_store on store_answer (store_id, ordered_at desc);

-- The audit trail as a chain: rows are linked in the order of their times a few seconds after they were written, each hash over the row and the hash before.
alter table audit add column link bigint;
alter table audit add column hash bytea;
create unique index audit_by_link on audit (link) where link is not null;
create index audit_unlinked on audit (at, id) where link is null;

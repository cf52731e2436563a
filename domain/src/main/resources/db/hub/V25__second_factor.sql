-- The second proof of people of the console.

-- secret: AES-256-GCM under a key beside the database. last_step: of 30 seconds, the last whose code was taken; none is taken twice.
create table second_factor (
    person_id uuid primary key references person,
    secret bytea not null,
    begun_at timestamptz not null,
    confirmed_at timestamptz,
    last_step bigint not null default 0
);

create table recovery_code (
    person_id uuid not null references second_factor on delete cascade,
    code_hash text not null,
    used_at timestamptz,
    primary key (person_id, code_hash)
);

-- Several hub processes share the work of a run.

-- Processes that take slices of work. One that has not said anything for a while is gone; its row goes with the next process that starts.
create table worker (
    name text primary key,
    role text not null check (role in ('HUB', 'WORKER')),
    host text not null,
    pid bigint not null,
    started_at timestamptz not null,
    beat_at timestamptz not null
);

-- A slice of a step's file: the bytes from_byte to to_byte, whole records, the first of them on first_line. Named as Batch names the
-- step execution that stands for it ('stage-parts:3'); execution is the one that is to be done now.
-- worker, attempts: whose it is; a commit of anybody else's is refused. lease_until: as long as nobody else takes it unasked.
-- refusal: why nobody can stage it; failed: who had it could not, for reasons of their own.
-- reached: the last line that is staged, in the transaction of the rows themselves.
create table job_run_slice (
    run_id bigint not null references job_run on delete cascade,
    name text not null,
    step text not null,
    file text not null,
    from_byte bigint not null,
    to_byte bigint not null,
    first_line bigint not null,
    reached bigint not null default 0,
    execution bigint not null,
    asked_at timestamptz not null,
    worker text,
    attempts integer not null default 0,
    lease_until timestamptz,
    stopping boolean not null default false,
    began_at timestamptz,
    ended_at timestamptz,
    refusal text not null default '',
    failed boolean not null default false,
    primary key (run_id, name)
);
create unique index job_run_slice_by_execution on job_run_slice (execution);

-- Where a worker finds the broker, and with what: the address is the hub's to say, the password is made once and is good for the queue of
-- work alone. hub_key: the only one that the broker may show where it speaks TLS.
create table work_door (
    door integer primary key check (door = 1),
    broker_password text not null,
    broker_url text not null default '',
    hub_key text not null default ''
);

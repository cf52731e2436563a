-- What came of asking all stores to compare themselves with the hub, by run.
create table reconciliation_round (
    run_id bigint not null references job_run on delete cascade,
    store_id uuid not null references store,
    command_id uuid not null,
    asked_at timestamptz,
    ended_at timestamptz,
    outcome text check (outcome in ('EQUAL', 'DIFFERENT', 'FAILED', 'SILENT')),
    -- It had compared itself shortly before, and was not asked.
    fresh boolean not null default false,
    days integer not null default 0,
    documents bigint not null default 0,
    unequal integer not null default 0,
    differences integer not null default 0,
    sent_again bigint not null default 0,
    mended bigint not null default 0,
    incomplete boolean not null default false,
    said text,
    primary key (run_id, store_id),
    check ((ended_at is null) = (outcome is null))
);
create index reconciliation_round_waiting on reconciliation_round (run_id) where ended_at is null;

-- Who changed what holds of jobs is read newest first.
create index audit_of_jobs on audit (at desc, id desc) where act like 'jobs-%';

-- Schedules that the program brought itself: one that was deleted does not come back.
create table schedule_brought (
    job text primary key,
    at timestamptz not null
);

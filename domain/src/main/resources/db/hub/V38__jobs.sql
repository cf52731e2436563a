-- Jobs: whose a run is and for how long, how long it may take and how often it is tried again, what runs after what, and days off.

-- owner is one process. While it lives it puts lease_until off again and again, by the database's clock; once that has passed, another process may take the run for
-- dead. Null while the run does not go on.
-- timeout_at: when it has taken too long. timed_out: it has. retries: how often it was taken up by itself since a person last started it; retry_at: when it will be.
-- changed: whether it changed anything; null until it is done.
alter table job_run add column lease_until timestamptz;
alter table job_run add column timeout_at timestamptz;
alter table job_run add column timed_out boolean not null default false;
alter table job_run add column retries integer not null default 0;
alter table job_run add column retry_at timestamptz;
alter table job_run add column changed boolean;
update job_run set lease_until = now() where status = 'RUNNING';
create index job_run_leased on job_run (lease_until) where status = 'RUNNING';
create index job_run_retried on job_run (retry_at) where retry_at is not null;

-- What was decided of a job in the console; a job without a row has what stands in the program. timeout_seconds: null for no limit.
-- told: roles and e-mail addresses, in capitals and in small letters.
create table job_terms (
    job text primary key,
    in_charge text not null,
    timeout_seconds integer check (timeout_seconds > 0),
    retries integer not null check (retries between 0 and 20),
    retry_after_seconds integer not null check (retry_after_seconds > 0),
    told text[] not null,
    changed_by text not null,
    changed_at timestamptz not null
);

-- job is started when a run of after_job is done, or is done and has changed something.
create table job_after (
    id uuid primary key,
    job text not null,
    after_job text not null,
    only_changed boolean not null,
    made_by text not null,
    made_at timestamptz not null,
    unique (job, after_job),
    check (job <> after_job)
);
create table job_after_parameter (
    after_id uuid not null references job_after on delete cascade,
    name text not null,
    value text not null,
    primary key (after_id, name)
);
-- What has come of the end of a run. started: the run that it began, which several ends may share; else refusal says why none was.
create table job_followed (
    after_id uuid not null references job_after on delete cascade,
    run_id bigint not null references job_run on delete cascade,
    started bigint,
    refusal text,
    at timestamptz not null,
    primary key (after_id, run_id)
);
create index job_followed_by_run on job_followed (run_id);
create index job_run_done on job_run (job, ended_at) where status = 'DONE';

-- The company's own days, beside the official ones that are computed. worked: an official day on which it works all the same.
create table day_off (
    day date primary key,
    name text not null,
    worked boolean not null,
    made_by text not null,
    made_at timestamptz not null
);
-- Days of every week on which it does not work; 1 is Monday and 7 Sunday.
create table week_day_off (
    day integer primary key check (day between 1 and 7)
);

-- When what is kept computed was last made anew, and how long it took.
create table view_refreshed (
    view text primary key,
    refreshed_at timestamptz,
    took_millis bigint,
    rows bigint not null
);
insert into view_refreshed (view, rows) values ('part_vehicle_preview', 0);

-- Sealed copies that were made. schema: version of the tables in it. verified_at, problem: when it was last put back for trial, and what was wrong then.
create table backup (
    name text primary key,
    run_id bigint not null,
    target text not null,
    made_at timestamptz not null,
    schema text not null,
    tables integer not null,
    rows bigint not null,
    files bigint not null,
    bytes bigint not null,
    verified_at timestamptz,
    problem text,
    deleted_at timestamptz
);
create index backup_by_time on backup (made_at desc);

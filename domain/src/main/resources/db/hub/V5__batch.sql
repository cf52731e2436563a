-- Jobs: Spring Batch 6's own tables as it ships them, and beside them what a person sees of a run.

create table batch_job_instance (
    job_instance_id bigint not null primary key,
    version bigint,
    job_name varchar(100) not null,
    job_key varchar(32) not null,
    constraint job_inst_un unique (job_name, job_key)
);

create table batch_job_execution (
    job_execution_id bigint not null primary key,
    version bigint,
    job_instance_id bigint not null,
    create_time timestamp not null,
    start_time timestamp default null,
    end_time timestamp default null,
    status varchar(10),
    exit_code varchar(2500),
    exit_message varchar(2500),
    last_updated timestamp,
    constraint job_inst_exec_fk foreign key (job_instance_id) references batch_job_instance (job_instance_id)
);
create index batch_job_execution_by_instance on batch_job_execution (job_instance_id);

create table batch_job_execution_params (
    job_execution_id bigint not null,
    parameter_name varchar(100) not null,
    parameter_type varchar(100) not null,
    parameter_value varchar(2500),
    identifying char(1) not null,
    constraint job_exec_params_fk foreign key (job_execution_id) references batch_job_execution (job_execution_id)
);
create index batch_job_execution_params_by_execution on batch_job_execution_params (job_execution_id);

create table batch_step_execution (
    step_execution_id bigint not null primary key,
    version bigint not null,
    step_name varchar(100) not null,
    job_execution_id bigint not null,
    create_time timestamp not null,
    start_time timestamp default null,
    end_time timestamp default null,
    status varchar(10),
    commit_count bigint,
    read_count bigint,
    filter_count bigint,
    write_count bigint,
    read_skip_count bigint,
    write_skip_count bigint,
    process_skip_count bigint,
    rollback_count bigint,
    exit_code varchar(2500),
    exit_message varchar(2500),
    last_updated timestamp,
    constraint job_exec_step_fk foreign key (job_execution_id) references batch_job_execution (job_execution_id)
);
create index batch_step_execution_by_execution on batch_step_execution (job_execution_id);

create table batch_step_execution_context (
    step_execution_id bigint not null primary key,
    short_context varchar(2500) not null,
    serialized_context text,
    constraint step_exec_ctx_fk foreign key (step_execution_id) references batch_step_execution (step_execution_id)
);

create table batch_job_execution_context (
    job_execution_id bigint not null primary key,
    short_context varchar(2500) not null,
    serialized_context text,
    constraint job_exec_ctx_fk foreign key (job_execution_id) references batch_job_execution (job_execution_id)
);

create sequence batch_step_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence batch_job_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence batch_job_instance_seq maxvalue 9223372036854775807 no cycle;

-- A run as a person sees it: one row however often it is restarted. It is a job instance of Spring Batch by its parameter 'run'.
-- owner: the hub process that runs it. cause: what the movements and publications of this run name as their cause.
create table job_run (
    id bigint generated always as identity primary key,
    job text not null,
    cause uuid not null unique,
    owner text not null,
    started_by text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    status text not null check (status in ('RUNNING', 'STOPPED', 'FAILED', 'DONE')),
    notes text[] not null default '{}',
    failure text not null default ''
);
create unique index job_run_one_at_a_time on job_run (job) where ended_at is null;
create index job_run_by_job on job_run (job, id);

-- What a file looked like, so that its rejected rows can be handed back in the same form.
-- additive: rejected rows fed again, which add to what the first feeding brought.
create table job_run_file (
    run_id bigint not null references job_run on delete cascade,
    file text not null,
    charset text not null,
    header text[] not null,
    additive boolean not null,
    primary key (run_id, file)
);

-- A row may be rejected for more than one reason. original: the row as it was fed in, as CSV.
create table job_run_reject (
    run_id bigint not null references job_run on delete cascade,
    file text not null,
    line bigint not null,
    column_name text not null,
    value text not null,
    reason text not null,
    original text
);
create index job_run_reject_by_line on job_run_reject (run_id, file, line);

-- What a run published, written by the transaction that did.
create table job_run_publication (
    run_id bigint not null references job_run on delete cascade,
    stream text not null,
    version bigint not null,
    published_at timestamptz not null,
    primary key (run_id, stream)
);

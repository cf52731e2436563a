-- Alerts and who is told of them, letters that leave and come by e-mail, and the sessions of people.

-- threshold: in the unit of its kind (minutes, documents, messages, megabytes, seconds, parts). calm_minutes: without the condition, until it counts as over.
-- quiet_*: a weekly window, days as ISO counts them (Monday is 1), in the company's time zone; from may be later than until: over midnight.
create table alert_rule (
    id uuid primary key,
    kind text not null,
    name text not null,
    enabled boolean not null,
    threshold bigint not null check (threshold > 0),
    calm_minutes integer not null check (calm_minutes between 0 and 1440),
    remind_hours integer check (remind_hours between 1 and 720),
    store_id uuid references store,
    job text,
    roles text[] not null,
    persons uuid[] not null,
    addresses text[] not null,
    by_mail boolean not null,
    tell_end boolean not null,
    language text not null check (language in ('es', 'en')),
    muted_until timestamptz,
    quiet_days integer[] not null default '{}',
    quiet_from time,
    quiet_until time,
    changed_at timestamptz not null,
    changed_by text not null,
    removed_at timestamptz,
    check ((cardinality(quiet_days) = 0) = (quiet_from is null)),
    check ((quiet_from is null) = (quiet_until is null))
);

-- What was measured at the last look, a handful of rows for each store; made anew each time. held: the condition is not over, although not bad enough to begin.
create unlogged table alert_observed (
    kind text not null,
    subject text not null,
    name text not null,
    store_id uuid,
    job text,
    value bigint not null,
    held boolean not null default false,
    detail text not null default '',
    primary key (kind, subject)
);

-- One that lasts at most for a rule and a subject. What ended stays as history.
create table alert (
    id uuid primary key default gen_random_uuid(),
    rule_id uuid not null references alert_rule,
    kind text not null,
    subject text not null,
    name text not null,
    store_id uuid references store,
    value bigint not null,
    detail text not null,
    raised_at timestamptz not null,
    seen_at timestamptz not null,
    calm_since timestamptz,
    told_at timestamptz,
    reminded_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note text not null default '',
    resolved_at timestamptz,
    end_told_at timestamptz
);
create unique index alert_lasting on alert (rule_id, subject) where resolved_at is null;
create index alert_by_time on alert (raised_at desc, id desc);
create index alert_end_untold on alert (resolved_at) where resolved_at is not null and told_at is not null and end_told_at is null;

create table alert_event (
    alert_id uuid not null references alert on delete cascade,
    at timestamptz not null,
    what text not null check (what in ('RAISED', 'TOLD', 'REMINDED', 'ACKNOWLEDGED', 'RESOLVED')),
    who text not null default '',
    note text not null default '',
    primary key (alert_id, at, what)
);

create function alert_muted(r alert_rule, at timestamptz, zone text) returns boolean
language sql stable
return coalesce(r.muted_until > at, false)
    or coalesce(
        case
            when r.quiet_from < r.quiet_until then
                extract(isodow from at at time zone zone)::integer = any (r.quiet_days)
                and (at at time zone zone)::time >= r.quiet_from
                and (at at time zone zone)::time < r.quiet_until
            else
                (extract(isodow from at at time zone zone)::integer = any (r.quiet_days)
                    and (at at time zone zone)::time >= r.quiet_from)
                or (extract(isodow from (at - interval '1 day') at time zone zone)::integer = any (r.quiet_days)
                    and (at at time zone zone)::time < r.quiet_until)
        end,
        false);

insert into alert_rule (
    id, kind, name, enabled, threshold, calm_minutes, remind_hours, roles, persons, addresses, by_mail, tell_end, language, changed_at, changed_by)
select gen_random_uuid(), kind, name, true, threshold, calm, remind, array['ADMIN'], '{}', '{}', true, true, 'es', now(), ''
from (values
    ('STORE_SILENT', 'Sucursal sin reportarse', 10, 2, null::integer),
    ('STORE_LAG', 'Documentos atrasados', 500, 5, null),
    ('STORE_FROZEN', 'Sucursal congelada', 1, 0, 24),
    ('QUEUE_DEPTH', 'Cola que crece', 1000, 5, null),
    ('PARKED', 'Documentos detenidos', 1, 0, 24),
    ('JOB_FAILED', 'Trabajo con falla', 1, 0, null),
    ('JOB_LATE', 'Trabajo atrasado', 60, 0, null),
    ('DISK_LOW', 'Disco casi lleno', 2048, 10, 24),
    ('CLOCK_OFF', 'Reloj desajustado', 120, 5, null),
    ('RECONCILIATION', 'Diferencias en la conciliación', 1, 0, 24),
    ('REORDER', 'Piezas por pedir', 1, 0, 24)) seed (kind, name, threshold, calm, remind);

-- The server by which letters leave, and the mailbox to which suppliers write. Secrets: AES-256-GCM under a key beside the database.
create table mail_account (
    only_row boolean primary key default true check (only_row),
    enabled boolean not null,
    host text not null,
    port integer not null check (port between 0 and 65535),
    security text not null check (security in ('NONE', 'STARTTLS', 'TLS')),
    username text not null,
    secret bytea,
    from_address text not null,
    from_name text not null,
    link text not null,
    changed_at timestamptz not null,
    changed_by text not null
);

create table mail_inbox (
    only_row boolean primary key default true check (only_row),
    enabled boolean not null,
    host text not null,
    port integer not null check (port between 0 and 65535),
    security text not null check (security in ('NONE', 'STARTTLS', 'TLS')),
    username text not null,
    secret bytea,
    folder text not null,
    taken_folder text not null,
    refused_folder text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    looked_at timestamptz,
    failure text not null default ''
);

-- One letter for each recipient, written in the transaction of what it tells. due_at is moved on before each try, so a process that dies in between costs a wait.
create table letter (
    id uuid primary key,
    event text not null,
    recipient text not null,
    subject text not null,
    body text not null,
    about uuid,
    written_at timestamptz not null,
    due_at timestamptz not null,
    tries integer not null default 0,
    sent_at timestamptz,
    dead_at timestamptz,
    failure text not null default ''
);
create index letter_due on letter (due_at) where sent_at is null and dead_at is null;
create index letter_by_time on letter (written_at desc, id desc);
create index letter_by_about on letter (about) where about is not null;

create table letter_attachment (
    letter_id uuid not null references letter on delete cascade,
    position integer not null,
    name text not null,
    type text not null,
    content bytea not null,
    primary key (letter_id, position)
);

-- Only what was changed; the rest comes with the program.
create table letter_template (
    event text not null,
    language text not null check (language in ('es', 'en')),
    subject text not null,
    body text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (event, language)
);

-- Each message of the mailbox once, by folder validity and number (RFC 3501, section 2.3.1.1).
create table inbox_message (
    mailbox text not null,
    number bigint not null,
    sender text not null,
    subject text not null,
    at timestamptz not null,
    taken integer not null,
    known integer not null,
    refused integer not null,
    reason text not null,
    primary key (mailbox, number)
);
create index inbox_message_by_time on inbox_message (at desc);

-- Who is in: a browser at the console, or a token of a program. role: as it was on entering; with another one the session is over.
create table person_session (
    id uuid primary key,
    person_id uuid not null references person,
    kind text not null check (kind in ('CONSOLE', 'TOKEN')),
    role text not null,
    process text not null,
    address text not null,
    device text not null,
    begun_at timestamptz not null,
    seen_at timestamptz not null,
    expires_at timestamptz,
    ended_at timestamptz,
    ended_by text
);
create index person_session_lasting on person_session (person_id, seen_at desc) where ended_at is null;
create index person_session_ended on person_session (ended_at) where ended_at is not null;

-- The drawer from its opening to its Z: a chained journal, movements, counts, Zs. What the first version kept in cash_journal stands in cash_session, sale
-- and sale_tender too: sessions from then get their chain out of those at the next start.

drop table cash_journal;

-- Append-only. hash is SHA-256 over the length-prefixed fields of the row, previous_hash the last of them.
create table cash_journal (
    cash_session_id text not null references cash_session,
    sequence integer not null,
    at text not null,
    kind text not null,
    tender text not null,
    currency text not null,
    amount integer not null,
    by_id text not null,
    by_name text not null,
    cause text not null,
    detail text not null,
    previous_hash blob not null,
    hash blob not null,
    primary key (cash_session_id, sequence)
) without rowid;
create index cash_journal_by_cause on cash_journal (cause);

create trigger cash_journal_is_not_edited before update on cash_journal
begin
    select raise(abort, 'the cash journal is append-only');
end;

create trigger cash_journal_is_not_erased before delete on cash_journal
begin
    select raise(abort, 'the cash journal is append-only');
end;

-- Who stands at the drawer now, and when it was counted: a counted drawer sells no more.
alter table cash_session add column cashier_id text not null default '';
alter table cash_session add column cashier_name text not null default '';
alter table cash_session add column counted_at text;
update cash_session set cashier_id = opened_by, cashier_name = opened_by_name;
create index cash_session_by_opening on cash_session (opened_at);

create index sale_by_cash_session on sale (cash_session_id);

create table cash_movement (
    id text primary key,
    cash_session_id text not null references cash_session,
    kind text not null,
    currency text not null,
    amount integer not null check (amount > 0),
    reason text not null,
    note text not null,
    reference text not null,
    by_id text not null,
    by_name text not null,
    approved_by_name text not null,
    at text not null
);
create index cash_movement_by_session on cash_movement (cash_session_id, at);

create table cash_count (
    id text primary key,
    cash_session_id text not null references cash_session,
    at text not null,
    by_id text not null,
    by_name text not null,
    body text not null
);
create index cash_count_by_session on cash_count (cash_session_id, at);

alter table register add column next_z integer not null default 1;

-- supersedes: number of the Z that the session had before it was opened again; 0 for none. The figures are the document's.
create table cash_z (
    id text primary key,
    cash_session_id text not null references cash_session,
    register_id text not null references register,
    number integer not null,
    supersedes integer not null,
    cashier_id text not null,
    closed_by text not null,
    closed_at text not null,
    document_sequence integer not null,
    unique (register_id, number)
);
create index cash_z_by_session on cash_z (cash_session_id, number);
create index cash_z_by_time on cash_z (closed_at);


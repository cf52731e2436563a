-- Which lines of a ticket are of what was promised, also those that came at today's prices: when none is left, the ticket sells no promise.
alter table ticket_line add column of_promise integer not null default 0;
update ticket_line
set of_promise = 1
where ticket_id in (
    select id
    from ticket
    where promise_id is not null and finished_at is null and dropped_at is null);

-- Stations without a drawer: a browser of the shop that writes notes. Its register has tickets and quotes, and neither sales nor cash.
create table station (
    id text primary key references register,
    -- SHA-256 of what the browser keeps.
    token_hash text not null unique,
    paired_at text not null,
    paired_by_name text not null,
    revoked_at text
);

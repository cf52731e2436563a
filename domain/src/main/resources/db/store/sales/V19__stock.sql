-- What this branch did about goods that one branch promised another: asked, set aside, refused, released, sent, withdrawn. A step is a row with its document.
create table stock_lease_step (
    lease_id text not null,
    step text not null check (step in ('ASKED', 'RESERVED', 'REFUSED', 'RELEASED', 'SENT', 'WITHDRAWN')),
    part_id text not null,
    pieces integer not null,
    ticket_id text,
    expires_at text not null,
    body blob not null,
    document_sequence integer not null,
    primary key (lease_id, step)
) without rowid;
create index stock_lease_step_by_part on stock_lease_step (part_id, step);
create index stock_lease_step_by_ticket on stock_lease_step (ticket_id) where ticket_id is not null;

-- A count of the parts of one class, instead of a bin.
alter table stock_count add column class text;

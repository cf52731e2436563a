-- What the hub knows to be spent of a credit or gift voucher at other branches.
create table credit_elsewhere (
    credit_id text primary key,
    spent integer not null
) without rowid;

-- NONE, SERIAL, LOT: what is asked of a piece of the part when it is sold.
alter table part add column tracking text not null default 'NONE';

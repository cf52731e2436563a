-- What the opening is worth, and transfers on their way to or from here.

alter table branch_stock add column opening_value integer not null default 0;

create table transfer (
    number text primary key,
    body text not null
) without rowid;

create index branch_stock_by_bin on branch_stock (store_id, bin) where opening <> 0;

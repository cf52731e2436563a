-- What of a branch's stock is promised and until when, the class of a part at the own branch, and leases from and to here.
alter table branch_stock add column promised integer not null default 0;
alter table branch_stock add column promised_until text;
alter table branch_stock add column class text;
create index branch_stock_by_class on branch_stock (store_id, class) where class is not null;

create table lease (
    id text primary key,
    body text not null
) without rowid;

-- What this branch has taken in of each order, by part: right before the hub has told.

create table purchase_received (
    order_id text not null,
    part_id text not null,
    received integer not null,
    primary key (order_id, part_id)
) without rowid;

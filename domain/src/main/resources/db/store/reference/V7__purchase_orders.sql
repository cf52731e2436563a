-- Orders that this branch waits for, as the hub told last.

create table purchase_order (
    id text primary key,
    number text not null unique,
    body text not null
) without rowid;

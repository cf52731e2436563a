-- The relay's cursor (mx.refahub.domain.delivery.Relay). Written by the child process alone.

create table cursor (
    only_row integer primary key check (only_row = 1),
    epoch integer not null,
    relayed integer not null,
    acknowledged integer not null,
    resync_epoch integer not null,
    hub_epoch integer not null
);

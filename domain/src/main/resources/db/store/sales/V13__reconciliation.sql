-- How far this branch and the hub are known to hold the same, and each new beginning that the hub granted.

-- sequence: up to which every document has been compared and found equal, or what differed was mended or is the hub's to settle. Nothing beyond it is pruned.
create table reconciled (
    only_row integer primary key check (only_row = 1),
    sequence integer not null,
    at text not null,
    documents integer not null,
    sent_again integer not null,
    differing integer not null
);

-- base: the sequence after which the epoch's documents begin; the chain begins anew there.
create table epoch (
    epoch integer primary key,
    base integer not null,
    cause text not null,
    folio_jump integer not null,
    resealed integer not null,
    brought_back integer not null,
    at text not null
);
insert into epoch (epoch, base, cause, folio_jump, resealed, brought_back, at)
select epoch, 0, 'REGISTERED', 0, 0, 0, registered_at
from identity;

-- Why this machine may not sell, as the hub said it: kept over a restart without a network.
create table standing (
    only_row integer primary key check (only_row = 1),
    code text not null,
    here integer not null,
    hub integer not null,
    at text not null
);

create index sale_by_document on sale (document_sequence);

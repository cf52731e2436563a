-- Items outside the catalogue, parts made at the counter, and sales that did not come about.

-- Who answers for the price of an item outside the catalogue, where it was above the clerk's limit.
alter table ticket_line add column price_granted_by text;
alter table ticket_line add column price_granted_by_name text;

-- A part made here because the catalogue lacked it; its id is the proposal's. It yields once the hub's answer is known and the part that takes its
-- place has arrived.
create table local_part (
    id text primary key,
    line_code text not null,
    part_number text not null,
    normal_number text not null,
    brand text not null,
    name text not null,
    category text not null,
    unit text not null,
    barcode text,
    price integer not null,
    includes_tax integer not null,
    tax_class text not null,
    sat_code text not null,
    sat_unit text not null,
    created_at text not null,
    created_by text not null,
    created_by_name text not null,
    -- The hub's answer: MERGED or ADDED with the part, REFUSED with the reason.
    outcome text,
    merged_into text,
    reason text,
    decided_at text,
    yielded_at text,
    document_sequence integer not null
);
create unique index local_part_number on local_part (line_code, normal_number) where yielded_at is null and (outcome is null or outcome <> 'REFUSED');
create unique index local_part_barcode on local_part (barcode) where barcode is not null and yielded_at is null and (outcome is null or outcome <> 'REFUSED');

-- Version of the stream of answers that this file holds. A restored one holds less than reference.db has seen: then all come again.
create table proposal_answers (
    only_row integer primary key check (only_row = 1),
    version integer not null
);

create table lost_sale (
    id text primary key,
    asked text not null,
    part_id text,
    reason text not null,
    quantity integer not null,
    at text not null,
    noted_by text not null,
    document_sequence integer not null
);
create index lost_sale_by_time on lost_sale (at desc);

-- The notes that sales were collected by, and what was handed over of them.
create table sale_note (
    sale_id uuid primary key references sale,
    number bigint not null,
    issued_by uuid not null,
    issued_by_name text not null,
    issued_at timestamptz not null,
    hand_over boolean not null
);

create table hand_over (
    id uuid primary key,
    store_id uuid not null references store,
    sale_id uuid not null,
    folio text not null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    document_id uuid not null
);
create index hand_over_by_sale on hand_over (sale_id);

create table hand_over_line (
    hand_over_id uuid not null references hand_over,
    line_id uuid not null,
    quantity bigint not null,
    primary key (hand_over_id, line_id)
);
create index hand_over_line_by_line on hand_over_line (line_id);

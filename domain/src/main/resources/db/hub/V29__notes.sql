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

-- Rates of commission in hundredths of a percent. Null: everybody, every brand, every category; a category holds for all below it.
create table commission_rate (
    id uuid primary key,
    person_id uuid references person,
    brand text,
    category text,
    rate integer not null check (rate between 0 and 10000),
    starts date not null,
    ends date,
    set_at timestamptz not null,
    set_by uuid not null,
    set_by_name text not null
);
create index commission_rate_by_start on commission_rate (starts);
create index account_entry_by_day on account_entry (day);

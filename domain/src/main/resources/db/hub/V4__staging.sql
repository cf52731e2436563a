-- Rows of files on their way in, by run (job instance) and line. Written by batch-jobs alone; emptied when a run is done.

create table staging_part (
    run bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    normal_number text not null,
    brand text not null,
    name_es text not null,
    name_en text not null,
    category text not null,
    unit text not null,
    price bigint,
    includes_tax boolean not null,
    currency text not null,
    tax_class text not null,
    core bigint not null,
    sat_code text not null,
    sat_unit text not null,
    tax_object text not null,
    primary key (run, line)
);

create table staging_barcode (
    run bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    barcode text not null,
    pack bigint not null,
    primary key (run, line)
);

create table staging_interchange (
    run bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    kind text not null,
    other_brand text not null,
    other_number text not null,
    other_normal text not null,
    primary key (run, line)
);

create table staging_fitment (
    run bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    make text not null,
    model text not null,
    year_from integer not null,
    year_to integer not null,
    engine text not null,
    position text not null,
    notes text not null,
    primary key (run, line)
);

create table staging_stock (
    run bigint not null,
    line bigint not null,
    store_code text not null,
    line_code text not null,
    part_number text not null,
    quantity bigint not null,
    bin text not null,
    minimum bigint,
    maximum bigint,
    primary key (run, line)
);

-- Why a row was not taken; the row itself is read again from the file when the rejects are asked for.
create table import_reject (
    run bigint not null,
    file text not null,
    line bigint not null,
    field text not null,
    value text not null,
    reason text not null,
    primary key (run, file, line)
);

-- What the administrator is told of a run beyond Spring Batch's figures.
create table job_run (
    run bigint primary key,
    started_by text not null,
    message text not null default ''
);

create table job_run_total (
    run bigint not null,
    step text not null,
    total bigint not null,
    primary key (run, step)
);

create index part_by_brand_and_number on part (lower(brand), normal_number);

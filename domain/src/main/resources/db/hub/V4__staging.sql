-- Where the rows of a file wait between being read and being published. Each table holds the rows of one run at a time, the newest of
-- its job, under the line they stand on; emptied when the run is done. Logged on purpose: a run goes on after a power cut from
-- the cursor that Spring Batch committed together with these rows.
--
-- A null in an optional column says that the file does not have the column: an existing part keeps its value.

create table staging_part (
    run_id bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    normal_number text not null,
    brand text not null,
    name_es text not null,
    name_en text,
    category text,
    unit text,
    price bigint,
    price_includes_tax boolean not null,
    currency text not null,
    tax_class text not null,
    core bigint,
    sat_code text not null,
    sat_unit text not null,
    tax_object text,
    primary key (run_id, line)
);

create table staging_barcode (
    run_id bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    barcode text not null,
    pack bigint not null,
    primary key (run_id, line)
);

create table staging_interchange (
    run_id bigint not null,
    line bigint not null,
    line_code text not null,
    part_number text not null,
    kind text not null,
    other_brand text not null,
    other_number text not null,
    other_normal text not null,
    primary key (run_id, line)
);

create table staging_fitment (
    run_id bigint not null,
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
    primary key (run_id, line)
);

create table staging_stock (
    run_id bigint not null,
    line bigint not null,
    store_code text not null,
    line_code text not null,
    part_number text not null,
    quantity bigint not null,
    bin text,
    minimum bigint,
    maximum bigint,
    primary key (run_id, line)
);

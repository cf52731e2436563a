-- Runs of the catalogue: what one would change before it does, what it changed so that it can be taken back, the columns of suppliers,
-- and fitments in parts.

-- WAITING: everything is checked and a person has not yet said yes. It holds the staging tables, so its job starts no other run meanwhile.
alter table job_run drop constraint job_run_status_check;
alter table job_run add constraint job_run_status_check
    check (status in ('RUNNING', 'WAITING', 'STOPPED', 'FAILED', 'DISCARDED', 'DONE'));
alter table job_run add column approval_asked_at timestamptz;
alter table job_run add column approved_at timestamptz;
alter table job_run add column approved_by text;
-- What it was before is kept, see undo_part. undone_by: the run that took it back.
alter table job_run add column undoable boolean not null default false;
alter table job_run add column undone_by bigint;
create index job_run_undoable on job_run (id) where undoable;

create table job_run_parameter (
    run_id bigint not null references job_run on delete cascade,
    name text not null,
    value text not null,
    primary key (run_id, name)
);

create table job_run_preview (
    run_id bigint not null references job_run on delete cascade,
    kind text not null,
    rows bigint not null,
    primary key (run_id, kind)
);

create table job_run_preview_example (
    run_id bigint not null references job_run on delete cascade,
    kind text not null,
    place integer not null,
    part text not null,
    field text not null,
    before text not null,
    after text not null,
    primary key (run_id, kind, place)
);

-- What the rows were before a run, written by the transaction that changed them; of the newest runs only (refahub.batch.keep-undo).
-- undo_part has every part that the run touched in any table. fresh: the run made it; nothing of such a part is kept but this row.
create table undo_part (
    run_id bigint not null,
    part_id uuid not null,
    fresh boolean not null,
    normal_number text,
    brand text,
    name_es text,
    name_en text,
    category text,
    unit text,
    tax_class text,
    core bigint,
    sat_code text,
    sat_unit text,
    tax_object text,
    removed_at timestamptz,
    primary key (part_id, run_id)
);
create index undo_part_by_run on undo_part (run_id);

-- existed: false if the part had no row.
create table undo_price (
    run_id bigint not null,
    part_id uuid not null,
    existed boolean not null,
    amount bigint,
    currency text,
    includes_tax boolean,
    primary key (run_id, part_id)
);

-- pack, other_normal and notes are null where there was no such row.
create table undo_barcode (
    run_id bigint not null,
    part_id uuid not null,
    barcode text not null,
    pack bigint,
    primary key (run_id, part_id, barcode)
);
create index undo_barcode_by_code on undo_barcode (barcode);

create table undo_interchange (
    run_id bigint not null,
    part_id uuid not null,
    kind text not null,
    other_brand text not null,
    other_number text not null,
    other_normal text,
    mirrored boolean,
    primary key (run_id, part_id, kind, other_brand, other_number)
);

create table undo_fitment (
    run_id bigint not null,
    part_id uuid not null,
    make text not null,
    model text not null,
    year_from integer not null,
    year_to integer not null,
    engine text not null,
    position text not null,
    notes text,
    primary key (run_id, part_id, make, model, year_from, year_to, engine, position)
);

-- How a supplier calls our columns. Either theirs, a column of the file, or fixed, a value for all rows.
create table supplier_mapping (
    supplier text not null,
    file text not null,
    ours text not null,
    theirs text,
    fixed text,
    primary key (supplier, file, ours),
    check ((theirs is null) <> (fixed is null))
);

-- The mapping that a file was read with, as it was then: ours, 'theirs' or 'fixed', name or value; again and again.
alter table job_run_file add column wording text[] not null default '{}';

-- What a supplier's standard file does not tell: null keeps what the part has. price_kept: the price too.
alter table staging_part alter column name_es drop not null;
alter table staging_part alter column price_includes_tax drop not null;
alter table staging_part alter column tax_class drop not null;
alter table staging_part alter column sat_code drop not null;
alter table staging_part alter column sat_unit drop not null;
alter table staging_part add column price_kept boolean not null default false;

-- Told year by year: what follows on each other may become one row.
alter table staging_fitment add column joinable boolean not null default false;

-- A part's vehicles lie in one part of the table and are one range of its key; a vehicle's parts are one range of the index beside it in each.
alter table fitment rename to fitment_whole;
alter table fitment_whole rename constraint fitment_pkey to fitment_whole_pkey;
create table fitment (
    part_id uuid not null references part,
    make text not null,
    model text not null,
    year_from integer not null,
    year_to integer not null,
    engine text not null,
    position text not null,
    notes text not null,
    primary key (part_id, make, model, year_from, year_to, engine, position)
) partition by hash (part_id);
create table fitment_0 partition of fitment for values with (modulus 8, remainder 0);
create table fitment_1 partition of fitment for values with (modulus 8, remainder 1);
create table fitment_2 partition of fitment for values with (modulus 8, remainder 2);
create table fitment_3 partition of fitment for values with (modulus 8, remainder 3);
create table fitment_4 partition of fitment for values with (modulus 8, remainder 4);
create table fitment_5 partition of fitment for values with (modulus 8, remainder 5);
create table fitment_6 partition of fitment for values with (modulus 8, remainder 6);
create table fitment_7 partition of fitment for values with (modulus 8, remainder 7);
insert into fitment (part_id, make, model, year_from, year_to, engine, position, notes)
select part_id, make, model, year_from, year_to, engine, position, notes
from fitment_whole;
drop table fitment_whole;
create index fitment_by_vehicle on fitment (make, model, year_from, year_to) include (part_id);

-- What a part fits, in a breath: Jetta 2011–2018, Golf 2010–2014 +3. The newest models first.
create materialized view part_vehicle_preview as
select part_id,
    string_agg(vehicle, ', ' order by place) filter (where place <= 2)
        || case when max(place) > 2 then ' +' || (max(place) - 2) else '' end as preview
from (
    select part_id, place,
        model || ' ' || case when first_year = last_year then first_year::text else first_year || '–' || last_year end as vehicle
    from (
        select part_id, model, min(year_from) as first_year, max(year_to) as last_year,
            row_number() over (partition by part_id order by max(year_to) desc, min(year_from), make, model) as place
        from fitment
        group by part_id, make, model) as models) as vehicles
group by part_id;
create unique index part_vehicle_preview_by_part on part_vehicle_preview (part_id);

-- How parts may come back, and how often one did not fit a vehicle, as the hub told last.

create table return_rule (
    target text not null,
    target_value text not null collate nocase,
    body text not null,
    primary key (target, target_value)
) without rowid;

create table misfit (
    part_id text not null,
    make text not null collate nocase,
    model text not null collate nocase,
    year integer not null,
    engine text not null collate nocase,
    times integer not null,
    primary key (part_id, make, model, year, engine)
) without rowid;

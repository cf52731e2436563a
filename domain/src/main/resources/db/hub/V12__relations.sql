-- Parts that belong together: told of part_id, one way. grade: of an alternative, against the part itself. quantity in thousandths.
-- A relation to a part that has left the catalogue stays and is not shown; it is there again when that part is.
create table part_relation (
    part_id uuid not null references part,
    kind text not null check (kind in ('ALTERNATIVE', 'ACCESSORY', 'COMPONENT', 'OPPOSITE')),
    related_id uuid not null references part,
    grade text not null check (grade in ('', 'SAME_BRAND', 'ECONOMY', 'PREMIUM')),
    quantity bigint not null check (quantity > 0),
    position text not null,
    note text not null,
    primary key (part_id, kind, related_id),
    check (part_id <> related_id),
    check (grade = '' or kind = 'ALTERNATIVE')
);
create index part_relation_by_related on part_relation (related_id);

create table staging_relation (
    run_id bigint not null,
    line bigint not null,
    kind text not null,
    line_code text not null,
    part_number text not null,
    related_line text not null,
    related_number text not null,
    grade text not null,
    quantity bigint not null,
    position text not null,
    note text not null,
    primary key (run_id, line)
);

-- quantity is null where there was no such row.
create table undo_relation (
    run_id bigint not null,
    part_id uuid not null,
    kind text not null,
    related_id uuid not null,
    grade text,
    quantity bigint,
    position text,
    note text,
    primary key (run_id, part_id, kind, related_id)
);

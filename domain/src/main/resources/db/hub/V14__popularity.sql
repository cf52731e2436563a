-- How often each part sold at all branches in the last twelve months: by this the index orders parts that are equally good.
create table part_popularity (
    part_id uuid primary key,
    sold bigint not null,
    -- 0 below one piece, 1 for one, 2 from two, 3 from four and so on: it seldom changes, so the index seldom has to follow.
    popularity integer not null,
    -- when it changed, as long as the index does not know
    changed_at timestamptz
);
create index part_popularity_by_change on part_popularity (changed_at) where changed_at is not null;

create table popularity_count (
    only_row boolean primary key default true check (only_row),
    counted_at timestamptz not null
);
insert into popularity_count (counted_at) values ('1970-01-01T00:00:00Z');

-- Stock of a part over all branches, for the page of hits.
create index stock_on_hand_by_part on stock_on_hand (part_id);

-- What share of a part's price is left over its cost, in steps of a twentieth: the index may order equally good hits by it. 0 where the cost is not known.
alter table part_popularity add column margin integer not null default 0;

-- What became of a schedule the last time. Quartz keeps the schedule itself; beside it, so that noting this never undoes a change of the schedule.
create table schedule_last (
    schedule_id uuid primary key,
    at timestamptz not null,
    run_id bigint,
    -- the code and its arguments, a line each
    refusal text
);

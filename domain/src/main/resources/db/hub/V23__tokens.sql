-- Stores that may not come in any more, over HTTP or at the broker: a stolen or lost PC. A row goes when the store is let in again; audit keeps both.

create table store_cut_off (
    store_id uuid primary key references store,
    cut_off_at timestamptz not null,
    cut_off_by uuid not null,
    cut_off_by_name text not null,
    reason text not null
);

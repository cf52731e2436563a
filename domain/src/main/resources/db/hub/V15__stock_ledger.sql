-- The shelves of all branches: bins and values, the documents that move them, transfers tied together across two branches.

-- value: centavos added to the shelf's value; variance: what of an incoming cost did not go there. Both are the store's own figures.
alter table stock_movement add column bin text not null default '';
alter table stock_movement add column value bigint not null default 0;
alter table stock_movement add column variance bigint not null default 0;

-- last_cost: centavos per unit of what came in last with a cost, whichever document came first.
alter table stock_on_hand add column value bigint not null default 0;
alter table stock_on_hand add column opening_value bigint not null default 0;
alter table stock_on_hand add column last_cost bigint;
alter table stock_on_hand add column last_cost_at timestamptz;

-- Sum of the branch's own movements by bin; the opening lies in stock_on_hand.bin.
create table stock_bin (
    store_id uuid not null references store,
    part_id uuid not null,
    bin text not null,
    moved bigint not null,
    primary key (store_id, part_id, bin)
);
insert into stock_bin (store_id, part_id, bin, moved)
select store_id, part_id, bin, sum(quantity)
from stock_movement
where kind <> 'OPENING'
group by store_id, part_id, bin;

alter table store add column closed_at timestamptz;

create table stock_document (
    id uuid primary key,
    store_id uuid not null references store,
    kind text not null check (kind in ('RECEIPT', 'TRANSFER_OUT', 'TRANSFER_IN', 'COUNT', 'ADJUSTMENT')),
    number text not null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    to_store uuid,
    supplier text not null,
    reference text not null,
    reason text not null,
    note text not null,
    currency text not null,
    rate numeric(16, 6) not null,
    unheard boolean not null,
    document_id uuid not null unique references document (id)
);
create index stock_document_by_time on stock_document (store_id, at desc);
create index stock_document_by_number on stock_document (number) where number <> '';

create table stock_document_line (
    id uuid primary key,
    stock_document_id uuid not null references stock_document,
    position integer not null,
    part_id uuid not null,
    bin text not null,
    quantity bigint not null,
    unit_cost numeric(18, 4),
    value bigint not null,
    variance bigint not null,
    lost bigint not null,
    lost_value bigint not null,
    expected bigint,
    counted bigint,
    fence bigint,
    unique (stock_document_id, position)
);

-- Both ends of a transfer, in whichever order they came. Without from_store only the receiving end is known yet.
create table stock_transfer (
    number text primary key,
    from_store uuid references store,
    to_store uuid,
    sent_at timestamptz,
    first_arrived_at timestamptz,
    transfers_version bigint not null default 0
);
create index stock_transfer_by_version on stock_transfer (transfers_version);

-- arrived_cost: what the goods came in at; differs from their share of sent_value where they came in by their paper alone.
create table stock_transfer_line (
    number text not null references stock_transfer,
    part_id uuid not null,
    sent bigint not null default 0,
    sent_value bigint not null default 0,
    arrived bigint not null default 0,
    arrived_cost bigint not null default 0,
    lost bigint not null default 0,
    lost_value bigint not null default 0,
    primary key (number, part_id)
);

-- What is between two branches: every figure follows from the sums above, so the order of the documents does not matter.
create view stock_in_transit as
select number, part_id, quantity, value, sent_value - value - arrived_cost - lost_value as variance
from (
    select number, part_id, sent - arrived - lost as quantity, sent_value, arrived_cost, lost_value,
        case
            when sent = 0 then 0
            else sent_value - round(sent_value * least(arrived + lost, sent) / cast(sent as numeric))::bigint
        end as value
    from stock_transfer_line) as line;

-- What the nightly check found: the ledger's sum against the summary that is kept with it.
create table stock_difference (
    run_id bigint not null,
    store_id uuid not null,
    part_id uuid not null,
    bin text,
    what text not null check (what in ('QUANTITY', 'VALUE', 'BIN')),
    ledger bigint not null,
    summary bigint not null,
    found_at timestamptz not null
);
create index stock_difference_by_run on stock_difference (run_id);

alter table staging_stock add column unit_cost bigint;

insert into stream_version (stream, version, published_at)
values ('transfers', 0, now());

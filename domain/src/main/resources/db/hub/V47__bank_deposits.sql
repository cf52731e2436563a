-- Slips of cash that went to the bank, as the stores' documents tell them; beside the drops of the day's Zs.
create table bank_deposit (
    id uuid primary key,
    store_id uuid not null references store,
    day date not null,
    bank text not null,
    account text not null,
    currency text not null,
    total bigint not null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    document_id uuid not null unique references document (id)
);
create index bank_deposit_by_day on bank_deposit (store_id, day);

create table bank_deposit_pieces (
    bank_deposit_id uuid not null references bank_deposit,
    form text not null,
    value bigint not null,
    pieces integer not null,
    primary key (bank_deposit_id, form, value)
);

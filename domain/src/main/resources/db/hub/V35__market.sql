-- Parts sold on marketplaces (docs/marketplaces.md). Written by hub.market alone.

-- What a connection to a marketplace needs besides: its right to act for the seller, how far it was read, and until when it asked us to wait.
-- renewing_at: a renewal was begun and its answer has not been kept; refresh tokens serve once. address: of the machine that the tokens may be told to.
create table market_seller (
    connection_id uuid primary key references outside_connection on delete cascade,
    hook text not null unique,
    seller text not null default '',
    address text not null default '',
    access_token bytea,
    refresh_token bytea,
    expires_at timestamptz,
    renewing_at timestamptz,
    locked_why text,
    authorised_at timestamptz,
    authorised_by text not null default '',
    asked_state text,
    order_cursor text not null default '',
    wait_until timestamptz,
    waits_for text not null default ''
);

-- Which parts go to which connection, and how. The first by position that fits a part counts. price_to: exclusive. percent: hundredths, may be negative.
create table market_rule (
    id uuid primary key,
    connection_id uuid not null references outside_connection on delete cascade,
    position integer not null check (position > 0),
    brand text not null,
    category text not null,
    price_from bigint not null check (price_from >= 0),
    price_to bigint check (price_to > price_from),
    with_picture boolean not null,
    least_stock integer not null check (least_stock >= 0),
    safety_stock integer not null check (safety_stock >= 0),
    level text not null,
    percent integer not null check (percent between -9000 and 100000),
    ending text not null check (ending in ('NONE', 'C90', 'C99', 'PESO', 'FIVE', 'TEN')),
    stores uuid[] not null,
    outside_category text not null,
    unique (connection_id, position) deferrable initially deferred
);

create table market_exclusion (
    connection_id uuid not null references outside_connection on delete cascade,
    part_id uuid not null references part,
    why text not null,
    by_name text not null,
    at timestamptz not null,
    primary key (connection_id, part_id)
);

-- What is wanted of a listing and what was last sent, so that only what differs is sent. The wanted state is ACTIVE or PAUSED.
-- state: WAITING to be published; SENT: taken in, to be told of; STANDING; REFUSED. maybe: a call had perhaps its effect, or
-- an earlier connection published it: look first.
create table market_listing (
    id uuid primary key,
    connection_id uuid not null references outside_connection on delete cascade,
    part_id uuid not null references part,
    sku text not null,
    rule_id uuid,
    wanted_state text not null check (wanted_state in ('ACTIVE', 'PAUSED')),
    wanted_price bigint not null check (wanted_price > 0),
    wanted_pieces bigint not null check (wanted_pieces >= 0),
    wanted_hash text not null,
    state text not null default 'WAITING' check (state in ('WAITING', 'SENT', 'STANDING', 'REFUSED')),
    outside_id text,
    address text not null default '',
    outside_state text not null default '',
    sent_price bigint,
    sent_pieces bigint,
    sent_hash text,
    sent_state text,
    submission text,
    pending text not null default '',
    maybe boolean not null default true,
    code text not null default '',
    reason text not null default '',
    note text not null default '',
    tries integer not null default 0,
    next_try timestamptz not null,
    claimed_until timestamptz,
    changed_at timestamptz not null,
    -- What is to be said: the whole offer, or only stock, price and state; null where nothing differs.
    due text generated always as (
        case
            when wanted_state = 'ACTIVE' and (state = 'WAITING' and wanted_pieces > 0 or state = 'STANDING' and sent_hash is distinct from wanted_hash)
                then 'PUBLISH'
            when state = 'STANDING' and (sent_hash = wanted_hash or wanted_state = 'PAUSED')
                and (sent_price is distinct from wanted_price or sent_pieces is distinct from wanted_pieces or sent_state is distinct from wanted_state)
                then 'CHANGE'
        end) stored,
    unique (connection_id, part_id),
    unique (connection_id, sku)
);
create index market_listing_due on market_listing (connection_id, due, changed_at, id) where due is not null;
create index market_listing_sent on market_listing (connection_id, submission) where submission is not null;
create index market_listing_refused on market_listing (connection_id, changed_at) where state = 'REFUSED';
create index market_listing_outside on market_listing (connection_id, outside_id) where outside_id is not null;

-- Who forgets a listing that stands at the marketplace publishes it a second time: a connection that has one is switched off, not removed.
create function market_listing_stands() returns trigger language plpgsql as $$
begin
    if old.outside_id is not null and old.outside_state <> 'CLOSED' then
        raise foreign_key_violation using message = 'listing ' || old.id || ' stands at the marketplace as ' || old.outside_id;
    end if;
    return old;
end
$$;
create trigger market_listing_stands before delete on market_listing for each row execute function market_listing_stands();

-- Pictures as the marketplace knows them.
create table market_picture (
    connection_id uuid not null references outside_connection on delete cascade,
    hash text not null,
    outside_id text not null,
    primary key (connection_id, hash)
);

-- store_id: the branch that sets the goods aside and sells them. sale_id: the ticket it was sold with. trouble: code of what a person must see to.
create table market_order (
    id uuid primary key,
    connection_id uuid not null references outside_connection,
    outside_id text not null,
    pack text,
    state text not null check (state in ('OPEN', 'PAID', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    fetched_at timestamptz not null,
    buyer text not null,
    total bigint not null,
    currency text not null,
    shipment text,
    shipment_state text not null default '',
    by_marketplace boolean not null default false,
    carrier text not null default '',
    tracking text not null default '',
    deliver_to text not null default '',
    why text not null default '',
    store_id uuid references store,
    reserved_at timestamptz,
    freed_at timestamptz,
    sale_id uuid unique references sale,
    sold_by text not null default '',
    sold_at timestamptz,
    trouble text not null default '',
    unique (connection_id, outside_id)
);
create index market_order_newest on market_order (created_at desc, id);
create index market_order_shipment on market_order (connection_id, shipment) where shipment is not null;
create index market_order_pack on market_order (connection_id, pack) where pack is not null;
create index market_order_moving on market_order (connection_id, fetched_at) where state in ('OPEN', 'PAID', 'SHIPPED');
create index market_order_open on market_order (connection_id, created_at) where state in ('OPEN', 'PAID') and sale_id is null;

create table market_order_line (
    order_id uuid not null references market_order on delete cascade,
    position integer not null,
    outside_line text not null,
    sku text not null,
    listing text not null,
    title text not null,
    part_id uuid,
    pieces bigint not null check (pieces > 0),
    unit_price bigint not null,
    fee bigint not null,
    lease_id uuid unique references stock_lease,
    primary key (order_id, position)
);

create table market_question (
    connection_id uuid not null references outside_connection on delete cascade,
    outside_id text not null,
    listing text not null,
    asked_by text not null,
    question text not null,
    asked_at timestamptz not null,
    state text not null check (state in ('OPEN', 'ANSWERED', 'CLOSED')),
    reply text,
    replied_by text not null default '',
    primary key (connection_id, outside_id)
);
create index market_question_open on market_question (asked_at) where state = 'OPEN';

-- Notifications by their key, so that a repeated one does nothing.
create table market_hint (
    connection_id uuid not null references outside_connection on delete cascade,
    key text not null,
    heard_at timestamptz not null,
    primary key (connection_id, key)
);
create index market_hint_by_age on market_hint (heard_at);

-- What is to be fetched, because it was told of or found in a list. Parked: tried too often; a person looks and has it tried again.
create table market_errand (
    connection_id uuid not null references outside_connection on delete cascade,
    subject text not null check (subject in ('ORDER', 'QUESTION')),
    outside_id text not null,
    noted_at timestamptz not null,
    tries integer not null default 0,
    next_try timestamptz not null,
    parked_at timestamptz,
    reason text not null default '',
    primary key (connection_id, subject, outside_id)
);
create index market_errand_due on market_errand (next_try) where parked_at is null;

-- Every exchange with a marketplace, as it went.
create table market_exchange (
    id bigint generated always as identity primary key,
    connection_id uuid not null references outside_connection on delete cascade,
    at timestamptz not null,
    what text not null,
    key text not null,
    outcome text not null,
    reason text not null
);
create index market_exchange_newest on market_exchange (connection_id, id desc);

-- Peripherals: what is set up here, pages that are not receipts, openings of the drawer.

-- Devices that a person set up, or changed from what the settings file says.
create table device (
    id text primary key,
    kind text not null,
    name text not null,
    settings text not null,
    changed_at text not null,
    changed_by text not null
);

alter table print_job add column printed_on text;

-- Pages (content: elements) and labels (content: design and words), laid out anew for the printer that takes them.
create table print_page (
    id text primary key,
    kind text not null,
    -- Empty for what belongs to no register.
    register_id text not null,
    title text not null,
    content text not null,
    copies integer not null,
    queued_at text not null,
    started_at text,
    printed_at text,
    printed_on text,
    failed_at text,
    failure text,
    tries integer not null default 0,
    given_up_at text
);
create index print_page_waiting on print_page (register_id, queued_at) where printed_at is null and given_up_at is null;
create index print_page_printed on print_page (printed_at) where printed_at is not null;

-- Every pulse that was sent to a drawer, written before the pulse goes out.
create table drawer_opening (
    id text primary key,
    register_id text not null,
    at text not null,
    reason text not null,
    cause text not null,
    user_id text not null,
    user_name text not null,
    device text not null
);
create index drawer_opening_by_register on drawer_opening (register_id, at desc);

-- A kit on a ticket in hand. Its pieces are lines of their own that follow it: kit_each thousandths of the piece in one kit, kit_off what the kit's price
-- lets off the whole line, in the line's own terms. Without a price of its own a kit costs what its pieces cost.
create table ticket_kit (
    id text primary key,
    ticket_id text not null references ticket,
    part_id text not null,
    part_json text not null,
    quantity integer not null check (quantity > 0),
    price integer,
    price_includes_tax integer not null,
    prices_version integer not null,
    salesperson text not null
) without rowid;
create index ticket_kit_by_ticket on ticket_kit (ticket_id);

alter table ticket_line add column kit_id text references ticket_kit (id);
alter table ticket_line add column kit_each integer;
alter table ticket_line add column kit_off integer not null default 0;
create index ticket_line_by_kit on ticket_line (kit_id) where kit_id is not null;

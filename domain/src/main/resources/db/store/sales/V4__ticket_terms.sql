-- Tickets that wait, discounts with their reason, notes, and lines that come back.

alter table ticket add column parked_at text;
alter table ticket add column parked_by text;
alter table ticket add column parked_note text;
-- Thrown away without a sale.
alter table ticket add column dropped_at text;

drop index ticket_one_in_hand;
create unique index ticket_one_in_hand on ticket (register_id) where finished_at is null and parked_at is null and dropped_at is null;
create index ticket_waiting on ticket (parked_at) where parked_at is not null and finished_at is null and dropped_at is null;

alter table ticket_line add column note text not null default '';
-- PERCENT: hundredths of a percent. PRICE: the unit price instead, in centavos.
alter table ticket_line add column discount_kind text;
alter table ticket_line add column discount_value integer;
alter table ticket_line add column grant_reason text;
alter table ticket_line add column granted_by text;
alter table ticket_line add column granted_by_name text;
-- A line that comes back: its quantity here is positive, and sold_json is the line of the sale as its document says it.
alter table ticket_line add column return_sale text;
alter table ticket_line add column return_line text;
alter table ticket_line add column return_folio text;
alter table ticket_line add column return_reason text;
alter table ticket_line add column returned_before integer;
alter table ticket_line add column sold_json text;

alter table sale_line add column return_line text;
create index sale_line_by_return on sale_line (return_line) where return_line is not null;

-- Why a line costs what it costs. price and list_price are what the price book says of it now; base_price is what the catalogue said when it was typed.
alter table ticket_line add column base_price integer;
alter table ticket_line add column prices_version integer;
alter table ticket_line add column price_level text;
alter table ticket_line add column price_rule text;
alter table ticket_line add column price_break integer;
alter table ticket_line add column promotion text;
alter table ticket_line add column promotion_name text;
alter table ticket_line add column promotion_off integer not null default 0;
alter table ticket_line add column book_version integer;
alter table ticket_line add column priced_for text;

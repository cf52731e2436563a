-- Gift vouchers, what was agreed of the old piece, serial numbers.

-- A gift voucher is told by its stand-in in part_json. NOW, LATER, NEVER; null: later.
alter table ticket_line add column core_given text;
-- JSON, a list of texts.
alter table ticket_line add column serials text;

-- Deposits of this branch that are paid back when the old piece comes. customer_id null: whoever shows the ticket. Left: quantity less what came back of the line.
create table core_owed (
    line_id text primary key,
    sale_id text not null,
    customer_id text,
    quantity integer not null,
    deposit integer not null,
    sold_on text not null,
    until text
);
create index core_owed_by_customer on core_owed (customer_id, sold_on) where customer_id is not null;

-- Which ticket has this serial number. An id of the line and the number.
create table sale_serial (
    line_id text not null,
    serial text not null collate nocase,
    sale_id text not null,
    part_id text not null,
    primary key (line_id, serial)
) without rowid;
create index sale_serial_by_serial on sale_serial (serial);
create index sale_serial_by_sale on sale_serial (sale_id);
create index core_owed_by_sale on core_owed (sale_id);

-- What was sold before stands in the documents.
insert into core_owed (line_id, sale_id, customer_id, quantity, deposit, sold_on)
select sale_line.id, sale.id,
       json_extract(cast(coalesce((select body from outbox where sequence = sale.document_sequence),
                                  (select body from document_kept where sequence = sale.document_sequence)) as text), '$.buyer.customer'),
       sale_line.quantity, sale_line.total, sale.business_day
from sale_line
join sale on sale.id = sale_line.sale_id
where sale_line.kind = 'CORE_DEPOSIT';

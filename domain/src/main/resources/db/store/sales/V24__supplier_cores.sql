-- Old pieces that customers left here, and those that went on to a supplier.

-- quantity: thousandths; negative where a piece went back to its customer.
create table core_taken (
    line_id text primary key,
    sale_id text not null,
    part_id text not null,
    quantity integer not null
) without rowid;
create index core_taken_by_part on core_taken (part_id);
create index core_taken_by_sale on core_taken (sale_id);
-- A deposit that was paid back with its part brought no old piece.
insert into core_taken (line_id, sale_id, part_id, quantity)
select id, sale_id, part_id, abs(quantity)
from sale_line came
where kind = 'CORE_RETURN'
and not exists (
    select 1
    from sale_line part
    where part.sale_id = came.sale_id and part.part_id = came.part_id and part.kind = 'RETURN');
-- Those that came with the sale, and not back with its part.
insert into core_taken (line_id, sale_id, part_id, quantity)
select id, sale_id, part_id, quantity
from (
    select line.value ->> 'id' as id, sold.id as sale_id, line.value ->> 'part' as part_id,
           (line.value ->> 'quantity') + coalesce((
               select sum(back.quantity)
               from sale_line back
               where back.return_line = line.value ->> 'id'), 0) as quantity
    from (
        select sale.id,
               cast(coalesce((select body from outbox where sequence = sale.document_sequence),
                             (select body from document_kept where sequence = sale.document_sequence)) as text) as body
        from sale) sold
    join json_each(sold.body, '$.lines') line
    where instr(sold.body, '"NOW"') > 0 and line.value ->> 'kind' = 'PART' and line.value ->> '$.particulars.coreGiven' = 'NOW')
where quantity > 0;

create table core_given (
    id text primary key,
    at text not null,
    supplier text not null,
    act_hash text not null,
    body blob not null,
    document_sequence integer not null
);
create index core_given_by_time on core_given (at desc);

create table core_given_line (
    id text primary key,
    given_id text not null references core_given,
    part_id text not null,
    quantity integer not null
);
create index core_given_line_by_part on core_given_line (part_id);

-- Shelf labels of changed prices that were queued for the printer; a price that changes again has a row of its own. act: of the key press that queued it.
create table shelf_label_printed (
    part_id text not null,
    starts text not null,
    amount integer not null,
    at text not null,
    by_name text not null,
    act text not null,
    primary key (part_id, starts, amount)
) without rowid;
create index shelf_label_printed_by_act on shelf_label_printed (act);

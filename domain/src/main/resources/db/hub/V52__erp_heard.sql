-- Parts, stock and prices as an ERP tells of them (job erp-masters, where it is asked to), for imports that a person looks at (docs/accounting.md). Written by
-- hub.accounting alone. place: the ERP's warehouse or price list; amount: thousandths of stock, centavos of a price before tax.
create table erp_heard (
    target text not null,
    books text not null,
    kind text not null check (kind in ('PARTS', 'STOCK', 'PRICES')),
    code text not null,
    place text not null,
    name text not null,
    barcode text not null,
    sold boolean not null,
    amount bigint not null,
    heard_at timestamptz not null,
    primary key (target, books, kind, code, place)
);

-- Opening deposits that were loaded before tills heard of them: their customers are told of again.
with told as (
    update stream_version
    set version = version + 1, published_at = now()
    where stream = 'customers'
    and exists (select from core_opening where customer_id is not null)
    returning version)
update customer
set customers_version = told.version
from told
where id in (select customer_id from core_opening where customer_id is not null);

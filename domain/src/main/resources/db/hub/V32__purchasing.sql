-- Landed cost, and receipts expected by suppliers' invoices.

-- Charges in centavos of pesos; they are in the values of the receipt's lines.
create table purchase_landed (
    stock_document_id uuid primary key references stock_document,
    freight bigint not null check (freight >= 0),
    duty bigint not null check (duty >= 0),
    other bigint not null check (other >= 0),
    spread_by text not null check (spread_by in ('VALUE', 'WEIGHT', 'PIECES'))
);

create table purchase_landed_line (
    stock_document_id uuid not null references purchase_landed,
    position integer not null,
    amount bigint not null check (amount >= 0),
    primary key (stock_document_id, position)
);

-- Goods that a supplier's invoice says are on their way, told to the order's branch until some of them came.
create table expected_receipt (
    invoice_id uuid primary key references supplier_invoice,
    order_id uuid not null references purchase_order,
    made_at timestamptz not null,
    made_by text not null,
    received_at timestamptz
);
create index expected_receipt_open on expected_receipt (order_id) where received_at is null;

-- The invoice by which the goods were expected. Without a reference to it: the store may name one that the hub lost.
alter table purchase_receipt add column invoice_id uuid;
create index purchase_receipt_by_invoice on purchase_receipt (invoice_id) where invoice_id is not null;

alter table purchase_difference drop constraint purchase_difference_what_check;
alter table purchase_difference add constraint purchase_difference_what_check check (
    what in ('MORE', 'NOT_ORDERED', 'COST', 'CURRENCY', 'OTHER_BRANCH', 'ORDER_UNKNOWN', 'ORDER_ENDED', 'NOT_SENT', 'INVOICED'));

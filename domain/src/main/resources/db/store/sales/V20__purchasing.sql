-- Suppliers' invoices whose goods came in here: right before the hub has told.

create table purchase_invoice_received (
    invoice_id text primary key
) without rowid;

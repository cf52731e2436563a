-- Customers' wishes for invoices. The newest of a sale counts; stamping is yet to come.

create table invoice_request (
    id uuid primary key,
    store_id uuid not null references store,
    sale_id uuid not null references sale,
    rfc text not null,
    name text not null,
    postal_code text not null,
    regime text not null,
    use text not null,
    email text not null,
    requested_at timestamptz not null,
    requested_by uuid not null,
    deadline date not null,
    document_id uuid not null unique references document (id)
);
create index invoice_request_by_sale on invoice_request (sale_id, requested_at desc);
create index invoice_request_by_deadline on invoice_request (deadline);

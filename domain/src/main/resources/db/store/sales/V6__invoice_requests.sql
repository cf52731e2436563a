-- Wishes for invoices, and what each RFC gave the last time.

create table invoice_request (
    id text primary key,
    sale_id text not null references sale,
    rfc text not null,
    name text not null,
    postal_code text not null,
    regime text not null,
    use text not null,
    email text not null,
    requested_at text not null,
    requested_by text not null,
    document_sequence integer not null
);
create index invoice_request_by_sale on invoice_request (sale_id, requested_at desc);
create index invoice_request_by_time on invoice_request (requested_at desc);
create index invoice_request_by_rfc on invoice_request (rfc, requested_at desc);

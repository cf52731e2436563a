-- Taxes that suppliers' invoices withhold, purchases and payments on account as documents, and what is known of an ERP kept by its company (docs/accounting.md).

-- Of the whole invoice; a tax that was not withheld has no row. Written by hub.purchase alone.
create table supplier_invoice_withheld (
    invoice_id uuid not null references supplier_invoice,
    tax text not null check (tax in ('ISR', 'IVA', 'IEPS')),
    amount bigint not null check (amount > 0),
    primary key (invoice_id, tax)
);

-- The line's VAT, where it has no other tax; null: it has, or was taken before this was kept.
alter table supplier_invoice_line add column tax_factor text check (tax_factor in ('RATE', 'EXEMPT', 'NONE'));
alter table supplier_invoice_line add column tax_rate numeric(8, 6);
alter table supplier_invoice_line add column tax bigint;
alter table supplier_invoice_line add check ((tax_factor is null) = (tax is null) and (tax_rate is null) = (tax is null));

-- An invoice can be a document of an ERP if its lines say all of it: in pesos, nothing withheld, one VAT for each line, and a centavo a line at most is rounding.
create function accounting_bill(of_invoice uuid) returns boolean language sql stable as $$
    select exists (
        select from supplier_invoice i
        join lateral (
            select count(*) as lines, count(tax) as taxed, sum(net + tax) as total, max(tax) as most
            from supplier_invoice_line
            where invoice_id = i.id) l on true
        where i.id = of_invoice
        and i.currency = 'MXN'
        and i.supplier_id is not null
        and i.total > 0
        and l.lines > 0
        and l.lines = l.taxed
        and (i.total = l.total or abs(i.total - l.total) <= l.lines and l.most > abs(i.total - l.total))
        and not exists (select from supplier_invoice_withheld w where w.invoice_id = i.id))
$$;

-- What goes one way or the other: tickets with what is paid on account of them, or purchases.
alter table accounting_way add column subject text not null default 'TICKETS' check (subject in ('TICKETS', 'PURCHASES'));
alter table accounting_way drop constraint accounting_way_pkey;
alter table accounting_way add primary key (target, subject, from_day);

create or replace view accounting_way_span as
select target, way, from_day, coalesce(lead(from_day) over (partition by target, subject order by from_day), 'infinity'::date) as to_day, subject
from accounting_way;

alter table export_matter add column documents boolean not null default false;

-- BILL, BILL_CREDIT: a supplier's invoice or credit note, its subject; RECEIPT: what a payment on account pays of one ticket, its subject the payment.
alter table erp_delivery drop constraint erp_delivery_piece_check;
alter table erp_delivery add check (piece in ('ENTRY', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'RECEIPT', 'BILL', 'BILL_CREDIT'));
alter table erp_delivery drop constraint erp_delivery_check2;
alter table erp_delivery add check ((piece in ('PAYMENT', 'RECEIPT')) = (needs is not null));
drop index erp_delivery_subject;
create unique index erp_delivery_subject on erp_delivery (target, subject, piece) where piece not in ('ENTRY', 'RECEIPT');

-- The company whose books a target's connection leads to, wherever its server is; what an ERP was told and has told of one company says nothing of another.
create function erp_books(of_target text) returns text language sql stable as $$
    select coalesce((
        select coalesce(nullif(settings ->> 'company', ''), nullif(settings ->> 'database', ''), address)
        from outside_connection
        where kind = lower(of_target)
        order by enabled desc, id
        limit 1), '')
$$;

alter table erp_cursor add column books text not null default '';
update erp_cursor set books = erp_books(target);
alter table erp_cursor drop constraint erp_cursor_pkey;
alter table erp_cursor add primary key (target, books, kind);

alter table erp_customer add column books text not null default '';
update erp_customer set books = erp_books(target);
alter table erp_customer drop constraint erp_customer_pkey;
alter table erp_customer add primary key (target, books, code);

alter table erp_master add column books text not null default '';
update erp_master set books = erp_books(target);
alter table erp_master drop constraint erp_master_pkey;
alter table erp_master add primary key (target, books, kind, code);

-- Whose customer it is that a document was named with.
alter table erp_delivery add column books text;
update erp_delivery set books = erp_books(target) where customer is not null;

create or replace view accounting_matter_figure as
select z.id as matter_id, f.role, f.kind, f.amount
from cash_z z
join accounting_drawer_figure f on f.z_id = z.id
union all
select z.id, f.role, f.kind, -f.amount
from cash_z z
join cash_z b on b.cash_session_id = z.cash_session_id and b.number = z.supersedes
join accounting_drawer_figure f on f.z_id = b.id
where z.supersedes <> 0
union all
-- amount is what it does to what the customer owes: a payment is below zero.
select e.id, 'TENDER', 'ON_ACCOUNT', -e.amount
from account_entry e
where e.kind in ('PAYMENT', 'BOUNCED', 'FEE')
union all
select e.id, case e.kind when 'FEE' then 'PENALTIES' else 'TENDER' end, case e.kind when 'FEE' then '' else coalesce(e.tender, 'CHEQUE') end, e.amount
from account_entry e
where e.kind in ('PAYMENT', 'BOUNCED', 'FEE')
union all
select t.id, 'TENDER', f.kind, f.amount
from sale_tender t
cross join lateral (values ('CASH_USD', t.amount - t.received), ('CASH', t.received - t.amount)) f (kind, amount)
where t.kind = 'CASH_USD'
and t.received <> t.amount
union all
-- What an invoice withholds is not paid to the supplier: its tax is the whole of it, and what was withheld is owed to the tax authority.
select i.id, f.role, f.kind, case i.kind when 'E' then -f.amount else f.amount end
from supplier_invoice i
cross join lateral (select round(i.total * i.rate)::bigint as total, round(i.net * i.rate)::bigint as net) p
cross join lateral (
    select coalesce(sum(round(w.amount * i.rate)), 0)::bigint as amount
    from supplier_invoice_withheld w
    where w.invoice_id = i.id) h
cross join lateral (
    values ('PURCHASES', '', -p.net), ('TAX_PAID', '', p.net - p.total - h.amount), ('SUPPLIERS', '', p.total)
    union all
    select 'TAX_WITHHELD', w.tax, round(w.amount * i.rate)::bigint
    from supplier_invoice_withheld w
    where w.invoice_id = i.id) f (role, kind, amount)
where f.amount <> 0;

-- Tickets as documents of their own, cash sessions and purchases (docs/accounting.md). Written by hub.accounting alone.

-- From which day on a target gets tickets as documents, or as entries again. A day that was exported keeps its way.
create table accounting_way (
    target text not null,
    from_day date not null,
    way text not null check (way in ('ENTRIES', 'DOCUMENTS')),
    set_by text not null,
    set_at timestamptz not null,
    primary key (target, from_day)
);

create view accounting_way_span as
select target, way, from_day, coalesce(lead(from_day) over (partition by target order by from_day), 'infinity'::date) as to_day
from accounting_way;

-- A ticket can be documents if invoice, credit note and payments say all of it: what it does not add up by, or was paid in a way that no
-- document has, stays with the day's entry.
create function accounting_documents(of_sale uuid) returns boolean language sql stable as $$
    select l.invoice - l.credit = t.paid - t.back and t.paid <= l.invoice and l.invoice + l.credit > 0
    from (
        select coalesce(sum(greatest(net - discount + tax, 0)), 0) as invoice, coalesce(sum(-least(net - discount + tax, 0)), 0) as credit
        from sale_line
        where sale_id = of_sale) l,
        (
        select coalesce(sum(greatest(amount, 0)), 0) as paid, coalesce(sum(-least(amount, 0)), 0) as back
        from sale_tender
        where sale_id = of_sale) t
$$;

-- With the end of the id: a folio that came twice is two documents.
create function accounting_reference(of_sale uuid) returns text language sql stable as $$
    select 'RH-' || st.code || '-' || s.folio_prefix || '-' || lpad(s.folio_number::text, 6, '0') || '-' || right(s.id::text, 8)
    from sale s
    join store st on st.id = s.store_id
    where s.id = of_sale
$$;

alter table export_item add column documents boolean not null default false;

-- piece: what of the entry's day it is; subject: the sale, or the tender of a payment; needs: the document that has to be there before it.
alter table erp_delivery drop constraint erp_delivery_entry_id_key;
alter table erp_delivery add column piece text not null default 'ENTRY' check (piece in ('ENTRY', 'INVOICE', 'CREDIT_NOTE', 'PAYMENT'));
alter table erp_delivery add column subject uuid;
alter table erp_delivery add column needs text;
-- What the target calls the customer of an invoice or credit note, as it went out first: its payments name the same.
alter table erp_delivery add column customer text;
alter table erp_delivery add check ((piece = 'ENTRY') = (subject is null));
alter table erp_delivery add check ((piece = 'PAYMENT') = (needs is not null));
create unique index erp_delivery_entry on erp_delivery (entry_id) where piece = 'ENTRY';
create unique index erp_delivery_subject on erp_delivery (target, subject, piece) where piece <> 'ENTRY';
create index erp_delivery_needs on erp_delivery (target, needs) where needs is not null;

-- What goes to the accountant besides tickets and deposits of customers: cash sessions, what customers paid on account, and purchases.
-- A Z that takes another's place waits for it, and counts as what it says more or less.
create view accounting_matter as
select z.id, 'CASH' as kind, z.store_id, z.business_day as day
from cash_z z
where z.supersedes = 0
or exists (
    select from cash_z b
    where b.cash_session_id = z.cash_session_id
    and b.number = z.supersedes)
union all
select e.id, 'ACCOUNT', e.store_id, e.day
from account_entry e
where e.kind in ('PAYMENT', 'BOUNCED', 'FEE')
and e.currency = 'MXN'
and (e.tender is not null or e.kind <> 'PAYMENT')
union all
-- Dollars of which change was given in pesos: by the sale, whatever comes first, it or its session's Z.
select t.id, 'CHANGE', s.store_id, s.business_day
from sale_tender t
join sale s on s.id = t.sale_id
where t.kind = 'CASH_USD'
and t.received <> t.amount
union all
select i.id, 'PURCHASE', coalesce(
        (select o.store_id from purchase_order o where o.id = i.order_id),
        (select s.id from store s order by s.code limit 1)), i.issued_at::date
from supplier_invoice i
where i.settled_at is not null
and i.kind in ('I', 'E');
create index sale_tender_change on sale_tender (sale_id) where kind = 'CASH_USD' and received <> amount;

-- First day of such matters, where a target was given tickets before it was given them: what is older was booked by hand.
create table accounting_matter_since (
    target text primary key,
    from_day date not null
);
insert into accounting_matter_since (target, from_day)
select distinct target, current_date
from export_entry;

-- A drawer in pesos, what left it above zero: dollars at what the session took them for until then, else at the last rate that is known. What came in and
-- went out is that of its movements alone: a Z's paid_in and paid_out hold payments on account and deposits too, which go out by themselves.
create view accounting_drawer as
select z.id as z_id, case t.currency when 'MXN' then t.kind else 'CASH_USD' end as tender, t.kind = 'CASH' as cash,
    round(t.opening * r.rate)::bigint as opening, round(m.paid_in * r.rate)::bigint as paid_in, round(m.paid_out * r.rate)::bigint as paid_out,
    round(-t.drops * r.rate)::bigint as drops, round(t.counted * r.rate)::bigint as counted, round(t.difference * r.rate)::bigint as difference
from cash_z z
join cash_z_tender t on t.cash_z_id = z.id
join lateral (
    select coalesce(sum(amount) filter (where kind = 'PAID_IN'), 0) as paid_in, coalesce(sum(amount) filter (where kind = 'PAID_OUT'), 0) as paid_out
    from cash_movement
    where cash_session_id = z.cash_session_id
    and t.kind = 'CASH'
    and currency = t.currency
    and at <= z.closed_at) m on true
join lateral (
    select case t.currency when 'MXN' then 1 else coalesce(
        (select sum(p.received) / nullif(sum(p.foreign_given), 0)
        from sale s
        join sale_tender p on p.sale_id = s.id
        where s.cash_session_id = z.cash_session_id
        and p.kind = 'CASH_USD'
        and p.foreign_currency = t.currency
        and p.foreign_given > 0
        and s.sold_at <= z.closed_at),
        (select coalesce(e.by_hand, e.published)
        from exchange_rate e
        where e.currency = t.currency
        and e.day <= z.business_day
        and coalesce(e.by_hand, e.published) is not null
        order by e.day desc
        limit 1), 0) end as rate) r on true;

-- Credit above zero, as accounting_figure. What a session was opened with came from the fund; what was counted at its end leaves the drawer.
create view accounting_drawer_figure as
select d.z_id, f.role, case f.role when 'TENDER' then d.tender else '' end as kind, f.amount
from accounting_drawer d
cross join lateral (
    values ('TENDER', -d.opening), ('CASH_FUND', d.opening),
        ('TENDER', -d.paid_in), ('CASH_IN', d.paid_in),
        ('TENDER', d.paid_out), ('CASH_OUT', -d.paid_out),
        ('TENDER', d.drops), ('CASH_DROPS', -d.drops),
        ('TENDER', d.counted), ('CASH_COUNTED', -d.counted)) f (role, amount)
where d.cash
and f.amount <> 0
union all
select d.z_id, f.role, case f.role when 'TENDER' then d.tender else '' end, f.amount
from accounting_drawer d
cross join lateral (values ('TENDER', -d.difference), ('CASH_DIFFERENCE', d.difference)) f (role, amount)
where d.difference <> 0;

create view accounting_matter_figure as
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
select i.id, f.role, '', case i.kind when 'E' then -f.amount else f.amount end
from supplier_invoice i
cross join lateral (select round(i.total * i.rate)::bigint as total, round(i.net * i.rate)::bigint as net) p
cross join lateral (values ('PURCHASES', -p.net), ('TAX_PAID', p.net - p.total), ('SUPPLIERS', p.total)) f (role, amount)
where f.amount <> 0;

-- Every such matter in exactly one entry of a target, as every ticket.
create table export_matter (
    target text not null,
    matter_id uuid not null,
    kind text not null,
    entry_id uuid not null references export_entry,
    primary key (target, matter_id)
);
create index export_matter_by_entry on export_matter (entry_id);

-- Customers as an ERP tells of them (job erp-masters), in our normal form. decided: a person has taken over what he wanted of it, or left it; null again when
-- the ERP says something else. customer_id: whom it was taken for.
create table erp_customer (
    target text not null,
    code text not null,
    name text not null,
    rfc text not null,
    phone text not null,
    email text not null,
    postal_code text not null,
    heard_at timestamptz not null,
    customer_id uuid references customer,
    decided text check (decided in ('TAKEN', 'LEFT')),
    decided_at timestamptz,
    decided_by text,
    primary key (target, code)
);
create index erp_customer_open on erp_customer (target, name, code) where decided is null;
create index erp_customer_taken on erp_customer (target, customer_id) where customer_id is not null;
create index customer_by_rfc on customer (rfc) where rfc <> '';

-- How far what changes at an ERP was read; written with what was read.
create table erp_cursor (
    target text not null,
    kind text not null,
    cursor text not null,
    read_at timestamptz not null,
    primary key (target, kind)
);

-- A change that came from an ERP is no store's, and no document's.
alter table customer_change alter column store_id drop not null;
alter table customer_change alter column document_id drop not null;

-- Gift vouchers sold, cores, serial numbers.

-- Schema 5 of sales: what only some lines have (SaleBody.ParticularsBody).
alter table sale_line add column particulars jsonb;
create index sale_line_by_serial on sale_line using gin ((particulars -> 'serials')) where particulars -> 'serials' is not null;
create index sale_line_cores on sale_line (sale_id) where kind = 'CORE_DEPOSIT';

-- CREDIT: paid back. VOUCHER: sold.
alter table credit add column kind text not null default 'CREDIT' check (kind in ('CREDIT', 'VOUCHER'));
alter table credit add column credits_version bigint not null default 0;
create index credit_by_version on credit (credits_version);
insert into stream_version (stream, version, published_at)
values ('credits', 1, now());
-- What was spent before goes down too.
update credit
set credits_version = 1
where exists (select from credit_spending where credit_id = credit.id);

-- Cores: the accountant's word on the deposit (false: a liability without tax, true: a taxed line), the days in which an old piece comes back (null: for ever), and how many
-- old pieces a customer may owe (null: any number).
alter table company add column cores_taxed boolean not null default false;
alter table company add column core_days integer check (core_days between 1 and 3650);
alter table company add column core_limit integer check (core_limit between 0 and 100000);

create table core_customer_limit (
    customer_id uuid primary key references customer,
    pieces integer not null check (pieces between 0 and 100000),
    set_by text not null,
    set_at timestamptz not null
);

alter table part add column tracking text not null default 'NONE' check (tracking in ('NONE', 'SERIAL', 'LOT'));

-- A voucher sold is owed (VOUCHERS). What was a deposit and does not come back is a sale.
create or replace view accounting_figure as
select l.sale_id,
    case
        when l.kind = 'VOUCHER' then 'VOUCHERS'
        when l.kind = 'CORE_DEPOSIT' and l.particulars ->> 'coreGiven' = 'NEVER' then 'SALES'
        when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') then 'CORES'
        when l.kind in ('RETURN', 'MISC_RETURN') then 'RETURNS'
        else 'SALES'
    end as role,
    case
        when l.kind = 'VOUCHER' then ''
        when l.kind in ('CORE_DEPOSIT', 'CORE_RETURN') and l.particulars ->> 'coreGiven' is distinct from 'NEVER' then ''
        when l.tax_factor = 'RATE' then trim_scale(l.tax_rate * 100)::text || '%'
        else l.tax_factor
    end as kind,
    l.net as amount
from sale_line l
union all
select l.sale_id, 'DISCOUNTS', '', -l.discount
from sale_line l
where l.discount <> 0
union all
select l.sale_id, 'TAX', trim_scale(l.tax_rate * 100)::text || '%', l.tax
from sale_line l
where l.tax <> 0
union all
select t.sale_id, case t.kind when 'DEPOSIT' then 'DEPOSITS' else 'TENDER' end,
    case t.kind when 'DEPOSIT' then '' else t.kind end, -t.amount
from sale_tender t;

-- What one unit of a currency is worth in pesos from a day on: what a source published, and above it what somebody set by hand.
create table exchange_rate (
    currency text not null,
    day date not null,
    published numeric(12, 4),
    source text not null default '',
    published_at timestamptz,
    by_hand numeric(12, 4),
    set_by text not null default '',
    set_at timestamptz,
    primary key (currency, day)
);

-- Centavos that cash is rounded to; 0 for none.
alter table company add column cash_rounding bigint not null default 0 check (cash_rounding in (0, 10, 50));

-- Schema 4 of sales: what was handed over in dollars, and what is known of a card.
alter table sale_tender add column foreign_currency text;
alter table sale_tender add column foreign_given bigint;
alter table sale_tender add column foreign_rate numeric(12, 4);
alter table sale_tender add column card_last_four text check (card_last_four is null or length(card_last_four) <= 4);
alter table sale_tender add column card_months integer;
alter table sale_tender add column card_charge uuid;
-- A terminal's charge pays for one ticket.
create index sale_tender_by_charge on sale_tender (card_charge) where card_charge is not null;

-- What is owed to customers. A credit whose spending comes before its own sale is known by its slip; then issued_sale is still null.
alter table sale_tender add column credit uuid;
alter table sale_tender add column credit_proof text;

create table credit (
    id uuid primary key,
    issuer uuid not null references store,
    code text not null,
    amount bigint not null check (amount > 0),
    issued_on date not null,
    proof text not null,
    issued_sale uuid references sale,
    issued_at timestamptz
);
create index credit_by_code on credit (code);

-- The id is the tender's. Over all branches they may come to more than the credit: then the later document is flagged.
create table credit_spending (
    id uuid primary key,
    credit_id uuid not null references credit,
    store_id uuid not null references store,
    sale_id uuid not null references sale,
    amount bigint not null check (amount > 0),
    at timestamptz not null
);
create index credit_spending_by_credit on credit_spending (credit_id);

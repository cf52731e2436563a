-- Schema 2 of promise-payment and promise-changed: deposits in dollars and by slip, and given back as store credit.
alter table promise_entry add column foreign_currency text;
alter table promise_entry add column foreign_given bigint;
alter table promise_entry add column foreign_rate numeric(12, 4);

-- A credit pays a ticket or a deposit, and is owed because of a sale or of a deposit that went back.
alter table credit_spending alter column sale_id drop not null;
alter table credit_spending add column promise_id uuid references promise;
alter table credit_spending add constraint credit_spending_pays_one check ((sale_id is null) <> (promise_id is null));
alter table credit add column issued_promise uuid references promise;

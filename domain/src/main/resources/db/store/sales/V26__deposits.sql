-- Deposits in dollars: what was handed over, and pesos of one of them. credit_spending.sale_id names what was paid, a sale or the promise of a deposit.
alter table promise_entry add column foreign_currency text;
alter table promise_entry add column foreign_given integer;
alter table promise_entry add column foreign_rate text;

-- Slips of the bank are documents. Those of before have no sequence yet; they are told once the hub has said that all is well.
alter table bank_deposit add column document_sequence integer;
create index bank_deposit_untold on bank_deposit (at) where document_sequence is null;

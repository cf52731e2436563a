-- Who said that more came than the order had open, and why it was kept (stock-receipt, surplus); empty where the branch did not know of it.
alter table purchase_receipt add column kept_by text not null default '';
alter table purchase_receipt add column kept_why text not null default '';

-- Orders of marketplaces at the till, and their parcels (docs/marketplaces.md). Written by hub.market alone.

-- A token is being renewed by one process until then, by the database's own clock; nothing is locked while the marketplace is asked.
alter table market_seller add column renewal_until timestamptz;

-- What the branch said of the parcel, and when the marketplace had it.
alter table market_order add column parcel_carrier text not null default '';
alter table market_order add column parcel_tracking text not null default '';
alter table market_order add column parcel_by text not null default '';
alter table market_order add column parcel_told_at timestamptz;

-- A parcel that the marketplace is to be told of is an errand too: tried until it is told, or parked for somebody to look at.
alter table market_errand drop constraint market_errand_subject_check;
alter table market_errand add constraint market_errand_subject_check check (subject in ('ORDER', 'QUESTION', 'PARCEL'));

-- When the marketplace was last told of the listing, and took it.
alter table market_listing add column sent_at timestamptz;

-- An order's leases name it as their ticket.
create index stock_lease_of_ticket on stock_lease (ticket_id) where ticket_id is not null;

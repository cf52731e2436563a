-- Tickets of other branches as their signed codes prove them, and on what terms a line comes back.

-- lines: JSON, as a sale's document writes them; tenders: names. account: whose account it was sold on.
create table proven_ticket (
    id text primary key,
    store_id text not null,
    branch text not null,
    folio text not null,
    sold_at text not null,
    business_day text not null,
    account text,
    total integer not null,
    missing integer not null,
    tenders text not null,
    lines text not null,
    codes text not null,
    seen_at text not null
);

-- JSON, as the document of the sale will write it. A line that comes back is told by return_reason: without a ticket it has no return_line.
alter table ticket_line add column return_detail text;

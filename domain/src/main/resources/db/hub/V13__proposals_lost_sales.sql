-- Parts that branches made because the catalogue lacked them, and what customers asked for and did not get.

create table part_proposal (
    id uuid primary key,
    store_id uuid not null references store,
    line_code text not null,
    part_number text not null,
    brand text not null,
    name text not null,
    category text not null,
    unit text not null,
    barcode text,
    price bigint not null,
    includes_tax boolean not null,
    tax_class text not null,
    sat_code text not null,
    sat_unit text not null,
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    proposed_by_name text not null,
    document_id uuid not null unique references document (id),
    verdict text check (verdict in ('MERGED', 'ADDED', 'REFUSED')),
    -- What takes its place. Sales keep the branch's own id; this row is the way from one to the other.
    part_id uuid references part,
    reason text not null default '',
    decided_at timestamptz,
    decided_by uuid,
    decided_by_name text,
    proposals_version bigint not null default 0,
    check ((verdict is null) = (decided_at is null)),
    check ((coalesce(verdict, '') in ('MERGED', 'ADDED')) = (part_id is not null))
);
create index part_proposal_open on part_proposal (proposed_at) where verdict is null;
create index part_proposal_decided on part_proposal (decided_at desc) where verdict is not null;
create index part_proposal_by_version on part_proposal (store_id, proposals_version);
create index part_proposal_by_part on part_proposal (part_id) where part_id is not null;

insert into stream_version (stream, version, published_at)
values ('proposals', 0, now());

create table lost_sale (
    id uuid primary key,
    store_id uuid not null references store,
    -- In the branch's time zone.
    day date not null,
    asked text not null,
    -- Without accents, in lower case, single blanks: what is grouped by where there is no part.
    asked_normal text not null,
    vehicle text not null,
    part_id uuid,
    part_text text not null,
    quantity bigint not null,
    reason text not null,
    note text not null,
    at timestamptz not null,
    noted_by uuid not null,
    noted_by_name text not null,
    document_id uuid not null unique references document (id)
);
create index lost_sale_by_day on lost_sale (day, store_id);

-- Documents found by what stands in them, and what people do about those that cannot be applied.

create index document_by_store_landing on document (store_id, landed_at desc, id desc);
create index document_by_key_landing on document (key, landed_at desc, id desc);

-- The words of each body, beside it: written after landing, store by store, so that landing does not wait for them.
create table document_words (
    document_id uuid primary key references document (id) on delete cascade,
    words tsvector not null
);
create index document_words_by_word on document_words using gin (words);

-- How far the words of a store's documents have been written.
create table document_words_at (
    store_id uuid primary key references store,
    epoch integer not null,
    sequence bigint not null
);

-- One act on many documents. Which ones was settled when it began.
create table document_batch (
    id uuid primary key,
    act text not null check (act in ('RETRY', 'DISCARD')),
    filter text not null,
    reason text not null,
    started_at timestamptz not null,
    started_by uuid not null,
    started_by_name text not null
);
create index document_batch_by_time on document_batch (started_at desc, id desc);

create table document_batch_item (
    batch_id uuid not null references document_batch on delete cascade,
    document_id uuid not null,
    primary key (batch_id, document_id)
);

-- What is applied instead of a document, or that nothing is. The document itself is never changed: its hash is in a chain.
create table document_amendment (
    id uuid primary key,
    document_id uuid not null,
    batch_id uuid references document_batch,
    kind text not null check (kind in ('EDIT', 'DISCARD')),
    reason text not null,
    body_before bytea not null,
    body bytea check ((kind = 'EDIT') = (body is not null)),
    needs_second boolean not null,
    proposed_at timestamptz not null,
    proposed_by uuid not null,
    proposed_by_name text not null,
    decided_at timestamptz,
    decided_by uuid,
    decided_by_name text,
    verdict text check (verdict in ('APPROVED', 'REFUSED')),
    verdict_reason text,
    check ((decided_at is null) = (verdict is null)),
    check ((decided_at is null) = (decided_by is null)),
    check (not needs_second or verdict is distinct from 'APPROVED' or decided_by <> proposed_by)
);
create unique index document_amendment_open on document_amendment (document_id) where decided_at is null;
create index document_amendment_by_document on document_amendment (document_id, proposed_at);
create index document_amendment_waiting on document_amendment (proposed_at, id) where decided_at is null;

alter table document_to_apply add column amendment_id uuid references document_amendment;
alter table document_applied add column amendment_id uuid references document_amendment;

-- What became of a document by a person's hand, in order.
create table document_act (
    id uuid primary key,
    document_id uuid not null,
    at timestamptz not null,
    who text not null,
    act text not null,
    reason text not null
);
create index document_act_by_document on document_act (document_id, at);

alter table document_aside add column settled_at timestamptz;
alter table document_aside add column settled_by text;
alter table document_aside add column settled_reason text;
create index document_aside_open on document_aside (received_at desc, id desc) where settled_at is null;

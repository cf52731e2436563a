-- A machine that asked to be the store, was not let and was not heard of since: somebody has said that it is gone. The row stays, for it tells how far that machine had written.
alter table store_claim
    add column discarded_at timestamptz,
    add column discarded_by text;

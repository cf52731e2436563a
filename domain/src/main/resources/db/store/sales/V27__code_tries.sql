-- Which one-time code code_tries counts for: a new one has tries of its own, so that it ends a lock.
alter table person_secret add column tried_code_hash text;

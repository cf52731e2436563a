-- Percent that somebody may let off without asking; null for the role's.
alter table person add column discount_limit numeric(5, 2) check (discount_limit between 0 and 100);

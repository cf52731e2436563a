-- Percent that somebody may let off without asking, as text; null for the role's.
alter table person add column discount_limit text;

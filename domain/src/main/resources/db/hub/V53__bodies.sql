-- The body that an application holds for, one or several with '; ' between them; empty for any. No part of the key: what differs in its body alone is one
-- row. A constant default is kept beside the table, so that no row is written anew, and an empty text takes less room in a row than a null.
alter table fitment add column body text not null default '';
alter table staging_fitment add column body text not null default '';
alter table staging_fitment_removal add column body text not null default '';
alter table undo_fitment add column body text not null default '';

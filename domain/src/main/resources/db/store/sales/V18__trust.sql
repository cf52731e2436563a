-- told_at: when the hub heard that this epoch was taken over; until then it is told again.
alter table epoch add column told_at text;
update epoch
set told_at = at;

-- What an export holds is counted once, when it is taken: entries that have something to book, those of them that correct a day that had been taken, and tickets, payments on account
-- and purchases that go as documents. An entry whose tickets are all documents has no lines: it is not booked, and was told as an entry all the same.
alter table accounting_export
    add column booked bigint not null default 0,
    add column corrections bigint not null default 0,
    add column documents bigint not null default 0;

update accounting_export x
set booked = c.booked,
    corrections = c.corrections,
    documents = c.documents
from (
    select e.export_id,
        count(*) filter (where l.has) as booked,
        count(*) filter (where l.has and e.number > 1) as corrections,
        sum(d.documents) as documents
    from export_entry e
    cross join lateral (select exists (select from export_entry_line o where o.entry_id = e.id) as has) l
    cross join lateral (
        select (select count(*) from export_item i where i.entry_id = e.id and i.documents)
            + (select count(*) from export_matter m where m.entry_id = e.id and m.documents) as documents) d
    group by e.export_id) c
where c.export_id = x.id;

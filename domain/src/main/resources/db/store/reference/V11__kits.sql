-- What a kit holds, out of the part's relations, so that one statement tells how many kits the pieces on hand make.
create table part_component (
    kit_id text not null,
    part_id text not null,
    quantity integer not null check (quantity > 0),
    primary key (kit_id, part_id)
) without rowid;

insert into part_component (kit_id, part_id, quantity)
select part.id, relation.value ->> 'part', sum(relation.value ->> 'quantity')
from part, json_each(part.relations, '$.relations') relation
where part.relations like '%"COMPONENT"%' and relation.value ->> 'kind' = 'COMPONENT'
group by 1, 2;

-- No trigger when parts go: a snapshot empties the table at once, and with one it would go row by row. What is left of a part that has gone is put right when it comes.
create trigger part_component_put after insert on part
when new.relations like '%"COMPONENT"%' or exists (select 1 from part_component where kit_id = new.id)
begin
    delete from part_component where kit_id = new.id;
    insert into part_component (kit_id, part_id, quantity)
    select new.id, relation.value ->> 'part', sum(relation.value ->> 'quantity')
    from json_each(new.relations, '$.relations') relation
    where relation.value ->> 'kind' = 'COMPONENT'
    group by 2;
end;

create trigger part_component_changed after update of relations on part
when new.relations like '%"COMPONENT"%' or old.relations like '%"COMPONENT"%'
begin
    delete from part_component where kit_id = new.id;
    insert into part_component (kit_id, part_id, quantity)
    select new.id, relation.value ->> 'part', sum(relation.value ->> 'quantity')
    from json_each(new.relations, '$.relations') relation
    where relation.value ->> 'kind' = 'COMPONENT'
    group by 2;
end;

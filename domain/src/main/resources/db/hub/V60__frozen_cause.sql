-- Why a store is frozen was a sentence for programs: now a cause and the document that showed it, which every screen and letter says in its own words.
alter table landing
    add column frozen_cause text check (frozen_cause in ('CAME_AGAIN', 'CHAIN_BROKEN', 'ID_REUSED')),
    add column frozen_sequence bigint;

update landing
set frozen_cause = case
        when frozen_reason like '% carries the id %' then 'ID_REUSED'
        when frozen_reason like '% came again %' or frozen_reason like '% waits with %' then 'CAME_AGAIN'
        else 'CHAIN_BROKEN'
    end,
    frozen_sequence = coalesce(substring(frozen_reason from '^sequence ([0-9]+)')::bigint, landed + 1)
where frozen_at is not null;

alter table landing
    drop column frozen_reason,
    add constraint landing_frozen_whole check ((frozen_at is null) = (frozen_cause is null) and (frozen_cause is null) = (frozen_sequence is null));

update alert
set detail = case
        when detail like '% carries the id %' then 'ID_REUSED'
        when detail like '% does not continue %' then 'CHAIN_BROKEN'
        else 'CAME_AGAIN'
    end || ' ' || substring(detail from '^sequence ([0-9]+)')
where kind = 'STORE_FROZEN'
and detail ~ '^sequence [0-9]+ ';

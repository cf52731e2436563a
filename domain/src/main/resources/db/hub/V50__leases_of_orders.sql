-- What was set aside for marketplaces' orders before it named its order as its ticket: named now, and its branch hears of it (docs/marketplaces.md).
with told as (
    update stream_version
    set version = version + 1, published_at = now()
    where stream = 'leases'
    and exists (
        select
        from market_order_line m
        join stock_lease l on l.id = m.lease_id
        where l.ticket_id is null
        and l.sent_at is null
        and l.released_at is null
        and l.withdrawn_at is null)
    returning version)
update stock_lease l
set ticket_id = m.order_id, leases_version = told.version
from told, market_order_line m
where m.lease_id = l.id
and l.ticket_id is null
and l.sent_at is null
and l.released_at is null
and l.withdrawn_at is null;

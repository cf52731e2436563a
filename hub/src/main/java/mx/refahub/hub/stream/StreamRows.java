package mx.refahub.hub.stream;

import java.util.UUID;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.cursor.Cursor;
import org.apache.ibatis.mapping.ResultSetType;

/**
 * Rows of the streams as the wire records of {@code domain.wire} write them, one JSON object each. PostgreSQL makes the JSON: a first load of
 * a large catalogue would otherwise be read from JSON and written as JSON a second time. Tests read every row back as its record.
 */
@Mapper
interface StreamRows {
    @Select("""
        select json_build_object(
            'id', p.id, 'lineCode', p.line_code, 'partNumber', p.part_number, 'brand', p.brand, 'nameEs', p.name_es,
            'nameEn', p.name_en, 'category', p.category, 'unit', p.unit, 'taxClass', p.tax_class, 'core', p.core,
            'satCode', p.sat_code, 'satUnit', p.sat_unit, 'taxObject', p.tax_object, 'tracking', nullif(p.tracking, 'NONE'), 'removed', p.removed_at is not null,
            'barcodes', coalesce((
                select json_agg(json_build_object('value', b.barcode, 'pack', b.pack) order by b.barcode)
                from part_barcode b
                where b.part_id = p.id), '[]'),
            'fitments', coalesce((
                select json_agg(json_build_object(
                    'make', f.make, 'model', f.model, 'yearFrom', f.year_from, 'yearTo', f.year_to, 'engine', f.engine,
                    'body', nullif(f.body, ''), 'position', f.position, 'notes', f.notes)
                    order by f.make, f.model, f.year_from, f.engine, f.position)
                from fitment f
                where f.part_id = p.id), '[]'),
            'interchanges', coalesce((
                select json_agg(json_build_object(
                    'kind', i.kind, 'otherBrand', i.other_brand, 'otherNumber', i.other_number)
                    order by i.kind, i.other_brand, i.other_number)
                from part_interchange i
                where i.part_id = p.id), '[]'),
            'relations', coalesce((
                select json_agg(json_build_object(
                    'kind', o.kind, 'part', o.related_id, 'grade', o.grade, 'quantity', o.quantity, 'position', o.position,
                    'note', o.note) order by o.kind, o.related_id)
                from part_relation o
                where o.part_id = p.id), '[]'))::text
        from part p
        where p.catalogue_version > #{since}
        and (p.removed_at is null or not #{snapshot})
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> parts(long since, boolean snapshot);

    @Select("""
        select json_build_object(
            'part', r.part_id, 'amount', r.amount, 'currency', r.currency, 'includesTax', r.includes_tax)::text
        from part_price r
        where r.prices_version > #{since}
        """)
    @Options(fetchSize = 2000, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> prices(long since);

    @Select("""
        select json_build_object(
            'store', h.store_id, 'storeCode', s.code, 'part', h.part_id, 'onHand', h.on_hand, 'opening', h.opening, 'bin', h.bin,
            'openingValue', h.opening_value,
            'asOf', to_char(h.as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'abc', h.abc, 'promised', l.promised,
            'promisedUntil', to_char(l.until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
        from stock_on_hand h
        join store s on s.id = h.store_id
        left join (
            select giver, part_id, sum(reserved)::bigint as promised, max(expires_at) as until
            from stock_lease
            where sent_at is null
            and withdrawn_at is null
            and refused_at is null
            and reserved > 0
            and expires_at > now()
            group by giver, part_id) l on l.giver = h.store_id and l.part_id = h.part_id
        where h.stock_version > #{since}
        """)
    @Options(fetchSize = 2000, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> stock(long since);

    /** People of this store only: nobody else's hashes leave the hub. */
    @Select("""
        select json_build_object(
            'id', p.id, 'user', p.username, 'name', p.name, 'role', p.role, 'pinHash', p.pin_hash, 'codeHash', p.code_hash,
            'codeExpiresAt', to_char(p.code_expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'removed', p.removed_at is not null, 'discountLimit', p.discount_limit)::text
        from person p
        where p.store_id = #{store}
        and p.users_version > #{since}
        and (p.removed_at is null or not #{snapshot})
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> users(UUID store, long since, boolean snapshot);

    /** Decisions about this store's own parts; its outbox is its own business, and so are they. */
    @Select("""
        select json_build_object(
            'id', p.id, 'verdict', p.verdict, 'part', p.part_id, 'reason', p.reason,
            'decidedAt', to_char(p.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
        from part_proposal p
        where p.store_id = #{store}
        and p.verdict is not null
        and p.proposals_version > #{since}
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> proposals(UUID store, long since);

    /** Transfers whose sending end is known, to the branches at both ends; a snapshot leaves out those of which nothing is on the way. */
    @Select("""
        select json_build_object(
            'number', t.number, 'from', t.from_store, 'fromCode', f.code, 'to', t.to_store, 'toCode', coalesce(d.code, ''),
            'sentAt', to_char(t.sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'done', l.done, 'lines', l.lines)::text
        from stock_transfer t
        join store f on f.id = t.from_store
        left join store d on d.id = t.to_store
        cross join lateral (
            select coalesce(bool_and(arrived + lost >= sent), false) as done,
                coalesce(json_agg(json_build_object(
                    'part', part_id, 'sent', sent, 'sentValue', sent_value, 'arrived', arrived + lost, 'mine', (
                        select coalesce(sum(s.quantity + s.lost), 0)
                        from stock_document d
                        join stock_document_line s on s.stock_document_id = d.id
                        where d.number = t.number
                        and d.kind = 'TRANSFER_IN'
                        and d.store_id = #{store}
                        and s.part_id = l.part_id)) order by part_id), '[]') as lines
            from stock_transfer_line l
            where number = t.number) l
        where t.transfers_version > #{since}
        and t.sent_at is not null
        and #{store} in (t.from_store, t.to_store)
        and (not l.done or not #{snapshot})
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> transfers(UUID store, long since, boolean snapshot);

    /** All customers to all stores; own sums and payments are those of this store, as are deposits of the opening load. What was owed from before, by no document of a store's, is nobody's own. */
    @Select("""
        select json_build_object(
            'id', c.id,
            'fields', json_build_object(
                'NAME', c.name, 'PHONE', c.phone, 'EMAIL', c.email, 'RFC', c.rfc, 'FISCAL_NAME', c.fiscal_name,
                'POSTAL_CODE', c.postal_code, 'REGIME', c.regime, 'TAX_USE', c.tax_use, 'VEHICLES', c.vehicles,
                'PRICE_LEVEL', c.price_level, 'NOTES', c.notes),
            'heard', (
                select h.id
                from customer_change h
                join document d on d.id = h.document_id
                where h.customer_id = c.id
                and h.store_id = #{store}
                order by d.epoch desc, d.sequence desc
                limit 1),
            'balance', coalesce((
                select sum(b.balance)
                from account_balance b
                where b.customer_id = c.id), 0),
            'own', coalesce((
                select b.balance
                from account_balance b
                where b.customer_id = c.id
                and b.store_id = #{store}), 0) - coalesce((
                select sum(o.amount)
                from account_entry o
                where o.customer_id = c.id
                and o.store_id = #{store}
                and o.document_id is null), 0),
            'line', (
                select json_build_object(
                    'currency', l.currency, 'limit', l.limit_amount, 'days', l.days, 'held', l.held, 'branchLimit', l.branch_limit,
                    'setAt', to_char(l.set_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'signature', l.signature)
                from credit_line l
                where l.customer_id = c.id
                order by l.set_at desc
                limit 1),
            'open', coalesce((
                select json_agg(json_build_object(
                    'id', o.id, 'folio', o.reference, 'store', o.code, 'mine', o.mine, 'day', o.day, 'dueOn', o.due_on,
                    'amount', o.amount, 'paidElsewhere', o.elsewhere, 'paidHere', o.here) order by o.day, o.id)
                from (
                    select e.id, e.reference, s.code, e.store_id = #{store} as mine, e.day, e.due_on, e.amount,
                        coalesce(sum(a.amount) filter (where p.store_id <> #{store}), 0) as elsewhere,
                        coalesce(sum(a.amount) filter (where p.store_id = #{store}), 0) as here
                    from account_entry e
                    join store s on s.id = e.store_id
                    left join account_applied a on a.charge_id = e.id
                    left join account_entry p on p.id = a.entry_id
                    where e.customer_id = c.id
                    and e.kind in ('CHARGE', 'FEE')
                    group by e.id, s.code) o
                where o.amount > o.elsewhere + o.here
                or o.mine and o.elsewhere > 0), '[]'),
            'cores', (
                select json_agg(json_build_object(
                    'id', k.id, 'part', p.id, 'lineCode', p.line_code, 'partNumber', p.part_number, 'name', p.name_es, 'unit', p.unit,
                    'taxClass', p.tax_class, 'taxObject', p.tax_object, 'satCode', p.sat_code, 'satUnit', p.sat_unit,
                    'quantity', k.quantity, 'deposit', k.unit, 'received', coalesce((
                        select sum(b.quantity)
                        from core_opening_back b
                        where b.opening_id = k.id), 0),
                    'back', coalesce((
                        select -sum(l.quantity)
                        from sale_line l
                        where l.return_line = k.id), 0),
                    'since', k.since) order by k.since, k.id)
                from core_opening k
                join part p on p.id = k.part_id
                where k.customer_id = c.id
                and k.store_id = #{store}))::text
        from customer c
        where c.customers_version > #{since}
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> customers(UUID store, long since);

    /** Prices and promotions whole, those withdrawn by their id alone; a snapshot leaves the withdrawn out. */
    @Select("""
        select json_build_object(
            'id', r.id, 'version', r.book_version,
            'rule', case when r.withdrawn_version is null then json_build_object(
                'target', r.target, 'targetValue', r.target_value, 'level', r.level, 'customer', r.customer_id, 'from', r.from_quantity,
                'amount', r.amount, 'includesTax', r.includes_tax, 'percentOff', r.percent_off, 'starts', r.starts, 'ends', r.ends) end)::text
        from price_rule r
        where r.changed_version > #{since}
        and (r.withdrawn_version is null or not #{snapshot})
        union all
        select json_build_object(
            'id', p.id, 'version', p.book_version,
            'promotion', case when p.withdrawn_version is null then p.body end)::text
        from promotion p
        where p.changed_version > #{since}
        and (p.withdrawn_version is null or not #{snapshot})
        """)
    @Options(fetchSize = 2000, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> priceBook(long since, boolean snapshot);

    /** How parts may come back, those withdrawn without a policy (a snapshot leaves them out), and how often one did not fit a vehicle. */
    @Select("""
        select json_build_object(
            'target', r.target, 'targetValue', r.target_value,
            'policy', case when not r.withdrawn then json_build_object(
                'returnable', r.returnable, 'days', r.days, 'feePercent', r.fee_percent, 'inspect', r.inspect) end)::text
        from return_rule r
        where r.returns_version > #{since}
        and (not r.withdrawn or not #{snapshot})
        union all
        select json_build_object('misfit', json_build_object(
            'part', m.part_id, 'make', m.make, 'model', m.model, 'year', m.year, 'engine', m.engine, 'times', m.times))::text
        from misfit m
        where m.returns_version > #{since}
        """)
    @Options(fetchSize = 2000, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> returns(long since, boolean snapshot);

    /** Orders that were sent to a supplier, to the branch that waits for the goods; a snapshot leaves out those of which nothing more will come. */
    @Select("""
        select json_build_object(
            'id', o.id, 'number', o.number, 'supplier', s.name, 'currency', o.currency, 'rate', trim_scale(o.rate)::text,
            'sentAt', to_char(o.sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'expectedOn', o.expected_on, 'done', d.done, 'lines', l.lines, 'expected', (
                select coalesce(json_agg(json_build_object(
                    'invoice', v.id, 'reference', trim(v.series || ' ' || v.folio), 'lines', (
                        select coalesce(json_agg(json_build_object('part', part_id, 'quantity', quantity, 'cost', cost::text)), '[]')
                        from (
                            select n.part_id, round(sum(n.quantity) * 1000)::bigint as quantity,
                                trim_scale(round(sum(n.net) / 100.0 / sum(n.quantity), 4)) as cost
                            from supplier_invoice_line n
                            where n.invoice_id = v.id
                            and n.part_id is not null
                            and n.quantity > 0
                            group by n.part_id) as brings)) order by v.issued_at, v.id), '[]')
                from expected_receipt e
                join supplier_invoice v on v.id = e.invoice_id
                where e.order_id = o.id
                and e.received_at is null
                and v.settled_at is null))::text
        from purchase_order o
        join supplier s on s.id = o.supplier_id
        cross join lateral (
            select o.received_at is not null or o.closed_at is not null or o.cancelled_at is not null as done) d
        cross join lateral (
            select coalesce(json_agg(json_build_object(
                'part', part_id, 'theirNumber', their_number, 'ordered', quantity, 'received', received,
                'cost', trim_scale(cost)::text) order by position), '[]') as lines
            from purchase_order_line
            where order_id = o.id) l
        where o.store_id = #{store}
        and o.orders_version > #{since}
        and o.sent_at is not null
        and (not d.done or not #{snapshot})
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> orders(UUID store, long since, boolean snapshot);

    /** Promises from and to the store, with every step that the hub has heard of; a snapshot leaves out what nobody waits for any more. One that lapsed without being sent stays for fourteen days, as long as the store itself shows it: it may still be sent, and is a case at both ends until somebody has seen to it. */
    @Select("""
        select json_build_object(
            'id', l.id, 'asker', l.asker, 'askerCode', a.code, 'giver', l.giver, 'giverCode', g.code, 'part', l.part_id, 'quantity', l.quantity,
            'ticket', l.ticket_id, 'line', l.line_id, 'forWhom', l.for_whom, 'askedBy', l.asked_by, 'byHub', l.asked_by_hub,
            'askedAt', to_char(l.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'expiresAt', to_char(l.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'reserved', l.reserved, 'refused', l.refused_at is not null, 'withdrawn', l.withdrawn_at is not null,
            'sent', l.sent, 'number', l.sent_number, 'why', l.why, 'market', case when m.id is not null then json_build_object(
                'order', m.id, 'market', c.name, 'number', m.outside_id, 'lines', (
                    select count(*)
                    from market_order_line
                    where order_id = m.id),
                'title', ml.title, 'price', ml.unit_price, 'buyer', m.buyer, 'to', m.deliver_to, 'byMarketplace', m.by_marketplace,
                'cancelled', m.state = 'CANCELLED', 'tracking', m.tracking) end)::text
        from stock_lease l
        join store a on a.id = l.asker
        join store g on g.id = l.giver
        left join market_order_line ml on ml.lease_id = l.id
        left join market_order m on m.id = ml.order_id and l.giver = #{store}
        left join outside_connection c on c.id = m.connection_id
        where l.leases_version > #{since}
        and #{store} in (l.asker, l.giver)
        and (not #{snapshot}
            or l.withdrawn_at is null
            and case
                when l.sent_at is not null then l.sent_at > now() - interval '30 days'
                else l.expires_at > now() - interval '14 days'
            end
            or m.sold_at > now() - interval '60 days')
        """)
    @Options(fetchSize = 500, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> leases(UUID store, long since, boolean snapshot);

    /** Credits and vouchers that something was spent of at other branches than the one that asks. */
    @Select("""
        select json_build_object('credit', c.id, 'spent', sum(m.amount)::bigint)::text
        from credit c
        join credit_spending m on m.credit_id = c.id
        where c.credits_version > #{since}
        and m.store_id <> #{store}
        group by c.id
        """)
    @Options(fetchSize = 2000, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> credits(UUID store, long since);

    @Select("""
        select json_build_object(
            'storeName', s.name, 'storeCode', s.code, 'storeAddress', s.address, 'timeZone', s.time_zone, 'taxRegion', s.tax_region,
            'issuerRfc', c.rfc, 'issuerName', c.name, 'issuerRegime', c.regime, 'postalCode', s.postal_code,
            'receiptFooter', c.receipt_footer,
            'registers', (
                select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'prefix', r.prefix) order by r.prefix), '[]')
                from register r
                where r.store_id = s.id),
            'branches', (
                select json_agg(json_build_object('id', b.id, 'code', b.code, 'name', b.name) order by b.code)
                from store b
                where b.closed_at is null),
            'tenders', json_build_object(
                'cashRounding', c.cash_rounding,
                'rates', (
                    select coalesce(json_agg(json_build_object('currency', r.currency, 'day', r.day, 'pesos', r.pesos::text) order by r.day), '[]')
                    from (
                        select currency, day, coalesce(by_hand, published) as pesos
                        from exchange_rate
                        where coalesce(by_hand, published) is not null
                        order by day desc
                        limit 20) r),
                'keys', (
                    select json_agg(json_build_object('store', b.id, 'code', b.code, 'key', encode(e.public_key, 'base64')) order by b.code, e.epoch desc)
                    from store b
                    join store_epoch e on e.store_id = b.id)),
            'cores', json_build_object(
                'taxed', c.cores_taxed, 'days', c.core_days, 'limit', c.core_limit,
                'customers', (
                    select json_agg(json_build_object('customer', m.customer_id, 'pieces', m.pieces) order by m.customer_id)
                    from core_customer_limit m)))::text
        from store s
        cross join company c
        where s.id = #{store}
        """)
    @Options(fetchSize = 10, resultSetType = ResultSetType.FORWARD_ONLY)
    Cursor<String> settings(UUID store);
}

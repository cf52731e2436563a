package mx.refahub.hub.market;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What each listing of a connection should say now, in a few statements over all parts. A part belongs to the first rule that fits it; its price is the level's, the
 * narrowest row of the book first, else the list price, with 16 % of tax, then the rule's percent and ending; its pieces are whole ones that stand free at the
 * rule's branches, less the safety stock, and none below the least. What no rule wants any more is paused, never forgotten.
 */
final class ListingPlan {
    private final JdbcClient jdbc;

    ListingPlan(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static final String WANTED = """
        with rule as (
            select id, position, brand, category, price_from, price_to, with_picture, least_stock, safety_stock, level, percent, ending, stores, outside_category
            from market_rule
            where connection_id = :connection),
        branch as (
            select r.id as rule_id, s.id as store_id
            from rule r
            join store s on s.closed_at is null and (cardinality(r.stores) = 0 or s.id = any(r.stores))),
        promised as (
            select giver, part_id, sum(coalesce(reserved, quantity)) as pieces
            from stock_lease
            where sent_at is null
            and withdrawn_at is null
            and refused_at is null
            and expires_at > :now
            group by giver, part_id),
        free as (
            select b.rule_id, h.part_id, floor(sum(greatest(h.on_hand - coalesce(p.pieces, 0), 0)) / 1000)::bigint as pieces
            from branch b
            join stock_on_hand h on h.store_id = b.store_id
            left join promised p on p.giver = h.store_id and p.part_id = h.part_id
            group by b.rule_id, h.part_id),
        listed as (
            select p.id, p.line_code, p.part_number, p.brand, p.name_es, p.category,
                round(pp.amount * case when pp.includes_tax or p.tax_class <> 'GENERAL' then 1 else 1.16 end) as price,
                case when p.tax_class = 'GENERAL' then 1.16 else 1 end as tax
            from part p
            join part_price pp on pp.part_id = p.id and pp.amount > 0 and pp.currency = 'MXN'
            where p.removed_at is null
            and not exists (
                select
                from market_exclusion x
                where x.connection_id = :connection
                and x.part_id = p.id)),
        levelled as (
            select l.*, r.id as rule_id, r.position, r.price_from, r.price_to, r.with_picture, r.least_stock, r.safety_stock, r.percent, r.ending,
                r.outside_category, coalesce(f.pieces, 0) as free, coalesce(b.price, l.price) as base
            from listed l
            join rule r on (r.brand = '' or lower(r.brand) = lower(l.brand))
                and (r.category = '' or l.category = r.category or starts_with(l.category, r.category || '/'))
            left join free f on f.rule_id = r.id and f.part_id = l.id
            left join lateral (
                select round(case when k.amount is null then l.price * (10000 - k.percent_off) / 10000.0
                        else k.amount * case when k.includes_tax then 1 else l.tax end end) as price
                from price_rule k
                where r.level <> ''
                and k.level = r.level
                and k.withdrawn_version is null
                and k.from_quantity <= 1000
                and k.starts <= :today
                and coalesce(k.ends, 'infinity') >= :today
                and (k.target = 'PART' and k.target_value = l.id::text
                    or k.target = 'BRAND' and k.target_value = l.brand
                    or k.target = 'CATEGORY' and (l.category = k.target_value or starts_with(l.category, k.target_value || '/'))
                    or k.target = 'ALL')
                order by case k.target when 'PART' then 0 when 'BRAND' then 1 when 'CATEGORY' then 2 else 3 end, length(k.target_value) desc,
                    k.from_quantity desc, k.book_version desc
                limit 1) b on true),
        priced as (
            select *, case ending
                when 'C90' then ceil((raised - 90) / 100) * 100 + 90
                when 'C99' then ceil((raised - 99) / 100) * 100 + 99
                when 'PESO' then ceil(raised / 100) * 100
                when 'FIVE' then ceil(raised / 500) * 500
                when 'TEN' then ceil(raised / 1000) * 1000
                else round(raised)
                end::bigint as wanted
            from (
                select *, base * (10000 + percent) / 10000.0 as raised
                from levelled) x),
        fitting as (
            select distinct on (id) *
            from priced
            where wanted > 0
            and wanted >= price_from
            and (price_to is null or wanted < price_to)
            and (not with_picture or exists (
                select
                from part_image i
                where i.part_id = priced.id))
            order by id, position),
        wanted as (
            select f.*, case when free < greatest(least_stock, 1) then 0 else greatest(free - safety_stock, 0) end as pieces,
                md5(concat_ws('|', f.name_es, f.brand, f.part_number, f.category, f.outside_category,
                    (select string_agg(i.hash, ',' order by i.position) from part_image i where i.part_id = f.id),
                    (select string_agg(concat_ws(',', t.make, t.model, t.year_from, t.year_to, t.engine, nullif(t.body, ''), t.position), ';'
                        order by t.make, t.model, t.year_from, t.year_to, t.engine, t.position) from fitment t where t.part_id = f.id))) as hash
            from fitting f)
        """;

    /** @return how many differ from what was last sent */
    long bring(UUID connection, OffsetDateTime now, LocalDate today) {
        jdbc.sql(WANTED + """
                insert into market_listing (
                    id, connection_id, part_id, sku, rule_id, wanted_state, wanted_price, wanted_pieces, wanted_hash, next_try, changed_at)
                select gen_random_uuid(), :connection, w.id, left(w.line_code || '-' || w.part_number, 31) || '-' || substr(md5(w.id::text), 1, 8), w.rule_id,
                    'ACTIVE', w.wanted, w.pieces, w.hash, :now, :now
                from wanted w
                where w.pieces > 0
                or exists (
                    select
                    from market_listing m
                    where m.connection_id = :connection
                    and m.part_id = w.id)
                on conflict (connection_id, part_id) do update
                set rule_id = excluded.rule_id, wanted_state = 'ACTIVE', wanted_price = excluded.wanted_price, wanted_pieces = excluded.wanted_pieces,
                    wanted_hash = excluded.wanted_hash, changed_at = :now
                where (market_listing.rule_id, market_listing.wanted_state, market_listing.wanted_price, market_listing.wanted_pieces, market_listing.wanted_hash)
                    is distinct from (excluded.rule_id, 'ACTIVE', excluded.wanted_price, excluded.wanted_pieces, excluded.wanted_hash)
                """)
                .param("connection", connection)
                .param("now", now)
                .param("today", today)
                .update();
        jdbc.sql(WANTED + """
                update market_listing m
                set wanted_state = 'PAUSED', wanted_pieces = 0, rule_id = null, changed_at = :now
                where m.connection_id = :connection
                and (m.wanted_state <> 'PAUSED' or m.wanted_pieces <> 0)
                and not exists (
                    select
                    from wanted w
                    where w.id = m.part_id)
                """)
                .param("connection", connection)
                .param("now", now)
                .param("today", today)
                .update();
        // What was refused and is another now may be sent again by itself.
        jdbc.sql("""
                update market_listing
                set state = case when outside_id is null then 'WAITING' else 'STANDING' end, next_try = :now, tries = 0, code = '', reason = ''
                where connection_id = :connection
                and state = 'REFUSED'
                and changed_at = :now
                """).param("connection", connection).param("now", now).update();
        return jdbc.sql("""
                select count(*)
                from market_listing
                where connection_id = :connection
                and (state = 'WAITING' and wanted_state = 'ACTIVE' and wanted_pieces > 0
                    or state = 'STANDING' and (sent_price, sent_pieces, sent_hash, sent_state)
                        is distinct from (wanted_price, wanted_pieces, wanted_hash, wanted_state))
                """).param("connection", connection).query(Long.class).single();
    }
}

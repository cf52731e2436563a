package mx.refahub.batch.index;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts once a day what each part sold in the last twelve months and what share of its price it leaves, and remembers which of these counts the index does not know yet: a part whose step
 * changed is read anew by the next update, whichever that is, and forgotten only once a snapshot that holds it is published.
 */
final class Popularity {
    private static final Logger LOG = LoggerFactory.getLogger(Popularity.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Period COUNTED = Period.ofMonths(12);

    private final JdbcClient jdbc;
    private final Clock clock;

    Popularity(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    /** One statement, so that of several hubs one counts, and one that dies has counted nothing. Does nothing before a day has passed. */
    void countIfDue() {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        int changed = jdbc.sql("""
                with due as (
                    update popularity_count
                    set counted_at = :now
                    where counted_at <= :before
                    returning counted_at),
                sold as (
                    select l.part_id, sum(l.quantity)::bigint as sold
                    from sale_line l
                    join sale s on s.id = l.sale_id
                    where exists (select 1 from due)
                    and l.kind in ('PART', 'RETURN')
                    and s.business_day > :since
                    group by l.part_id
                    having sum(l.quantity) > 0),
                cost as (
                    select part_id, sum(value) * 1000.0 / sum(on_hand) as cost
                    from stock_on_hand
                    where exists (select 1 from due)
                    and on_hand > 0
                    group by part_id
                    having sum(value) > 0),
                net as (
                    select c.part_id, c.cost,
                        case when pp.includes_tax and p.tax_class = 'GENERAL' then pp.amount / 1.16 else pp.amount end as price
                    from cost c
                    join part_price pp on pp.part_id = c.part_id
                    join part p on p.id = c.part_id
                    where pp.amount > 0),
                margin as (
                    select part_id, greatest(0, least(20, floor(20 * (price - cost) / price)))::integer as margin
                    from net),
                known as (
                    select part_id
                    from part_popularity
                    where exists (select 1 from due)
                    and (sold > 0 or margin > 0)
                    union
                    select part_id
                    from sold
                    union
                    select part_id
                    from margin),
                fresh as (
                    select k.part_id, coalesce(s.sold, 0) as sold,
                        width_bucket(coalesce(s.sold, 0), (select array_agg(1000::bigint << step order by step) from generate_series(0, 40) step)) as popularity,
                        coalesce(m.margin, 0) as margin
                    from known k
                    left join sold s on s.part_id = k.part_id
                    left join margin m on m.part_id = k.part_id)
                insert into part_popularity as p (part_id, sold, popularity, margin, changed_at)
                select part_id, sold, popularity, margin, :now
                from fresh
                on conflict (part_id) do update
                set sold = excluded.sold, popularity = excluded.popularity, margin = excluded.margin,
                    changed_at = case when p.popularity <> excluded.popularity or p.margin <> excluded.margin then excluded.changed_at else p.changed_at end
                where p.sold <> excluded.sold or p.margin <> excluded.margin
                """)
                .param("now", now)
                .param("before", now.minus(EVERY))
                .param("since", now.toLocalDate().minus(COUNTED))
                .update();
        if (changed > 0) LOG.info("popularity counted parts={}", changed);
    }

    /** Whether there is a count that the index does not know. */
    boolean isWaiting() {
        return jdbc.sql("""
                select exists (
                    select 1
                    from part_popularity
                    where changed_at is not null)
                """).query(Boolean.class).single();
    }

    /**
     * The index that was published knows the counts up to here; one that changed again meanwhile waits on.
     *
     * @param upTo the last change that was read; null for none
     */
    void published(@Nullable Instant upTo) {
        if (upTo == null) return;
        jdbc.sql("""
                update part_popularity
                set changed_at = null
                where changed_at <= :upTo
                """).param("upTo", upTo.atOffset(ZoneOffset.UTC)).update();
    }
}

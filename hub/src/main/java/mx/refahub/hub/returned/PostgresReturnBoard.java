package mx.refahub.hub.returned;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.hub.ReturnBoard;
import mx.refahub.domain.money.Money;
import mx.refahub.domain.part.Quantity;
import mx.refahub.domain.sale.Folio;
import mx.refahub.domain.sale.ReturnPolicy;
import mx.refahub.domain.sale.ReturnTerms;
import mx.refahub.domain.store.Person;
import mx.refahub.domain.stream.Stream;
import mx.refahub.hub.stream.Publications;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresReturnBoard implements ReturnBoard {
    private static final int LONGEST = 200;
    private static final int MOST = 500;

    private final JdbcClient jdbc;
    private final Publications publications;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PostgresReturnBoard(JdbcClient jdbc, Publications publications, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.publications = publications;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Rule> rules() {
        return jdbc.sql("""
                select r.target, r.target_value, r.returnable, r.days, r.fee_percent, r.inspect, r.set_by_name, r.set_at,
                    coalesce(p.line_code || ' ' || p.part_number || ' · ' || p.name_es, r.target_value) as name
                from return_rule r
                left join part p on r.target = 'PART' and p.id::text = r.target_value
                where not r.withdrawn
                order by array_position(array['ALL', 'BRAND', 'CATEGORY', 'PART'], r.target), name
                """)
                .query((row, n) -> new Rule(
                        ReturnPolicy.Target.valueOf(row.getString("target")),
                        row.getString("target_value"),
                        row.getString("name"),
                        new ReturnPolicy(
                                row.getBoolean("returnable"),
                                row.getObject("days", Integer.class),
                                row.getInt("fee_percent"),
                                row.getBoolean("inspect")),
                        row.getString("set_by_name"),
                        row.getObject("set_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public Outcome<List<Rule>> set(ReturnPolicy.Target target, String value, ReturnPolicy policy, Person who) {
        String named = value.strip();
        if (target == ReturnPolicy.Target.ALL) named = "";
        else if (named.isEmpty() || named.length() > LONGEST) return Outcome.refused("return-target");
        if (target == ReturnPolicy.Target.PART) {
            Optional<UUID> part = part(named);
            if (part.isEmpty()) return Outcome.refused("part-unknown");
            named = part.get().toString();
        }
        String its = named;
        transaction.executeWithoutResult(status -> jdbc.sql("""
                insert into return_rule (
                    target, target_value, returnable, days, fee_percent, inspect, withdrawn, set_by_name, set_at, returns_version)
                values (:target, :value, :returnable, :days, :fee, :inspect, false, :by, :now, :version)
                on conflict (target, target_value) do update
                set returnable = excluded.returnable, days = excluded.days, fee_percent = excluded.fee_percent, inspect = excluded.inspect,
                    withdrawn = false, set_by_name = excluded.set_by_name, set_at = excluded.set_at, returns_version = excluded.returns_version
                """)
                .param("target", target.name())
                .param("value", its)
                .param("returnable", policy.returnable())
                .param("days", policy.days())
                .param("fee", policy.feePercent())
                .param("inspect", policy.inspect())
                .param("by", who.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("version", publications.raise(Stream.RETURNS))
                .update());
        return Outcome.done(rules());
    }

    /** By its id, or by line code and number as they are written with a space between. */
    private Optional<UUID> part(String named) {
        return jdbc.sql("""
                select id
                from part
                where removed_at is null
                and (id::text = lower(:named) or line_code || ' ' || part_number = upper(:named))
                limit 1
                """).param("named", named).query(UUID.class).optional();
    }

    @Override
    public List<Rule> withdraw(ReturnPolicy.Target target, String value, Person who) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                update return_rule
                set withdrawn = true, set_by_name = :by, set_at = :now, returns_version = :version
                where target = :target
                and target_value = :value
                and not withdrawn
                """)
                .param("target", target.name())
                .param("value", value.strip())
                .param("by", who.name())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("version", publications.raise(Stream.RETURNS))
                .update());
        return rules();
    }

    @Override
    public List<Case> cases(int limit) {
        return jdbc.sql("""
                select c.about, c.rank, l.id, st.code, s.folio_prefix, s.folio_number, s.sold_at, l.line_code || ' ' || l.part_number as part,
                    l.description, c.quantity, c.amount, coalesce(l.return_folio, '') as of, coalesce(l.granted_by_name, '') as by,
                    coalesce(l.grant_reason, '') as reason, c.waived
                from (
                    select 'TOO_MUCH' as about, 0 as rank, line_id, quantity, amount, '' as waived
                    from return_excess
                    union all
                    select 'FALSE_PROOF', 0, l.id, -l.quantity, -l.total, ''
                    from ticket_proof p
                    join sale_line l on l.sale_id = p.sale_id and l.return_sale = p.sold_sale
                    where not p.holds
                    union all
                    select case r.source when 'NO_TICKET' then 'NO_TICKET' else 'WAIVED' end, 1, l.id, -l.quantity, -l.total, r.waived
                    from line_return r
                    join sale_line l on l.id = r.line_id
                    where r.source = 'NO_TICKET' or r.waived <> '') c
                join sale_line l on l.id = c.line_id
                join sale s on s.id = l.sale_id
                join store st on st.id = s.store_id
                order by c.rank, s.sold_at desc, l.id
                limit :limit
                """)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query(PostgresReturnBoard::found)
                .list();
    }

    private static Case found(ResultSet row, int n) throws SQLException {
        return new Case(
                row.getObject("id", UUID.class),
                About.valueOf(row.getString("about")),
                row.getString("code"),
                new Folio(row.getString("folio_prefix"), row.getLong("folio_number")).text(),
                row.getObject("sold_at", OffsetDateTime.class).toInstant(),
                row.getString("part"),
                row.getString("description"),
                new Quantity(row.getLong("quantity")),
                Money.mxn(row.getLong("amount")),
                row.getString("of"),
                row.getString("by"),
                row.getString("reason"),
                row.getString("waived"));
    }

    @Override
    public List<Misfit> misfits(int limit) {
        return jdbc.sql("""
                select m.part_id, coalesce(p.line_code || ' ' || p.part_number, '') as number, coalesce(p.name_es, '') as name, m.make, m.model,
                    m.year, m.engine, m.times, m.last_at,
                    exists (
                        select 1
                        from fitment f
                        where f.part_id = m.part_id
                        and lower(f.make) = lower(m.make)
                        and lower(f.model) = lower(m.model)
                        and (m.year = 0 or m.year between f.year_from and f.year_to)) as covered
                from misfit m
                left join part p on p.id = m.part_id
                order by m.times desc, m.last_at desc
                limit :limit
                """)
                .param("limit", Math.clamp(limit, 1, MOST))
                .query((row, n) -> new Misfit(
                        row.getObject("part_id", UUID.class),
                        row.getString("number"),
                        row.getString("name"),
                        new ReturnTerms.Vehicle(
                                row.getString("make"),
                                row.getString("model"),
                                row.getInt("year"),
                                row.getString("engine")),
                        row.getLong("times"),
                        Objects.requireNonNull(row.getObject("last_at", OffsetDateTime.class))
                                .toInstant(),
                        row.getBoolean("covered")))
                .list();
    }
}

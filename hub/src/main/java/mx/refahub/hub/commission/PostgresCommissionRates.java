package mx.refahub.hub.commission;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import mx.refahub.domain.Outcome;
import mx.refahub.domain.commission.CommissionRates;
import mx.refahub.domain.erp.ErpDoors;
import mx.refahub.domain.store.Person;
import mx.refahub.hub.access.AuditTrail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Rates in the hub's database; every change is audited. */
final class PostgresCommissionRates implements CommissionRates {
    private static final int SCALE = 2;

    private final JdbcClient jdbc;
    private final ErpDoors doors;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;

    PostgresCommissionRates(
            DataSource dataSource, ErpDoors doors, AuditTrail audit, Clock clock, TransactionTemplate transaction) {
        this.jdbc = JdbcClient.create(dataSource);
        this.doors = doors;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Override
    public Standing standing() {
        LocalDate today = today();
        List<Rate> rates =
                jdbc.sql("""
                        select r.id, r.person_id, p.name, r.brand, r.category, r.rate, r.starts, r.ends, r.set_by_name
                        from commission_rate r
                        left join person p on p.id = r.person_id
                        where r.ends is null or r.ends >= :today
                        order by p.name nulls first, r.brand nulls first, r.category nulls first, r.starts
                        """).param("today", today).query((row, n) -> rate(row)).list();
        List<Someone> people = jdbc.sql("""
                        select id, name
                        from person
                        where role in ('CASHIER', 'MANAGER', 'WAREHOUSE', 'ADMIN')
                        order by name
                        """)
                .query((row, n) -> new Someone(row.getObject("id", UUID.class), row.getString("name")))
                .list();
        return new Standing(today, rates, people);
    }

    private static Rate rate(ResultSet row) throws SQLException {
        return new Rate(
                row.getObject("id", UUID.class),
                row.getObject("person_id", UUID.class),
                Objects.requireNonNullElse(row.getString("name"), ""),
                Objects.requireNonNullElse(row.getString("brand"), ""),
                Objects.requireNonNullElse(row.getString("category"), ""),
                BigDecimal.valueOf(row.getLong("rate"), SCALE),
                row.getObject("starts", LocalDate.class),
                row.getObject("ends", LocalDate.class),
                row.getString("set_by_name"));
    }

    @Override
    public Outcome<Standing> add(UUID id, Draft draft, Person who) {
        BigDecimal percent = draft.percent().stripTrailingZeros();
        if (percent.signum() < 0 || percent.compareTo(MOST) > 0 || percent.scale() > SCALE)
            return Outcome.refused("commission-percent");
        String brand = draft.brand().strip();
        String category = draft.category().strip();
        if (brand.length() > MOST_TEXT || category.length() > MOST_TEXT)
            return Outcome.refused("commission-text", Integer.toString(MOST_TEXT));
        if (draft.starts().isBefore(today())) return Outcome.refused("commission-past");
        UUID person = draft.person();
        boolean stranger = person != null
                && jdbc.sql("select count(*) from person where id = ?")
                                .param(person)
                                .query(Long.class)
                                .single()
                        == 0;
        if (stranger) return Outcome.refused("commission-person-unknown");
        transaction.executeWithoutResult(unused -> {
            int fresh = jdbc.sql("""
                            insert into commission_rate (id, person_id, brand, category, rate, starts, set_at, set_by, set_by_name)
                            values (:id, :person, nullif(:brand, ''), nullif(:category, ''), :rate, :starts, :at, :by, :byName)
                            on conflict (id) do nothing
                            """)
                    .param("id", id)
                    .param("person", person)
                    .param("brand", brand)
                    .param("category", category)
                    .param("rate", percent.movePointRight(SCALE).intValueExact())
                    .param("starts", draft.starts())
                    .param("at", Timestamp.from(clock.instant()))
                    .param("by", who.id().value())
                    .param("byName", who.name())
                    .update();
            if (fresh == 1)
                audit.record(
                        who.name(),
                        "commission-rate-set",
                        id + " " + percent.toPlainString() + " % " + brand + " " + category);
        });
        return Outcome.done(standing());
    }

    @Override
    public Outcome<Standing> end(UUID id, Person who) {
        LocalDate today = today();
        boolean known = Boolean.TRUE.equals(transaction.execute(unused -> {
            int changed = jdbc.sql("delete from commission_rate where id = :id and starts > :today")
                    .param("id", id)
                    .param("today", today)
                    .update();
            if (changed == 0)
                changed = jdbc.sql("""
                                update commission_rate
                                set ends = coalesce(least(ends, :today), :today)
                                where id = :id
                                """).param("id", id).param("today", today).update();
            if (changed == 1) audit.record(who.name(), "commission-rate-ended", id.toString());
            return changed == 1;
        }));
        return known ? Outcome.done(standing()) : Outcome.refused("commission-unknown");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), doors.zone());
    }
}
